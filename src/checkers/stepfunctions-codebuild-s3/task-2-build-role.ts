import type { Bound } from '../../aws/reader.ts';
import { iam, iamConsole } from '../../aws/services/iam.ts';
import { s3 } from '../../aws/services/s3.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { type Policy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn, type FactsOf } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Texts } from '../engine/texts.ts';
import { blocked, failed, passed, type Verdict } from '../engine/verdict.ts';
import { pastBuildReads, pastBuilds } from '../kit/codebuild/past-builds.ts';
import { PULL_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { type PastRole, pastRoleReads, pastRoles, provenByRole } from '../kit/iam/past-role.ts';
import { changeStatement, denyAction, dropStatements, type PolicyStatement } from '../kit/iam/policy-mistakes.ts';
import { ACCESS_SAYS, accessOf, judgeAccess, powersOf } from '../kit/iam/role-access.ts';
import { roleTrusted, serviceRequest, trustOf, trustOther, trustService } from '../kit/iam/role-trust.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { labBucket, targetOf } from './buckets.ts';
import { arnOf, BUCKET_PREFIX, BUILD_ROLE, KEY, LOG_GROUP, PROJECT, projectArnOf, REGION, REPOSITORY, roleArnOf } from './names.ts';
import { BUCKET, createRole, FOR_BUILD, roleFiles } from './student.ts';
import { about, forget } from './titles.ts';

const SERVICE = 'codebuild.amazonaws.com';
const LOGIN = ['ecr:GetAuthorizationToken'];
const WRITE_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const UPLOAD = ['s3:PutObject'];

const repositoryArn = arnOf('ecr', `repository/${REPOSITORY}`);
const logGroupArn = arnOf('logs', `log-group:${LOG_GROUP}`);
const objectArn = ({ partition }: TaskContext, bucket: string) => `arn:${partition}:s3:::${bucket}/${KEY}`;

type Policies = readonly Policy[];

const judge = (policies: Policies, actions: readonly string[], resource: string, context: TaskContext) =>
  judgeAccess(BUILD_ROLE, accessOf(policies, actions, resource, context), resource, context);

function judgeLogs(policies: Policies, context: TaskContext) {
  // The group is made by the first build, unless it is there already. A policy may name it with or without what follows its name.
  const group = logGroupArn(context);
  const create = (resource: string) => judge(policies, ['logs:CreateLogGroup'], resource, context);
  const onGroup = create(group);
  if (onGroup.status !== 'passed' && create(`${group}:log-stream:`).status !== 'passed') return onGroup;
  return judge(policies, WRITE_LOG, `${group}:log-stream:x`, context);
}

function judgeLogin(policies: Policies, context: TaskContext) {
  const verdict = judge(policies, LOGIN, '*', context);
  if (verdict.status !== 'failed') return verdict;
  const onRepository = accessOf(policies, LOGIN, repositoryArn(context), context);
  return onRepository.state === 'allowed' ? failed(['loginOnRepository', { role: BUILD_ROLE }]) : verdict;
}

const judgePull = (policies: Policies, context: TaskContext) => judge(policies, PULL_ACTIONS, repositoryArn(context), context);

/** A bucket that the role may use instead of `bucket`, as far as a policy names one. */
function otherBucketOf(policies: Policies, bucket: string): string | undefined {
  const statements = policies.flatMap((policy) => (policy.state === 'read' ? policy.statements : []));
  const resources = statements.flatMap(({ effect, resource }) => (effect === 'Allow' && resource?.except === false ? resource.values : []));
  const names = resources.flatMap((resource) => /^arn:aws[\w-]*:s3:::([^/]+)/.exec(resource)?.[1] ?? []);
  return names.find((name) => name !== bucket && !name.includes('*'));
}

function judgeUpload(policies: Policies, context: TaskContext, bucket: string | undefined) {
  if (bucket === undefined) return blocked('task-1');
  const resource = objectArn(context, bucket);
  const access = accessOf(policies, UPLOAD, resource, context);
  const other = otherBucketOf(policies, bucket);
  if (access.state === 'missing' && other !== undefined) return failed(['uploadOtherBucket', { role: BUILD_ROLE, found: other, bucket }]);
  return judgeAccess(BUILD_ROLE, access, resource, context);
}

/** What a build of this lab never needs and what would do harm. */
const powers = (context: TaskContext, bucket: string | undefined) => [
  { action: 's3:PutObject', resource: `arn:${context.partition}:s3:::labproof-some-other-bucket/${KEY}` },
  ...(bucket === undefined ? [] : [{ action: 's3:DeleteObject', resource: objectArn(context, bucket) }]),
  { action: 'ecr:PutImage', resource: repositoryArn(context) },
  { action: 'ecr:DeleteRepository', resource: repositoryArn(context) },
  { action: 'codebuild:UpdateProject', resource: projectArnOf(context) },
  { action: 'iam:PutRolePolicy', resource: roleArnOf(context, BUILD_ROLE) },
];

function judgeLimits(policies: Policies, context: TaskContext, bucket: string | undefined) {
  const given = powersOf(policies, powers(context, bucket), context);
  const named = given.map(({ action, resource }) => `${action} (${resource})`);
  return given.length === 0 ? passed() : failed(['roleTooPowerful', { role: BUILD_ROLE, powers: named.join(', ') }]);
}

/** Finds a time at which the role had everything at once. The bucket that it had to write to is the one that a build wrote to. */
async function recall(aws: Bound<typeof pastRoleReads & typeof pastBuildReads>, context: TaskContext) {
  const builds = (await pastBuilds(aws, PROJECT)).filter(({ status }) => status === 'SUCCEEDED');
  const bucket = builds.map(targetOf).find((target) => target?.bucket.startsWith(BUCKET_PREFIX))?.bucket;
  if (bucket === undefined) return undefined;
  const judges = [judgeLogs, judgeLogin, judgePull, judgeUpload, judgeLimits];
  const wasRight = ({ trust, policies }: PastRole) =>
    trustOf({ trust }, SERVICE, serviceRequest(context, projectArnOf(context))).state === 'trusted' &&
    judges.every((judgement) => judgement(policies, context, bucket).status === 'passed');
  return provenByRole(await pastRoles(aws, BUILD_ROLE), wasRight, ({ policies }) => policies.map(({ name }) => name));
}

const reads = {
  role: iam.role,
  policies: iam.rolePolicies,
  buckets: s3.buckets,
  ...pastRoleReads,
  ...pastBuildReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const policies = aws.policies(BUILD_ROLE).then((known) => known && rolePolicies(known));
  const bucket = aws.buckets('').then((buckets) => labBucket(buckets)?.name);
  return {
    role: aws.role(BUILD_ROLE),
    // Without the bucket: when buckets cannot be listed, what does not depend on them is judged all the same.
    permissions: policies.then((known) => ({ policies: known, bucket: undefined })),
    /** With the name of the lab's bucket. */
    onBucket: Promise.all([policies, bucket]).then(([known, name]) => ({ policies: known, bucket: name })),
  };
}

const on = expectationsOn<typeof observe>();

type Fact = FactsOf<typeof observe>['onBucket'];

/** What every check of the role's permissions has in common. */
const permission = {
  step: 5,
  after: 'build-role-trust',
  observed: ({ policies }: Fact) => policies?.map(({ name }) => name),
  resource: (_fact: Fact, context: TaskContext) => roleArnOf(context, BUILD_ROLE),
  console: (_fact: Fact, place: TaskContext) => iamConsole.role(place, BUILD_ROLE),
  past: recall,
} as const;

const ofPolicies =
  <V extends Verdict>(judgement: (policies: Policies, context: TaskContext, bucket: string | undefined) => V) =>
  ({ policies, bucket }: Fact, context: TaskContext) =>
    policies === undefined ? blocked('build-role-trust') : judgement(policies, context, bucket);

/** The mistake of forgetting statements of the role's policy. */
const without = (title: Texts, ...sids: readonly string[]) =>
  ({ title, says: 'actionsMissing', play: (account: PracticeAccount) => dropStatements(account, FOR_BUILD, ...sids) }) as const;

/** A move that changes one statement of the role's policy. */
const change =
  (sid: string, patch: (statement: PolicyStatement, account: PracticeAccount) => Partial<PolicyStatement>) => (account: PracticeAccount) =>
    changeStatement(account, FOR_BUILD, sid, (statement) => patch(statement, account));

const may = about('빌드 역할이', 'ビルドのロールが', 'The build role may');

const permissions = [
  on.permissions({
    ...permission,
    id: 'build-role-logs',
    title: may('로그를 쓸 수 있습니다', 'ログを書ける', 'write logs'),
    expected: WRITE_LOG,
    judge: ofPolicies(judgeLogs),
    says: ACCESS_SAYS,
    breaks: {
      'build-role-no-logs': without(forget('로그 권한을', 'ログの権限', 'the permissions for logs'), 'WriteBuildLog'),
      'build-role-log-streams-only': {
        title: { ko: '로그 그룹에만 권한을 줍니다', ja: 'ロググループにだけ権限を与える', en: 'Allow the log group but not its streams' },
        says: 'actionsMissing',
        play: change('WriteBuildLog', ({ Resource }) => ({ Resource: [Resource].flat().slice(0, 1) })),
      },
    },
  }),
  on.permissions({
    ...permission,
    id: 'build-role-login',
    title: may('ECR에 로그인할 수 있습니다', ' ECR にログインできる', 'log in to ECR'),
    expected: LOGIN,
    judge: ofPolicies(judgeLogin),
    says: {
      ...ACCESS_SAYS,
      loginOnRepository: {
        ko: '"{role}" 역할의 ecr:GetAuthorizationToken 대상이 리포지토리입니다. 이 작업은 Resource가 "*"일 때만 동작합니다.',
        ja: 'ロール "{role}" の ecr:GetAuthorizationToken の対象がリポジトリです。この操作は Resource が "*" のときだけ働きます。',
        en: 'The role "{role}" allows ecr:GetAuthorizationToken on a repository. It works only with the Resource "*".',
      },
    },
    breaks: {
      'build-role-login-on-repository': {
        title: {
          ko: 'GetAuthorizationToken을 리포지토리에만 허용합니다',
          ja: 'GetAuthorizationToken をリポジトリにだけ許可する',
          en: 'Allow GetAuthorizationToken on the repository only',
        },
        says: 'loginOnRepository',
        play: change('LogInToEcr', (_statement, { id }) => ({ Resource: `arn:aws:ecr:${REGION}:${id}:repository/${REPOSITORY}` })),
      },
      'build-role-no-login': without(forget('GetAuthorizationToken을', 'GetAuthorizationToken'), 'LogInToEcr'),
    },
  }),
  on.permissions({
    ...permission,
    id: 'build-role-pull',
    title: may('이미지를 받을 수 있습니다', 'イメージを取得できる', 'pull the image'),
    expected: PULL_ACTIONS,
    judge: ofPolicies(judgePull),
    says: ACCESS_SAYS,
    breaks: {
      'build-role-other-account': {
        title: { ko: '예시 계정 ID를 그대로 둡니다', ja: '例のアカウント ID のままにする', en: 'Leave the example account id' },
        says: 'actionsOtherAccount',
        play: change('PullImage', ({ Resource }, { id }) => ({ Resource: `${Resource}`.replace(id, OTHER_ACCOUNT) })),
      },
      'build-role-pull-denied': {
        title: {
          ko: '이미지 받기를 거부하는 정책을 붙입니다',
          ja: 'イメージの取得を拒否するポリシーを付ける',
          en: 'Attach a policy that denies the pull',
        },
        says: 'actionsDenied',
        play: (account) => denyAction(account, BUILD_ROLE, 'ecr:BatchGetImage'),
      },
    },
    moments: {
      'build-role-condition': {
        title: {
          ko: '조건이 있는 정책으로 이미지 받기를 허용합니다',
          ja: '条件のあるポリシーでイメージの取得を許可する',
          en: 'Allow the pull under a condition',
        },
        says: 'actionsUndecided',
        play: change('PullImage', () => ({ Condition: { StringEquals: { 'aws:ResourceTag/Project': 'lab' } } })),
      },
    },
  }),
  on.onBucket({
    ...permission,
    id: 'build-role-upload',
    title: may('버킷에 올릴 수 있습니다', 'バケットにアップロードできる', 'upload to the bucket'),
    expected: ({ bucket }, context) => ({ actions: UPLOAD, resource: bucket === undefined ? null : objectArn(context, bucket) }),
    judge: ofPolicies(judgeUpload),
    says: {
      ...ACCESS_SAYS,
      uploadOtherBucket: {
        ko: '"{role}" 역할이 올릴 수 있는 버킷은 "{found}"입니다. 정책의 버킷 이름을 "{bucket}"(으)로 바꿉니다.',
        ja: 'ロール "{role}" がアップロードできるのはバケット "{found}" です。ポリシーのバケット名を "{bucket}" に直してください。',
        en: 'The role "{role}" may upload to the bucket "{found}". Write "{bucket}" in its policy.',
      },
    },
    breaks: {
      'build-role-other-bucket': {
        title: { ko: '다른 버킷의 이름을 적습니다', ja: '別のバケットの名前を書く', en: 'Name another bucket' },
        says: 'uploadOtherBucket',
        play: change('PutTar', ({ Resource }) => ({ Resource: `${Resource}`.replace(BUCKET, 'my-eb-nginx-tars-20200101000000') })),
      },
      'build-role-no-upload': without(forget('S3 권한을', 'S3 の権限', 'the permissions for S3'), 'PutTar', 'FindBucket'),
    },
  }),
  on.onBucket({
    ...permission,
    id: 'build-role-limits',
    title: {
      ko: '빌드 역할에 지나친 권한이 없습니다',
      ja: 'ビルドのロールに余分な権限がない',
      en: 'The build role has no powers to spare',
    },
    judge: ofPolicies(judgeLimits),
    says: {
      roleTooPowerful: {
        ko: '"{role}" 역할에 빌드가 쓰지 않는 권한이 있습니다: {powers}. 실습의 인라인 정책만 남깁니다.',
        ja: 'ロール "{role}" に、ビルドが使わない権限があります: {powers}。演習のインラインポリシーだけにしてください。',
        en: 'The role "{role}" has powers that the build never needs: {powers}. Leave it with the inline policy of the lab only.',
      },
    },
    breaks: {
      'build-role-administrator': {
        title: {
          ko: '모든 것을 허용하는 정책을 붙입니다',
          ja: 'すべてを許可するポリシーを付ける',
          en: 'Attach a policy that allows everything',
        },
        says: 'roleTooPowerful',
        play: (account) => account.iam.attachRolePolicy(BUILD_ROLE, 'arn:aws:iam::aws:policy/AdministratorAccess'),
      },
    },
  }),
];

export default defineTask({
  id: 'task-2',
  title: { ko: 'CodeBuild 서비스 역할 생성', ja: 'CodeBuild のサービスロールの作成', en: 'CodeBuild service role' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'create-build-role',
    title: { ko: '빌드 역할을 만듭니다', ja: 'ビルドのロールを作成する', en: 'Make the build role' },
    play: (account) => createRole(account, FOR_BUILD),
  },
  files: roleFiles(FOR_BUILD, 'build-role-trust', permissions),
  expectations: [
    on.role({
      ...roleTrusted({
        id: 'build-role-trust',
        title: {
          ko: '빌드 역할을 CodeBuild가 맡을 수 있습니다',
          ja: 'ビルドのロールを CodeBuild が引き受けられる',
          en: 'CodeBuild may take the build role',
        },
        step: 3,
        role: BUILD_ROLE,
        service: SERVICE,
        source: projectArnOf,
        breaks: {
          'build-role-other-service': trustOther(
            {
              ko: '신뢰 정책에 Step Functions를 적습니다',
              ja: '信頼ポリシーに Step Functions を書く',
              en: 'Let Step Functions take the role',
            },
            BUILD_ROLE,
            'states.amazonaws.com',
          ),
        },
        moments: {
          'build-role-trust-condition': {
            title: { ko: '조건이 있는 신뢰 정책을 씁니다', ja: '条件のある信頼ポリシーを書く', en: 'Trust CodeBuild under a condition' },
            says: 'trustUndecided',
            play: (account) => trustService(account, BUILD_ROLE, SERVICE, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
          },
        },
      }),
      past: recall,
    }),
    ...permissions,
  ],
});
