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
import { s3 } from './s3.ts';
import { states } from './states.ts';

/** The readers that the practice account answers, by service. */
export const readers = { cloudformation, cloudtrail, codebuild, codecommit, codepipeline, ecr, ecs, events, iam, logs, s3, states };
