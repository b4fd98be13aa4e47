import type { PracticeAccount } from '../../practice/account.ts';
import { edited } from '../kit/student/mistakes.ts';
import {
  AUDIENCE,
  BUILD_LOG_GROUP,
  BUILDSPEC,
  EVENT_LOG_GROUP,
  GITHUB_PLACEHOLDER,
  ISSUER,
  LOG_POLICY,
  NAME,
  PROJECT,
  PUSH_POLICY,
  REGION,
  ROLES,
  RULE,
  TAG,
} from './names.ts';
import {
  BUILD_POLICY,
  BUILD_ROLE_TRUST,
  BUILDSPEC_YML,
  EVENT_PATTERN,
  GITHUB_ROLE_TRUST,
  LIFECYCLE_POLICY,
  LOG_POLICY_JSON,
  LOGIN_POLICY,
  PULL_ROLE_TRUST,
  PUSH_POLICY_JSON,
  REPOSITORY_POLICY,
} from './practice-files.ts';
/** What a student who follows the lab does in a practice account, one step each. */

export type Region = ReturnType<PracticeAccount['region']>;

export const place = (account: PracticeAccount): Region => account.region(REGION);

/** The account id of the text's examples. */
export const EXAMPLE_ACCOUNT = '123456789012';

export const OWN_REPOSITORY = 'my-name/my-application';

/** A JSON file of the lab with the student's own account and GitHub repository in it. */
export const own = (account: PracticeAccount, text: string) =>
  JSON.parse(text.replaceAll(EXAMPLE_ACCOUNT, account.id).replaceAll(GITHUB_PLACEHOLDER, OWN_REPOSITORY));

export const pushPolicyArn = (account: PracticeAccount) => `arn:aws:iam::${account.id}:policy/${PUSH_POLICY}`;

export const logGroupArn = (account: PracticeAccount, group: string) => `arn:aws:logs:${REGION}:${account.id}:log-group:${group}`;

export type RepositoryOptions = NonNullable<Parameters<Region['ecr']['createRepository']>[1]>;

/** Task 1. */
export function createRepository(account: PracticeAccount, options: RepositoryOptions = {}, name: string = NAME): void {
  const { ecr, cloudtrail } = place(account);
  const { scanOnPush, encryptionType, ...others } = { scanOnPush: true, encryptionType: 'KMS' as const, ...options };
  ecr.createRepository(name, { scanOnPush, encryptionType, ...others });
  cloudtrail.record({
    name: 'CreateRepository',
    source: 'ecr.amazonaws.com',
    requestParameters: { repositoryName: name, imageScanningConfiguration: { scanOnPush }, encryptionConfiguration: { encryptionType } },
  });
}

/** Pushes an image, which CloudTrail notes. */
export function pushImage(account: PracticeAccount, tag: string, errorCode?: string): void {
  const { ecr, cloudtrail } = place(account);
  if (errorCode === undefined) ecr.putImage(NAME, { tags: [tag] });
  cloudtrail.record({
    name: 'PutImage',
    source: 'ecr.amazonaws.com',
    requestParameters: { repositoryName: NAME, imageTag: tag },
    ...(errorCode !== undefined && { errorCode }),
  });
}

/** Task 2. */
export function pushLatest(account: PracticeAccount): void {
  pushImage(account, TAG);
}

/** Task 3, or another policy in its place. */
export function setLifecycle(account: PracticeAccount, policy: object | string = JSON.parse(LIFECYCLE_POLICY)): void {
  const { ecr, cloudtrail } = place(account);
  ecr.setLifecyclePolicy(NAME, policy);
  const lifecyclePolicyText = typeof policy === 'string' ? policy : JSON.stringify(policy);
  cloudtrail.record({
    name: 'PutLifecyclePolicy',
    source: 'ecr.amazonaws.com',
    requestParameters: { repositoryName: NAME, lifecyclePolicyText },
  });
}

export function setPolicy(account: PracticeAccount, policy: object | undefined): void {
  const { ecr, cloudtrail } = place(account);
  ecr.setRepositoryPolicy(NAME, policy);
  cloudtrail.record({
    name: policy === undefined ? 'DeleteRepositoryPolicy' : 'SetRepositoryPolicy',
    source: 'ecr.amazonaws.com',
    requestParameters: { repositoryName: NAME, ...(policy && { policyText: JSON.stringify(policy) }) },
  });
}

export function allowLogin(account: PracticeAccount, document: object = own(account, LOGIN_POLICY)): void {
  account.iam.putRolePolicy(ROLES.pull, 'ecr-login', document);
}

/** Task 4. */
export function setPolicies(account: PracticeAccount): void {
  account.iam.createRole({ name: ROLES.pull, trust: JSON.parse(PULL_ROLE_TRUST) });
  allowLogin(account);
  setPolicy(account, own(account, REPOSITORY_POLICY));
  account.iam.createPolicy({ name: PUSH_POLICY, document: own(account, PUSH_POLICY_JSON) });
}

/** Pushes files to the main branch of the lab's CodeCommit repository. */
export function pushSource(account: PracticeAccount, files: Readonly<Record<string, string>>): void {
  place(account).codecommit.push(NAME, 'main', files, { message: 'Add my-application' });
}

export type Project = Parameters<Region['codebuild']['createProject']>[0];

export type BuildOptions = NonNullable<Parameters<Region['codebuild']['startBuild']>[1]>;

export const source = (repository: string = NAME): NonNullable<Project['source']> => ({
  type: 'CODECOMMIT',
  location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/${repository}`,
});

export const environment = (privilegedMode = true): NonNullable<Project['environment']> => ({
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  computeType: 'BUILD_GENERAL1_SMALL',
  privilegedMode,
});

export function changeProject(account: PracticeAccount, patch: Partial<Project>): void {
  place(account).codebuild.updateProject(PROJECT, patch);
}

/** Starts a build that pushes nothing, e.g. one that fails. */
export function startBuild(account: PracticeAccount, options: BuildOptions = {}) {
  return place(account).codebuild.startBuild(PROJECT, options);
}

/** A build that succeeds, and the image it pushes before it ends. */
export function runBuild(account: PracticeAccount): void {
  const { id = '', resolvedSourceVersion = '' } = startBuild(account, { status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account, resolvedSourceVersion.slice(0, 7));
  place(account).codebuild.finishBuild(id);
}

/** Task 5 without its build. */
export function connectCi(account: PracticeAccount): void {
  account.iam.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: [AUDIENCE] });
  account.iam.createRole({ name: ROLES.github, trust: own(account, GITHUB_ROLE_TRUST) });
  account.iam.attachRolePolicy(ROLES.github, pushPolicyArn(account));
  place(account).codecommit.createRepository(NAME);
  pushSource(account, { Dockerfile: 'FROM public.ecr.aws/docker/library/node:24-alpine\n', [BUILDSPEC]: BUILDSPEC_YML });
  account.iam.createRole({ name: ROLES.build, trust: JSON.parse(BUILD_ROLE_TRUST) });
  account.iam.putRolePolicy(ROLES.build, 'source-and-logs', own(account, BUILD_POLICY));
  account.iam.attachRolePolicy(ROLES.build, pushPolicyArn(account));
  place(account).codebuild.createProject({
    name: PROJECT,
    source: source(),
    sourceVersion: 'refs/heads/main',
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: environment(),
    serviceRole: `arn:aws:iam::${account.id}:role/${ROLES.build}`,
  });
}

/** Task 5. */
export function integrate(account: PracticeAccount): void {
  connectCi(account);
  runBuild(account);
}

export function putRule(
  account: PracticeAccount,
  { pattern = JSON.parse(EVENT_PATTERN), state = 'ENABLED' }: { readonly pattern?: object; readonly state?: 'ENABLED' | 'DISABLED' } = {},
): void {
  place(account).events.putRule({ name: RULE, pattern, state });
}

export function putTarget(account: PracticeAccount, group: string = EVENT_LOG_GROUP): void {
  place(account).events.putTargets(RULE, [{ Id: 'logs', Arn: logGroupArn(account, group) }]);
}

/** Task 6 without the push that is seen. */
export function watch(account: PracticeAccount): void {
  const { logs } = place(account);
  logs.createLogGroup(EVENT_LOG_GROUP);
  logs.putResourcePolicy(LOG_POLICY, own(account, LOG_POLICY_JSON));
  putRule(account);
  putTarget(account);
}

/** An event reaches the log group. */
export function deliver(account: PracticeAccount): void {
  place(account).logs.createLogStream(EVENT_LOG_GROUP, 'an-event');
}

/** Task 6. */
export function monitor(account: PracticeAccount): void {
  watch(account);
  pushImage(account, 'v2');
  deliver(account);
}

export const STEPS = [createRepository, pushLatest, setLifecycle, setPolicies, integrate, monitor] as const;

/** The whole lab up to and with a task, in an account that forgets what was in it before. */
export function startOver(account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4 | 5 | 6): void {
  account.wipe();
  for (const step of STEPS.slice(0, last)) step(account);
}

/** Everything that the lab makes and its checkers look for when it is cleaned up. */
export type Leftover =
  | 'rule'
  | 'project'
  | 'source'
  | 'repository'
  | 'event-logs'
  | 'build-logs'
  | 'log-policy'
  | 'push-policy'
  | `${keyof typeof ROLES}-role`;

/** Deletes everything but what `keep` names. */
export function cleanUp(account: PracticeAccount, keep?: Leftover): void {
  const { events, codebuild, codecommit, ecr, logs } = place(account);
  const unless = (kept: Leftover, remove: () => void) => keep === kept || remove();
  unless('rule', () => {
    events.removeTargets(RULE, ['logs']);
    events.deleteRule(RULE);
  });
  unless('project', () => codebuild.deleteProject(PROJECT));
  unless('source', () => codecommit.deleteRepository(NAME));
  unless('repository', () => ecr.deleteRepository(NAME));
  unless('event-logs', () => logs.deleteLogGroup(EVENT_LOG_GROUP));
  unless('build-logs', () => logs.deleteLogGroup(BUILD_LOG_GROUP));
  unless('log-policy', () => logs.deleteResourcePolicy(LOG_POLICY));
  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) unless(`${role}-role`, () => account.iam.deleteRole(ROLES[role]));
  if (keep !== 'push-policy') {
    // A policy that is still attached cannot be deleted.
    if (account.iam.role(ROLES.github)) account.iam.detachRolePolicy(ROLES.github, pushPolicyArn(account));
    if (account.iam.role(ROLES.build)) account.iam.detachRolePolicy(ROLES.build, pushPolicyArn(account));
    account.iam.deletePolicy(pushPolicyArn(account));
  }
  account.iam.deleteOpenIdConnectProvider(`arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`);
}

/** The lifecycle policy of the lab with one thing changed. */
export const lifecycle = (from: string, to: string) => JSON.parse(edited(LIFECYCLE_POLICY, from, to));

export const PRINTF = /^ +- printf .*$/m;

export const pushBuildspec = (account: PracticeAccount, from: string | RegExp, to: string) =>
  pushSource(account, { [BUILDSPEC]: edited(BUILDSPEC_YML, from, to) });

/** The role of GitHub Actions with another trust policy, made from the lab's. */
export function trustGithub(account: PracticeAccount, change: (text: string) => string): void {
  const text = change(GITHUB_ROLE_TRUST);
  const trust = text.includes(GITHUB_PLACEHOLDER) ? JSON.parse(text.replaceAll('123456789012', account.id)) : own(account, text);
  account.iam.updateAssumeRolePolicy(ROLES.github, trust);
}

export const OWN = GITHUB_PLACEHOLDER;

export const asOwn = (text: string) => edited(text, OWN, 'my-name/my-application');

export const SUBJECT = `,\n          "${ISSUER}:sub": "repo:my-name/my-application:ref:refs/heads/main"`;

export const AUDIENCE_LINE = new RegExp(`"${ISSUER.replaceAll('.', '\\.')}:aud": "sts\\.amazonaws\\.com",\\s*`);

/** A new version of the push policy. */
export function changePushPolicy(account: PracticeAccount, document: object): void {
  account.iam.createPolicyVersion(pushPolicyArn(account), document);
}

/** Everything of task 5 but its build. */
export function unbuilt(account: PracticeAccount): void {
  startOver(account, 4);
  connectCi(account);
}

export function cleanedBut(account: PracticeAccount, keep: Leftover): void {
  startOver(account, 6);
  cleanUp(account, keep);
}

/** What the scan of the pushed image says instead. */
export function scanAs(account: PracticeAccount, status: 'IN_PROGRESS' | 'FAILED' | 'UNSUPPORTED_IMAGE'): void {
  const { ecr } = place(account);
  const image = ecr.images(NAME).find(({ imageTags = [] }) => imageTags.includes(TAG));
  ecr.setScan(NAME, image?.imageDigest ?? '', { status });
}

/** Task 6 in an account whose event history shows no push yet. */
export function unrecorded(account: PracticeAccount): void {
  account.wipe();
  createRepository(account);
  watch(account);
  deliver(account);
}
