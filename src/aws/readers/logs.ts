import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { jsonOrText } from './json-text.ts';
import { allPages } from './pages.ts';

export interface LogGroup {
  readonly name: string;
  readonly storedBytes: number;
  /** Unset: kept for ever. */
  readonly retentionDays?: number | undefined;
}

export interface LogStream {
  readonly name: string;
  /** Unset while it has no events; may lag behind by an hour. */
  readonly lastEventAt?: Date | undefined;
}

/** Lets an AWS service write to log groups. */
export interface LogResourcePolicy {
  readonly name: string;
  /** Parsed; its text when it is no JSON. */
  readonly document: unknown;
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
        const page = await aws.send(
          sdk.logs.CloudWatchLogsClient,
          new sdk.logs.DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }),
          {
            answer,
          },
        );
        return { items: page.logGroups, next: page.nextToken };
      },
      { operation: 'logs:DescribeLogGroups', maxPages: 20, enough: (soFar) => soFar.some(isIt) },
    );
    return groups.find(isIt);
  },
});

/** The most streams that one call of `logs.newestStreams` gives (a limit of DescribeLogStreams). */
const MAX_STREAMS = 50;

/** Streams of a log group, the one written to last first, at most `limit` (1 to 50, default 50). `undefined` when there is no such group. */
const newestStreams = defineReader({
  name: 'logs.newestStreams',
  calls: ['logs:DescribeLogStreams'],
  async read(
    aws,
    logGroupName: string,
    { limit = MAX_STREAMS }: { readonly limit?: number } = {},
  ): Promise<readonly LogStream[] | undefined> {
    const answer = z.object({
      logStreams: z.array(z.object({ logStreamName: z.string().min(1), lastEventTimestamp: z.number().optional() })),
    });
    const command = new sdk.logs.DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit });
    const found = await aws.send(sdk.logs.CloudWatchLogsClient, command, { answer, absent: ['ResourceNotFoundException'] });
    return found?.logStreams.map(({ logStreamName, lastEventTimestamp }) => ({
      name: logStreamName,
      lastEventAt: lastEventTimestamp === undefined ? undefined : new Date(lastEventTimestamp),
    }));
  },
});

/** The policies that let AWS services, such as EventBridge, write to log groups of the region. */
const resourcePolicies = defineReader({
  name: 'logs.resourcePolicies',
  calls: ['logs:DescribeResourcePolicies'],
  async read(aws): Promise<readonly LogResourcePolicy[]> {
    const answer = z.object({
      resourcePolicies: z.array(z.object({ policyName: z.string().min(1), policyDocument: z.string().transform(jsonOrText) })),
      nextToken: z.string().optional(),
    });
    const found = await allPages<z.infer<typeof answer>['resourcePolicies'][number]>(
      async (nextToken) => {
        const page = await aws.send(sdk.logs.CloudWatchLogsClient, new sdk.logs.DescribeResourcePoliciesCommand({ nextToken }), { answer });
        return { items: page.resourcePolicies, next: page.nextToken };
      },
      { operation: 'logs:DescribeResourcePolicies', maxPages: 10 },
    );
    return found.map(({ policyName, policyDocument }) => ({ name: policyName, document: policyDocument }));
  },
});

export const logs = { logGroup, newestStreams, resourcePolicies };
