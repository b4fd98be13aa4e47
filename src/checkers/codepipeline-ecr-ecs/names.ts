import type { TaskContext } from '../engine/task-context.ts';

/** The names that the lab's text gives. */

export const LAB = 'codepipeline-ecr-ecs';
/** Almost everything is called the same. */
export const NAME = 'example_2022_1126';
/** The name as it is easily mistyped. */
export const MISSPELT = NAME.replace('example', 'exapmle');
export const REGION = 'ap-northeast-1';
/** Where students end up who did not choose the region: the console's own first choices, and the course's other region. */
export const OTHER_REGIONS = ['us-east-1', 'us-west-2', 'ap-northeast-2'] as const;

/** The branch that the text has students push to. */
export const BRANCH = 'master';
export const BUILDSPEC = 'buildspec.yml';
export const DOCKERFILE = 'nginx/Dockerfile';
/** The tag that the buildspec gives to the image. */
export const TAG = 'v0.95';
export const CONTAINER = 'nginx';

export const BUILD_LOG_GROUP = `/aws/codebuild/${NAME}`;
export const SERVICE_LOG_GROUP = `/ecs/${NAME}`;

/** Roles that the console makes beside project, pipeline and rule, and the one that the student makes for ECS. */
export const ROLES = {
  build: `codebuild-${NAME}-service-role`,
  pipeline: `AWSCodePipelineServiceRole-${REGION}-${NAME}`,
  rule: `cwe-role-${REGION}-${NAME}`,
  execution: `ecs-${NAME}-execution-role`,
} as const;

type Place = Pick<TaskContext, 'account' | 'region' | 'partition'>;

export const imageUriOf = ({ account, region }: Place) => `${account}.dkr.ecr.${region}.amazonaws.com/${NAME}`;
export const repositoryArnOf = ({ account, region, partition }: Place) => `arn:${partition}:ecr:${region}:${account}:repository/${NAME}`;
export const sourceArnOf = ({ account, region, partition }: Place) => `arn:${partition}:codecommit:${region}:${account}:${NAME}`;
export const pipelineArnOf = ({ account, region, partition }: Place) => `arn:${partition}:codepipeline:${region}:${account}:${NAME}`;
export const serviceArnOf = ({ account, region, partition }: Place) => `arn:${partition}:ecs:${region}:${account}:service/${NAME}/${NAME}`;

/** The bare name at the end of a role's ARN. */
export const roleName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** The variables of the project, and what each must hold. */
export const expectedVariables = ({ account, region }: Place) =>
  ({ AWS_ACCOUNT_ID: account, AWS_DEFAULT_REGION: region, IMAGE_REPO_NAME1: NAME }) as const;
export type VariableName = keyof ReturnType<typeof expectedVariables>;
