import { CloudTrailClient, type Event, type LookupAttributeKey, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CloudTrailState, createCloudTrailState } from '../state/cloudtrail.ts';

const PAGE = 50;

export const cloudtrail: RegionalService<CloudTrailState> = {
  client: CloudTrailClient,
  state: createCloudTrailState,
  paging: {
    token: 'NextToken',
    size: PAGE,
    badToken: () => new AwsError('InvalidNextTokenException', 'Invalid NextToken.'),
    limit: {
      member: 'MaxResults',
      most: PAGE,
      bad: () => new AwsError('InvalidMaxResultsException', `A value from 1 to ${PAGE} is expected.`),
    },
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
  switch (key) {
    case 'EventId':
    case 'EventName':
    case 'EventSource':
    case 'ReadOnly':
    case 'Username':
    case 'AccessKeyId':
      return event[key] === value;
    case 'ResourceName':
    case 'ResourceType':
      return event.Resources?.some((resource) => resource[key] === value) ?? false;
    default:
      return refuse('InvalidLookupAttributesException', `The lookup attribute ${key} is not valid.`);
  }
}
