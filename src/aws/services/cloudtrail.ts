import type { LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { date, type FactsOf, facts, from, jsonOrText, maybeText, text } from '../facts.ts';
import { page } from '../pages.ts';
import { homeRegion } from '../reader.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

const sdk = sdkModule<typeof import('@aws-sdk/client-cloudtrail')>('@aws-sdk/client-cloudtrail');

const service = defineService({
  name: 'cloudtrail',
  client: () => sdk.CloudTrailClient,
  // LookupEvents has two a second for the whole account and region (AWS CloudTrail quotas).
  rate: { perSecond: 1, burst: 2 },
});

/** The part of a record that is looked at; a record of another shape says nothing about it. */
const recordFacts = z
  .object({
    /** Set when the call was refused or failed. */
    errorCode: z.string().optional(),
    /** As the operation spells them; unset when the record has none. */
    requestParameters: z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((found) => found ?? undefined),
  })
  .catch({ requestParameters: undefined });

const record = maybeText.transform((found) => recordFacts.parse(found && jsonOrText(found)));

const eventFacts = facts({
  id: from('EventId', text),
  /** The operation, e.g. `PutImage`. */
  name: from('EventName', text),
  at: from('EventTime', date),
  /** E.g. `ecr.amazonaws.com`. */
  source: from('EventSource', maybeText),
  /** User name, or session name of a role. */
  username: from('Username', maybeText),
  record: from('CloudTrailEvent', record),
}).transform(({ record: { errorCode, requestParameters }, ...event }) => ({
  ...event,
  ...(errorCode !== undefined && { errorCode }),
  ...(requestParameters !== undefined && { requestParameters }),
}));
/** An event of the account's event history, which holds management events of the last 90 days. */
export type TrailEvent = FactsOf<typeof eventFacts>;

export interface TrailLookup {
  /** What `value` is compared with: one attribute is all that CloudTrail looks up. */
  readonly by: LookupAttributeKey;
  readonly value: string;
  /** Default: as far back as CloudTrail goes. */
  readonly from?: Date | undefined;
  /** The newest ones do. Default: all of them, and a list that is too long to be read whole is refused. */
  readonly limit?: number | undefined;
}

/**
 * Events with this attribute, newest first. An event appears some minutes after the call it records, so none yet proves nothing.
 * CloudTrail allows two look-ups a second in an account: ask narrowly.
 */
const lookUp = service.list('lookUp', {
  calls: { LookupEvents: { data: true } },
  probe: () => [{ by: 'EventName', value: 'PutImage', limit: 1 }],
  command: ([{ by, value, from: start }]: [lookup: TrailLookup], { token }) =>
    new sdk.LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: by, AttributeValue: value }],
      StartTime: start,
      NextToken: token,
      MaxResults: 50,
    }),
  page: page('Events', eventFacts, 'NextToken'),
  misfit: ({ items }, [{ by, value }]) =>
    by !== 'EventName' || items.every(({ name }) => name === value) ? undefined : 'holds events that were not asked for',
  maxPages: 10,
  limit: ([{ limit = Number.POSITIVE_INFINITY }]) => limit,
});

/** The changes of a resource of IAM, newest first, by its bare name. IAM's events are kept in one region. */
const iamChanges = service.reader('iamChanges', {
  calls: { LookupEvents: { data: true } },
  atHome: true,
  async read(aws, name: string): Promise<readonly TrailEvent[]> {
    const events = await aws.at(homeRegion(aws.partition)).ask(lookUp, { by: 'ResourceName', value: name });
    return events.filter(({ source, errorCode }) => source === 'iam.amazonaws.com' && errorCode === undefined);
  },
});

export const cloudtrail = { lookUp, iamChanges };
