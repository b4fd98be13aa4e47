import { type Access, failed, passed, type TaskContext, undecided, type Verdict } from '../core/index.ts';
import type { Says } from './messages/index.ts';

/** What to say of what a role may do with a resource. @param role its bare name */
export function judgeAccess(role: string, access: Access, resource: string, { account }: TaskContext): Verdict<Says> {
  const actions = access.state === 'allowed' ? '' : access.actions.join(', ');
  switch (access.state) {
    case 'allowed':
      return passed();
    case 'denied':
      return failed(['actionDenied', { role, policy: access.policy, action: actions }]);
    case 'other-account':
      return failed(['actionsOtherAccount', { role, actions, other: access.other, account }]);
    case 'missing':
      return failed(['actionsMissing', { role, actions, resource }]);
    case 'undecided':
      return undecided(['undecidedPolicy', { policy: access.policy, action: actions, open: access.open.join(', ') }]);
  }
}
