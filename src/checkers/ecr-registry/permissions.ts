import type { Policy } from '../dialects/iam/document.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { PUSH_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { accessOf, judgeAccess } from '../kit/iam/role-access.ts';
import { repositoryArnOf } from './names.ts';

export const LOGIN_ACTIONS = ['ecr:GetAuthorizationToken'];

/** Whether policies let their holder log in, which works on no repository in particular, and push to the lab's repository. */
export function judgePush(holder: string, policies: readonly Policy[], context: TaskContext) {
  const login = accessOf(policies, LOGIN_ACTIONS, '*', context);
  if (login.state !== 'allowed') return judgeAccess(holder, login, '*', context);
  const repository = repositoryArnOf(context);
  return judgeAccess(holder, accessOf(policies, PUSH_ACTIONS, repository, context), repository, context);
}
