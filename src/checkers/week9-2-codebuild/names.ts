import type { Stack } from '../../aws/services/cloudformation.ts';
import { repositoryOfUri } from '../kit/ecr/built-image.ts';

/** The names that the lab's text gives and no stack output reveals. */
export const LAB = 'week9-2-codebuild';
export const STACK = 'week9-2-codebuild-stack';
export const PROJECT = 'week9-2-container-build';
export const CONTAINER = 'app';
export const LOG_GROUP = `/aws/codebuild/${PROJECT}`;
export const REGION = 'ap-northeast-2';
/** Where students end up who did not choose the region: the console's own first choices, and the course's other region. */
export const OTHER_REGIONS = ['us-east-1', 'us-west-2', 'ap-northeast-1'] as const;
export const TAGS = { Project: 'AWS-Lab', Week: '9-2', CreatedBy: 'Student' } as const;

/** The template's defaults, for accounts whose stack can no longer be asked. */
export const DEFAULTS = {
  imageRepository: 'week9-2-codebuild-repo',
  sourceRepository: 'week9-2-codebuild-repo',
  role: 'week9-2-codebuild-role',
} as const;

/** The files of task 1, as they must be called at the root of the repository. */
export const APP_FILES = ['app.js', 'package.json', 'Dockerfile'] as const;

/** The outputs of the stack. */
export const OUTPUTS = ['ECRRepositoryUri', 'CodeCommitRepositoryName', 'CodeBuildRoleArn'] as const;

export type Outputs = ReturnType<typeof outputsOf>;

/** Outputs of the stack, without those that are missing; all are missing while there is no stack or it is not complete. */
export function outputsOf(stack: Stack | undefined) {
  const { ECRRepositoryUri, CodeCommitRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
  return {
    imageUri: ECRRepositoryUri || undefined,
    imageRepository: repositoryOfUri(ECRRepositoryUri),
    sourceRepository: CodeCommitRepositoryName || undefined,
    roleArn: CodeBuildRoleArn || undefined,
  };
}

/** The three variables of the project, and what each must hold; unset while the stack cannot tell. */
export function expectedVariables(account: string, imageRepository: string | undefined) {
  return { AWS_ACCOUNT_ID: account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER } as const;
}
export type VariableName = keyof ReturnType<typeof expectedVariables>;

/** The account id that the lab's text shows as an example. */
export const EXAMPLE_ACCOUNT = '123456789012';
