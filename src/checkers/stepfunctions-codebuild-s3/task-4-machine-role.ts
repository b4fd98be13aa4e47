import type { Bound } from '../../aws/reader.ts';
import { iam } from '../../aws/services/iam.ts';
import { rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { type PastRole, pastRoleReads, pastRoles, provenByRole } from '../kit/iam/past-role.ts';
import { dropActions } from '../kit/iam/policy-mistakes.ts';
import { accessOf, roleAllows } from '../kit/iam/role-access.ts';
import { roleTrusted, serviceRequest, trustOf, trustOther } from '../kit/iam/role-trust.ts';
import { arnOf, MACHINE_ROLE, MANAGED_RULE, machineArnOf, projectArnOf } from './names.ts';
import { createRole, FOR_MACHINE, roleFiles } from './student.ts';
import { about, forget } from './titles.ts';

const SERVICE = 'states.amazonaws.com';

const may = about('실행 역할이', '実行のロールが', 'The execution role may');

/** What the role must be allowed, each with the title of the mistake of forgetting it. */
const PERMISSIONS = [
  {
    id: 'start-build',
    title: may('빌드를 시작할 수 있습니다', 'ビルドを開始できる', 'start the build'),
    actions: ['codebuild:StartBuild'],
    resource: projectArnOf,
    forgotten: forget('StartBuild를', 'StartBuild'),
  },
  {
    id: 'watch-build',
    title: may('빌드의 상태를 볼 수 있습니다', 'ビルドの状態を見られる', 'watch the build'),
    actions: ['codebuild:BatchGetBuilds'],
    resource: projectArnOf,
    forgotten: forget('BatchGetBuilds를', 'BatchGetBuilds'),
  },
  {
    id: 'stop-build',
    title: may('빌드를 멈출 수 있습니다', 'ビルドを止められる', 'stop the build'),
    actions: ['codebuild:StopBuild'],
    resource: projectArnOf,
    forgotten: forget('StopBuild를', 'StopBuild'),
  },
  {
    id: 'managed-rule',
    title: may('관리형 규칙을 만들 수 있습니다', 'マネージドルールを作れる', 'make the managed rule'),
    actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    resource: arnOf('events', `rule/${MANAGED_RULE}`),
    forgotten: forget('EventBridge 권한을', 'EventBridge の権限', 'the permissions for EventBridge'),
  },
];

/** Whether a role that may be gone had everything at once that this task asks for. */
const wasRight =
  (context: TaskContext) =>
  ({ trust, policies }: PastRole): boolean =>
    trustOf({ trust }, SERVICE, serviceRequest(context, machineArnOf(context))).state === 'trusted' &&
    PERMISSIONS.every(({ actions, resource }) => accessOf(policies, actions, resource(context), context).state === 'allowed');

const recall = async (aws: Bound<typeof pastRoleReads>, context: TaskContext) =>
  provenByRole(await pastRoles(aws, MACHINE_ROLE), wasRight(context), ({ policies }) => policies.map(({ name }) => name));

const reads = { role: iam.role, policies: iam.rolePolicies, ...pastRoleReads } as const;

function observe(aws: Bound<typeof reads>) {
  return { role: aws.role(MACHINE_ROLE), policies: aws.policies(MACHINE_ROLE).then((known) => known && rolePolicies(known)) };
}

const on = expectationsOn<typeof observe>();

const permissions = PERMISSIONS.map(({ forgotten, ...permission }) =>
  on.policies({
    ...roleAllows({
      ...permission,
      step: 4,
      after: 'machine-role-trust',
      role: MACHINE_ROLE,
      breaks: {
        [`${permission.id}-missing`]: {
          title: forgotten,
          says: 'actionsMissing',
          play: (account) => dropActions(account, FOR_MACHINE, ...permission.actions),
        },
      },
    }),
    past: recall,
  }),
);

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
  files: roleFiles(FOR_MACHINE, 'machine-role-trust', permissions),
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
    ...permissions,
  ],
});
