import type { PracticeAccount } from '../core/index.ts';
import { BASE_POLICY, BUILDSPEC, DEFAULTS, ECR_POLICY, LOG_GROUP, PROJECT, REGION, type SOURCE_FILES, STACK } from './names.ts';
import { BUILDSPEC_YML, DOCKERFILE, ECR_POLICY_JSON, MISPLACED_YML, SERVER_MJS } from './practice-files.ts';

/** What a student who follows the lab does in a practice account, one step each. */

export const place = (account: PracticeAccount, region: string = REGION) => account.region(region);

export const SOURCE: Readonly<Record<(typeof SOURCE_FILES)[number], string>> = { 'server.mjs': SERVER_MJS, Dockerfile: DOCKERFILE };

export const uri = (account: PracticeAccount, repository: string, region: string = REGION) =>
  `${account.id}.dkr.ecr.${region}.amazonaws.com/${repository}`;
export const roleArn = (account: PracticeAccount) => `arn:aws:iam::${account.id}:role/${DEFAULTS.role}`;

export const outputs = (account: PracticeAccount, region: string = REGION): Record<string, string> => ({
  BackendRepositoryUri: uri(account, DEFAULTS.backend, region),
  FrontendRepositoryUri: uri(account, DEFAULTS.frontend, region),
  SourceRepositoryName: DEFAULTS.source,
  CodeBuildRoleArn: roleArn(account),
});

/** The stack's resources, as CloudFormation lists them. */
export const RESOURCES = [
  { logicalId: 'BackendRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.backend },
  { logicalId: 'FrontendRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.frontend },
  { logicalId: 'SourceRepository', type: 'AWS::CodeCommit::Repository', physicalId: DEFAULTS.source },
  { logicalId: 'BuildRole', type: 'AWS::IAM::Role', physicalId: DEFAULTS.role },
] as const;

export const trust = (account: PracticeAccount, service = 'codebuild.amazonaws.com', condition: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account.id, ...condition } },
    },
  ],
});

/** What the template lets the role do: read the source and write logs. */
function basePolicy(account: PracticeAccount): object {
  const logs = `arn:aws:logs:${REGION}:${account.id}:log-group:${LOG_GROUP}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadSource',
        Effect: 'Allow',
        Action: 'codecommit:GitPull',
        Resource: `arn:aws:codecommit:${REGION}:${account.id}:${DEFAULTS.source}`,
      },
      {
        Sid: 'WriteLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [logs, `${logs}:*`],
      },
    ],
  };
}

export function createStack(account: PracticeAccount, region: string = REGION): void {
  const { cloudformation, ecr, codecommit } = place(account, region);
  ecr.createRepository(DEFAULTS.backend);
  ecr.createRepository(DEFAULTS.frontend);
  codecommit.createRepository(DEFAULTS.source);
  account.iam.createRole({ name: DEFAULTS.role, trust: trust(account) });
  account.iam.putRolePolicy(DEFAULTS.role, BASE_POLICY, basePolicy(account));
  cloudformation.createStack({
    name: STACK,
    outputs: outputs(account, region),
    parameters: {
      BackendRepositoryName: DEFAULTS.backend,
      FrontendRepositoryName: DEFAULTS.frontend,
      SourceRepositoryName: DEFAULTS.source,
      BuildProjectName: PROJECT,
      BuildRoleName: DEFAULTS.role,
    },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    resources: RESOURCES,
  });
}

/** Pushes files to a branch of the lab's repository. */
export function push(account: PracticeAccount, files: Readonly<Record<string, string | Uint8Array>>, branch = 'main'): string {
  return place(account).codecommit.push(DEFAULTS.source, branch, files, { message: 'Add lab files' });
}

export function removeFile(account: PracticeAccount, path: string): void {
  place(account).codecommit.remove(DEFAULTS.source, 'main', path);
}

/** The repository as it was before anything was pushed. */
export function emptyRepository(account: PracticeAccount): void {
  const { codecommit } = place(account);
  codecommit.deleteRepository(DEFAULTS.source);
  codecommit.createRepository(DEFAULTS.source);
}

/** Task 0. */
export function prepareSource(account: PracticeAccount): void {
  createStack(account);
  push(account, SOURCE);
}

/** Task 1. */
export function pushBuildspec(account: PracticeAccount, text: string | Uint8Array = BUILDSPEC_YML): void {
  push(account, { [BUILDSPEC]: text });
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** The statements of the policy of task 2, for an account. */
export function statements(account: string): PolicyStatement[] {
  const { Statement } = JSON.parse(ECR_POLICY_JSON.replaceAll(/:\d{12}:/g, `:${account}:`)) as { Statement: PolicyStatement[] };
  return Statement;
}

/** Task 2, with any statements. */
export function putPolicy(account: PracticeAccount, Statement: readonly PolicyStatement[] = statements(account.id)): void {
  account.iam.putRolePolicy(DEFAULTS.role, ECR_POLICY, { Version: '2012-10-17', Statement });
}

/** The same as a policy of its own, attached to the role: the other way of the console. */
export function attachPolicy(account: PracticeAccount, name: string, Statement: readonly PolicyStatement[] = statements(account.id)): void {
  const { arn } = account.iam.createPolicy({ name, document: { Version: '2012-10-17', Statement } });
  account.iam.attachRolePolicy(DEFAULTS.role, arn);
}

type Project = Parameters<ReturnType<typeof place>['codebuild']['createProject']>[0];

export const environment: NonNullable<Project['environment']> = {
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  computeType: 'BUILD_GENERAL1_SMALL',
  privilegedMode: true,
  environmentVariables: [],
};

export const source = (repository: string = DEFAULTS.source): NonNullable<Project['source']> => ({
  type: 'CODECOMMIT',
  location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/${repository}`,
  gitCloneDepth: 1,
});

/** Task 3, under any name. */
export function createProject(account: PracticeAccount, name: string = PROJECT, region: string = REGION): void {
  place(account, region).codebuild.createProject({
    name,
    source: source(),
    sourceVersion: 'refs/heads/main',
    artifacts: { type: 'NO_ARTIFACTS' },
    environment,
    serviceRole: roleArn(account),
    logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
  });
}

export function changeProject(account: PracticeAccount, patch: Partial<Project>): void {
  place(account).codebuild.updateProject(PROJECT, patch);
}

type BuildOptions = NonNullable<Parameters<ReturnType<typeof place>['codebuild']['startBuild']>[1]>;

/** Starts a build that pushes nothing, e.g. one that fails. */
export function startBuild(account: PracticeAccount, options: BuildOptions = {}) {
  return place(account).codebuild.startBuild(PROJECT, options);
}

/** A build whose buildspec is overridden: `--buildspec-override`. */
export const overridden = (buildspec: string): BuildOptions => ({ sourceOverride: { buildspec } });

export function pushImage(account: PracticeAccount, tag: string): void {
  place(account).ecr.putImage(DEFAULTS.backend, { tags: [tag] });
}

/** A build that succeeds, and the image it pushes before it ends. */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): void {
  const { codebuild } = place(account);
  const build = codebuild.startBuild(PROJECT, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account, (build.resolvedSourceVersion ?? 'latest').slice(0, 7));
  if (build.id) codebuild.finishBuild(build.id);
}

/** Task 4: the build that succeeds and makes nothing, then the right one. */
export function runBuilds(account: PracticeAccount): void {
  startBuild(account, { ...overridden(MISPLACED_YML), durationSeconds: 20 });
  runBuild(account);
}

/** The commit tag of what a build of the lab's project takes. */
export const headTag = (account: PracticeAccount) => (place(account).codecommit.head(DEFAULTS.source, 'main') ?? '').slice(0, 7);

/** Deleting the stack, with everything it made but what `keep` names. */
export function deleteStack(account: PracticeAccount, keep: readonly ('backend' | 'frontend' | 'code' | 'role')[] = []): void {
  const { cloudformation, ecr, codecommit } = place(account);
  if (!keep.includes('backend')) ecr.deleteRepository(DEFAULTS.backend);
  if (!keep.includes('frontend')) ecr.deleteRepository(DEFAULTS.frontend);
  if (!keep.includes('code')) codecommit.deleteRepository(DEFAULTS.source);
  if (!keep.includes('role')) account.iam.deleteRole(DEFAULTS.role);
  cloudformation.deleteStack(STACK);
}

/** What is cleaned up by hand: policy, images, project and log group, but for what `keep` names. */
export function deleteByHand(account: PracticeAccount, keep: readonly ('policy' | 'images' | 'project' | 'logs')[] = []): void {
  const { ecr, codebuild, logs } = place(account);
  if (!keep.includes('policy')) account.iam.deleteRolePolicy(DEFAULTS.role, ECR_POLICY);
  if (!keep.includes('images')) ecr.deleteImages(DEFAULTS.backend);
  if (!keep.includes('project')) codebuild.deleteProject(PROJECT);
  if (!keep.includes('logs')) logs.deleteLogGroup(LOG_GROUP);
}

/** The whole lab up to and with task `last`, in an account that forgets what was in it before. */
export function startOver(account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4 | undefined): void {
  account.wipe();
  const steps = [prepareSource, pushBuildspec, putPolicy, createProject, runBuilds] as const;
  for (const step of steps.slice(0, last === undefined ? 0 : last + 1)) step(account);
}
