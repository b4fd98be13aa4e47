import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import { practiceBuilds } from '../kit/codebuild/build-checks.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { practiceSource } from '../kit/codecommit/practice-source.ts';
import { BUILDSPEC } from '../kit/codecommit/source-buildspec.ts';
import { jsonOf } from '../kit/student/json-text.ts';
import { edited } from '../kit/student/mistakes.ts';
import {
  AUDIENCE,
  BUILD_LOG_GROUP,
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

/** What a student who follows the lab does in a practice account, one step each. */

type Region = ReturnType<PracticeAccount['region']>;

export const place = (account: PracticeAccount): Region => account.region(REGION);

export const shipped = (path: string) => labFile('ecr-registry', path);

/** The account id of the text's examples. */
export const EXAMPLE_ACCOUNT = '123456789012';
const OWN_REPOSITORY = 'my-name/my-application';

/** A JSON file of the lab with the student's own account and GitHub repository in it. */
export const own = (account: PracticeAccount, path: string, text: string = shipped(path)) =>
  jsonOf(text.replaceAll(EXAMPLE_ACCOUNT, account.id).replaceAll(GITHUB_PLACEHOLDER, OWN_REPOSITORY), path);

export const pushPolicyArn = ({ id }: PracticeAccount) => `arn:aws:iam::${id}:policy/${PUSH_POLICY}`;
export const providerArn = ({ id }: PracticeAccount) => `arn:aws:iam::${id}:oidc-provider/${ISSUER}`;

/** A JSON file of the lab. @param put puts its document into the account, the first time and whenever it changes */
function jsonFile(path: string, put: (account: PracticeAccount, document: object) => void) {
  /** Puts the file into the account as a student does, or another text in its place. */
  const use = (account: PracticeAccount, text: string = shipped(path)) => put(account, own(account, path, text));
  return {
    path,
    use,
    /** A move that puts it with one thing changed. */
    edit: (from: string | RegExp, to: string) => (account: PracticeAccount) => use(account, edited(shipped(path), from, to)),
  } as const;
}

/** The trust policy of a role. Putting it for the first time creates the role. */
const trustFile = (path: string, name: string) =>
  jsonFile(path, ({ iam }, trust) => (iam.role(name) ? iam.updateAssumeRolePolicy(name, trust) : void iam.createRole({ name, trust })));

/** A call to ECR, as CloudTrail notes it. */
const record = (account: PracticeAccount, name: string, requestParameters: object, errorCode?: string) =>
  place(account).cloudtrail.record({
    name,
    source: 'ecr.amazonaws.com',
    requestParameters: { repositoryName: NAME, ...requestParameters },
    ...(errorCode !== undefined && { errorCode }),
  });

/** Task 1. */
export function createRepository(
  account: PracticeAccount,
  { scanOnPush = true, encryptionType = 'KMS' as 'AES256' | 'KMS', name = NAME as string } = {},
): void {
  place(account).ecr.createRepository(name, { scanOnPush, encryptionType });
  record(account, 'CreateRepository', {
    repositoryName: name,
    imageScanningConfiguration: { scanOnPush },
    encryptionConfiguration: { encryptionType },
  });
}

/** Pushes an image; with an error code, ECR refuses it. */
export function pushImage(account: PracticeAccount, tag: string = TAG, errorCode?: string): void {
  if (errorCode === undefined) place(account).ecr.putImage(NAME, { tags: [tag] });
  record(account, 'PutImage', { imageTag: tag }, errorCode);
}

export const LIFECYCLE = jsonFile('lifecycle-policy.json', setLifecycle);

/** Task 3, or another policy in its place. */
export function setLifecycle(account: PracticeAccount, policy: object): void {
  place(account).ecr.setLifecyclePolicy(NAME, policy);
  record(account, 'PutLifecyclePolicy', { lifecyclePolicyText: JSON.stringify(policy) });
}

/** The inline policy that lets the pull role log in. */
export const LOGIN_POLICY = { role: ROLES.pull, policy: 'ecr-login' } as const;
export const PULL_TRUST = trustFile('policies/pull-role-trust.json', ROLES.pull);
export const LOGIN = jsonFile('policies/login-policy.json', ({ iam }, document) =>
  iam.putRolePolicy(LOGIN_POLICY.role, LOGIN_POLICY.policy, document),
);
export const REPOSITORY_POLICY = jsonFile('policies/repository-policy.json', setPolicy);
export const PUSH = jsonFile('policies/push-policy.json', (account, document) => {
  const { iam } = account;
  if (iam.policy(pushPolicyArn(account))) iam.createPolicyVersion(pushPolicyArn(account), document);
  else iam.createPolicy({ name: PUSH_POLICY, document });
});

/** Sets the policy of the repository, or deletes it. */
export function setPolicy(account: PracticeAccount, policy: object | undefined): void {
  place(account).ecr.setRepositoryPolicy(NAME, policy);
  if (policy === undefined) record(account, 'DeleteRepositoryPolicy', {});
  else record(account, 'SetRepositoryPolicy', { policyText: JSON.stringify(policy) });
}

/** Task 4. */
export function setPolicies(account: PracticeAccount): void {
  for (const file of [PULL_TRUST, LOGIN, REPOSITORY_POLICY, PUSH]) file.use(account);
}

/** The lab's repository in CodeCommit. */
export const code = practiceSource({ region: REGION, repository: NAME });

export const GITHUB_TRUST = trustFile('policies/github-role-trust.json', ROLES.github);
export const BUILD_POLICY = jsonFile('policies/build-policy.json', (account, document) => allowBuild(account, ROLES.build, document));

/** What a build role may do besides pushing: read the source and write logs. */
const allowBuild = ({ iam }: PracticeAccount, role: string, document: object) => iam.putRolePolicy(role, 'source-and-logs', document);

/** Makes a role for CodeBuild that may do everything but push. */
export function createBuildRole(account: PracticeAccount, name: string): string {
  const { Arn = '' } = account.iam.createRole({ name, trust: own(account, 'policies/build-role-trust.json') });
  allowBuild(account, name, own(account, BUILD_POLICY.path));
  return Arn;
}

/** The project of task 5, as the kit's moves know it. */
const THE_PROJECT = { name: PROJECT, region: REGION, source: code } as const;
export const project = practiceProject(THE_PROJECT);
export const builds = practiceBuilds(THE_PROJECT);

/** Task 5 without its build. */
export function connectCi(account: PracticeAccount): void {
  account.iam.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: [AUDIENCE] });
  GITHUB_TRUST.use(account);
  account.iam.attachRolePolicy(ROLES.github, pushPolicyArn(account));
  place(account).codecommit.createRepository(NAME);
  code.push(account, Object.fromEntries(['Dockerfile', 'server.mjs', BUILDSPEC].map((file) => [file, shipped(file)])));
  createBuildRole(account, ROLES.build);
  account.iam.attachRolePolicy(ROLES.build, pushPolicyArn(account));
  project.create(account, { repository: NAME, role: ROLES.build });
}

/** Task 5. The build pushes its image before it ends. */
export function integrate(account: PracticeAccount): void {
  connectCi(account);
  const { id = '', resolvedSourceVersion = '' } = builds.start(account, { status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account, resolvedSourceVersion.slice(0, 7));
  place(account).codebuild.finishBuild(id);
}

export const putRule = (account: PracticeAccount, pattern: object, state: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
  void place(account).events.putRule({ name: RULE, pattern, state });

export const PATTERN = jsonFile('events/event-pattern.json', putRule);
export const EVENTS_TO_LOGS = jsonFile('events/log-policy.json', (account, document) =>
  place(account).logs.putResourcePolicy(LOG_POLICY, document),
);

export const putTarget = (account: PracticeAccount, group: string = EVENT_LOG_GROUP) =>
  place(account).events.putTargets(RULE, [{ Id: 'logs', Arn: `arn:aws:logs:${REGION}:${account.id}:log-group:${group}` }]);

/** Task 6 without its push. */
export function watch(account: PracticeAccount): void {
  place(account).logs.createLogGroup(EVENT_LOG_GROUP);
  EVENTS_TO_LOGS.use(account);
  PATTERN.use(account);
  putTarget(account);
}

/** An event reaches the log group. */
export const deliver = (account: PracticeAccount) => place(account).logs.createLogStream(EVENT_LOG_GROUP, 'an-event');

/** Task 6. */
export function monitor(account: PracticeAccount): void {
  watch(account);
  pushImage(account, 'v2');
  deliver(account);
}

/** What the cleanup deletes, in this order. */
const DELETIONS = {
  rule(account: PracticeAccount) {
    place(account).events.removeTargets(RULE, ['logs']);
    place(account).events.deleteRule(RULE);
  },
  project: (account: PracticeAccount) => place(account).codebuild.deleteProject(PROJECT),
  source: code.delete,
  repository: (account: PracticeAccount) => place(account).ecr.deleteRepository(NAME),
  'event-logs': (account: PracticeAccount) => place(account).logs.deleteLogGroup(EVENT_LOG_GROUP),
  'build-logs': (account: PracticeAccount) => place(account).logs.deleteLogGroup(BUILD_LOG_GROUP),
  'log-policy': (account: PracticeAccount) => place(account).logs.deleteResourcePolicy(LOG_POLICY),
  'github-role': ({ iam }: PracticeAccount) => iam.deleteRole(ROLES.github),
  'build-role': ({ iam }: PracticeAccount) => iam.deleteRole(ROLES.build),
  'pull-role': ({ iam }: PracticeAccount) => iam.deleteRole(ROLES.pull),
  'push-policy': (account: PracticeAccount) => account.iam.deletePolicy(pushPolicyArn(account)),
} as const;

export type Leftover = keyof typeof DELETIONS;

/** Deletes everything but what `keep` names. */
export function cleanUp(account: PracticeAccount, keep?: Leftover): void {
  // A policy that is still attached cannot be deleted.
  for (const role of [ROLES.github, ROLES.build]) account.iam.detachRolePolicy(role, pushPolicyArn(account));
  for (const [thing, remove] of Object.entries(DELETIONS)) if (thing !== keep) remove(account);
  account.iam.deleteOpenIdConnectProvider(providerArn(account));
}
