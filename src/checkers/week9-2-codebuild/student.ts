import type { PracticeAccount } from '../../practice/account.ts';
import { edited } from '../kit/student/mistakes.ts';
import { type APP_FILES, BUILDSPEC, CONTAINER, DEFAULTS, LOG_GROUP, PROJECT, REGION, STACK, TAGS } from './names.ts';
import { APP_JS, BUILDSPEC_YML, DOCKERFILE, PACKAGE_JSON } from './practice-files.ts';
/** What a student who follows the lab does in a practice account, one step each. */

export const place = (account: PracticeAccount, region: string = REGION) => account.region(region);

export const APP: Readonly<Record<(typeof APP_FILES)[number], string>> = {
  'app.js': APP_JS,
  'package.json': PACKAGE_JSON,
  Dockerfile: DOCKERFILE,
};

export const imageUri = (account: PracticeAccount) => `${account.id}.dkr.ecr.${REGION}.amazonaws.com/${DEFAULTS.imageRepository}`;

export const roleArn = (account: PracticeAccount) => `arn:aws:iam::${account.id}:role/${DEFAULTS.role}`;

export const outputs = (account: PracticeAccount): Record<string, string> => ({
  ECRRepositoryUri: imageUri(account),
  CodeCommitRepositoryName: DEFAULTS.sourceRepository,
  CodeBuildRoleArn: roleArn(account),
});

/** The stack's resources, as CloudFormation lists them. */
export const RESOURCES = [
  { logicalId: 'ECRRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.imageRepository },
  { logicalId: 'CodeCommitRepository', type: 'AWS::CodeCommit::Repository', physicalId: DEFAULTS.sourceRepository },
  { logicalId: 'CodeBuildRole', type: 'AWS::IAM::Role', physicalId: DEFAULTS.role },
] as const;

export const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Task 0: the stack and what it makes. */
export function createStack(account: PracticeAccount, region: string = REGION): void {
  const { cloudformation, ecr, codecommit } = place(account, region);
  ecr.createRepository(DEFAULTS.imageRepository);
  codecommit.createRepository(DEFAULTS.sourceRepository);
  account.iam.createRole({ name: DEFAULTS.role, trust: TRUST, tags: TAGS });
  cloudformation.createStack({
    name: STACK,
    outputs: outputs(account),
    parameters: {
      EcrRepositoryName: DEFAULTS.imageRepository,
      SourceRepositoryName: DEFAULTS.sourceRepository,
      BuildProjectName: PROJECT,
      BuildRoleName: DEFAULTS.role,
    },
    tags: TAGS,
    capabilities: ['CAPABILITY_NAMED_IAM'],
    resources: RESOURCES,
  });
}

/** Pushes files to a branch of the lab's repository. */
export function push(account: PracticeAccount, files: Readonly<Record<string, string | Uint8Array>>, branch = 'main'): string {
  return place(account).codecommit.push(DEFAULTS.sourceRepository, branch, files, { message: 'Add lab files' });
}

export function removeFile(account: PracticeAccount, path: string): void {
  place(account).codecommit.remove(DEFAULTS.sourceRepository, 'main', path);
}

/** The repository as it was before anything was pushed. */
export function emptyRepository(account: PracticeAccount): void {
  const { codecommit } = place(account);
  codecommit.deleteRepository(DEFAULTS.sourceRepository);
  codecommit.createRepository(DEFAULTS.sourceRepository);
}

/** Task 1. */
export function pushApp(account: PracticeAccount): void {
  push(account, APP);
}

/** Task 2. */
export function pushBuildspec(account: PracticeAccount, text: string | Uint8Array = BUILDSPEC_YML): void {
  push(account, { [BUILDSPEC]: text });
}

export type Project = Parameters<ReturnType<PracticeAccount['region']>['codebuild']['createProject']>[0];

export type Variable = NonNullable<NonNullable<Project['environment']>['environmentVariables']>[number];

export const variables = (account: PracticeAccount): Variable[] => [
  { name: 'AWS_ACCOUNT_ID', value: account.id, type: 'PLAINTEXT' },
  { name: 'IMAGE_REPO_NAME', value: DEFAULTS.imageRepository, type: 'PLAINTEXT' },
  { name: 'CONTAINER_NAME', value: CONTAINER, type: 'PLAINTEXT' },
];

/** The variables with one of them changed, or left out. */
export const variablesBut = (account: PracticeAccount, name: string, change: Partial<Variable> | undefined): Variable[] =>
  variables(account).flatMap((each) => (each.name === name ? (change ? [{ ...each, ...change }] : []) : [each]));

export const environment = (account: PracticeAccount): NonNullable<Project['environment']> => ({
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  computeType: 'BUILD_GENERAL1_SMALL',
  privilegedMode: true,
  environmentVariables: variables(account),
});

export const source = (repository: string = DEFAULTS.sourceRepository): NonNullable<Project['source']> => ({
  type: 'CODECOMMIT',
  location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/${repository}`,
  gitCloneDepth: 1,
  buildspec: BUILDSPEC,
});

/** Task 3, under any name. */
export function createProject(account: PracticeAccount, name: string = PROJECT, region: string = REGION): void {
  place(account, region).codebuild.createProject({
    name,
    description: 'Week 9-2 container build',
    source: source(),
    sourceVersion: 'refs/heads/main',
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: environment(account),
    serviceRole: roleArn(account),
    logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
    tags: Object.entries(TAGS).map(([key, value]) => ({ key, value })),
  });
}

export function changeProject(account: PracticeAccount, patch: Partial<Project>): void {
  place(account).codebuild.updateProject(PROJECT, patch);
}

export type BuildOptions = NonNullable<Parameters<ReturnType<PracticeAccount['region']>['codebuild']['startBuild']>[1]>;

/** Starts a build that pushes nothing, e.g. one that fails. */
export function startBuild(account: PracticeAccount, options: BuildOptions = {}) {
  return place(account).codebuild.startBuild(PROJECT, options);
}

export function pushImage(account: PracticeAccount, tags: readonly string[], pushedAt?: Date): void {
  const { ecr, cloudtrail } = place(account);
  ecr.putImage(DEFAULTS.imageRepository, { tags, ...(pushedAt && { pushedAt }) });
  for (const imageTag of tags) {
    cloudtrail.record({
      name: 'PutImage',
      source: 'ecr.amazonaws.com',
      requestParameters: { registryId: account.id, repositoryName: DEFAULTS.imageRepository, imageTag },
      ...(pushedAt && { at: pushedAt }),
    });
  }
}

/** Task 4: a build that succeeds, and the image it pushes before it ends. */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): void {
  const { codebuild } = place(account);
  const build = codebuild.startBuild(PROJECT, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account, ['latest', shortHash(build.resolvedSourceVersion)]);
  if (build.id) codebuild.finishBuild(build.id);
}

export const shortHash = (commit: string | undefined) => (commit ?? '').slice(0, 7) || 'latest';

/** The commit that a build of the lab's project takes. */
export const headOf = (account: PracticeAccount) => place(account).codecommit.head(DEFAULTS.sourceRepository, 'main');

/** Deleting the stack, with everything it made but what `keep` names. */
export function deleteStack(account: PracticeAccount, keep: readonly ('images' | 'code' | 'role')[] = []): void {
  const { cloudformation, ecr, codecommit } = place(account);
  if (!keep.includes('images')) ecr.deleteRepository(DEFAULTS.imageRepository);
  if (!keep.includes('code')) codecommit.deleteRepository(DEFAULTS.sourceRepository);
  if (!keep.includes('role')) account.iam.deleteRole(DEFAULTS.role);
  cloudformation.deleteStack(STACK);
}

/** What is cleaned up by hand: images, project and log group, but for what `keep` names. */
export function deleteByHand(account: PracticeAccount, keep: readonly ('images' | 'project' | 'logs')[] = []): void {
  const { ecr, codebuild, logs } = place(account);
  if (!keep.includes('images')) ecr.deleteImages(DEFAULTS.imageRepository);
  if (!keep.includes('project')) codebuild.deleteProject(PROJECT);
  if (!keep.includes('logs')) logs.deleteLogGroup(LOG_GROUP);
}

/** The whole lab up to and with task `last`, in an account that forgets what was in it before. */
export function startOver(account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4 | undefined): void {
  account.wipe();
  const steps = [createStack, pushApp, pushBuildspec, createProject, runBuild] as const;
  for (const step of steps.slice(0, last === undefined ? 0 : last + 1)) step(account);
}

/** The stack in another state, as it is when nothing of it was made or everything was removed again. */
export function stackInstead(
  account: PracticeAccount,
  stack: Omit<Parameters<ReturnType<typeof place>['cloudformation']['createStack']>[0], 'name'>,
): void {
  startOver(account, undefined);
  place(account).cloudformation.createStack({ name: STACK, tags: TAGS, resources: RESOURCES, ...stack });
}

export const [ECR_RESOURCE, CODECOMMIT_RESOURCE, ROLE_RESOURCE] = RESOURCES;

export const created = (resource: (typeof RESOURCES)[number]) =>
  ({ logicalId: resource.logicalId, type: resource.type, status: 'CREATE_COMPLETE' }) as const;

export const notCreated = (resource: (typeof RESOURCES)[number], reason: string) =>
  ({ logicalId: resource.logicalId, type: resource.type, status: 'CREATE_FAILED', reason }) as const;

export const CANCELLED = 'Resource creation cancelled';

export const ROLE_EXISTS = `Resource of type 'AWS::IAM::Role' with identifier '${DEFAULTS.role}' already exists.`;

export function updateStack(
  account: PracticeAccount,
  patch: Parameters<ReturnType<typeof place>['cloudformation']['updateStack']>[1],
): void {
  place(account).cloudformation.updateStack(STACK, patch);
}

export function withoutOutput(account: PracticeAccount, name: string): void {
  const rest = Object.entries(outputs(account)).filter(([key]) => key !== name);
  updateStack(account, { outputs: Object.fromEntries(rest) });
}

/** The lab's buildspec with one thing changed. */
export const buildspecWith = (from: string | RegExp, to: string) => edited(BUILDSPEC_YML, from, to);

export const LOGIN = /^ +- aws ecr get-login-password.*\n/m;

export const BUILD = /^ +- docker build.*\n/m;

export const TAG = /^ +- docker tag.*\n/m;

export const PUSH_LATEST = /^ +- docker push "\$REPOSITORY_URI:latest"\n/m;

export const PUSH_COMMIT = /^ +- docker push "\$REPOSITORY_URI:\$IMAGE_TAG"\n/m;

export const DEFINITIONS = /^ +- printf .*> imagedefinitions\.json\n/m;

export const loginLine = LOGIN.exec(BUILDSPEC_YML)?.[0] ?? '';

export type FailedPhase = NonNullable<NonNullable<Parameters<typeof startBuild>[1]>['failedPhase']>;

/** A first build that fails: nothing was built before it. */
export function failingBuild(account: PracticeAccount, failedPhase: FailedPhase, patch?: Parameters<typeof changeProject>[1]): void {
  startOver(account, 3);
  if (patch !== undefined) changeProject(account, patch);
  startBuild(account, { failedPhase });
}

/** A first build that ran with other settings than the lab asks for, and succeeded all the same. */
export function otherBuild(account: PracticeAccount, options: Parameters<typeof runBuild>[1]): void {
  startOver(account, 3);
  runBuild(account, options);
}

/** The account after the lab, with something left over. */
export function cleanedBut(account: PracticeAccount, leave: () => void): void {
  startOver(account, 4);
  leave();
}

export const LOGIN_COMMAND = 'aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "$REGISTRY"';

export function changeVariable(account: PracticeAccount, name: string, change: Parameters<typeof variablesBut>[2]): void {
  changeProject(account, { environment: { ...environment(account), environmentVariables: variablesBut(account, name, change) } });
}

/** CloudFormation does not delete a repository that still holds images. */
export function failToDeleteStack(account: PracticeAccount): void {
  const reason = `Resource handler returned message: "The repository with name '${DEFAULTS.imageRepository}' in registry with id '${account.id}' cannot be deleted because it still contains images"`;
  place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_FAILED', resource: ECR_RESOURCE.logicalId, reason });
}
