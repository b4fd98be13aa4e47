import type { LogGroup, LogStream, ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { byName, impossible, keepNewest, type Scope, textOf } from './scope.ts';

const MOST_STREAMS = 500;

export interface LogGroupOptions {
  /** Bytes the group is billed for. */
  readonly storedBytes?: number;
  readonly retentionInDays?: number;
}

export type LogsState = ReturnType<typeof createLogsState>;

export function createLogsState({ account, region, clock }: Scope) {
  const groups = new Map<string, LogGroup>();
  const streams = new Map<string, LogStream[]>();
  const policies = new Map<string, ResourcePolicy>();
  return {
    createLogGroup(name: string, { storedBytes = 0, retentionInDays }: LogGroupOptions = {}): void {
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
        retentionInDays,
      });
    },
    deleteLogGroup(name: string): void {
      if (!groups.delete(name)) impossible(`The log group ${name} does not exist.`);
      streams.delete(name);
      clock.tick(1);
    },
    createLogStream(group: string, name: string, { lastEventAt }: { readonly lastEventAt?: Date } = {}): void {
      const arn = groups.get(group)?.logGroupArn ?? impossible(`The log group ${group} does not exist.`);
      const list = streams.get(group) ?? [];
      if (list.some(({ logStreamName }) => logStreamName === name)) impossible(`The log stream ${name} already exists.`);
      const creationTime = clock.tick(1).getTime();
      list.push({
        logStreamName: name,
        arn: `${arn}:log-stream:${name}`,
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
    deleteResourcePolicy(name: string): void {
      if (!policies.delete(name)) impossible(`Policy with name [${name}] does not exist.`);
      clock.tick(1);
    },
    logGroup: (name: string): LogGroup | undefined => groups.get(name),
    /** In the order they were made. */
    logStreams: (group: string): readonly LogStream[] => streams.get(group) ?? [],
    resourcePolicies: (): readonly ResourcePolicy[] => [...policies.values()],
    /** Sorted by name, as AWS lists them. */
    logGroups: (): readonly LogGroup[] => byName(groups),
  };
}
