import { ecrConsole } from '../../aws/services/ecr.ts';
import type { TaskContext } from '../engine/task-context.ts';

/** The names that the lab's text gives. Both repositories, of images and of code, are called the same. */
export const NAME = 'my-application';
export const REGION = 'ap-northeast-2';
/** Where students end up who did not choose the region. */
export const OTHER_REGIONS = ['us-east-1', 'us-west-2', 'ap-northeast-1'] as const;

export const TAG = 'latest';
/** How long untagged images are kept. */
export const DAYS = 30;
export const CONTAINER = 'app';
export const PROJECT = `${NAME}-build`;
export const RULE = `${NAME}-image-events`;
export const EVENT_LOG_GROUP = `/aws/events/${NAME}`;
export const BUILD_LOG_GROUP = `/aws/codebuild/${PROJECT}`;
export const LOG_POLICY = `${NAME}-events`;
export const PUSH_POLICY = `${NAME}-push-policy`;
export const ISSUER = 'token.actions.githubusercontent.com';
export const AUDIENCE = 'sts.amazonaws.com';
/** What the shipped trust policy has in place of the student's own repository. */
export const GITHUB_PLACEHOLDER = 'GITHUB_OWNER/GITHUB_REPOSITORY';

export const ROLES = { pull: `${NAME}-pull-role`, github: `${NAME}-github-role`, build: `${NAME}-build-role` } as const;

type Place = Pick<TaskContext, 'account' | 'region' | 'partition'>;

export const imageUriOf = ({ account, region }: Place) => `${account}.dkr.ecr.${region}.amazonaws.com/${NAME}`;
export const repositoryArnOf = ({ account, region, partition }: Place) => `arn:${partition}:ecr:${region}:${account}:repository/${NAME}`;
export const logGroupArnOf = ({ account, region, partition }: Place) =>
  `arn:${partition}:logs:${region}:${account}:log-group:${EVENT_LOG_GROUP}`;
export const roleArnOf = ({ account, partition }: Place, name: string) => `arn:${partition}:iam::${account}:role/${name}`;
export const providerArnOf = ({ account, partition }: Place) => `arn:${partition}:iam::${account}:oidc-provider/${ISSUER}`;

/** What checks of the image repository have in common. */
export const ofRepository = {
  resource: (_fact: unknown, context: TaskContext) => repositoryArnOf(context),
  console: (_fact: unknown, place: TaskContext) => ecrConsole.repository(place, NAME),
} as const;
