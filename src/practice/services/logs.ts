import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeResourcePoliciesCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { createLogsState, type LogsState } from '../state/logs.ts';

const PAGE = 50;

export const logs: RegionalService<LogsState> = {
  client: CloudWatchLogsClient,
  state: createLogsState,
  paging: {
    token: 'nextToken',
    size: PAGE,
    badToken: () => new AwsError('InvalidParameterException', 'The specified nextToken is invalid.'),
    limit: {
      member: 'limit',
      most: PAGE,
      bad: () => new AwsError('InvalidParameterException', `The limit must be from 1 to ${PAGE}.`),
    },
  },
  operations: [
    answers(DescribeLogGroupsCommand, ({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern }, { state, page }) => {
      if (prefix !== undefined && pattern !== undefined)
        refuse('InvalidParameterException', 'logGroupNamePrefix and logGroupNamePattern cannot be used together.');
      const matching = state.logGroups().filter(({ logGroupName = '' }) => {
        if (prefix !== undefined) return logGroupName.startsWith(prefix);
        return pattern === undefined || logGroupName.toLowerCase().includes(pattern.toLowerCase());
      });
      return page(matching, (logGroups) => ({ logGroups }));
    }),

    answers(DescribeLogStreamsCommand, ({ logGroupName = '', logStreamNamePrefix: prefix, orderBy, descending }, { state, page }) => {
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

    answers(DescribeResourcePoliciesCommand, (_input, { state }) => ({ resourcePolicies: [...state.resourcePolicies()] })),
  ],
};
