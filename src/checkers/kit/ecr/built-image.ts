import type { Build, Image } from '../../../aws/index.ts';
import { failed, passed } from '../../engine/verdict.ts';
/** The image that a build must have pushed, under the first characters of its commit. */
export interface BuiltImage {
  readonly build: Build;
  readonly tag: string;
  /** When the first build of that commit began. */
  readonly began: Date;
  /** What carries the tag now. */
  readonly image: Image | undefined;
}

const COMMIT = /^[0-9a-f]{40}$/;

/** Whether a build took a commit of Git, not e.g. an object of S3. */
export const ofCommit = ({ resolvedSourceVersion = '' }: Build) => COMMIT.test(resolvedSourceVersion);

/** The part of a commit's hash that the labs tag images with. */
export const shortHash = (commit: string) => commit.slice(0, 7);

/**
 * The image of a build; `undefined` when it built no commit.
 * @param builds those that count beside it: a rebuild of one commit may push the identical image, whose time stays that of the first push
 * @param images `undefined` when there is no repository
 */
export function builtImage(build: Build, builds: readonly Build[], images: readonly Image[] | undefined): BuiltImage | undefined {
  const commit = build.resolvedSourceVersion;
  if (commit === undefined || !ofCommit(build)) return undefined;
  const tag = shortHash(commit);
  const sameCommit = [build, ...builds].filter(({ resolvedSourceVersion }) => resolvedSourceVersion === commit);
  const began = new Date(Math.min(...sameCommit.map(({ startedAt }) => startedAt.getTime())));
  return { build, tag, began, image: images?.find(({ tags }) => tags.includes(tag)) };
}

/** Whether the image is there and came after its build had begun. */
export function judgeBuiltImage({ build: { number = 0 }, tag, began, image }: BuiltImage, repository: string) {
  if (image === undefined) return failed(['imageTagMissing', { repository, tag, number }] as const);
  if (image.pushedAt < began) return failed(['imageTooOld', { repository, tag, number }] as const);
  return passed({ observed: { tag, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
}
