import type { Bound } from '../../aws/reader.ts';
import { iam } from '../../aws/services/iam.ts';
import { type Policy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Texts } from '../engine/texts.ts';
import { type PastRole, pastRoleReads, pastRoles, provenByRole } from '../kit/iam/past-role.ts';
import { dropActions } from '../kit/iam/policy-mistakes.ts';
import { accessOf, roleAllows } from '../kit/iam/role-access.ts';
import { roleTrusted, serviceRequest, trustOf, trustOther } from '../kit/iam/role-trust.ts';
import { MACHINE_ROLE, MANAGED_RULE, machineArnOf, projectArnOf } from './names.ts';
import { createRole, FOR_MACHINE, roleFiles } from './student.ts';

const SERVICE = 'states.amazonaws.com';

const ruleArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:events:${region}:${account}:rule/${MANAGED_RULE}`;

const PERMISSIONS = {
  'start-build': { actions: ['codebuild:StartBuild'], resource: projectArnOf },
  'watch-build': { actions: ['codebuild:BatchGetBuilds'], resource: projectArnOf },
  'stop-build': { actions: ['codebuild:StopBuild'], resource: projectArnOf },
  'managed-rule': { actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], resource: ruleArn },
} as const;

/** Whether a role that may be gone had everything at once that this task asks for. */
const wasRight =
  (context: TaskContext) =>
  ({ trust, policies }: PastRole): boolean =>
    trustOf({ trust }, SERVICE, serviceRequest(context, machineArnOf(context))).state === 'trusted' &&
    Object.values(PERMISSIONS).every(
      ({ actions, resource }) => accessOf(policies, actions, resource(context), context).state === 'allowed',
    );

const recall = async (aws: Bound<typeof pastRoleReads>, context: TaskContext) =>
  provenByRole(await pastRoles(aws, MACHINE_ROLE), wasRight(context), ({ policies }) => policies.map(({ name }) => name));

const reads = { role: iam.role, policies: iam.rolePolicies, ...pastRoleReads } as const;

function observe(aws: Bound<typeof reads>) {
  const policies = aws.policies(MACHINE_ROLE).then((known): readonly Policy[] | undefined => known && rolePolicies(known));
  return { role: aws.role(MACHINE_ROLE), policies };
}

const on = expectationsOn<typeof observe>();

/** One permission, and the mistake of forgetting it. */
const permission = (id: keyof typeof PERMISSIONS, title: Texts, forgotten: Texts) =>
  on.policies({
    ...roleAllows({
      ...PERMISSIONS[id],
      id,
      title,
      step: 4,
      after: 'machine-role-trust',
      role: MACHINE_ROLE,
      breaks: {
        [`${id}-missing`]: {
          title: forgotten,
          says: 'actionsMissing',
          play: (account) => dropActions(account, FOR_MACHINE, ...PERMISSIONS[id].actions),
        },
      },
    }),
    past: recall,
  });

export default defineTask({
  id: 'task-4',
  title: { ko: 'Step Functions 실행 역할 생성', ja: 'Step Functions の実行ロールの作成', en: 'Step Functions execution role' },
  reads,
  observe,
  solve: {
    id: 'create-machine-role',
    title: { ko: '실행 역할을 만듭니다', ja: '実行のロールを作成する', en: 'Make the execution role' },
    play: (account) => createRole(account, FOR_MACHINE),
  },
  files: roleFiles(FOR_MACHINE, 'machine-role-trust', Object.keys(PERMISSIONS)),
  expectations: [
    on.role({
      ...roleTrusted({
        id: 'machine-role-trust',
        title: {
          ko: '실행 역할을 Step Functions가 맡을 수 있습니다',
          ja: '実行のロールを Step Functions が引き受けられる',
          en: 'Step Functions may take the execution role',
        },
        step: 3,
        role: MACHINE_ROLE,
        service: SERVICE,
        source: machineArnOf,
        breaks: {
          'machine-role-other-service': trustOther(
            { ko: '신뢰 정책에 CodeBuild를 적습니다', ja: '信頼ポリシーに CodeBuild を書く', en: 'Let CodeBuild take the role' },
            MACHINE_ROLE,
            'codebuild.amazonaws.com',
          ),
        },
      }),
      past: recall,
    }),
    permission(
      'start-build',
      { ko: '실행 역할이 빌드를 시작할 수 있습니다', ja: '実行のロールがビルドを開始できる', en: 'The execution role may start the build' },
      { ko: 'StartBuild를 빼먹습니다', ja: 'StartBuild を忘れる', en: 'Forget StartBuild' },
    ),
    permission(
      'watch-build',
      {
        ko: '실행 역할이 빌드의 상태를 볼 수 있습니다',
        ja: '実行のロールがビルドの状態を見られる',
        en: 'The execution role may watch the build',
      },
      { ko: 'BatchGetBuilds를 빼먹습니다', ja: 'BatchGetBuilds を忘れる', en: 'Forget BatchGetBuilds' },
    ),
    permission(
      'stop-build',
      { ko: '실행 역할이 빌드를 멈출 수 있습니다', ja: '実行のロールがビルドを止められる', en: 'The execution role may stop the build' },
      { ko: 'StopBuild를 빼먹습니다', ja: 'StopBuild を忘れる', en: 'Forget StopBuild' },
    ),
    permission(
      'managed-rule',
      {
        ko: '실행 역할이 관리형 규칙을 만들 수 있습니다',
        ja: '実行のロールがマネージドルールを作れる',
        en: 'The execution role may make the managed rule',
      },
      { ko: 'EventBridge 권한을 빼먹습니다', ja: 'EventBridge の権限を忘れる', en: 'Forget the permissions for EventBridge' },
    ),
  ],
});
