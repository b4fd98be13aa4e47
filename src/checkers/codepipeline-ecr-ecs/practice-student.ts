import type { PracticeAccount } from '../core/index.ts';
import {
  BRANCH,
  BUILD_LOG_GROUP,
  BUILDSPEC,
  CONTAINER,
  DEFINITIONS,
  DOCKERFILE,
  NAME,
  REGION,
  ROLES,
  SERVICE_LOG_GROUP,
  TAG,
} from './names.ts';
import {
  BUILD_ROLE_POLICY,
  BUILDSPEC_YML,
  DOCKERFILE_TEXT,
  INDEX_HTML,
  NGINX_CONF,
  PIPELINE_DEPLOY_POLICY,
  REPOSITORY_POLICY,
  TASK_DEFINITION,
} from './practice-files.ts';

/** What a student who follows the lab does in a practice account, one step each. */

type Region = ReturnType<PracticeAccount['region']>;
export const place = (account: PracticeAccount): Region => account.region(REGION);

/** The account id of the text's examples. */
export const EXAMPLE_ACCOUNT = '123456789012';

const at = (account: PracticeAccount, service: string, rest: string) => `arn:aws:${service}:${REGION}:${account.id}:${rest}`;
export const roleArn = (account: PracticeAccount, name: string, path = '/service-role/') => `arn:aws:iam::${account.id}:role${path}${name}`;
export const buildRoleArn = (account: PracticeAccount) => roleArn(account, ROLES.build);
export const imageUri = (account: PracticeAccount) => `${account.id}.dkr.ecr.${REGION}.amazonaws.com/${NAME}`;
export const bucketName = (account: PracticeAccount) => `codepipeline-${REGION}-${account.id}`;

/** A JSON file of the lab with the student's own account in it. */
export const own = (account: PracticeAccount, text: string) => JSON.parse(text.replaceAll(EXAMPLE_ACCOUNT, account.id));

export const trustOf = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
export const policyOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });

/** A role as a console wizard makes it: with a managed policy of its own. */
function wizardRole(account: PracticeAccount, name: string, service: string, policy: string, statements: readonly object[]): void {
  account.iam.createRole({ name, path: '/service-role/', trust: trustOf(service) });
  const { arn } = account.iam.createPolicy({ name: policy, path: '/service-role/', document: policyOf(...statements) });
  account.iam.attachRolePolicy(name, arn);
}

export const FILES = {
  [BUILDSPEC]: BUILDSPEC_YML,
  [DOCKERFILE]: DOCKERFILE_TEXT,
  'nginx/index.html': INDEX_HTML,
  'nginx/nginx.conf': NGINX_CONF,
};

/** Pushes files to a branch of the lab's repository. */
export function push(account: PracticeAccount, files: Readonly<Record<string, string | Uint8Array>>, branch = BRANCH): string {
  return place(account).codecommit.push(NAME, branch, files, { message: 'Add lab files' });
}

export function removeFile(account: PracticeAccount, path: string): void {
  place(account).codecommit.remove(NAME, BRANCH, path);
}

/** Task 1. */
export function pushSource(account: PracticeAccount): void {
  place(account).codecommit.createRepository(NAME);
  push(account, FILES);
}

type Project = Parameters<Region['codebuild']['createProject']>[0];
type Environment = NonNullable<Project['environment']>;
export type Variable = NonNullable<Environment['environmentVariables']>[number];

export const variables = (account: PracticeAccount): Variable[] => [
  { name: 'AWS_ACCOUNT_ID', value: account.id, type: 'PLAINTEXT' },
  { name: 'AWS_DEFAULT_REGION', value: REGION, type: 'PLAINTEXT' },
  { name: 'IMAGE_REPO_NAME1', value: NAME, type: 'PLAINTEXT' },
];

/** The variables with one of them changed, or left out. */
export const variablesBut = (account: PracticeAccount, name: string, change: Partial<Variable> | undefined): Variable[] =>
  variables(account).flatMap((each) => (each.name === name ? (change ? [{ ...each, ...change }] : []) : [each]));

export const environment = (account: PracticeAccount): Environment => ({
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  computeType: 'BUILD_GENERAL1_SMALL',
  privilegedMode: true,
  environmentVariables: variables(account),
});

export const source = (repository: string = NAME): NonNullable<Project['source']> => ({
  type: 'CODECOMMIT',
  location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/${repository}`,
  gitCloneDepth: 0,
  buildspec: '',
});

/** A project under any name, with the role that is there. */
export function newProject(account: PracticeAccount, name: string = NAME): void {
  place(account).codebuild.createProject({
    name,
    source: source(),
    sourceVersion: `refs/heads/${BRANCH}`,
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: environment(account),
    serviceRole: buildRoleArn(account),
    logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
  });
}

/** Task 2: the project, and the role that the console makes for it. */
export function createProject(account: PracticeAccount): void {
  const logs = at(account, 'logs', `log-group:${BUILD_LOG_GROUP}`);
  wizardRole(account, ROLES.build, 'codebuild.amazonaws.com', `CodeBuildBasePolicy-${NAME}-${REGION}`, [
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [logs, `${logs}:*`] },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion', 's3:GetBucketAcl', 's3:GetBucketLocation'],
      Resource: [`arn:aws:s3:::codepipeline-${REGION}-*`],
    },
    { Effect: 'Allow', Action: ['codecommit:GitPull'], Resource: [at(account, 'codecommit', NAME)] },
  ]);
  newProject(account);
}

export function changeProject(account: PracticeAccount, patch: Partial<Project>): void {
  place(account).codebuild.updateProject(NAME, patch);
}

export const PUSH_POLICY = 'ecr-push';

/** Task 3, or another policy in its place. */
export function allowPush(account: PracticeAccount, document: object = own(account, BUILD_ROLE_POLICY)): void {
  account.iam.putRolePolicy(ROLES.build, PUSH_POLICY, document);
}

/** Task 4. */
export function createRegistry(account: PracticeAccount): void {
  place(account).ecr.createRepository(NAME);
  setPolicy(account, own(account, REPOSITORY_POLICY));
}

export function setPolicy(account: PracticeAccount, policy: object | undefined): void {
  place(account).ecr.setRepositoryPolicy(NAME, policy);
}

type BuildOptions = NonNullable<Parameters<Region['codebuild']['startBuild']>[1]>;

/** Starts a build that pushes nothing, e.g. one that fails. */
export function startBuild(account: PracticeAccount, options: BuildOptions = {}) {
  return place(account).codebuild.startBuild(NAME, options);
}

export function pushImage(account: PracticeAccount, tags: readonly string[] = [TAG], pushedAt?: Date): void {
  place(account).ecr.putImage(NAME, { tags, ...(pushedAt && { pushedAt }) });
}

/** Task 5: a build that succeeds, and the image it pushes before it ends. @returns the id of the build */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): string {
  const { codebuild } = place(account);
  const { id = '' } = codebuild.startBuild(NAME, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account);
  codebuild.finishBuild(id);
  return id;
}

type Pipeline = Parameters<Region['codepipeline']['createPipeline']>[0];
type Stage = NonNullable<Pipeline['stages']>[number];
type Action = NonNullable<Stage['actions']>[number];

const action = (
  name: string,
  category: 'Source' | 'Build' | 'Deploy',
  provider: string,
  artifacts: { readonly takes?: string; readonly gives?: string },
  configuration: Record<string, string>,
): Action => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  configuration,
  inputArtifacts: artifacts.takes === undefined ? [] : [{ name: artifacts.takes }],
  outputArtifacts: artifacts.gives === undefined ? [] : [{ name: artifacts.gives }],
  runOrder: 1,
});

export const sourceStage = (change: Record<string, string> = {}): Stage => ({
  name: 'Source',
  actions: [
    action(
      'Source',
      'Source',
      'CodeCommit',
      { gives: 'SourceArtifact' },
      { RepositoryName: NAME, BranchName: BRANCH, PollForSourceChanges: 'false', OutputArtifactFormat: 'CODE_ZIP', ...change },
    ),
  ],
});
export const s3SourceStage: Stage = {
  name: 'Source',
  actions: [action('Source', 'Source', 'S3', { gives: 'SourceArtifact' }, { S3Bucket: 'my-bucket', S3ObjectKey: 'source.zip' })],
};
export const buildStage = (project: string = NAME): Stage => ({
  name: 'Build',
  actions: [action('Build', 'Build', 'CodeBuild', { takes: 'SourceArtifact', gives: 'BuildArtifact' }, { ProjectName: project })],
});
export const s3DeployStage: Stage = {
  name: 'Deploy',
  actions: [action('Deploy', 'Deploy', 'S3', { takes: 'SourceArtifact' }, { BucketName: 'my-bucket', Extract: 'true' })],
};
export const deployStage = (change: Record<string, string> = {}, takes = 'BuildArtifact'): Stage => ({
  name: 'Deploy',
  actions: [action('Deploy', 'Deploy', 'ECS', { takes }, { ClusterName: NAME, ServiceName: NAME, FileName: DEFINITIONS, ...change })],
});

/** A pipeline under any name, with the role and the bucket that are there. */
export function newPipeline(account: PracticeAccount, name: string = NAME): void {
  place(account).codepipeline.createPipeline({
    name,
    roleArn: roleArn(account, ROLES.pipeline),
    artifactStore: { type: 'S3', location: bucketName(account) },
    stages: [sourceStage(), buildStage()],
  });
}

export function changeStages(account: PracticeAccount, ...stages: readonly Stage[]): void {
  place(account).codepipeline.updatePipeline(NAME, { stages: [...stages] });
}

export const RULE = `codepipeline-${NAME}-${BRANCH}-rule`;

export function putRule(account: PracticeAccount, state: 'ENABLED' | 'DISABLED' = 'ENABLED'): void {
  place(account).events.putRule({
    name: RULE,
    state,
    pattern: {
      source: ['aws.codecommit'],
      'detail-type': ['CodeCommit Repository State Change'],
      resources: [at(account, 'codecommit', NAME)],
      detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [BRANCH] },
    },
  });
}

/** The pipeline runs once: a build with the image it pushes, and what is kept of it. */
export function runPipeline(account: PracticeAccount): void {
  const { codepipeline } = place(account);
  const id = runBuild(account);
  codepipeline.startExecution(NAME, { externalIds: { Build: id } });
  for (const folder of ['SourceArti', 'BuildArtif']) {
    account.s3.putObject(bucketName(account), `${NAME.slice(0, 20)}/${folder}/${id.slice(-7)}.zip`, { sizeInBytes: 4_096 });
  }
}

/** Task 6: the pipeline with what the console makes beside it, its first execution, and one that a push starts. */
export function createPipeline(account: PracticeAccount): void {
  const { events } = place(account);
  const pipeline = at(account, 'codepipeline', NAME);
  wizardRole(account, ROLES.pipeline, 'codepipeline.amazonaws.com', ROLES.pipeline, [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::${bucketName(account)}/*` },
    {
      Effect: 'Allow',
      Action: ['codecommit:GetBranch', 'codecommit:GetCommit', 'codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus'],
      Resource: at(account, 'codecommit', NAME),
    },
    {
      Effect: 'Allow',
      Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'],
      Resource: at(account, 'codebuild', `project/${NAME}`),
    },
  ]);
  wizardRole(account, ROLES.rule, 'events.amazonaws.com', `start-pipeline-execution-${REGION}-${NAME}`, [
    { Effect: 'Allow', Action: ['codepipeline:StartPipelineExecution'], Resource: [pipeline] },
  ]);
  account.s3.createBucket(bucketName(account), { region: REGION });
  putRule(account);
  events.putTargets(RULE, [{ Id: `codepipeline-${NAME}`, Arn: pipeline, RoleArn: roleArn(account, ROLES.rule) }]);
  newPipeline(account);
  runPipeline(account);
  push(account, { 'nginx/index.html': INDEX_HTML.replace('Hello from Amazon ECS', 'Hello from the pipeline') });
  runPipeline(account);
}

type Definition = Parameters<Region['ecs']['registerTaskDefinition']>[0];

/** The next revision of the task definition, with its container changed. */
export function register(account: PracticeAccount, container: { readonly name?: string; readonly image?: string } = {}): string {
  const definition: Definition = own(account, TASK_DEFINITION);
  const containerDefinitions = definition.containerDefinitions?.map((each) => ({ ...each, ...container }));
  return place(account).ecs.registerTaskDefinition({ ...definition, containerDefinitions }).taskDefinitionArn ?? '';
}

type Rollout = Parameters<Region['ecs']['updateService']>[3];

export function updateService(
  account: PracticeAccount,
  patch: { readonly taskDefinition?: string; readonly desiredCount?: number },
  options?: Rollout,
): void {
  place(account).ecs.updateService(NAME, NAME, patch, options);
}

export function createService(account: PracticeAccount, launchType: 'FARGATE' | 'EC2' = 'FARGATE'): void {
  place(account).ecs.createService({
    cluster: NAME,
    name: NAME,
    taskDefinition: NAME,
    launchType,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'], assignPublicIp: 'ENABLED' },
    },
  });
}

export const DEPLOY_POLICY = 'ecs-deploy';

/** What the pipeline's role is given in task 7, or another policy in its place. */
export function allowDeploy(account: PracticeAccount, document: object = own(account, PIPELINE_DEPLOY_POLICY)): void {
  account.iam.putRolePolicy(ROLES.pipeline, DEPLOY_POLICY, document);
}

/** Task 7: the service by hand, then the deploy stage, and a push that goes all the way. */
export function deployService(account: PracticeAccount): void {
  const { logs, ecs } = place(account);
  account.iam.createRole({ name: ROLES.execution, trust: trustOf('ecs-tasks.amazonaws.com') });
  account.iam.attachRolePolicy(ROLES.execution, 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy');
  logs.createLogGroup(SERVICE_LOG_GROUP, { storedBytes: 2_048 });
  register(account);
  ecs.createCluster(NAME);
  createService(account);
  allowDeploy(account);
  changeStages(account, sourceStage(), buildStage(), deployStage());
  push(account, { 'nginx/index.html': INDEX_HTML.replace('Hello from Amazon ECS', 'Deployed by the pipeline') });
  runPipeline(account);
  updateService(account, { taskDefinition: register(account, { name: CONTAINER }) });
}

const STEPS = [pushSource, createProject, allowPush, createRegistry, runBuild, createPipeline, deployService] as const;

/** The whole lab up to and with a task, in an account that forgets what was in it before. */
export function startOver(account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7): void {
  account.wipe();
  for (const step of STEPS.slice(0, last)) step(account);
}

/** Everything that the lab makes and its checkers look for when it is cleaned up. */
export type Leftover =
  | 'pipeline'
  | 'rule'
  | 'service'
  | 'cluster'
  | 'task-definition'
  | 'project'
  | 'images'
  | 'source'
  | 'artifacts'
  | 'bucket'
  | 'build-logs'
  | 'service-logs'
  | `${keyof typeof ROLES}Role`;

/** Deletes everything but what `keep` names. */
export function cleanUp(account: PracticeAccount, keep: readonly Leftover[] = []): void {
  const { codepipeline, events, ecs, codebuild, ecr, codecommit, logs } = place(account);
  const unless = (kept: Leftover, remove: () => void) => keep.includes(kept) || remove();
  unless('pipeline', () => codepipeline.deletePipeline(NAME));
  unless('rule', () => {
    events.removeTargets(RULE, [`codepipeline-${NAME}`]);
    events.deleteRule(RULE);
  });
  unless('service', () => ecs.deleteService(NAME, NAME));
  unless('cluster', () => ecs.deleteCluster(NAME));
  unless('task-definition', () => {
    for (const revision of [1, 2]) ecs.deregisterTaskDefinition(`${NAME}:${revision}`);
  });
  unless('project', () => codebuild.deleteProject(NAME));
  unless('images', () => ecr.deleteRepository(NAME));
  unless('source', () => codecommit.deleteRepository(NAME));
  unless('artifacts', () => {
    account.s3.emptyBucket(bucketName(account));
    unless('bucket', () => account.s3.deleteBucket(bucketName(account)));
  });
  unless('build-logs', () => logs.deleteLogGroup(BUILD_LOG_GROUP));
  unless('service-logs', () => logs.deleteLogGroup(SERVICE_LOG_GROUP));
  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) unless(`${role}Role`, () => account.iam.deleteRole(ROLES[role]));
}
