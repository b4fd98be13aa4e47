import { CloudTrailClient, type Event, type LookupAttributeKey, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CloudTrailState, createCloudTrailState } from '../state/cloudtrail.ts';

const ATTRIBUTES: readonly string[] = ['EventId', 'EventName', 'EventSource', 'ReadOnly', 'Username', 'AccessKeyId'];

export const cloudtrail: RegionalService<CloudTrailState> = {
  client: CloudTrailClient,
  state: createCloudTrailState,
  paging: {
    token: 'NextToken',
    size: 50,
    badToken: () => refuse('InvalidNextTokenException', 'Invalid NextToken.'),
    limit: { member: 'MaxResults', most: 50, bad: () => refuse('InvalidMaxResultsException', 'A value from 1 to 50 is expected.') },
  },
  operations: [
    answers(LookupEventsCommand, ({ LookupAttributes = [], StartTime, EndTime }, { state, page }) => {
      const [attribute, ...others] = LookupAttributes;
      if (others.length > 0) refuse('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
      if (StartTime && EndTime && StartTime > EndTime) refuse('InvalidTimeRangeException', 'The start time is after the end time.');
      const { AttributeKey: key, AttributeValue: value = '' } = attribute ?? {};
      const matching = state.events().filter((event) => {
        const at = event.EventTime?.getTime() ?? 0;
        const inTime = at >= (StartTime?.getTime() ?? 0) && at <= (EndTime?.getTime() ?? Number.POSITIVE_INFINITY);
        return inTime && (key === undefined || has(event, key, value));
      });
      return page(matching, (Events) => ({ Events }));
    }),
  ],
};

function has(event: Event, key: LookupAttributeKey, value: string): boolean {
  if (key === 'ResourceName' || key === 'ResourceType') return event.Resources?.some((resource) => resource[key] === value) ?? false;
  if (!ATTRIBUTES.includes(key)) refuse('InvalidLookupAttributesException', `The lookup attribute ${key} is not valid.`);
  return event[key] === value;
}
