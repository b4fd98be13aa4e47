import type { Policy } from '../dialects/iam/document.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import type { Verdict } from '../engine/verdict.ts';
import { PUSH_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { accessOf, judgeAccess } from '../kit/iam/role-access.ts';
import { repositoryArnOf } from './names.ts';

const LOGIN = ['ecr:GetAuthorizationToken'];

/** Whether policies let their holder log in to the registry, which works on no repository in particular. */
export const judgeLogin = (holder: string, policies: readonly Policy[], context: TaskContext) =>
  judgeAccess(holder, accessOf(policies, LOGIN, '*', context), '*', context);

/** Whether policies let their holder log in and push to the lab's repository. */
export function judgePush(holder: string, policies: readonly Policy[], context: TaskContext) {
  const login = judgeLogin(holder, policies, context);
  if (login.status !== 'passed') return login;
  const repository = repositoryArnOf(context);
  return judgeAccess(holder, accessOf(policies, PUSH_ACTIONS, repository, context), repository, context);
}
