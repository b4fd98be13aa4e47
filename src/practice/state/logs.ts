import type { LogGroup, LogStream, ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { ImpossibleMove, keepNewest, type Scope } from './scope.ts';

const MOST_STREAMS = 500;

export interface LogGroupOptions {
  /** Bytes the group is billed for. */
  readonly storedBytes?: number;
  readonly retentionInDays?: number;
}

export interface LogsState {
  /** @throws ImpossibleMove when the group exists. */
  createLogGroup(name: string, options?: LogGroupOptions): void;
  /** @throws ImpossibleMove when there is no such group. */
  deleteLogGroup(name: string): void;
  /** @throws ImpossibleMove without the group, or when it has a stream of that name. */
  createLogStream(group: string, name: string, options?: { readonly lastEventAt?: Date }): void;
  /** Lets services write to log groups; as an object or as text. */
  putResourcePolicy(name: string, policy: object | string): void;
  /** @throws ImpossibleMove when there is no such policy. */
  deleteResourcePolicy(name: string): void;
  logGroup(name: string): LogGroup | undefined;
  /** In the order they were made. */
  logStreams(group: string): readonly LogStream[];
  resourcePolicies(): readonly ResourcePolicy[];
  /** Sorted by name, as AWS lists them. */
  logGroups(): readonly LogGroup[];
}

export function createLogsState({ account, region, clock }: Scope): LogsState {
  const groups = new Map<string, LogGroup>();
  const streams = new Map<string, LogStream[]>();
  const policies = new Map<string, ResourcePolicy>();
  return {
    createLogGroup(name, { storedBytes = 0, retentionInDays } = {}) {
      if (groups.has(name)) throw new ImpossibleMove(`The log group ${name} already exists.`);
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
    deleteLogGroup(name) {
      if (!groups.delete(name)) throw new ImpossibleMove(`The log group ${name} does not exist.`);
      streams.delete(name);
      clock.tick(1);
    },
    createLogStream(group, name, { lastEventAt } = {}) {
      const arn = groups.get(group)?.logGroupArn;
      if (arn === undefined) throw new ImpossibleMove(`The log group ${group} does not exist.`);
      const list = streams.get(group) ?? [];
      if (list.some(({ logStreamName }) => logStreamName === name)) throw new ImpossibleMove(`The log stream ${name} already exists.`);
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
    putResourcePolicy(name, policy) {
      const policyDocument = typeof policy === 'string' ? policy : JSON.stringify(policy);
      policies.set(name, { policyName: name, policyDocument, lastUpdatedTime: clock.tick(1).getTime() });
    },
    deleteResourcePolicy(name) {
      if (!policies.delete(name)) throw new ImpossibleMove(`Policy with name [${name}] does not exist.`);
      clock.tick(1);
    },
    logGroup: (name) => groups.get(name),
    logStreams: (group) => streams.get(group) ?? [],
    resourcePolicies: () => [...policies.values()],
    logGroups: () => [...groups.values()].sort((a, b) => ((a.logGroupName ?? '') < (b.logGroupName ?? '') ? -1 : 1)),
  };
}
