import { accessOf, judgeAccess, type Policy, PUSH_ACTIONS, type TaskContext, type Verdict } from '../core/index.ts';
import type { Says } from './messages/index.ts';
import { repositoryArnOf } from './names.ts';

const LOGIN = ['ecr:GetAuthorizationToken'];

/** Whether policies let their holder log in to the registry, which works on no repository in particular. */
export const judgeLogin = (holder: string, policies: readonly Policy[], context: TaskContext) =>
  judgeAccess(holder, accessOf(policies, LOGIN, '*', context), '*', context);

/** Whether policies let their holder log in and push to the lab's repository. */
export function judgePush(holder: string, policies: readonly Policy[], context: TaskContext): Verdict<Says> {
  const login = judgeLogin(holder, policies, context);
  if (login.status !== 'passed') return login;
  const repository = repositoryArnOf(context);
  return judgeAccess(holder, accessOf(policies, PUSH_ACTIONS, repository, context), repository, context);
}
