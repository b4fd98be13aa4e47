import { cloudformation } from './cloudformation.ts';
import { cloudtrail } from './cloudtrail.ts';
import { codebuild } from './codebuild.ts';
import { codecommit } from './codecommit.ts';
import { codepipeline } from './codepipeline.ts';
import { ecr } from './ecr.ts';
import { ecs } from './ecs.ts';
import { events } from './events.ts';
import { iam } from './iam.ts';
import { logs } from './logs.ts';
import { organizations } from './organizations.ts';
import { s3 } from './s3.ts';
import { states } from './states.ts';
import { sts } from './sts.ts';

/**
 * Everything the endpoint can do, by the name that requests to it are signed for, which is also the prefix of its IAM actions.
 * What an account and its regions hold follows from it. Any other operation is refused as unknown.
 */
export const SERVICES = {
  ...{ cloudformation, cloudtrail, codebuild, codecommit, codepipeline, ecr, ecs, events, iam, logs },
  ...{ organizations, s3, states, sts },
};
