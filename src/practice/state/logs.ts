import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { ImpossibleMove, type Scope } from './scope.ts';

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
  logGroup(name: string): LogGroup | undefined;
  /** Sorted by name, as AWS lists them. */
  logGroups(): readonly LogGroup[];
}

export function createLogsState({ account, region, clock }: Scope): LogsState {
  const groups = new Map<string, LogGroup>();
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
      clock.tick(1);
    },
    logGroup: (name) => groups.get(name),
    logGroups: () => [...groups.values()].sort((a, b) => ((a.logGroupName ?? '') < (b.logGroupName ?? '') ? -1 : 1)),
  };
}
