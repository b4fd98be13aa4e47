import { cloudformation } from './cloudformation.ts';
import { codebuild } from './codebuild.ts';
import { codecommit } from './codecommit.ts';
import { ecr } from './ecr.ts';
import { iam } from './iam.ts';
import { logs } from './logs.ts';

/** Every reader, by service. */
export const readers = { cloudformation, codebuild, codecommit, ecr, iam, logs };
