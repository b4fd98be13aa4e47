import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import { type BuildOptions, practiceBuilds } from '../kit/codebuild/build-checks.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { practiceSource } from '../kit/codecommit/practice-source.ts';
import { BUILDSPEC } from '../kit/codecommit/source-buildspec.ts';
import { type PolicyStatement, putStatements } from '../kit/iam/policy-mistakes.ts';
import { serviceTrust } from '../kit/iam/role-trust.ts';
import { jsonOf } from '../kit/student/json-text.ts';
import { BASE_POLICY, DEFAULTS, ECR_POLICY, LOG_GROUP, PROJECT, REGION, SOURCE_FILES, STACK } from './names.ts';

/** What a student who follows the lab does in a practice account, one step each. */

const shipped = (path: string) => labFile('sbcntr-backend-build', path);
export const buildspec = () => shipped(BUILDSPEC);
const POLICY_FILE = 'codebuild-ecr-policy.json';
export const misplacedBuildspec = () => shipped('buildspec-misplaced.yml');

export const place = (account: PracticeAccount, region: string = REGION) => account.region(region);

const repositoryUri = (account: PracticeAccount, repository: string, region: string) =>
  `${account.id}.dkr.ecr.${region}.amazonaws.com/${repository}`;

/** The stack's resources, as CloudFormation lists them. */
export const RESOURCES = [
  { logicalId: 'BackendRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.backend },
  { logicalId: 'FrontendRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.frontend },
  { logicalId: 'SourceRepository', type: 'AWS::CodeCommit::Repository', physicalId: DEFAULTS.source },
  { logicalId: 'BuildRole', type: 'AWS::IAM::Role', physicalId: DEFAULTS.role },
] as const;

/** The trust policy that the template gives the role. */
export const trust = (account: PracticeAccount, condition: object = {}) =>
  serviceTrust('codebuild.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account.id, ...condition } });

/** What the template lets the role do: read the source and write logs. */
function basePolicy(account: PracticeAccount): readonly PolicyStatement[] {
  const logs = `arn:aws:logs:${REGION}:${account.id}:log-group:${LOG_GROUP}`;
  const source = `arn:aws:codecommit:${REGION}:${account.id}:${DEFAULTS.source}`;
  const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  return [
    { Sid: 'ReadSource', Effect: 'Allow', Action: 'codecommit:GitPull', Resource: source },
    { Sid: 'WriteLogs', Effect: 'Allow', Action: writeLogs, Resource: [logs, `${logs}:*`] },
  ];
}

export function createStack(account: PracticeAccount, region: string = REGION): void {
  const { cloudformation, ecr, codecommit } = place(account, region);
  ecr.createRepository(DEFAULTS.backend);
  ecr.createRepository(DEFAULTS.frontend);
  codecommit.createRepository(DEFAULTS.source);
  const { Arn: CodeBuildRoleArn = '' } = account.iam.createRole({ name: DEFAULTS.role, trust: trust(account) });
  putStatements(account, { role: DEFAULTS.role, policy: BASE_POLICY }, basePolicy(account));
  cloudformation.createStack({
    name: STACK,
    outputs: {
      BackendRepositoryUri: repositoryUri(account, DEFAULTS.backend, region),
      FrontendRepositoryUri: repositoryUri(account, DEFAULTS.frontend, region),
      SourceRepositoryName: DEFAULTS.source,
      CodeBuildRoleArn,
    },
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

/** The lab's repository in CodeCommit. */
export const code = practiceSource({ region: REGION, repository: DEFAULTS.source });

/** The files of task 0. */
export const sources = () => Object.fromEntries(SOURCE_FILES.map((file) => [file, shipped(file)]));

/** Task 0. */
export function prepareSource(account: PracticeAccount): void {
  createStack(account);
  code.push(account, sources());
}

/** Task 1. */
export const pushBuildspec = (account: PracticeAccount, text: string = buildspec()) => void code.push(account, { [BUILDSPEC]: text });

/** The policy of task 2, with an account's id in the place of the example's. */
export const ecrPolicy = (account: string, text = shipped(POLICY_FILE)) =>
  jsonOf(text.replaceAll(/:\d{12}:/g, `:${account}:`), POLICY_FILE);

/** Task 2. */
export const addPolicy = (account: PracticeAccount, document: object = ecrPolicy(account.id)) =>
  account.iam.putRolePolicy(DEFAULTS.role, ECR_POLICY, document);

/** Attaches a policy of its own to the role: the other way of the console. */
export function attachPolicy(account: PracticeAccount, name: string, document: object): void {
  account.iam.attachRolePolicy(DEFAULTS.role, account.iam.createPolicy({ name, document }).arn);
}

/** Task 3. */
export const createProject = (account: PracticeAccount) =>
  practiceProject(THE_PROJECT).create(account, { repository: DEFAULTS.source, role: DEFAULTS.role });

/** The project as the kit's moves know it. */
export const THE_PROJECT = { name: PROJECT, region: REGION, source: code } as const;
export const builds = practiceBuilds(THE_PROJECT);

/** A build whose buildspec is overridden: `--buildspec-override`. */
export const overridden = (text: string): BuildOptions => ({ sourceOverride: { buildspec: text } });

/** A build that succeeds, and the image it pushes before it ends. */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): void {
  const { id, resolvedSourceVersion = 'latest' } = builds.start(account, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  place(account).ecr.putImage(DEFAULTS.backend, { tags: [resolvedSourceVersion.slice(0, 7)] });
  if (id) place(account).codebuild.finishBuild(id);
}

/** Task 4: the build that succeeds and makes nothing, then the right one. */
export function runBuilds(account: PracticeAccount): void {
  builds.start(account, { ...overridden(misplacedBuildspec()), durationSeconds: 20 });
  runBuild(account);
}

/** Deletes the stack, with everything it made but what `keep` names. */
export function deleteStack(account: PracticeAccount, keep?: 'backend' | 'frontend' | 'source' | 'role'): void {
  const { cloudformation, ecr, codecommit } = place(account);
  if (keep !== 'backend') ecr.deleteRepository(DEFAULTS.backend);
  if (keep !== 'frontend') ecr.deleteRepository(DEFAULTS.frontend);
  if (keep !== 'source') codecommit.deleteRepository(DEFAULTS.source);
  if (keep !== 'role') account.iam.deleteRole(DEFAULTS.role);
  cloudformation.deleteStack(STACK);
}

/** Deletes what the stack does not take with it, but for what `keep` names. */
export function deleteByHand(account: PracticeAccount, keep?: 'policy' | 'images' | 'project' | 'logs'): void {
  const { ecr, codebuild, logs } = place(account);
  if (keep !== 'policy') account.iam.deleteRolePolicy(DEFAULTS.role, ECR_POLICY);
  if (keep !== 'images') ecr.deleteImages(DEFAULTS.backend);
  if (keep !== 'project') codebuild.deleteProject(PROJECT);
  if (keep !== 'logs') logs.deleteLogGroup(LOG_GROUP);
}

/** The whole cleanup. */
export function cleanUp(account: PracticeAccount): void {
  deleteByHand(account);
  deleteStack(account);
}
