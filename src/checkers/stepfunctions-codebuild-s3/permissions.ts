import type { Policy } from '../core/index.ts';

/** A bucket that the role may use instead of `bucket`, as far as a policy names one. */
export function otherBucketOf(policies: readonly Policy[], bucket: string): string | undefined {
  const resources = policies.flatMap((policy) =>
    policy.state === 'read'
      ? policy.statements.flatMap(({ effect, resource }) => (effect === 'Allow' && resource?.except === false ? resource.values : []))
      : [],
  );
  const names = resources.flatMap((resource) => /^arn:aws[\w-]*:s3:::([^/]+)/.exec(resource)?.[1] ?? []);
  return names.find((name) => name !== bucket && !name.includes('*'));
}
