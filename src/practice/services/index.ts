import type { Service } from '../protocol/operation.ts';
import { cloudformation } from './cloudformation.ts';
import { codebuild } from './codebuild.ts';
import { codecommit } from './codecommit.ts';
import { ecr } from './ecr.ts';
import { iam } from './iam.ts';
import { logs } from './logs.ts';
import { organizations } from './organizations.ts';
import { sts } from './sts.ts';

/** Everything the endpoint can do. Any other operation is refused as unknown. */
export const SERVICES: readonly Service[] = [cloudformation, codebuild, codecommit, ecr, iam, logs, organizations, sts];
