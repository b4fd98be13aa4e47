import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { allPages } from './pages.ts';

export interface LogGroup {
  readonly name: string;
  readonly storedBytes: number;
  /** Unset: kept for ever. */
  readonly retentionDays?: number | undefined;
}

const groupShape = z
  .object({ logGroupName: z.string().min(1), storedBytes: z.number().optional(), retentionInDays: z.number().optional() })
  .transform(
    ({ logGroupName, storedBytes = 0, retentionInDays }): LogGroup => ({ name: logGroupName, storedBytes, retentionDays: retentionInDays }),
  );

/** The log group of exactly this name. AWS searches by prefix, so neighbours are left out here. */
const logGroup = defineReader({
  name: 'logs.logGroup',
  finds: 'log-group',
  calls: ['logs:DescribeLogGroups'],
  async read(aws, name: string): Promise<LogGroup | undefined> {
    const answer = z.object({ logGroups: z.array(groupShape), nextToken: z.string().optional() });
    const isIt = (group: LogGroup) => group.name === name;
    const groups = await allPages<LogGroup>(
      async (nextToken) => {
        const page = await aws.send(CloudWatchLogsClient, new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }), {
          answer,
        });
        return { items: page.logGroups, next: page.nextToken };
      },
      { operation: 'logs:DescribeLogGroups', maxPages: 20, enough: (soFar) => soFar.some(isIt) },
    );
    return groups.find(isIt);
  },
});

export const logs = { logGroup };
