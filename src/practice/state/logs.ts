import type { LogGroup, LogStream, ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { impossible, keepNewest, Named, type Scope, textOf } from './scope.ts';

const MOST_STREAMS = 500;

export type LogsState = ReturnType<typeof createLogsState>;

export function createLogsState({ account, region, clock }: Scope) {
  const groups = new Named<LogGroup>(clock, (name) => `The log group ${name} does not exist.`);
  const streams = new Map<string, LogStream[]>();
  const policies = new Named<ResourcePolicy>(clock, (name) => `Policy with name [${name}] does not exist.`);
  return {
    /** @param options the bytes that the group is billed for */
    createLogGroup(name: string, { storedBytes = 0 }: Pick<LogGroup, 'storedBytes'> = {}): void {
      if (groups.has(name)) impossible(`The log group ${name} already exists.`);
      const arn = `arn:aws:logs:${region}:${account}:log-group:${name}`;
      groups.set(name, {
        logGroupName: name,
        arn: `${arn}:*`,
        logGroupArn: arn,
        creationTime: clock.tick(1).getTime(),
        metricFilterCount: 0,
        storedBytes,
        logGroupClass: 'STANDARD',
      });
    },
    deleteLogGroup(name: string): void {
      groups.remove(name);
      streams.delete(name);
    },
    createLogStream(group: string, name: string, { lastEventAt }: { readonly lastEventAt?: Date } = {}): void {
      const { logGroupArn } = groups.known(group);
      const list = streams.get(group) ?? [];
      if (list.some(({ logStreamName }) => logStreamName === name)) impossible(`The log stream ${name} already exists.`);
      const creationTime = clock.tick(1).getTime();
      list.push({
        logStreamName: name,
        arn: `${logGroupArn}:log-stream:${name}`,
        creationTime,
        ...(lastEventAt && { firstEventTimestamp: lastEventAt.getTime(), lastEventTimestamp: lastEventAt.getTime() }),
      });
      keepNewest(list, MOST_STREAMS);
      streams.set(group, list);
    },
    /** Lets services write to log groups; as an object or as text. */
    putResourcePolicy(name: string, policy: object | string): void {
      policies.set(name, { policyName: name, policyDocument: textOf(policy), lastUpdatedTime: clock.tick(1).getTime() });
    },
    deleteResourcePolicy: (name: string) => policies.remove(name),
    logGroup: (name: string): LogGroup | undefined => groups.get(name),
    /** In the order they were made. */
    logStreams: (group: string): readonly LogStream[] => streams.get(group) ?? [],
    resourcePolicies: (): readonly ResourcePolicy[] => [...policies.values()],
    /** Sorted by name, as AWS lists them. */
    logGroups: (): readonly LogGroup[] => groups.sorted(),
  };
}
