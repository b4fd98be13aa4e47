import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import { type BuildOptions, practiceBuilds } from '../kit/codebuild/build-checks.ts';
import { DEFINITIONS } from '../kit/codebuild/image-definitions.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { practiceVariables } from '../kit/codebuild/variable-checks.ts';
import { practiceSource } from '../kit/codecommit/practice-source.ts';
import { serviceTrust } from '../kit/iam/role-trust.ts';
import { jsonOf } from '../kit/student/json-text.ts';
import { edited } from '../kit/student/mistakes.ts';
import {
  BRANCH,
  BUILD_LOG_GROUP,
  BUILDSPEC,
  CONTAINER,
  DOCKERFILE,
  expectedVariables,
  LAB,
  NAME,
  pipelineArnOf,
  REGION,
  ROLES,
  SERVICE_LOG_GROUP,
  sourceArnOf,
  TAG,
} from './names.ts';

/** What a student of the lab does in a practice account. */

type Region = ReturnType<PracticeAccount['region']>;

export const place = (account: PracticeAccount): Region => account.region(REGION);

/** The account id of the text's examples. */
const EXAMPLE_ACCOUNT = '123456789012';
const PAGE = 'nginx/index.html';
export const BUILD_ROLE_POLICY = 'policies/build-role-policy.json';
export const REPOSITORY_POLICY = 'policies/repository-policy.json';
export const DEPLOY_POLICY = 'policies/pipeline-deploy-policy.json';
export const TASK_DEFINITION = 'ecs/task-definition.json';

/** A file of the lab, as its zip holds it. */
export const shipped = (path: string) => labFile(LAB, path);

/** The JSON document of a text, with the student's own account in the place of the example's. */
const own = (account: PracticeAccount, text: string, file: string) => jsonOf(text.replaceAll(EXAMPLE_ACCOUNT, account.id), file);

/** What the ARNs of the lab's resources are made of. */
export const here = ({ id }: PracticeAccount) => ({ account: id, region: REGION, partition: 'aws' });
const roleArn = (account: PracticeAccount, name: string, path = '/service-role/') => `arn:aws:iam::${account.id}:role${path}${name}`;
export const bucketName = (account: PracticeAccount) => `codepipeline-${REGION}-${account.id}`;

/** A role as a console wizard makes it: with a managed policy of its own. @param allowed actions by the resource that they are allowed on */
function wizardRole({ iam }: PracticeAccount, name: string, service: string, policy: string, allowed: Record<string, string>): void {
  const path = '/service-role/';
  const Statement = Object.entries(allowed).map(([Resource, actions]) => ({ Effect: 'Allow', Action: actions.split(' '), Resource }));
  iam.createRole({ name, path, trust: serviceTrust(`${service}.amazonaws.com`) });
  iam.attachRolePolicy(name, iam.createPolicy({ name: policy, path, document: { Version: '2012-10-17', Statement } }).arn);
}

/** What the student does in the repository of the lab. */
export const source = practiceSource({ region: REGION, repository: NAME, branch: BRANCH });

/** The project of the lab, and what the student does with its builds. */
export const project = { name: NAME, region: REGION, source } as const;
export const practice = practiceProject(project);
export const builds = practiceBuilds(project);
export const variables = practiceVariables({ ...project, example: EXAMPLE_ACCOUNT });

/** Mistakes of a kit's check under the ids that moves of this lab have. @param ids the lab's by the kit's */
export const renamed = <M>(ids: Readonly<Record<string, string>>, mistakes: Readonly<Record<string, M>>): Record<string, M> =>
  Object.fromEntries(Object.entries(mistakes).map(([id, mistake]) => [ids[id] ?? id, mistake]));

/** Task 1. */
export function pushSource(account: PracticeAccount): void {
  place(account).codecommit.createRepository(NAME);
  source.push(account, Object.fromEntries([BUILDSPEC, DOCKERFILE, PAGE, 'nginx/nginx.conf'].map((path) => [path, shipped(path)])));
}

/** Pushes a page with another heading. */
const changePage = (heading: string) => source.edit(PAGE, /<h1>.*<\/h1>/, `<h1>${heading}</h1>`);

/** Task 2: the project, and the role that the console makes for it. */
export function createProject(account: PracticeAccount): void {
  wizardRole(account, ROLES.build, 'codebuild', `CodeBuildBasePolicy-${NAME}-${REGION}`, {
    [`arn:aws:logs:${REGION}:${account.id}:log-group:${BUILD_LOG_GROUP}*`]: 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
    [`arn:aws:s3:::codepipeline-${REGION}-*`]: 's3:PutObject s3:GetObject s3:GetObjectVersion s3:GetBucketAcl s3:GetBucketLocation',
    [sourceArnOf(here(account))]: 'codecommit:GitPull',
  });
  practice.create(account, {
    repository: NAME,
    source: { gitCloneDepth: 0, buildspec: '' },
    sourceVersion: `refs/heads/${BRANCH}`,
    role: `service-role/${ROLES.build}`,
    variables: expectedVariables(here(account)),
  });
}

/** The inline policies that the student adds to the roles of console wizards. */
export const PUSH_POLICY = { role: ROLES.build, policy: 'ecr-push' } as const;
export const DEPLOY_PERMISSIONS = { role: ROLES.pipeline, policy: 'ecs-deploy' } as const;

/** Task 3, or another policy in its place. */
export function allowPush(account: PracticeAccount, text: string = shipped(BUILD_ROLE_POLICY)): void {
  account.iam.putRolePolicy(PUSH_POLICY.role, PUSH_POLICY.policy, own(account, text, BUILD_ROLE_POLICY));
}

/** Builds with the role of another lab's project, which pushes to a repository of its own. */
export function takeAnotherRole(account: PracticeAccount): void {
  const role = 'another-build-role';
  account.iam.createRole({ name: role, trust: serviceTrust('codebuild.amazonaws.com') });
  const text = shipped(BUILD_ROLE_POLICY).replace(`repository/${NAME}`, 'repository/another');
  account.iam.putRolePolicy(role, PUSH_POLICY.policy, own(account, text, BUILD_ROLE_POLICY));
  place(account).codebuild.updateProject(NAME, { serviceRole: roleArn(account, role, '/') });
}

/** Task 4. */
export function createRegistry(account: PracticeAccount): void {
  place(account).ecr.createRepository(NAME);
  setPolicy(account, shipped(REPOSITORY_POLICY));
}

/** Sets the policy of the image repository. */
export function setPolicy(account: PracticeAccount, text: string): void {
  place(account).ecr.setRepositoryPolicy(NAME, own(account, text, REPOSITORY_POLICY));
}

/** A move: sets that policy with one thing changed. */
export const editPolicy = (from: string | RegExp, to: string) => (account: PracticeAccount) =>
  setPolicy(account, edited(shipped(REPOSITORY_POLICY), from, to));

export function pushImage(account: PracticeAccount, ...tags: readonly string[]): void {
  place(account).ecr.putImage(NAME, { tags: tags.length > 0 ? tags : [TAG] });
}

/** Task 5: a build that succeeds, and the image it pushes before it ends. @returns the id of the build */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): string {
  const { id = '' } = builds.start(account, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account);
  place(account).codebuild.finishBuild(id);
  return id;
}

type Pipeline = Parameters<Region['codepipeline']['createPipeline']>[0];
type Stage = NonNullable<Pipeline['stages']>[number];

/** A stage with one action of its name. */
const stage = (
  name: 'Source' | 'Build' | 'Deploy',
  provider: string,
  { takes, gives }: { readonly takes?: string; readonly gives?: string },
  configuration: Record<string, string>,
): Stage => ({
  name,
  actions: [
    {
      name,
      actionTypeId: { category: name, owner: 'AWS', provider, version: '1' },
      configuration,
      inputArtifacts: takes === undefined ? [] : [{ name: takes }],
      outputArtifacts: gives === undefined ? [] : [{ name: gives }],
      runOrder: 1,
    },
  ],
});

const SOURCE = { RepositoryName: NAME, BranchName: BRANCH, PollForSourceChanges: 'false', OutputArtifactFormat: 'CODE_ZIP' };
const DEPLOYMENT = { ClusterName: NAME, ServiceName: NAME, FileName: DEFINITIONS };
export const sourceStage = (change: Record<string, string> = {}): Stage =>
  stage('Source', 'CodeCommit', { gives: 'SourceArtifact' }, { ...SOURCE, ...change });
/** Stages with S3 in the place of the lab's own provider. */
export const s3SourceStage = stage('Source', 'S3', { gives: 'SourceArtifact' }, { S3Bucket: 'my-bucket', S3ObjectKey: 'source.zip' });
export const buildStage = (project: string = NAME): Stage =>
  stage('Build', 'CodeBuild', { takes: 'SourceArtifact', gives: 'BuildArtifact' }, { ProjectName: project });
export const s3DeployStage = stage('Deploy', 'S3', { takes: 'SourceArtifact' }, { BucketName: 'my-bucket', Extract: 'true' });
export const deployStage = (change: Record<string, string> = {}, takes = 'BuildArtifact'): Stage =>
  stage('Deploy', 'ECS', { takes }, { ...DEPLOYMENT, ...change });

/** A pipeline under any name, with the role and the bucket that are there. */
export function newPipeline(account: PracticeAccount, name: string = NAME): void {
  place(account).codepipeline.createPipeline({
    name,
    roleArn: roleArn(account, ROLES.pipeline),
    artifactStore: { type: 'S3', location: bucketName(account) },
    stages: [sourceStage(), buildStage()],
  });
}

/** Moves: the pipeline gets other stages, or runs in another way. */
export const setStages =
  (...stages: Stage[]) =>
  (account: PracticeAccount) =>
    place(account).codepipeline.updatePipeline(NAME, { stages });
export const execute = (options: Parameters<Region['codepipeline']['startExecution']>[1]) => (account: PracticeAccount) =>
  void place(account).codepipeline.startExecution(NAME, options);

const RULE = `codepipeline-${NAME}-${BRANCH}-rule`;

export function putRule(account: PracticeAccount, state: 'ENABLED' | 'DISABLED' = 'ENABLED'): void {
  place(account).events.putRule({
    name: RULE,
    state,
    pattern: {
      source: ['aws.codecommit'],
      'detail-type': ['CodeCommit Repository State Change'],
      resources: [sourceArnOf(here(account))],
      detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [BRANCH] },
    },
  });
}

/** The pipeline runs once: a build with the image it pushes, and what is kept of it. */
function runPipeline(account: PracticeAccount): void {
  const id = runBuild(account);
  place(account).codepipeline.startExecution(NAME, { externalIds: { Build: id } });
  for (const folder of ['SourceArti', 'BuildArtif']) {
    account.s3.putObject(bucketName(account), `${NAME.slice(0, 20)}/${folder}/${id.slice(-7)}.zip`, { sizeInBytes: 4_096 });
  }
}

/** Task 6: the pipeline with what the console makes beside it, its first execution, and one that a push starts. */
export function createPipeline(account: PracticeAccount): void {
  const pipeline = pipelineArnOf(here(account));
  wizardRole(account, ROLES.pipeline, 'codepipeline', ROLES.pipeline, {
    [`arn:aws:s3:::${bucketName(account)}/*`]: 's3:GetObject s3:PutObject',
    [sourceArnOf(here(account))]: 'codecommit:GetBranch codecommit:GetCommit codecommit:UploadArchive codecommit:GetUploadArchiveStatus',
    [`arn:aws:codebuild:${REGION}:${account.id}:project/${NAME}`]: 'codebuild:BatchGetBuilds codebuild:StartBuild',
  });
  wizardRole(account, ROLES.rule, 'events', `start-pipeline-execution-${REGION}-${NAME}`, {
    [pipeline]: 'codepipeline:StartPipelineExecution',
  });
  account.s3.createBucket(bucketName(account), { region: REGION });
  putRule(account);
  const target = { Id: `codepipeline-${NAME}`, Arn: pipeline, RoleArn: roleArn(account, ROLES.rule) };
  place(account).events.putTargets(RULE, [target]);
  newPipeline(account);
  runPipeline(account);
  changePage('Hello from the pipeline')(account);
  runPipeline(account);
}

type Definition = Parameters<Region['ecs']['registerTaskDefinition']>[0];
type Container = Partial<NonNullable<Definition['containerDefinitions']>[number]>;

/** The next revision of a task definition, with its containers changed. @returns its ARN */
function register(account: PracticeAccount, change: Container = {}, text: string = shipped(TASK_DEFINITION)): string {
  const definition: Definition = own(account, text, TASK_DEFINITION);
  const containerDefinitions = definition.containerDefinitions?.map((each) => ({ ...each, ...change }));
  return place(account).ecs.registerTaskDefinition({ ...definition, containerDefinitions }).taskDefinitionArn ?? '';
}

type Update = Parameters<Region['ecs']['updateService']>;

export function updateService(account: PracticeAccount, patch: Update[2], options?: Update[3]): void {
  place(account).ecs.updateService(NAME, NAME, patch, options);
}

/** Has the service run a new revision of the task definition. */
export function runRevision(account: PracticeAccount, change: Container, text?: string): void {
  updateService(account, { taskDefinition: register(account, change, text) });
}

export function createService(account: PracticeAccount, launchType: 'FARGATE' | 'EC2' = 'FARGATE'): void {
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] } };
  place(account).ecs.createService({ cluster: NAME, serviceName: NAME, taskDefinition: NAME, launchType, networkConfiguration });
}

/** What the pipeline's role is given in task 7, or another policy in its place. */
export function allowDeploy(account: PracticeAccount, text: string = shipped(DEPLOY_POLICY)): void {
  account.iam.putRolePolicy(DEPLOY_PERMISSIONS.role, DEPLOY_PERMISSIONS.policy, own(account, text, DEPLOY_POLICY));
}

/** Task 7: the service by hand, then the deploy stage, and a push that goes all the way. */
export function deployService(account: PracticeAccount): void {
  const { logs, ecs } = place(account);
  account.iam.createRole({ name: ROLES.execution, trust: serviceTrust('ecs-tasks.amazonaws.com') });
  account.iam.attachRolePolicy(ROLES.execution, 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy');
  logs.createLogGroup(SERVICE_LOG_GROUP, { storedBytes: 2_048 });
  register(account);
  ecs.createCluster(NAME);
  createService(account);
  allowDeploy(account);
  setStages(sourceStage(), buildStage(), deployStage())(account);
  changePage('Deployed by the pipeline')(account);
  runPipeline(account);
  runRevision(account, { name: CONTAINER });
}

/** How everything that the lab makes is deleted, in an order that works. */
const DELETIONS = {
  pipeline: ({ codepipeline }) => codepipeline.deletePipeline(NAME),
  rule({ events }) {
    events.removeTargets(RULE, [`codepipeline-${NAME}`]);
    events.deleteRule(RULE);
  },
  service: ({ ecs }) => ecs.deleteService(NAME, NAME),
  cluster: ({ ecs }) => ecs.deleteCluster(NAME),
  taskDefinition: ({ ecs }) => {
    for (const revision of [1, 2]) ecs.deregisterTaskDefinition(`${NAME}:${revision}`);
  },
  project: ({ codebuild }) => codebuild.deleteProject(NAME),
  images: ({ ecr }) => ecr.deleteRepository(NAME),
  source: ({ codecommit }) => codecommit.deleteRepository(NAME),
  artifacts: (_region, account) => account.s3.emptyBucket(bucketName(account)),
  bucket: (_region, account) => account.s3.deleteBucket(bucketName(account)),
  buildLogs: ({ logs }) => logs.deleteLogGroup(BUILD_LOG_GROUP),
  serviceLogs: ({ logs }) => logs.deleteLogGroup(SERVICE_LOG_GROUP),
  buildRole: (_region, { iam }) => iam.deleteRole(ROLES.build),
  pipelineRole: (_region, { iam }) => iam.deleteRole(ROLES.pipeline),
  ruleRole: (_region, { iam }) => iam.deleteRole(ROLES.rule),
  executionRole: (_region, { iam }) => iam.deleteRole(ROLES.execution),
} as const satisfies Readonly<Record<string, (region: Region, account: PracticeAccount) => void>>;

export type Leftover = keyof typeof DELETIONS;

/** Deletes everything but what is to be kept. */
export function cleanUp(account: PracticeAccount, ...keep: readonly Leftover[]): void {
  for (const [name, remove] of Object.entries(DELETIONS)) {
    if (!keep.includes(name as Leftover)) remove(place(account), account);
  }
}
