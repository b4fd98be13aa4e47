import type { LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { defineReader, homeRegion } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { jsonOrText } from './json-text.ts';
import { allPages } from './pages.ts';

/** An event of the account's event history, which holds management events of the last 90 days. */
export interface TrailEvent {
  readonly id: string;
  /** The operation, e.g. `PutImage`. */
  readonly name: string;
  readonly at: Date;
  /** E.g. `ecr.amazonaws.com`. */
  readonly source?: string | undefined;
  /** User name, or session name of a role. */
  readonly username?: string | undefined;
  readonly resources: readonly { readonly type?: string | undefined; readonly name?: string | undefined }[];
  /** Set when the call was refused or failed. */
  readonly errorCode?: string | undefined;
  readonly callerArn?: string | undefined;
  /** E.g. `codebuild.amazonaws.com`, when a service made the call for somebody. */
  readonly invokedBy?: string | undefined;
  /** As the operation spells them; unset when the record has none. */
  readonly requestParameters?: Readonly<Record<string, unknown>> | undefined;
}

export interface TrailLookup {
  /** What `value` is compared with: one attribute is all that CloudTrail looks up. */
  readonly by: LookupAttributeKey;
  readonly value: string;
  /** Default: as far back as CloudTrail goes. */
  readonly from?: Date | undefined;
  /** The newest ones do. Default: all of them, and a list that is too long to be read whole is refused. */
  readonly limit?: number | undefined;
}

/** The part of a record that is looked at; a record of another shape says nothing about it. */
const recordShape = z
  .object({
    errorCode: z.string().optional(),
    userIdentity: z.object({ arn: z.string().optional(), invokedBy: z.string().optional() }).optional(),
    requestParameters: z.record(z.string(), z.unknown()).nullish(),
  })
  .catch({});

const eventShape = z
  .object({
    EventId: z.string().min(1),
    EventName: z.string().min(1),
    EventTime: z.date(),
    EventSource: z.string().optional(),
    Username: z.string().optional(),
    Resources: z.array(z.object({ ResourceType: z.string().optional(), ResourceName: z.string().optional() })).optional(),
    CloudTrailEvent: z.string().transform(jsonOrText).optional(),
  })
  .transform((event): TrailEvent => {
    const { errorCode, userIdentity, requestParameters } = recordShape.parse(event.CloudTrailEvent);
    return {
      id: event.EventId,
      name: event.EventName,
      at: event.EventTime,
      source: event.EventSource,
      username: event.Username,
      resources: (event.Resources ?? []).map(({ ResourceType, ResourceName }) => ({ type: ResourceType, name: ResourceName })),
      errorCode,
      callerArn: userIdentity?.arn,
      invokedBy: userIdentity?.invokedBy,
      requestParameters: requestParameters ?? undefined,
    };
  });

/**
 * Events with this attribute, newest first. An event appears some minutes after the call it records, so none yet proves nothing.
 * CloudTrail allows two look-ups a second in an account: ask narrowly.
 */
const lookUp = defineReader({
  name: 'cloudtrail.lookUp',
  calls: ['cloudtrail:LookupEvents'],
  probe: () => [{ by: 'EventName', value: 'PutImage', limit: 1 }],
  async read(aws, { by, value, from, limit = Number.POSITIVE_INFINITY }: TrailLookup): Promise<readonly TrailEvent[]> {
    const misfit = ({ Events }: { readonly Events: readonly TrailEvent[] }) =>
      by !== 'EventName' || Events.every(({ name }) => name === value) ? undefined : 'holds events that were not asked for';
    const answer = z.object({ Events: z.array(eventShape), NextToken: z.string().optional() });
    const found = await allPages<TrailEvent>(
      async (NextToken) => {
        const command = new sdk.cloudtrail.LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: by, AttributeValue: value }],
          StartTime: from,
          NextToken,
          MaxResults: 50,
        });
        const page = await aws.send(sdk.cloudtrail.CloudTrailClient, command, { answer, misfit });
        return { items: page.Events, next: page.NextToken };
      },
      { operation: 'cloudtrail:LookupEvents', maxPages: 10, enough: (soFar) => soFar.length >= limit },
    );
    return found.slice(0, limit);
  },
});

/** The changes of a resource of IAM, newest first, by its bare name. IAM's events are kept in one region. */
const iamChanges = defineReader({
  name: 'cloudtrail.iamChanges',
  calls: ['cloudtrail:LookupEvents'],
  atHome: true,
  async read(aws, name: string): Promise<readonly TrailEvent[]> {
    const events = await aws.at(homeRegion(aws.partition)).ask(lookUp, { by: 'ResourceName', value: name });
    return events.filter(({ source, errorCode }) => source === 'iam.amazonaws.com' && errorCode === undefined);
  },
});

export const cloudtrail = { lookUp, iamChanges };
