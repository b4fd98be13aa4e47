import type { PracticeAccount } from '../core/index.ts';
import { BUILD_ROLE, KEY, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REGION, REPOSITORY, TAG } from './names.ts';
import { BUILDSPEC, buildPolicy, DEFINITION, executionInput, machinePolicy, type PolicyDocument, trustPolicy } from './practice-files.ts';

/** What a student who follows the lab does in a practice account, one step each. */

export const place = (account: PracticeAccount, region: string = REGION) => account.region(region);

/** The name that the text's command makes of the time. */
export const BUCKET = 'my-eb-nginx-tars-20261120101530';
export const BUILD_POLICY = 'cb-nginx-tar-inline';
export const MACHINE_POLICY = 'sfn-starts-codebuild-inline';
const TAR_BYTES = 54_106_112;

export const KMS_WITH_BUCKET_KEY = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true } as const;

export function createBucket(account: PracticeAccount, name: string = BUCKET, region: string = REGION): void {
  account.s3.createBucket(name, { region, encryption: KMS_WITH_BUCKET_KEY });
}

export function createRepository(account: PracticeAccount, region: string = REGION): void {
  place(account, region).ecr.createRepository(REPOSITORY);
}

export function pushImage(account: PracticeAccount, tag: string = TAG): void {
  place(account).ecr.putImage(REPOSITORY, { tags: [tag] });
}

/** Task 1. */
export function prepare(account: PracticeAccount): void {
  createBucket(account);
  createRepository(account);
  pushImage(account);
}

/** Task 2. */
export function createBuildRole(account: PracticeAccount, policy: PolicyDocument = buildPolicy(account.id, BUCKET)): void {
  account.iam.createRole({ name: BUILD_ROLE, trust: trustPolicy('codebuild.amazonaws.com') });
  account.iam.putRolePolicy(BUILD_ROLE, BUILD_POLICY, policy);
}

export const imageUri = (account: PracticeAccount, region: string = REGION) =>
  `${account.id}.dkr.ecr.${region}.amazonaws.com/${REPOSITORY}:${TAG}`;
export const roleArn = (account: PracticeAccount, name: string) => `arn:aws:iam::${account.id}:role/${name}`;

type Project = Parameters<ReturnType<typeof place>['codebuild']['createProject']>[0];

export const environment = (account: PracticeAccount, image: string = imageUri(account)): NonNullable<Project['environment']> => ({
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  computeType: 'BUILD_GENERAL1_MEDIUM',
  privilegedMode: true,
  environmentVariables: [{ name: 'IMAGE_URI', value: image, type: 'PLAINTEXT' }],
});

/** Task 3, under any name. */
export function createProject(account: PracticeAccount, name: string = PROJECT, region: string = REGION): void {
  place(account, region).codebuild.createProject({
    name,
    source: { type: 'NO_SOURCE', buildspec: BUILDSPEC },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: environment(account),
    serviceRole: roleArn(account, BUILD_ROLE),
    timeoutInMinutes: 30,
    queuedTimeoutInMinutes: 60,
    logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
  });
}

export function changeProject(account: PracticeAccount, patch: Partial<Project>): void {
  place(account).codebuild.updateProject(PROJECT, patch);
}

/** Task 4. */
export function createMachineRole(account: PracticeAccount): void {
  account.iam.createRole({ name: MACHINE_ROLE, trust: trustPolicy('states.amazonaws.com') });
  account.iam.putRolePolicy(MACHINE_ROLE, MACHINE_POLICY, machinePolicy(account.id));
}

type Machine = Parameters<ReturnType<typeof place>['states']['createStateMachine']>[0];

/** Task 5. Step Functions makes the rule that tells it of the ends of builds. */
export function createMachine(account: PracticeAccount, machine: Partial<Machine> = {}, region: string = REGION): void {
  const { states, events } = place(account, region);
  states.createStateMachine({ name: MACHINE, roleArn: roleArn(account, MACHINE_ROLE), definition: DEFINITION, ...machine });
  if (events.rule(MANAGED_RULE)) return;
  events.putRule({
    name: MANAGED_RULE,
    pattern: { source: ['aws.codebuild'], 'detail-type': ['CodeBuild Build State Change'] },
    managedBy: 'states.amazonaws.com',
    description: 'This rule is used to notify Step Functions regarding integrated CodeBuild builds',
  });
  events.putTargets(MANAGED_RULE, [{ Id: 'StepFunctions', Arn: `arn:aws:states:${region}:${account.id}:stateMachine:${MACHINE}` }]);
}

type BuildOptions = NonNullable<Parameters<ReturnType<typeof place>['codebuild']['startBuild']>[1]>;

interface ExecutionOptions {
  /** The project that is built. */
  readonly project?: string;
  readonly build?: BuildOptions;
  /** What the build is told; `undefined` tells it nothing. */
  readonly target?: { readonly bucket: string; readonly key: string } | undefined;
  /** Bytes of what the build uploads; `undefined`: it uploads nothing. */
  readonly uploads?: number | undefined;
  /** Whether the execution waits for the build. */
  readonly sync?: boolean;
}

/** Starts a build as the state machine does, with what it uploads, and ends it. */
function build(account: PracticeAccount, { project = PROJECT, build: options = {}, target, uploads }: Omit<ExecutionOptions, 'sync'>) {
  const { codebuild } = place(account);
  const own = codebuild.project(project)?.environment;
  const told = target
    ? [
        { name: 'ARTIFACT_BUCKET', value: target.bucket, type: 'PLAINTEXT' as const },
        { name: 'ARTIFACT_KEY', value: target.key, type: 'PLAINTEXT' as const },
      ]
    : [];
  const environmentOverride = { ...own, environmentVariables: [...(own?.environmentVariables ?? []), ...told] };
  const started = codebuild.startBuild(project, { ...options, environmentOverride, status: 'IN_PROGRESS', durationSeconds: 40 });
  if (uploads !== undefined && target) account.s3.putObject(target.bucket, target.key, { sizeInBytes: uploads });
  if (options.status === 'IN_PROGRESS' || !started.id) return started;
  return codebuild.finishBuild(started.id, { ...options, durationSeconds: 20 });
}

/** Task 6: an execution with the build it starts. */
export function execute(account: PracticeAccount, options: ExecutionOptions = {}): void {
  const { states } = place(account);
  const { arn } = states.startExecution(MACHINE, { input: executionInput(BUCKET), status: 'RUNNING', durationSeconds: 1 });
  const sync = options.sync ?? true;
  const done = build(account, { target: { bucket: BUCKET, key: KEY }, uploads: TAR_BYTES, ...options });
  const answer = { Build: { Id: done.id, Arn: done.arn, BuildStatus: done.buildStatus } };
  const failed = sync && done.buildStatus !== 'SUCCEEDED';
  states.finishExecution(arn, {
    durationSeconds: 2,
    tasks: [
      {
        state: 'StartCodeBuild',
        resourceType: 'codebuild',
        resource: sync ? 'startBuild.sync' : 'startBuild',
        submitted: answer,
        output: answer,
        ...(failed && { failure: { error: 'States.TaskFailed', cause: JSON.stringify(answer.Build) } }),
      },
    ],
  });
}

type Failure = { readonly error: string; readonly cause: string };

/** An execution that ends before it has started a build. */
export function executeWithoutBuild(
  account: PracticeAccount,
  options: { readonly failure?: Failure; readonly aborted?: boolean } = {},
): void {
  const { failure, aborted } = options;
  place(account).states.startExecution(MACHINE, {
    input: {},
    durationSeconds: 5,
    ...(failure && { failure }),
    ...(aborted && { status: 'ABORTED' }),
  });
}

export function startExecution(account: PracticeAccount): void {
  place(account).states.startExecution(MACHINE, { input: executionInput(BUCKET), status: 'RUNNING', durationSeconds: 5 });
}

type Kept = 'machine' | 'rule' | 'project' | 'objects' | 'bucket' | 'repository' | 'logs' | 'build-role' | 'machine-role';

/** The cleanup, but for what `keep` names. */
export function cleanUp(account: PracticeAccount, ...keep: readonly Kept[]): void {
  const { states, events, codebuild, ecr, logs } = place(account);
  const goes = (what: Kept) => !keep.includes(what);
  if (goes('machine')) states.deleteStateMachine(MACHINE);
  if (goes('rule')) {
    events.removeTargets(
      MANAGED_RULE,
      events.targets(MANAGED_RULE).map(({ Id = '' }) => Id),
    );
    events.deleteRule(MANAGED_RULE);
  }
  if (goes('project')) codebuild.deleteProject(PROJECT);
  if (goes('objects')) account.s3.emptyBucket(BUCKET);
  if (goes('objects') && goes('bucket')) account.s3.deleteBucket(BUCKET);
  if (goes('repository')) ecr.deleteRepository(REPOSITORY);
  if (goes('logs')) logs.deleteLogGroup(LOG_GROUP);
  if (goes('build-role')) account.iam.deleteRole(BUILD_ROLE);
  if (goes('machine-role')) account.iam.deleteRole(MACHINE_ROLE);
}

/** The whole lab up to and with task `last`, in an account that forgets what was in it before. */
export function startOver(account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4 | 5 | 6): void {
  account.wipe();
  const steps = [prepare, createBuildRole, createProject, createMachineRole, createMachine, execute] as const;
  for (const step of steps.slice(0, last)) step(account);
}
