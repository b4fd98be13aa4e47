import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import type { BuildOptions } from '../kit/codebuild/build-checks.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { jsonOf } from '../kit/student/json-text.ts';
import { edited, failedCommand } from '../kit/student/mistakes.ts';
import {
  BUCKET_VARIABLE,
  BUILD_ROLE,
  BUILDSPEC_FILE,
  KEY_VARIABLE,
  LOG_GROUP,
  MACHINE,
  MACHINE_ROLE,
  MANAGED_RULE,
  PROJECT,
  REGION,
  REPOSITORY,
  TAG,
} from './names.ts';

/** What a student does in a practice account, right and wrong, step by step. */

const LAB = 'stepfunctions-codebuild-s3';
/** The name that the text's command makes of the time. */
export const BUCKET = 'my-eb-nginx-tars-20261120101530';
const TAR_BYTES = 54_106_112;
const ENCRYPTION = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true } as const;

const here = (account: PracticeAccount, region: string = REGION) => account.region(region);

/** A text after the `sed` of the guide has put the account and the bucket into it. */
const filled = ({ id }: PracticeAccount, text: string) => text.replace(/(?<=:)\d{12}(?=:)/g, id).replace(/<[a-z-]+>/g, BUCKET);

export function createBucket(account: PracticeAccount, name: string = BUCKET, region: string = REGION): void {
  account.s3.createBucket(name, { region, encryption: ENCRYPTION });
}

/** Task 1: the bucket, and a repository with the image. */
export function prepare(account: PracticeAccount, { bucket = BUCKET, bucketRegion = REGION, registryRegion = REGION } = {}): void {
  createBucket(account, bucket, bucketRegion);
  const { ecr } = here(account, registryRegion);
  ecr.createRepository(REPOSITORY);
  ecr.putImage(REPOSITORY, { tags: [TAG] });
}

/** Leaves the repository with images of these tags only. */
export function retag(account: PracticeAccount, ...tags: readonly string[]): void {
  const { ecr } = here(account);
  ecr.deleteImages(REPOSITORY);
  if (tags.length > 0) ecr.putImage(REPOSITORY, { tags });
}

/** How each role of the lab is made: the files of its trust and its permissions, and the name of its inline policy. */
export const FOR_BUILD = {
  role: BUILD_ROLE,
  trust: 'policies/codebuild-role-trust.json',
  policy: 'cb-nginx-tar-inline',
  permissions: 'policies/codebuild-inline-policy.json',
} as const;
export const FOR_MACHINE = {
  role: MACHINE_ROLE,
  trust: 'policies/sfn-trust.json',
  policy: 'sfn-starts-codebuild-inline',
  permissions: 'policies/sfn-inline-policy.json',
} as const;
type LabRole = typeof FOR_BUILD | typeof FOR_MACHINE;

const usePermissions = (account: PracticeAccount, { role, policy, permissions }: LabRole, text: string) =>
  account.iam.putRolePolicy(role, policy, jsonOf(filled(account, text), permissions));

/** Tasks 2 and 4: a role as its files say. */
export function createRole(account: PracticeAccount, of: LabRole): void {
  account.iam.createRole({ name: of.role, trust: jsonOf(labFile(LAB, of.trust), of.trust) });
  usePermissions(account, of, labFile(LAB, of.permissions));
}

/** For the task that makes a role: its two files, and the checks that read them. */
export const roleFiles = (of: LabRole, trustCheck: string, permissions: readonly { readonly id: string }[]) => ({
  [of.trust]: {
    checks: [trustCheck],
    use: (account: PracticeAccount, text: string) => account.iam.updateAssumeRolePolicy(of.role, jsonOf(text, of.trust)),
  },
  [of.permissions]: {
    checks: permissions.map(({ id }) => id),
    use: (account: PracticeAccount, text: string) => usePermissions(account, of, text),
  },
});

export const roleArn = ({ id }: PracticeAccount, name: string) => `arn:aws:iam::${id}:role/${name}`;

/** Task 3, under any name. */
export function createProject(account: PracticeAccount, name: string = PROJECT): void {
  const image = `${account.id}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}:${TAG}`;
  here(account).codebuild.createProject({
    name,
    source: { type: 'NO_SOURCE', buildspec: labFile(LAB, BUILDSPEC_FILE) },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
      computeType: 'BUILD_GENERAL1_MEDIUM',
      privilegedMode: true,
      environmentVariables: [{ name: 'IMAGE_URI', value: image, type: 'PLAINTEXT' }],
    },
    serviceRole: roleArn(account, BUILD_ROLE),
    timeoutInMinutes: 30,
    queuedTimeoutInMinutes: 60,
    logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
  });
}

export const project = practiceProject({ name: PROJECT, region: REGION });

export const useBuildspec = (account: PracticeAccount, buildspec: string) =>
  project.change(account, () => ({ source: { type: 'NO_SOURCE', buildspec } }));

const buildspecOf = (account: PracticeAccount) => here(account).codebuild.project(PROJECT)?.source?.buildspec ?? '';

/** A move that changes one thing in the buildspec of the project. */
export const changeBuildspec = (from: RegExp, to: Parameters<typeof edited>[2]) => (account: PracticeAccount) =>
  void useBuildspec(account, edited(buildspecOf(account), from, to));

/** The first line whose command begins like this. */
const lineOf = (beginning: string) => new RegExp(`^ +- ${beginning}.*\\n`, 'm');
const INDENT = /^ +- |\n$/g;

/** The command of the buildspec that begins like this. */
export const command = (account: PracticeAccount, beginning: string) =>
  (lineOf(beginning).exec(buildspecOf(account))?.[0] ?? '').replace(INDENT, '');

export const changeCommand = (beginning: string, change: (command: string) => string) =>
  changeBuildspec(lineOf(beginning), (line) => `      - ${change(line.replace(INDENT, ''))}\n`);

export const dropCommand = (beginning: string) => changeBuildspec(lineOf(beginning), '');

type Machine = Parameters<ReturnType<typeof here>['states']['createStateMachine']>[0];

/** Task 5. Step Functions makes the rule that tells it of the ends of builds. */
export function createMachine(account: PracticeAccount, machine: Partial<Machine> = {}, region: string = REGION): void {
  const { states, events } = here(account, region);
  const right = { name: MACHINE, roleArn: roleArn(account, MACHINE_ROLE), definition: labFile(LAB, 'sfn-definition.json') };
  const { stateMachineArn: arn } = states.createStateMachine({ ...right, ...machine });
  if (events.rule(MANAGED_RULE)) return;
  events.putRule({
    name: MANAGED_RULE,
    pattern: { source: ['aws.codebuild'], 'detail-type': ['CodeBuild Build State Change'] },
    managedBy: 'states.amazonaws.com',
    description: 'This rule is used to notify Step Functions regarding integrated CodeBuild builds',
  });
  events.putTargets(MANAGED_RULE, [{ Id: 'StepFunctions', Arn: arn }]);
}

export const changeMachine = (account: PracticeAccount, patch: Partial<Machine>) => here(account).states.updateStateMachine(MACHINE, patch);

/** The state of the lab's definition that starts the build. */
interface BuildState {
  readonly Parameters: { readonly EnvironmentVariablesOverride: readonly { readonly Name: string }[] };
  readonly Retry: readonly { readonly ErrorEquals: readonly string[] }[];
}

/** Changes the definition of the state machine. @param change makes the new parts from the state that starts the build */
export const changeDefinition =
  (change: (build: BuildState) => { readonly StartAt?: string; readonly States: Readonly<Record<string, object>> }) =>
  (account: PracticeAccount) => {
    const definition = JSON.parse(here(account).states.stateMachine(MACHINE)?.definition ?? '');
    changeMachine(account, { definition: { ...definition, ...change(definition.States.StartCodeBuild) } });
  };

/** Changes something in the state that starts the build. */
export const changeState = (patch: (build: BuildState) => object) =>
  changeDefinition((build) => ({ States: { StartCodeBuild: { ...build, ...patch(build) } } }));

/** Changes something in what the state hands to the build. */
export const changeParameters = (patch: (parameters: BuildState['Parameters']) => object) =>
  changeState(({ Parameters }) => ({ Parameters: { ...Parameters, ...patch(Parameters) } }));

type Input = Readonly<Partial<Record<'artifactBucket' | 'artifactKey', string>>>;
export const inputOf = (account: PracticeAccount, text = labFile(LAB, 'execution-input.json')): Input =>
  jsonOf(filled(account, text), 'execution-input.json');

type Execution = NonNullable<Parameters<ReturnType<typeof here>['states']['startExecution']>[1]>;

/** An execution that starts no build. */
export const startExecution = (account: PracticeAccount, options: Execution = {}) =>
  here(account).states.startExecution(MACHINE, { input: inputOf(account), durationSeconds: 5, ...options });

interface RunOptions {
  readonly input?: Input;
  /** The project that is built. */
  readonly project?: string;
  readonly build?: BuildOptions;
  /** How much a build that succeeds uploads; 0: nothing. */
  readonly bytes?: number;
  /** Whether the execution waits for the build. */
  readonly sync?: boolean;
}

/** Runs a build as the state machine does, with what it uploads. */
function runBuild(account: PracticeAccount, input: Input, { project = PROJECT, build = {}, bytes = TAR_BYTES }: RunOptions) {
  const { codebuild } = here(account);
  const environment = codebuild.project(project)?.environment;
  const { artifactBucket = '', artifactKey = '' } = input;
  const told = { [BUCKET_VARIABLE]: artifactBucket, [KEY_VARIABLE]: artifactKey };
  const environmentVariables = [
    ...(environment?.environmentVariables ?? []),
    ...Object.entries(told).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' as const })),
  ];
  const environmentOverride = { ...environment, environmentVariables };
  const started = codebuild.startBuild(project, { ...build, environmentOverride, status: 'IN_PROGRESS', durationSeconds: 40 });
  const fails = build.status !== undefined || build.failedPhase !== undefined;
  if (!fails && bytes > 0 && artifactBucket !== '') account.s3.putObject(artifactBucket, artifactKey, { sizeInBytes: bytes });
  if (build.status === 'IN_PROGRESS' || !started.id) return started;
  return codebuild.finishBuild(started.id, { ...build, durationSeconds: 20 });
}

export type FailedPhase = NonNullable<BuildOptions['failedPhase']>;

/** Task 6: an execution, with the build that it starts. */
export function execute(account: PracticeAccount, options: RunOptions = {}): void {
  const { input = inputOf(account), sync = true } = options;
  const lacking = (['artifactBucket', 'artifactKey'] as const).find((member) => input[member] === undefined);
  if (lacking !== undefined) {
    const cause = `An error occurred while executing the state 'StartCodeBuild'. The JSONPath '$.${lacking}' specified for the field 'Value.$' could not be found in the input '${JSON.stringify(input)}'`;
    startExecution(account, { input, failure: { error: 'States.Runtime', cause } });
    return;
  }
  const { states } = here(account);
  const { arn } = states.startExecution(MACHINE, { input, status: 'RUNNING', durationSeconds: 1 });
  const done = runBuild(account, input, options);
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

/** Starts over with another input: deleting the state machine deletes its earlier executions. */
export function rerun(account: PracticeAccount, input: Input): void {
  here(account).states.deleteStateMachine(MACHINE);
  createMachine(account);
  const { artifactBucket = '' } = input;
  const lost = artifactBucket !== '' && account.s3.bucket(artifactBucket) === undefined;
  execute(account, { input, ...(lost && { build: { failedPhase: failedCommand('POST_BUILD', command(account, 'aws s3 cp')) } }) });
}

export type Kept = 'machine' | 'rule' | 'project' | 'objects' | 'bucket' | 'repository' | 'logs' | LabRole['role'];

/** The cleanup, but for what `keep` names. */
export function cleanUp(account: PracticeAccount, ...keep: readonly Kept[]): void {
  const { states, events, codebuild, ecr, logs } = here(account);
  const goes = (what: Kept) => !keep.includes(what);
  if (goes('machine')) states.deleteStateMachine(MACHINE);
  if (goes('rule')) {
    const targets = events.targets(MANAGED_RULE).map(({ Id = '' }) => Id);
    events.removeTargets(MANAGED_RULE, targets);
    events.deleteRule(MANAGED_RULE);
  }
  if (goes('project')) codebuild.deleteProject(PROJECT);
  if (goes('objects')) account.s3.emptyBucket(BUCKET);
  if (goes('objects') && goes('bucket')) account.s3.deleteBucket(BUCKET);
  if (goes('repository')) ecr.deleteRepository(REPOSITORY);
  if (goes('logs')) logs.deleteLogGroup(LOG_GROUP);
  for (const role of [BUILD_ROLE, MACHINE_ROLE] as const) if (goes(role)) account.iam.deleteRole(role);
}

/** The cleanup while the last execution has not ended: the state machine stays until then. */
export function deletingMachine(account: PracticeAccount): void {
  cleanUp(account, 'machine');
  here(account).states.deleteStateMachine(MACHINE, { deleting: true });
}
