import {
  type Event,
  type LookupAttributeKey,
  LookupEvents$,
  type LookupEventsCommandInput,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { operation, type Service } from '../protocol/operation.ts';

const PAGE = 50;

export const cloudtrail: Service = {
  id: 'cloudtrail',
  wire: { protocol: 'json', target: 'CloudTrail_20131101' },
  operations: [
    operation<LookupEventsCommandInput, LookupEventsCommandOutput>(
      LookupEvents$,
      ({ LookupAttributes = [], StartTime, EndTime, MaxResults, NextToken }, { region }) => {
        const [attribute, ...others] = LookupAttributes;
        if (others.length > 0) throw new AwsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
        if (StartTime && EndTime && StartTime > EndTime)
          throw new AwsError('InvalidTimeRangeException', 'The start time is after the end time.');
        if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > PAGE))
          throw new AwsError('InvalidMaxResultsException', `A value from 1 to ${PAGE} is expected.`);
        const { AttributeKey: key, AttributeValue: value = '' } = attribute ?? {};
        const matching = region.cloudtrail.events().filter((event) => {
          const at = event.EventTime?.getTime() ?? 0;
          const inTime = at >= (StartTime?.getTime() ?? 0) && at <= (EndTime?.getTime() ?? Number.POSITIVE_INFINITY);
          return inTime && (key === undefined || has(event, key, value));
        });
        const { items, next } = pageOf(matching, {
          of: `LookupEvents ${key} ${value} ${StartTime?.getTime()} ${EndTime?.getTime()}`,
          token: NextToken,
          size: PAGE,
          max: MaxResults,
          badToken: () => new AwsError('InvalidNextTokenException', 'Invalid NextToken.'),
        });
        return { Events: items, NextToken: next };
      },
    ),
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
      throw new AwsError('InvalidLookupAttributesException', `The lookup attribute ${key} is not valid.`);
  }
}
