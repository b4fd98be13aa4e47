import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import { type BuildOptions, practiceBuilds } from '../kit/codebuild/build-checks.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { practiceVariables } from '../kit/codebuild/variable-checks.ts';
import { practiceSource } from '../kit/codecommit/practice-source.ts';
import { BUILDSPEC } from '../kit/codecommit/source-buildspec.ts';
import { shortHash } from '../kit/ecr/built-image.ts';
import { serviceTrust } from '../kit/iam/role-trust.ts';
import { APP_FILES, CONTAINER, DEFAULTS, EXAMPLE_ACCOUNT, LAB, LOG_GROUP, PROJECT, REGION, STACK, TAGS } from './names.ts';

/** What a student who follows the lab does in a practice account, one step each. */

export const place = (account: PracticeAccount, region: string = REGION) => account.region(region);

export const source = practiceSource({ region: REGION, repository: DEFAULTS.sourceRepository });
/** The project of task 3, as the moves about it and its builds need it. */
export const project = { name: PROJECT, region: REGION, source } as const;
export const builds = practiceBuilds(project);
export const variables = practiceVariables({ ...project, example: EXAMPLE_ACCOUNT });

/** The stack's resources, as CloudFormation lists them. */
export const RESOURCES = [
  { logicalId: 'ECRRepository', type: 'AWS::ECR::Repository', physicalId: DEFAULTS.imageRepository },
  { logicalId: 'CodeCommitRepository', type: 'AWS::CodeCommit::Repository', physicalId: DEFAULTS.sourceRepository },
  { logicalId: 'CodeBuildRole', type: 'AWS::IAM::Role', physicalId: DEFAULTS.role },
] as const;

/** Task 0: the stack and what it makes. */
export function createStack(account: PracticeAccount, region: string = REGION): void {
  const { cloudformation, ecr, codecommit } = place(account, region);
  const { repositoryUri = '' } = ecr.createRepository(DEFAULTS.imageRepository);
  codecommit.createRepository(DEFAULTS.sourceRepository);
  const { Arn = '' } = account.iam.createRole({ name: DEFAULTS.role, trust: serviceTrust('codebuild.amazonaws.com'), tags: TAGS });
  cloudformation.createStack({
    name: STACK,
    outputs: { ECRRepositoryUri: repositoryUri, CodeCommitRepositoryName: DEFAULTS.sourceRepository, CodeBuildRoleArn: Arn },
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

/** The files of task 1. */
export const appFiles = (): Record<string, string> => Object.fromEntries(APP_FILES.map((file) => [file, labFile(LAB, file)]));

/** Task 1. */
export function pushApp(account: PracticeAccount): void {
  source.push(account, appFiles());
}

/** Task 2. */
export function pushBuildspec(account: PracticeAccount, text: string = labFile(LAB, BUILDSPEC)): void {
  source.push(account, { [BUILDSPEC]: text });
}

/** Task 3. */
export function createProject(account: PracticeAccount): void {
  practiceProject(project).create(account, {
    description: 'Week 9-2 container build',
    repository: DEFAULTS.sourceRepository,
    source: { buildspec: BUILDSPEC },
    role: DEFAULTS.role,
    variables: { AWS_ACCOUNT_ID: account.id, IMAGE_REPO_NAME: DEFAULTS.imageRepository, CONTAINER_NAME: CONTAINER },
    tags: Object.entries(TAGS).map(([key, value]) => ({ key, value })),
  });
}

/** An image that a build pushes, as ECR and CloudTrail record it. */
export function pushImage(account: PracticeAccount, tags: readonly string[]): void {
  const { ecr, cloudtrail } = place(account);
  ecr.putImage(DEFAULTS.imageRepository, { tags });
  for (const imageTag of tags) {
    cloudtrail.record({
      name: 'PutImage',
      source: 'ecr.amazonaws.com',
      requestParameters: { registryId: account.id, repositoryName: DEFAULTS.imageRepository, imageTag },
    });
  }
}

/** Task 4: a build that succeeds, and the image it pushes before it ends. */
export function runBuild(account: PracticeAccount, options: BuildOptions = {}): void {
  const { id = '', resolvedSourceVersion = 'unknown' } = builds.start(account, { ...options, status: 'IN_PROGRESS', durationSeconds: 40 });
  pushImage(account, ['latest', shortHash(resolvedSourceVersion)]);
  place(account).codebuild.finishBuild(id);
}

/** Deleting the stack, with everything it made but what `keep` names. */
export function deleteStack(account: PracticeAccount, keep?: 'images' | 'code' | 'role'): void {
  const { cloudformation, ecr, codecommit } = place(account);
  if (keep !== 'images') ecr.deleteRepository(DEFAULTS.imageRepository);
  if (keep !== 'code') codecommit.deleteRepository(DEFAULTS.sourceRepository);
  if (keep !== 'role') account.iam.deleteRole(DEFAULTS.role);
  cloudformation.deleteStack(STACK);
}

/** What is cleaned up by hand: images, project and log group, but for what `keep` names. */
export function deleteByHand(account: PracticeAccount, keep?: 'images' | 'project' | 'logs'): void {
  const { ecr, codebuild, logs } = place(account);
  if (keep !== 'images') ecr.deleteImages(DEFAULTS.imageRepository);
  if (keep !== 'project') codebuild.deleteProject(PROJECT);
  if (keep !== 'logs') logs.deleteLogGroup(LOG_GROUP);
}
