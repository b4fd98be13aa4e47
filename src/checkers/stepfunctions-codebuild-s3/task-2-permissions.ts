import type { Policy } from '../dialects/iam/document.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { PULL_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { accessOf, judgeAccess, powersOf } from '../kit/iam/role-access.ts';
import { BUILD_ROLE, KEY, LOG_GROUP, projectArnOf, REPOSITORY, roleArnOf } from './names.ts';

/** Judges what the policies of the build role allow: what a build needs, and no more. */

export const LOGIN = ['ecr:GetAuthorizationToken'];
export const WRITE_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
export const UPLOAD = ['s3:PutObject'];

const repositoryArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:ecr:${region}:${account}:repository/${REPOSITORY}`;
const logGroupArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:logs:${region}:${account}:log-group:${LOG_GROUP}`;
export const objectArn = ({ partition }: TaskContext, bucket: string) => `arn:${partition}:s3:::${bucket}/${KEY}`;

export type Policies = readonly Policy[];

const judge = (policies: Policies, actions: readonly string[], resource: string, context: TaskContext) =>
  judgeAccess(BUILD_ROLE, accessOf(policies, actions, resource, context), resource, context);

export function judgeLogs(policies: Policies, context: TaskContext) {
  // The group is made by the first build, unless it is there already. A policy may name it with or without what follows its name.
  const group = logGroupArn(context);
  const create = (resource: string) => judge(policies, ['logs:CreateLogGroup'], resource, context);
  const onGroup = create(group);
  if (onGroup.status !== 'passed' && create(`${group}:log-stream:`).status !== 'passed') return onGroup;
  return judge(policies, WRITE_LOG, `${group}:log-stream:x`, context);
}

export function judgeLogin(policies: Policies, context: TaskContext) {
  const verdict = judge(policies, LOGIN, '*', context);
  if (verdict.status !== 'failed') return verdict;
  const onRepository = accessOf(policies, LOGIN, repositoryArn(context), context);
  return onRepository.state === 'allowed' ? failed(['loginOnRepository', { role: BUILD_ROLE }]) : verdict;
}

export const judgePull = (policies: Policies, context: TaskContext) => judge(policies, PULL_ACTIONS, repositoryArn(context), context);

/** A bucket that the role may use instead of `bucket`, as far as a policy names one. */
function otherBucketOf(policies: Policies, bucket: string): string | undefined {
  const statements = policies.flatMap((policy) => (policy.state === 'read' ? policy.statements : []));
  const resources = statements.flatMap(({ effect, resource }) => (effect === 'Allow' && resource?.except === false ? resource.values : []));
  const names = resources.flatMap((resource) => /^arn:aws[\w-]*:s3:::([^/]+)/.exec(resource)?.[1] ?? []);
  return names.find((name) => name !== bucket && !name.includes('*'));
}

export function judgeUpload(policies: Policies, context: TaskContext, bucket: string | undefined) {
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

export function judgeLimits(policies: Policies, context: TaskContext, bucket: string | undefined) {
  const given = powersOf(policies, powers(context, bucket), context);
  const named = given.map(({ action, resource }) => `${action} (${resource})`);
  return given.length === 0 ? passed() : failed(['roleTooPowerful', { role: BUILD_ROLE, powers: named.join(', ') }]);
}
