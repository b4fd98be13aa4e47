import { type Access, failed, type Policy, passed, type Role, type Trust, undecided, type Verdict } from '../core/index.ts';
import type { Says } from './messages/index.ts';

const listed = (names: readonly string[]) => names.join(', ');

/** What to say of the actions that a role may or may not do on a resource. */
export function judgeAccess(role: string, access: Access, resource: string, account: string): Verdict<Says> {
  switch (access.state) {
    case 'allowed':
      return passed();
    case 'denied':
      return failed(['actionsDenied', { role, actions: listed(access.actions), policy: access.policy }]);
    case 'other-account':
      return failed(['actionsOtherAccount', { role, actions: listed(access.actions), other: access.other, account }]);
    case 'missing':
      return failed(['actionsMissing', { role, actions: listed(access.actions), resource }]);
    case 'undecided':
      return undecided(['actionsUndecided', { role, actions: listed(access.actions), policy: access.policy, open: listed(access.open) }]);
  }
}

export function judgeTrust({ name }: Role, trust: Trust, service: string): Verdict<Says> {
  if (trust.state === 'trusted') return passed();
  if (trust.state === 'undecided') return undecided(['trustUndecided', { role: name, open: listed(trust.open) }]);
  return failed(['trustMissing', { role: name, service }]);
}

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
