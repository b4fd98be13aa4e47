import type { Stack } from '../../aws/services/cloudformation.ts';
import { repositoryOfUri } from '../kit/ecr/built-image.ts';

/** The names that the lab's text gives and no stack output reveals. */
export const STACK = 'sbcntr-backend-stack';
export const PROJECT = 'sbcntr-codebuild';
export const LOG_GROUP = `/aws/codebuild/${PROJECT}`;
export const REGION = 'ap-northeast-2';
/** Where students end up who did not choose the region: the console's own first choices, and the course's other region. */
export const OTHER_REGIONS = ['us-east-1', 'us-west-2', 'ap-northeast-1'] as const;

/** The template's defaults, for accounts whose stack can no longer be asked. */
export const DEFAULTS = {
  backend: 'sbcntr-backend',
  frontend: 'sbcntr-frontend',
  source: 'sbcntr-backend',
  role: 'sbcntr-codebuild-role',
} as const;

/** The template's own inline policy of the role. */
export const BASE_POLICY = `CodeBuildBasePolicy-${PROJECT}-${REGION}`;
/** The inline policy that task 2 adds. */
export const ECR_POLICY = 'sbcntr-ecr-access';

/** The files of task 0, as they must be called at the root of the repository. */
export const SOURCE_FILES = ['server.mjs', 'Dockerfile'] as const;

export type Outputs = ReturnType<typeof outputsOf>;

/** Outputs of the stack, without those that are missing; all are missing while there is no stack or it is not complete. */
export function outputsOf(stack: Stack | undefined) {
  const { BackendRepositoryUri, FrontendRepositoryUri, SourceRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
  return {
    backendUri: BackendRepositoryUri || undefined,
    backend: repositoryOfUri(BackendRepositoryUri),
    frontend: repositoryOfUri(FrontendRepositoryUri),
    source: SourceRepositoryName || undefined,
    roleArn: CodeBuildRoleArn || undefined,
  };
}
