import { iamConsole, type Role } from '../../../aws/services/iam.ts';
import { type Policy, readPolicy } from '../../dialects/iam/document.ts';
import { trusts } from '../../dialects/iam/evaluate.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, notStarted, passed, undecided } from '../../engine/verdict.ts';
import { ACCESS_SAYS } from '../../kit/iam/role-access.ts';
import { ROLE_SAYS } from '../../kit/iam/role-trust.ts';
import { AUDIENCE, GITHUB_PLACEHOLDER, ISSUER, providerArnOf, ROLES, roleArnOf } from '../names.ts';
import { judgePush } from '../permissions.ts';
import { EXAMPLE_ACCOUNT, GITHUB_TRUST, providerArn, pushPolicyArn, shipped } from '../student.ts';
import { on } from './facts.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';
// A repository that no student has: GitHub reserves the name.
const STRANGER = 'repo:ghost/stranger:ref:refs/heads/main';

/** The subjects that the conditions of a trust policy name, with a letter in the place of each wildcard. */
function subjectsIn(policy: Policy): readonly string[] {
  if (policy.state !== 'read') return [];
  const conditions = policy.statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => statement.conditions);
  const subjects = conditions.filter(({ key }) => key.toLowerCase() === `${ISSUER}:sub`).flatMap(({ values }) => values);
  return subjects.map((subject) => subject.replace(/[*?]/g, 'x'));
}

/** Whether tokens of one GitHub repository may take the role, and tokens of others may not. */
function judgeGithubTrust(role: Role, context: TaskContext) {
  const policy = readPolicy('trust policy', role.trust, 'resource');
  const decide = (sub: string, aud: string = AUDIENCE) =>
    trusts(policy, { federated: providerArnOf(context) }, ACTION, { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: aud });
  if (decide(STRANGER).decision === 'allowed') return failed(['githubAnyone', { role: role.name }]);
  const subjects = subjectsIn(policy);
  if (subjects.some((subject) => subject.includes(GITHUB_PLACEHOLDER))) return failed(['githubPlaceholder', { role: role.name }]);
  const own = subjects.find((subject) => decide(subject).decision === 'allowed');
  if (own === undefined) {
    const doubt = subjects.map((subject) => decide(subject)).find(({ decision }) => decision === 'undecided');
    if (doubt?.decision === 'undecided') return undecided(['trustUndecided', { role: role.name, open: doubt.open.join(', ') }]);
    return failed(['githubNobody', { role: role.name, provider: providerArnOf(context) }]);
  }
  return decide(own, 'another-audience').decision === 'allowed'
    ? failed(['githubAudience', { role: role.name, audience: AUDIENCE }])
    : passed({ observed: own });
}

const ofRole = { console: (_fact: unknown, place: TaskContext) => iamConsole.role(place, ROLES.github) } as const;

/** GitHub Actions: an OIDC provider for GitHub, and a role that one GitHub repository may take to push. */
export const githubExpectations = [
  on.provider({
    id: 'oidc-provider',
    title: { ko: 'GitHub의 OIDC 공급자가 있다', ja: 'GitHub の OIDC プロバイダーがある', en: 'The OIDC provider of GitHub exists' },
    step: 1,
    expected: (_fact, context) => `${providerArnOf(context)} (${AUDIENCE})`,
    judge({ found, role }) {
      if (found === undefined) return role === undefined ? notStarted('providerMissing') : failed('providerMissing');
      // GitHub's action asks for a token with this audience, and STS accepts it only when the provider lists the audience.
      if (found.clientIds.includes(AUDIENCE)) return passed();
      return failed(['audienceMissing', { audience: AUDIENCE, found: found.clientIds.join(', ') || '-' }]);
    },
    observed: ({ found }) => found?.clientIds ?? null,
    resource: (_fact, context) => providerArnOf(context),
    says: {
      providerMissing: {
        ko: 'GitHub의 OIDC 공급자가 이 계정에 없습니다. create-open-id-connect-provider로 등록합니다.',
        ja: 'GitHub の OIDC プロバイダーがこのアカウントにありません。create-open-id-connect-provider で登録してください。',
        en: 'This account has no OIDC provider for GitHub. Register it with create-open-id-connect-provider.',
      },
      audienceMissing: {
        ko: 'GitHub의 OIDC 공급자가 {audience} 대상(audience)을 모릅니다. 지금 아는 대상은 다음과 같습니다: {found}. add-client-id-to-open-id-connect-provider로 추가합니다.',
        ja: 'GitHub の OIDC プロバイダーに対象者（audience）{audience} がありません。今あるのは {found} です。add-client-id-to-open-id-connect-provider で加えてください。',
        en: 'The OIDC provider of GitHub does not know the audience {audience}; it knows {found}. Add it with add-client-id-to-open-id-connect-provider.',
      },
    },
    breaks: {
      'provider-missing': {
        title: { ko: 'OIDC 공급자를 등록하지 않는다', ja: 'OIDC プロバイダーを登録しない', en: 'Register no OIDC provider' },
        says: 'providerMissing',
        play: (account) => account.iam.deleteOpenIdConnectProvider(providerArn(account)),
      },
      'provider-audience': {
        title: {
          ko: 'OIDC 공급자를 sts.amazonaws.com 없이 등록한다',
          ja: 'OIDC プロバイダーを sts.amazonaws.com なしで登録する',
          en: 'Register the OIDC provider without the audience sts.amazonaws.com',
        },
        says: 'audienceMissing',
        play(account) {
          account.iam.deleteOpenIdConnectProvider(providerArn(account));
          account.iam.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: ['https://github.com/my-name'] });
        },
      },
    },
  }),
  on.githubRole({
    ...ofRole,
    id: 'github-trust',
    title: {
      ko: '역할이 GitHub 리포지토리 하나만 믿는다',
      ja: 'ロールが 1 つの GitHub リポジトリだけを信頼する',
      en: 'The role trusts one GitHub repository only',
    },
    step: 3,
    judge: (role, context) => (role === undefined ? notStarted(['roleMissing', { role: ROLES.github }]) : judgeGithubTrust(role, context)),
    observed: (role) => role?.name ?? null,
    resource: (role) => role?.arn,
    says: {
      roleMissing: ROLE_SAYS.roleMissing,
      trustUndecided: ROLE_SAYS.trustUndecided,
      githubAnyone: {
        ko: 'GitHub의 아무 리포지토리나 "{role}" 역할을 맡을 수 있습니다. 신뢰 정책의 조건에 sub를 추가하고 자신의 리포지토리를 적습니다.',
        ja: 'GitHub のどのリポジトリでもロール "{role}" を引き受けられます。信頼ポリシーの条件に sub を加え、自分のリポジトリを書いてください。',
        en: 'Every repository of GitHub may take the role "{role}". Add sub to the condition of the trust policy and name your own repository.',
      },
      githubPlaceholder: {
        ko: '"{role}" 역할의 신뢰 정책에 예시인 GITHUB_OWNER/GITHUB_REPOSITORY가 남아 있습니다. 자신의 GitHub 리포지토리로 바꿉니다.',
        ja: 'ロール "{role}" の信頼ポリシーに例の GITHUB_OWNER/GITHUB_REPOSITORY が残っています。自分の GitHub リポジトリに替えてください。',
        en: 'The trust policy of the role "{role}" still has the example GITHUB_OWNER/GITHUB_REPOSITORY. Put your own GitHub repository there.',
      },
      githubNobody: {
        ko: 'GitHub의 어느 리포지토리도 "{role}" 역할을 맡을 수 없습니다. Federated가 {provider} 공급자인지, Action이 sts:AssumeRoleWithWebIdentity인지, sub가 repo:로 시작하는지 확인합니다.',
        ja: 'GitHub のどのリポジトリもロール "{role}" を引き受けられません。Federated が {provider} か、Action が sts:AssumeRoleWithWebIdentity か、sub が repo: で始まるか確かめてください。',
        en: 'No repository of GitHub may take the role "{role}". Check that Federated is {provider}, that Action is sts:AssumeRoleWithWebIdentity and that sub begins with repo:.',
      },
      githubAudience: {
        ko: '"{role}" 역할의 신뢰 정책이 토큰의 aud를 확인하지 않습니다. 조건에 aud가 {audience} 값이어야 한다고 추가합니다.',
        ja: 'ロール "{role}" の信頼ポリシーはトークンの aud を確かめていません。条件に aud が {audience} であることを加えてください。',
        en: 'The trust policy of the role "{role}" does not look at aud. Add to the condition that aud must be {audience}.',
      },
    },
    breaks: {
      'github-anyone': {
        title: { ko: 'sub 조건을 빠뜨린다', ja: 'sub の条件を抜かす', en: 'Leave out the condition on sub' },
        says: 'githubAnyone',
        play: GITHUB_TRUST.edit(/,\s*"[^"]*:sub": "[^"]*"/, ''),
      },
      'github-placeholder': {
        title: { ko: 'GITHUB_OWNER를 그대로 둔다', ja: 'GITHUB_OWNER をそのままにする', en: 'Leave GITHUB_OWNER as it is' },
        says: 'githubPlaceholder',
        play({ id, iam }) {
          const text = shipped(GITHUB_TRUST.path).replaceAll(EXAMPLE_ACCOUNT, id);
          iam.updateAssumeRolePolicy(ROLES.github, JSON.parse(text));
        },
      },
      'github-nobody': {
        title: {
          ko: 'AssumeRoleWithWebIdentity 대신 AssumeRole을 적는다',
          ja: 'AssumeRoleWithWebIdentity の代わりに AssumeRole を書く',
          en: 'Write AssumeRole in place of AssumeRoleWithWebIdentity',
        },
        says: 'githubNobody',
        play: GITHUB_TRUST.edit('AssumeRoleWithWebIdentity', 'AssumeRole'),
      },
      'github-audience': {
        title: { ko: 'aud 조건을 빠뜨린다', ja: 'aud の条件を抜かす', en: 'Leave out the condition on aud' },
        says: 'githubAudience',
        play: GITHUB_TRUST.edit(/"[^"]*:aud": "[^"]*",\s*/, ''),
      },
    },
  }),
  on.githubPolicies({
    ...ofRole,
    id: 'github-push',
    title: { ko: 'GitHub의 역할이 푸시할 수 있다', ja: 'GitHub のロールがプッシュできる', en: 'The role for GitHub can push' },
    step: 3,
    after: 'github-trust',
    judge: (policies, context) => (policies === undefined ? blocked('github-trust') : judgePush(ROLES.github, policies, context)),
    observed: (policies) => policies?.map(({ name }) => name),
    resource: (_fact, context) => roleArnOf(context, ROLES.github),
    says: ACCESS_SAYS,
    breaks: {
      'github-without-policy': {
        title: {
          ko: 'GitHub의 역할에 푸시 정책을 연결하지 않는다',
          ja: 'GitHub のロールにプッシュ用ポリシーを付けない',
          en: 'Attach no push policy to the role for GitHub',
        },
        says: 'actionsMissing',
        play: (account) => account.iam.detachRolePolicy(ROLES.github, pushPolicyArn(account)),
      },
    },
  }),
];
