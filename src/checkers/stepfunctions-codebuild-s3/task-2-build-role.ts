import {
  accessOf,
  type Bound,
  blocked,
  defineTask,
  failed,
  judgeAccess,
  judgeTrust,
  notStarted,
  type PastRole,
  type Policy,
  PULL_ACTIONS,
  passed,
  pastBuildReads,
  pastBuilds,
  pastRoleReads,
  pastRoles,
  powersOf,
  provenByRole,
  type Role,
  readers,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  type Verdict,
} from '../core/index.ts';
import { labBucket } from './buckets.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_PREFIX, BUILD_ROLE, KEY, LOG_GROUP, PROJECT, projectArnOf, REPOSITORY, roleArnOf } from './names.ts';
import { otherBucketOf } from './permissions.ts';
import { targetOf } from './target.ts';

const SERVICE = 'codebuild.amazonaws.com';
const LOGIN = ['ecr:GetAuthorizationToken'];
const WRITE_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const UPLOAD = ['s3:PutObject'];

interface Permissions {
  /** `undefined` when there is no role. */
  readonly policies: readonly Policy[] | undefined;
}

interface OnBucket extends Permissions {
  /** The name of the lab's bucket. */
  readonly bucket: string | undefined;
}

const repositoryArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:ecr:${region}:${account}:repository/${REPOSITORY}`;
const logGroupArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:logs:${region}:${account}:log-group:${LOG_GROUP}`;
const objectArn = ({ partition }: TaskContext, bucket: string) => `arn:${partition}:s3:::${bucket}/${KEY}`;

type Judge = (policies: readonly Policy[], context: TaskContext) => Verdict<Says>;

const ofPolicies =
  (judge: Judge) =>
  ({ policies }: Permissions, context: TaskContext): Verdict<Says> =>
    policies === undefined ? blocked('build-role-trust') : judge(policies, context);

const judge = (policies: readonly Policy[], actions: readonly string[], resource: string, context: TaskContext) =>
  judgeAccess(BUILD_ROLE, accessOf(policies, actions, resource, context), resource, context);

const judgeLogs: Judge = (policies, context) => {
  // The group is made by the first build, unless it is there already. A policy may name it with or without what follows its name.
  const group = logGroupArn(context);
  const create = ['logs:CreateLogGroup'];
  const makes = [group, `${group}:log-stream:`].map((resource) => judge(policies, create, resource, context));
  if (!makes.some(({ status }) => status === 'passed')) return makes[0] ?? passed();
  return judge(policies, WRITE_LOG, `${group}:log-stream:x`, context);
};

const judgeLogin: Judge = (policies, context) => {
  const verdict = judge(policies, LOGIN, '*', context);
  if (verdict.status !== 'failed') return verdict;
  const onRepository = accessOf(policies, LOGIN, repositoryArn(context), context);
  return onRepository.state === 'allowed' ? failed(['loginOnRepository', { role: BUILD_ROLE }]) : verdict;
};

function judgeUpload({ policies, bucket }: OnBucket, context: TaskContext): Verdict<Says> {
  if (policies === undefined) return blocked('build-role-trust');
  if (bucket === undefined) return blocked('task-1');
  const resource = objectArn(context, bucket);
  const access = accessOf(policies, UPLOAD, resource, context);
  const other = otherBucketOf(policies, bucket);
  if (access.state === 'missing' && other !== undefined) return failed(['uploadOtherBucket', { role: BUILD_ROLE, found: other, bucket }]);
  return judgeAccess(BUILD_ROLE, access, resource, context);
}

/** What a build of this lab never needs, and what would do harm. */
const powers = (context: TaskContext, bucket: string | undefined) => [
  { action: 's3:PutObject', resource: `arn:${context.partition}:s3:::labproof-some-other-bucket/${KEY}` },
  ...(bucket === undefined ? [] : [{ action: 's3:DeleteObject', resource: objectArn(context, bucket) }]),
  { action: 'ecr:PutImage', resource: repositoryArn(context) },
  { action: 'ecr:DeleteRepository', resource: repositoryArn(context) },
  { action: 'codebuild:UpdateProject', resource: projectArnOf(context) },
  { action: 'iam:PutRolePolicy', resource: roleArnOf(context, BUILD_ROLE) },
];

function judgeLimits({ policies, bucket }: OnBucket, context: TaskContext): Verdict<Says> {
  if (policies === undefined) return blocked('build-role-trust');
  const given = powersOf(policies, powers(context, bucket), context);
  if (given.length === 0) return passed();
  return failed([
    'roleTooPowerful',
    { role: BUILD_ROLE, powers: given.map(({ action, resource }) => `${action} (${resource})`).join(', ') },
  ]);
}

const judgePull: Judge = (policies, context) => judge(policies, PULL_ACTIONS, repositoryArn(context), context);

const pastReads = { ...pastRoleReads, ...pastBuildReads } as const;

/** The role as it was, when it had everything at once; the bucket it had to write to is the one that a build wrote to. */
async function recall(aws: Bound<typeof pastReads>, context: TaskContext) {
  const builds = (await pastBuilds(aws, PROJECT)).filter(({ status }) => status === 'SUCCEEDED');
  const bucket = builds.map(targetOf).find((target) => target?.bucket.startsWith(BUCKET_PREFIX))?.bucket;
  if (bucket === undefined) return undefined;
  const wasRight = ({ trust, policies }: PastRole) =>
    trustOf({ trust }, SERVICE, serviceRequest(context, projectArnOf(context))).state === 'trusted' &&
    [judgeLogs, judgeLogin, judgePull].every((judgePast) => judgePast(policies, context).status === 'passed') &&
    [judgeUpload, judgeLimits].every((judgePast) => judgePast({ policies, bucket }, context).status === 'passed');
  return provenByRole(await pastRoles(aws, BUILD_ROLE), wasRight, ({ policies }) => policies.map(({ name }) => name));
}

const link = (_fact: unknown, { console }: TaskContext) => console.role(BUILD_ROLE);
const ofRole = { resource: (_fact: unknown, context: TaskContext) => roleArnOf(context, BUILD_ROLE), console: link } as const;
const policyNames = ({ policies }: Permissions) => policies?.map(({ name }) => name);

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-1'],
  reads: { role: readers.iam.role, policies: readers.iam.rolePolicies, buckets: readers.s3.buckets, ...pastReads },
  observe(aws) {
    const role = aws.role(BUILD_ROLE);
    const permissions = aws.policies(BUILD_ROLE).then((known): Permissions => ({ policies: known && rolePolicies(known) }));
    const onBucket = Promise.all([permissions, aws.buckets('')]).then(
      ([known, buckets]): OnBucket => ({ ...known, bucket: labBucket(buckets)?.name }),
    );
    return { role, permissions, onBucket };
  },
  expectations: {
    role: [
      {
        ...ofRole,
        id: 'build-role-trust',
        step: 3,
        expected: SERVICE,
        judge: (role: Role | undefined, context) =>
          role === undefined
            ? notStarted(['roleMissing', { role: BUILD_ROLE }])
            : judgeTrust(role, trustOf(role, SERVICE, serviceRequest(context, projectArnOf(context))), SERVICE),
        observed: (role) => role?.arn ?? null,
      },
    ],
    permissions: [
      {
        ...ofRole,
        id: 'build-role-logs',
        step: 5,
        after: 'build-role-trust',
        expected: WRITE_LOG,
        judge: ofPolicies(judgeLogs),
        observed: policyNames,
      },
      {
        ...ofRole,
        id: 'build-role-login',
        step: 5,
        after: 'build-role-trust',
        expected: LOGIN,
        judge: ofPolicies(judgeLogin),
        observed: policyNames,
      },
      {
        ...ofRole,
        id: 'build-role-pull',
        step: 5,
        after: 'build-role-trust',
        expected: PULL_ACTIONS,
        judge: ofPolicies(judgePull),
        observed: policyNames,
      },
    ],
    onBucket: [
      {
        ...ofRole,
        id: 'build-role-upload',
        step: 5,
        after: 'build-role-trust',
        expected: ({ bucket }, context) => ({ actions: UPLOAD, resource: bucket === undefined ? null : objectArn(context, bucket) }),
        judge: judgeUpload,
        observed: policyNames,
      },
      { ...ofRole, id: 'build-role-limits', step: 5, after: 'build-role-trust', judge: judgeLimits, observed: policyNames },
    ],
  },
  history: {
    'build-role-trust': recall,
    'build-role-logs': recall,
    'build-role-login': recall,
    'build-role-pull': recall,
    'build-role-upload': recall,
    'build-role-limits': recall,
  },
});
