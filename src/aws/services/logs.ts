import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { costing, free, shellWord, storageCost } from '../deletion.ts';
import { type FactsOf, facts, from, jsonOrText, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'log-group', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-cloudwatch-logs')>('@aws-sdk/client-cloudwatch-logs');

const service = defineService({ name: 'logs', client: () => sdk.CloudWatchLogsClient });

const groupFacts = facts({ name: from('logGroupName', text), storedBytes: z.number().default(0) });
export type LogGroup = FactsOf<typeof groupFacts>;

const policyFacts = facts({
  name: from('policyName', text),
  /** Parsed; its text when it is no JSON. */
  document: from('policyDocument', z.string().transform(jsonOrText)),
});
/** Lets an AWS service write to log groups. */
export type LogResourcePolicy = FactsOf<typeof policyFacts>;

/** The log group of exactly this name. AWS searches by prefix, so neighbours are left out here. */
const logGroup = service.list('logGroup', {
  finds: 'log-group',
  // Asked by prefix, it is authorized against every group of the region.
  calls: { DescribeLogGroups: limitedTo('log-group', () => regionalArn('logs', 'log-group:*')) },
  command: ([name]: [name: string], { token }) => new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken: token }),
  page: page('logGroups', groupFacts),
  enough: (soFar, [name]) => soFar.some((group) => group.name === name),
  gives: (groups, [name]) => groups.find((group) => group.name === name),
});

/** The most streams that one call of `logs.newestStreams` gives (a limit of DescribeLogStreams). */
const MAX_STREAMS = 50;

/** Streams of a log group, the one written to last first, at most `limit` (1 to 50, default 50). `undefined` when there is no such group. */
const newestStreams = service.one('newestStreams', {
  calls: { DescribeLogStreams: limitedTo('log-group', (name) => regionalArn('logs', `log-group:${name}:*`)) },
  command: ([logGroupName, { limit = MAX_STREAMS } = {}]: [group: string, options?: { readonly limit?: number }]) =>
    new sdk.DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit }),
  answer: within('logStreams', z.array(facts({ name: from('logStreamName', text) }))),
  absent: ['ResourceNotFoundException'],
});

/** The policies that let AWS services, such as EventBridge, write to log groups of the region. */
const resourcePolicies = service.list('resourcePolicies', {
  calls: { DescribeResourcePolicies: UNLIMITED },
  command: (_: [], { token }) => new sdk.DescribeResourcePoliciesCommand({ nextToken: token }),
  page: page('resourcePolicies', policyFacts),
  maxPages: 10,
});

export const logs = { logGroup, newestStreams, resourcePolicies };

export const logsConsole = {
  // The console wants these names encoded twice, with `$` for `%`.
  logGroup: (place: Place, name: string) =>
    consolePage(place, 'cloudwatch/home', `logsV2:log-groups/log-group/${encoded(encoded(name)).replaceAll('%', '$')}`),
};

// USD per GB and month, November 2026 (Amazon CloudWatch pricing).
const STORAGE: Readonly<Record<string, number>> = { 'ap-northeast-1': 0.033, 'ap-northeast-2': 0.0314, 'us-east-1': 0.03 };

export const logsDeletion = {
  logGroup: ({ region }: Place, name: string, bytes: number) =>
    costing(storageCost(bytes, STORAGE[region]), `aws logs delete-log-group --region ${region} --log-group-name ${shellWord(name)}`),
  resourcePolicy: ({ region }: Place, name: string) =>
    free(`aws logs delete-resource-policy --region ${region} --policy-name ${shellWord(name)}`),
};
