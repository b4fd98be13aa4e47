import {
  DescribeLogGroups$,
  type DescribeLogGroupsCommandInput,
  type DescribeLogGroupsCommandOutput,
  DescribeLogStreams$,
  type DescribeLogStreamsCommandInput,
  type DescribeLogStreamsCommandOutput,
  DescribeResourcePolicies$,
  type DescribeResourcePoliciesCommandInput,
  type DescribeResourcePoliciesCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { operation, type Service } from '../protocol/operation.ts';

const PAGE = 50;

export const logs: Service = {
  id: 'logs',
  wire: { protocol: 'json', target: 'Logs_20140328' },
  operations: [
    operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(
      DescribeLogGroups$,
      ({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern, limit, nextToken }, { region }) => {
        if (prefix !== undefined && pattern !== undefined) {
          throw new AwsError('InvalidParameterException', 'logGroupNamePrefix and logGroupNamePattern cannot be used together.');
        }
        if (limit !== undefined && (limit < 1 || limit > PAGE)) {
          throw new AwsError('InvalidParameterException', `The limit must be from 1 to ${PAGE}.`);
        }
        const matching = region.logs.logGroups().filter(({ logGroupName = '' }) => {
          if (prefix !== undefined) return logGroupName.startsWith(prefix);
          return pattern === undefined || logGroupName.toLowerCase().includes(pattern.toLowerCase());
        });
        const { items, next } = pageOf(matching, {
          of: `DescribeLogGroups ${prefix} ${pattern}`,
          token: nextToken,
          size: PAGE,
          max: limit,
          badToken: () => new AwsError('InvalidParameterException', 'The specified nextToken is invalid.'),
        });
        return { logGroups: items, nextToken: next };
      },
    ),

    operation<DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput>(DescribeLogStreams$, (input, { region }) => {
      const {
        logGroupName: group = '',
        logStreamNamePrefix: prefix,
        orderBy = 'LogStreamName',
        descending = false,
        limit,
        nextToken,
      } = input;
      if (!region.logs.logGroup(group)) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      if (limit !== undefined && (limit < 1 || limit > PAGE)) {
        throw new AwsError('InvalidParameterException', `The limit must be from 1 to ${PAGE}.`);
      }
      if (prefix !== undefined && orderBy === 'LastEventTime') {
        throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const byTime = orderBy === 'LastEventTime';
      const ordered = region.logs
        .logStreams(group)
        .filter(({ logStreamName = '' }) => logStreamName.startsWith(prefix ?? ''))
        .toSorted((a, b) => {
          if (byTime) return (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0);
          return (a.logStreamName ?? '') < (b.logStreamName ?? '') ? -1 : 1;
        });
      const { items, next } = pageOf(descending ? ordered.reverse() : ordered, {
        of: `DescribeLogStreams ${group} ${prefix} ${orderBy} ${descending}`,
        token: nextToken,
        size: PAGE,
        max: limit,
        badToken: () => new AwsError('InvalidParameterException', 'The specified nextToken is invalid.'),
      });
      return { logStreams: items, nextToken: next };
    }),

    operation<DescribeResourcePoliciesCommandInput, DescribeResourcePoliciesCommandOutput>(
      DescribeResourcePolicies$,
      (_input, { region }) => ({ resourcePolicies: [...region.logs.resourcePolicies()] }),
    ),
  ],
};
