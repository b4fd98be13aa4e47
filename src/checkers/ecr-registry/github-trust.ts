import type { Role } from '../../aws/index.ts';
import { type Policy, readPolicy } from '../dialects/iam/document.ts';
import { trusts } from '../dialects/iam/evaluate.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { failed, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { AUDIENCE, GITHUB_PLACEHOLDER, ISSUER, providerArnOf } from './names.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';
// A repository that no student has: GitHub reserves the name.
const STRANGER = 'repo:ghost/stranger:ref:refs/heads/main';

/** Subjects that the conditions of a trust policy name, with something in place of wildcards. */
function subjectsIn(policy: Policy): readonly string[] {
  if (policy.state !== 'read') return [];
  const conditions = policy.statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => statement.conditions);
  const subjects = conditions.filter(({ key }) => key.toLowerCase() === `${ISSUER}:sub`).flatMap(({ values }) => values);
  return subjects.map((subject) => subject.replace(/[*?]/g, 'x'));
}

/** Whether tokens of one repository of GitHub may take the role, and no others. */
export function judgeGithubTrust(role: Role, context: TaskContext) {
  const policy = readPolicy('trust policy', role.trust, 'resource');
  const decide = (sub: string, aud: string = AUDIENCE) =>
    trusts(policy, { federated: providerArnOf(context) }, ACTION, { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: aud });
  if (decide(STRANGER).decision === 'allowed') return failed(['githubAnyone', { role: role.name }]);
  const subjects = subjectsIn(policy);
  if (subjects.some((subject) => subject.includes(GITHUB_PLACEHOLDER))) return failed(['githubPlaceholder', { role: role.name }]);
  const own = subjects.find((subject) => decide(subject).decision === 'allowed');
  if (own === undefined) {
    const doubt = subjects.map((subject) => decide(subject)).find(({ decision }) => decision === 'undecided');
    if (doubt?.decision === 'undecided') return undecided(['actionsUndecided', { policy: 'trust policy', open: doubt.open.join(', ') }]);
    return failed(['githubNobody', { role: role.name, provider: providerArnOf(context) }]);
  }
  return decide(own, 'another-audience').decision === 'allowed'
    ? failed(['githubAudience', { role: role.name, audience: AUDIENCE }])
    : passed({ observed: own });
}
