import type { Event, Resource } from '@aws-sdk/client-cloudtrail';
import { keepNewest, type Scope } from './scope.ts';

export interface NewTrailEvent {
  /** The operation, e.g. `PutImage`. */
  readonly name: string;
  /** E.g. `ecr.amazonaws.com`. */
  readonly source: string;
  /** Default: the practice user. */
  readonly username?: string;
  readonly requestParameters?: object;
  readonly resources?: readonly Resource[];
  readonly errorCode?: string;
  readonly at?: Date;
}

const MOST_EVENTS = 1000;

export type CloudTrailState = ReturnType<typeof createCloudTrailState>;

/** The event history. Moves write it: nothing else does. */
export function createCloudTrailState({ account, region, clock, mint }: Scope) {
  const events: Event[] = [];
  return {
    record(event: NewTrailEvent): Event {
      const { name, source, username = 'practice', at = clock.tick(1) } = event;
      const EventId = mint.uuid();
      const record = {
        eventVersion: '1.11',
        userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/practice`, accountId: account, userName: username },
        eventTime: at.toISOString().replace(/\.\d+Z$/, 'Z'),
        eventSource: source,
        eventName: name,
        awsRegion: region,
        errorCode: event.errorCode,
        requestParameters: event.requestParameters ?? null,
        responseElements: null,
        eventID: EventId,
        readOnly: false,
        eventType: 'AwsApiCall',
        managementEvent: true,
        recipientAccountId: account,
        eventCategory: 'Management',
      };
      const recorded: Event = {
        EventId,
        EventName: name,
        EventTime: at,
        EventSource: source,
        Username: username,
        ReadOnly: 'false',
        Resources: structuredClone([...(event.resources ?? [])]),
        CloudTrailEvent: JSON.stringify(record),
      };
      events.push(recorded);
      keepNewest(events, MOST_EVENTS);
      return recorded;
    },
    /** Newest first. */
    events: (): readonly Event[] => events.toSorted((a, b) => (b.EventTime?.getTime() ?? 0) - (a.EventTime?.getTime() ?? 0)),
  };
}
