import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { createLogsState, type LogsState } from '../state/logs.ts';

export const logs: RegionalService<LogsState> = {
  client: sdk.CloudWatchLogsClient,
  state: createLogsState,
  paging: {
    token: 'nextToken',
    size: 50,
    badToken: () => refuse('InvalidParameterException', 'The specified nextToken is invalid.'),
    limit: { member: 'limit', most: 50, bad: () => refuse('InvalidParameterException', 'The limit must be from 1 to 50.') },
  },
  operations: [
    answers(sdk.DescribeLogGroupsCommand, ({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern }, { state, page }) => {
      if (prefix !== undefined && pattern !== undefined)
        refuse('InvalidParameterException', 'logGroupNamePrefix and logGroupNamePattern cannot be used together.');
      const matching = state.logGroups().filter(({ logGroupName = '' }) => {
        if (prefix !== undefined) return logGroupName.startsWith(prefix);
        return pattern === undefined || logGroupName.toLowerCase().includes(pattern.toLowerCase());
      });
      return page(matching, (logGroups) => ({ logGroups }));
    }),

    answers(sdk.DescribeLogStreamsCommand, ({ logGroupName = '', logStreamNamePrefix: prefix, orderBy, descending }, { state, page }) => {
      if (!state.logGroup(logGroupName)) refuse('ResourceNotFoundException', 'The specified log group does not exist.');
      const byTime = orderBy === 'LastEventTime';
      if (prefix !== undefined && byTime) refuse('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
      const ordered = state
        .logStreams(logGroupName)
        .filter(({ logStreamName = '' }) => logStreamName.startsWith(prefix ?? ''))
        .toSorted((a, b) => {
          if (byTime) return (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0);
          return (a.logStreamName ?? '') < (b.logStreamName ?? '') ? -1 : 1;
        });
      return page(descending ? ordered.reverse() : ordered, (logStreams) => ({ logStreams }));
    }),

    answers(sdk.DescribeResourcePoliciesCommand, (_input, { state }) => ({ resourcePolicies: [...state.resourcePolicies()] })),
  ],
};
