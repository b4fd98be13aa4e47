import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import type { Build } from '../../aws/services/codebuild/build.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, type Image } from '../../aws/services/ecr.ts';
import { says } from '../engine/texts.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { BUILD_SETTING_SAYS, type Builds, buildInProgress, type OfBuilds, running, succeeded } from '../kit/codebuild/build-checks.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds } from '../kit/codebuild/past-builds.ts';
import { BUILD_VARIABLE_SAYS, wrongVariable } from '../kit/codebuild/variable-checks.ts';
import { builtImage, ofCommit } from '../kit/ecr/built-image.ts';
import { pastPush } from '../kit/ecr/past-repository.ts';
import { expectedVariables, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';

/** What task 4 observes of builds and their images, and which builds ran as they must. */

export interface BuildsOfLab extends OfBuilds {
  readonly outputs: Outputs;
}

export interface Pushed extends BuildsOfLab {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** The first of the three variables that the build did not get as it must, with what is wrong. */
export const wrongOf = (build: Build, { outputs }: BuildsOfLab, account: string) =>
  wrongVariable(build, expectedVariables(account, outputs.imageRepository));

export const SETTING_SAYS = says({ ...BUILD_SETTING_SAYS, buildVariableWrong: BUILD_VARIABLE_SAYS.buildVariableWrong });

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, fact: BuildsOfLab, account: string) {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }] as const;
  const variable = wrongOf(build, fact, account);
  if (variable !== undefined) return ['buildVariableWrong', { number, ...variable }] as const;
  return ofCommit(build) ? undefined : (['buildWithoutCommit', { number }] as const);
}

export const rightBuilds = (fact: BuildsOfLab, account: string) =>
  succeeded(fact.builds).filter((build) => wrongSettings(build, fact, account) === undefined);

export function judgeSettings(fact: BuildsOfLab, account: string) {
  if (fact.outputs.imageRepository === undefined) return blocked('task-0');
  if (rightBuilds(fact, account).length > 0) return passed();
  const current = running(fact.builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = succeeded(fact.builds);
  const wrong = newest && wrongSettings(newest, fact, account);
  if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
  believed(newest);
  return failed(wrong);
}

/** The newest right build, the tag it must have pushed, and the image that carries the tag now. */
export function proofOf(fact: Pushed, account: string) {
  const [build, ...older] = rightBuilds(fact, account);
  return build && builtImage(build, older, fact.images);
}

export const newestOf = ({ builds }: OfBuilds) => succeeded(builds)[0] ?? builds?.[0];

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
export async function pastRightBuild(aws: Bound<typeof pastReads>, account: string) {
  const [builds, stack] = await Promise.all([pastBuilds(aws, PROJECT), lastStack(aws, STACK)]);
  // Without the stack's outputs it is not known what the variables had to be.
  const outputs = outputsOf(stack);
  const { imageRepository: repository } = outputs;
  if (repository === undefined) return undefined;
  const [build] = rightBuilds({ builds, outputs }, account);
  return build?.resolvedSourceVersion === undefined ? undefined : { build, repository, commit: build.resolvedSourceVersion };
}

/** Evidence that such a build pushed its image. @param tagOf the tag that it must have had */
export async function pastPushOf(aws: Bound<typeof pastReads>, account: string, tagOf: (commit: string) => string) {
  const past = await pastRightBuild(aws, account);
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
