import { accessOf, failed, type Policy, PUSH_ACTIONS, passed, type TaskContext, undecided, type Verdict } from '../core/index.ts';
import type { Says } from './messages/index.ts';
import { repositoryArnOf } from './names.ts';

const LOGIN = ['ecr:GetAuthorizationToken'];

/** What to say of what policies allow. @param holder the role or policy that students know them by */
function judgeAccess(
  holder: string,
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  context: TaskContext,
): Verdict<Says> {
  const access = accessOf(policies, actions, resource, context);
  const named = access.state === 'allowed' ? '' : access.actions.join(', ');
  switch (access.state) {
    case 'allowed':
      return passed();
    case 'denied':
      return failed(['actionDenied', { holder, policy: access.policy, actions: named }]);
    case 'other-account':
      return failed(['actionsOtherAccount', { holder, actions: named, other: access.other, account: context.account }]);
    case 'missing':
      return failed(['actionsMissing', { holder, actions: named, resource }]);
    case 'undecided':
      return undecided(['undecidedPolicy', { policy: access.policy, open: access.open.join(', ') }]);
  }
}

/** Whether policies let their holder log in to the registry, which works on no repository in particular. */
export const judgeLogin = (holder: string, policies: readonly Policy[], context: TaskContext) =>
  judgeAccess(holder, policies, LOGIN, '*', context);

/** Whether policies let their holder log in and push to the lab's repository. */
export function judgePush(holder: string, policies: readonly Policy[], context: TaskContext): Verdict<Says> {
  const login = judgeLogin(holder, policies, context);
  return login.status === 'passed' ? judgeAccess(holder, policies, PUSH_ACTIONS, repositoryArnOf(context), context) : login;
}
