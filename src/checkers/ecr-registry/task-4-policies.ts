import type { Bound } from '../../aws/reader.ts';
import { ecr } from '../../aws/services/ecr.ts';
import { iam } from '../../aws/services/iam.ts';
import { readPolicy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { notStarted } from '../engine/verdict.ts';
import { policyWithoutLogin } from '../kit/ecr/policy-login.ts';
import { changeStatement } from '../kit/iam/policy-mistakes.ts';
import { ACCESS_SAYS, roleAllows } from '../kit/iam/role-access.ts';
import { roleTrusted, trustOther, trustService } from '../kit/iam/role-trust.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { NAME, ofRepository, PUSH_POLICY, REGION, ROLES, roleArnOf } from './names.ts';
import { judgePush, LOGIN_ACTIONS } from './permissions.ts';
import { EXAMPLE_ACCOUNT, LOGIN, LOGIN_POLICY, PULL_TRUST, PUSH, REPOSITORY_POLICY, setPolicies, setPolicy, shipped } from './student.ts';
import {
  judgePrivate,
  judgePull,
  PULL_SAYS,
  type Pull,
  pastReads,
  recallPull,
  recallPushPolicy,
  recallRole,
  SERVICE,
} from './task-4-pull.ts';

const FROM_SOME_ADDRESSES = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };

const reads = {
  ...pastReads,
  role: iam.role,
  rolePolicies: iam.rolePolicies,
  repositoryPolicy: ecr.repositoryPolicy,
  pushPolicy: iam.policy,
} as const;

function observe(aws: Bound<typeof reads>) {
  const policies = aws.rolePolicies(ROLES.pull).then((found) => found && rolePolicies(found));
  return {
    role: aws.role(ROLES.pull),
    policies,
    pull: Promise.all([aws.repositoryPolicy(NAME), policies]).then(
      ([found, identity = []]): Pull => ({ policy: found && readPolicy(NAME, found.document, 'resource'), identity }),
    ),
    pushPolicy: aws.pushPolicy(PUSH_POLICY).then((found) => found && readPolicy(found.arn, found.document, 'identity')),
  };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-4',
  title: { ko: 'IAM 정책과 리포지토리 정책 설정', ja: 'IAM ポリシーとリポジトリポリシーの設定', en: 'Set IAM and repository policies' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'set-policies',
    title: { ko: '역할과 두 가지 정책을 만든다', ja: 'ロールと 2 種類のポリシーを作る', en: 'Make the role and both kinds of policies' },
    play: setPolicies,
  },
  files: {
    [PULL_TRUST.path]: { checks: ['pull-role'], use: PULL_TRUST.use },
    [LOGIN.path]: { checks: ['pull-login', 'pull-allowed'], use: LOGIN.use },
    [REPOSITORY_POLICY.path]: { checks: ['pull-allowed', 'pull-private', 'policy-login'], use: REPOSITORY_POLICY.use },
    [PUSH.path]: { checks: ['push-policy'], use: PUSH.use },
  },
  expectations: [
    on.role({
      ...roleTrusted({
        id: 'pull-role',
        title: {
          ko: 'ECS 태스크가 맡는 pull 역할이 있다',
          ja: 'ECS タスクが引き受ける pull ロールがある',
          en: 'There is a pull role for ECS tasks',
        },
        step: 2,
        role: ROLES.pull,
        service: SERVICE,
        // The ARN of an ECS task is not known before it runs.
        source: () => '',
        breaks: {
          'pull-role-for-another': trustOther(
            {
              ko: '다른 서비스가 맡는 역할로 만든다',
              ja: '別のサービスが引き受けるロールにする',
              en: 'Make the pull role for another service',
            },
            ROLES.pull,
            'ecs.amazonaws.com',
          ),
        },
        moments: {
          'pull-role-conditional': {
            title: {
              ko: '신뢰 정책에 IP 조건을 단다',
              ja: '信頼ポリシーに IP の条件を付ける',
              en: 'Trust ECS tasks from some addresses only',
            },
            says: 'trustUndecided',
            play: (account) => trustService(account, ROLES.pull, SERVICE, FROM_SOME_ADDRESSES),
          },
        },
      }),
      past: recallRole,
    }),
    on.policies({
      ...roleAllows({
        id: 'pull-login',
        title: {
          ko: 'pull 역할이 ECR에 로그인할 수 있다',
          ja: 'pull ロールが ECR にログインできる',
          en: 'The pull role can log in to ECR',
        },
        step: 2,
        after: 'pull-role',
        role: ROLES.pull,
        actions: LOGIN_ACTIONS,
        resource: () => '*',
        breaks: {
          'login-on-repository': {
            title: {
              ko: '로그인 권한을 리포지토리 ARN에 준다',
              ja: 'ログイン権限をリポジトリの ARN に与える',
              en: 'Allow the login on the ARN of the repository',
            },
            says: 'actionsMissing',
            play(account) {
              const Resource = `arn:aws:ecr:${REGION}:${account.id}:repository/${NAME}`;
              changeStatement(account, LOGIN_POLICY, 'LogIn', () => ({ Resource }));
            },
          },
        },
        moments: {
          'login-conditional': {
            title: {
              ko: '로그인 권한에 IP 조건을 단다',
              ja: 'ログイン権限に IP の条件を付ける',
              en: 'Allow the login from some addresses only',
            },
            says: 'actionsUndecided',
            play: (account) => changeStatement(account, LOGIN_POLICY, 'LogIn', () => ({ Condition: FROM_SOME_ADDRESSES })),
          },
        },
      }),
      past: recallRole,
    }),
    on.pull({
      ...ofRepository,
      past: recallPull,
      id: 'pull-allowed',
      title: {
        ko: '리포지토리 정책이 pull 역할에 풀을 허용한다',
        ja: 'リポジトリポリシーが pull ロールにプルを許可する',
        en: 'The repository policy lets the pull role pull',
      },
      step: 4,
      after: 'pull-role',
      expected: (_fact, context) => roleArnOf(context, ROLES.pull),
      judge: judgePull,
      says: PULL_SAYS,
      breaks: {
        'policy-not-set': {
          title: { ko: '리포지토리 정책을 설정하지 않는다', ja: 'リポジトリポリシーを設定しない', en: 'Set no repository policy' },
          says: 'policyMissing',
          play: (account) => setPolicy(account, undefined),
        },
        'pull-half': {
          title: {
            ko: '풀에 필요한 작업 하나를 빠뜨린다',
            ja: 'プルに必要な操作を 1 つ抜かす',
            en: 'Leave out one action that a pull needs',
          },
          says: 'pullMissing',
          play: REPOSITORY_POLICY.edit(/"ecr:BatchGetImage",\s*/, ''),
        },
      },
    }),
    on.pull({
      ...ofRepository,
      past: recallPull,
      id: 'pull-private',
      title: {
        ko: '다른 누구도 정책으로 풀을 허용받지 않는다',
        ja: 'ポリシーはほかの誰にもプルを許可しない',
        en: 'It lets nobody else pull',
      },
      step: 4,
      after: 'pull-allowed',
      judge: judgePrivate,
      says: {
        pullOpen: {
          ko: '"{repository}" 리포지토리의 정책이 "{role}" 말고 다른 이에게도 풀을 허용합니다. Principal에 그 역할의 ARN만 적습니다.',
          ja: 'リポジトリ "{repository}" のポリシーは "{role}" 以外にもプルを許可しています。Principal にはそのロールの ARN だけを書いてください。',
          en: 'The policy of the repository "{repository}" lets others than "{role}" pull. Name only the ARN of that role in Principal.',
        },
      },
      breaks: {
        'pull-open': {
          title: { ko: '누구에게나 풀을 허용한다', ja: '誰にでもプルを許可する', en: 'Let anyone pull' },
          says: 'pullOpen',
          play: REPOSITORY_POLICY.edit(/\{ "AWS": "[^"]*" \}/, '"*"'),
        },
      },
    }),
    on.pull({
      ...policyWithoutLogin({
        repository: NAME,
        step: 3,
        after: 'pull-allowed',
        move: 'policy-with-login',
        wrong: REPOSITORY_POLICY.edit('"ecr:BatchGetImage",', '"ecr:GetAuthorizationToken", "ecr:BatchGetImage",'),
      }),
      past: recallPull,
    }),
    on.pushPolicy({
      id: 'push-policy',
      title: {
        ko: '푸시 정책이 로그인과 푸시를 허용한다',
        ja: 'プッシュ用ポリシーがログインとプッシュを許可する',
        en: 'The push policy allows login and push',
      },
      step: 6,
      expected: PUSH_POLICY,
      judge: (policy, context) =>
        policy === undefined ? notStarted(['pushPolicyMissing', { policy: PUSH_POLICY }]) : judgePush(PUSH_POLICY, [policy], context),
      observed: (policy) => policy?.name ?? null,
      resource: (policy) => policy?.name,
      says: {
        pushPolicyMissing: {
          ko: '"{policy}" 관리형 정책이 없습니다. 정책을 생성합니다.',
          ja: '管理ポリシー "{policy}" がありません。ポリシーを作成してください。',
          en: 'There is no managed policy "{policy}". Create it.',
        },
        ...ACCESS_SAYS,
      },
      past: recallPushPolicy,
      breaks: {
        'push-other-account': {
          title: { ko: '다른 계정의 ID를 남긴다', ja: '別のアカウントの ID を残す', en: 'Leave the id of another account' },
          says: 'actionsOtherAccount',
          play: (account) => PUSH.use(account, shipped(PUSH.path).replaceAll(EXAMPLE_ACCOUNT, OTHER_ACCOUNT)),
        },
        'push-denied': {
          title: { ko: '푸시를 거부하는 문장을 둔다', ja: 'プッシュを拒否する文を置く', en: 'Deny the push' },
          says: 'actionsDenied',
          play: PUSH.edit('"Statement": [', '"Statement": [{ "Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*" },'),
        },
      },
    }),
  ],
});
