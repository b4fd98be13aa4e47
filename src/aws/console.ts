/** Where a resource is. Readers' callers, sessions and the context of a check are such places. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string;
}

const DOMAINS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

const domainOf = ({ partition }: Place) => DOMAINS[partition] ?? 'console.aws.amazon.com';

/**
 * A page of the AWS console in the place's region. Nothing is looked up.
 *
 * @param path from the root, with its names already encoded (see {@link encoded}), e.g. `ecs/v2/clusters/web/services`
 * @param fragment what comes after the query, e.g. `/rules` or `logsV2:log-groups`
 */
export function consolePage(place: Place, path: string, fragment?: string): string {
  const region = encodeURIComponent(place.region);
  return `https://${region}.${domainOf(place)}/${path}?region=${region}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** A page of a service that the console shows for all regions at once. */
export const globalConsolePage = (place: Place, path: string, fragment: string) => `https://${domainOf(place)}/${path}#${fragment}`;

/** A name as one segment of a path. */
export const encoded = encodeURIComponent;
