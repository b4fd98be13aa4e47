import type { TaskContext } from '../engine/task-context.ts';

/* The names that the lab's text gives. */

export const REGION = 'ap-northeast-1';
/** Where students end up who did not choose the region: the console's own first choices, and the course's other region. */
export const OTHER_REGIONS = ['us-east-1', 'us-west-2', 'ap-northeast-2'] as const;
/** Bucket names are unique in the world, so each student's ends in the time it was made. */
export const BUCKET_PREFIX = 'my-eb-nginx-tars-';
export const REPOSITORY = 'nginx';
export const TAG = 'mainline-alpine3.22';
export const BUILD_ROLE = 'cb-nginx-tar-role';
export const PROJECT = 'cb-ecr-nginx-to-tar';
/** The lab's file that a student writes into the project. */
export const BUILDSPEC_FILE = 'buildspec-nginx-tar.yml';
export const MACHINE_ROLE = 'sfn-starts-codebuild-role';
export const MACHINE = 'sf-codebuild-ecr-to-tar';
export const LOG_GROUP = `/aws/codebuild/${PROJECT}`;
/** The rule that Step Functions makes for every state machine of a region that waits for CodeBuild. */
export const MANAGED_RULE = 'StepFunctionsGetEventForCodeBuildStartBuildRule';
/** The variables in which an execution tells the build where the tar goes. */
export const BUCKET_VARIABLE = 'ARTIFACT_BUCKET';
export const KEY_VARIABLE = 'ARTIFACT_KEY';
/** The key that the text gives. */
export const KEY = 'images/nginx-mainline-alpine3.22.tar';

export const registryOf = ({ account, region }: TaskContext) => `${account}.dkr.ecr.${region}.amazonaws.com`;
export const imageUriOf = (context: TaskContext) => `${registryOf(context)}/${REPOSITORY}:${TAG}`;
export const roleArnOf = ({ account, partition }: TaskContext, name: string) => `arn:${partition}:iam::${account}:role/${name}`;
/** The ARN of something that is in the account and region looked at. */
export const arnOf =
  (service: string, resource: string) =>
  ({ account, region, partition }: TaskContext) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
export const projectArnOf = arnOf('codebuild', `project/${PROJECT}`);
export const machineArnOf = arnOf('states', `stateMachine:${MACHINE}`);
