import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, type Image } from '../../aws/services/ecr.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { type Builds, type OfBuilds, succeeded } from '../kit/codebuild/build-checks.ts';
import { buildsWithVariables } from '../kit/codebuild/build-settings.ts';
import { pastBuildReads, pastBuilds } from '../kit/codebuild/past-builds.ts';
import { builtImage, ofCommit } from '../kit/ecr/built-image.ts';
import { pastPush } from '../kit/ecr/past-repository.ts';
import { expectedVariables, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';
import { project, variables } from './student.ts';

/** What task 4 observes of builds and their images, and which builds ran as they must. */

export interface BuildsOfLab extends OfBuilds {
  readonly outputs: Outputs;
}

export interface Pushed extends BuildsOfLab {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

export const checks = buildsWithVariables<BuildsOfLab, readonly ['buildWithoutCommit', { readonly number: number }]>(project, {
  made: 'task-3',
  expected: ({ outputs }, { account }) => expectedVariables(account, outputs.imageRepository),
  alsoWrong: (build, number) => (ofCommit(build) ? undefined : ['buildWithoutCommit', { number }]),
  variables,
});
const { rightBuilds } = checks;

/** The newest right build, the tag it must have pushed, and the image that carries the tag now. */
export function proofOf(fact: Pushed, context: TaskContext) {
  const [build, ...older] = rightBuilds(fact, context);
  return build && builtImage(build, older, fact.images);
}

const buildReads = { buildIds: codebuild.buildIdsOfProject, builds: codebuild.builds } as const;

/** What one BatchGetBuilds takes. */
const BATCH = 100;

/** The newest hundred builds; when none of them succeeded, older ones too, until one did. A list too long to be read ends as unknown. */
async function newestBuilds(aws: Bound<typeof buildReads>): Promise<Builds> {
  const newest = await aws.buildIds(PROJECT, { limit: BATCH });
  if (newest === undefined) return undefined;
  let builds = await aws.builds(newest);
  if (newest.length < BATCH || succeeded(builds).length > 0) return builds;
  const all = (await aws.buildIds(PROJECT, { limit: Number.MAX_SAFE_INTEGER })) ?? [];
  for (let from = BATCH; from < all.length && succeeded(builds).length === 0; from += BATCH) {
    builds = [...builds, ...(await aws.builds(all.slice(from, from + BATCH)))];
  }
  return builds;
}

const pastReads = { ...pastStackReads, ...pastBuildReads, ...pastEventReads } as const;

/** The newest build that had run with the right settings, and where it pushed; `undefined` when nothing proves one. */
export async function pastRightBuild(aws: Bound<typeof pastReads>, context: TaskContext) {
  const [builds, stack] = await Promise.all([pastBuilds(aws, PROJECT), lastStack(aws, STACK)]);
  // Without the stack's outputs it is not known what the variables had to be.
  const outputs = outputsOf(stack);
  const { imageRepository: repository } = outputs;
  if (repository === undefined) return undefined;
  const [build] = rightBuilds({ builds, outputs }, context);
  return build?.resolvedSourceVersion === undefined ? undefined : { build, repository, commit: build.resolvedSourceVersion };
}

/** Evidence that such a build pushed its image. @param tagOf the tag that it must have had */
export async function pastPushOf(aws: Bound<typeof pastReads>, context: TaskContext, tagOf: (commit: string) => string) {
  const past = await pastRightBuild(aws, context);
  if (past === undefined) return undefined;
  const tag = tagOf(past.commit);
  const event = await pastPush(aws, { ...past, tag });
  return event && provenByEvent(event, { repository: past.repository, tag });
}

export const reads = { stack: cloudformation.stack, ...buildReads, images: ecr.images, ...pastReads } as const;

export function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const images = outputs.then(({ imageRepository }) => (imageRepository === undefined ? undefined : aws.images(imageRepository)));
  const built = Promise.all([newestBuilds(aws), outputs]).then(([builds, known]): BuildsOfLab => ({ builds, outputs: known }));
  const pushed = Promise.all([built, images]).then(([fact, found]): Pushed => ({ ...fact, images: found }));
  return { built, pushed };
}
