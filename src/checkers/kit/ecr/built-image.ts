import type { Build } from '../../../aws/services/codebuild/build.ts';
import type { Image } from '../../../aws/services/ecr.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says } from '../../engine/texts.ts';
import { blocked, failed, passed } from '../../engine/verdict.ts';
import type { PracticeSource } from '../codecommit/practice-source.ts';

/** What `judgeBuiltImage` says. */
export const BUILT_IMAGE_SAYS = says({
  imageRepositoryGone: {
    ko: '"{repository}" ECR 리포지토리가 없습니다. 스택을 확인하고 다시 빌드합니다.',
    ja: 'ECR リポジトリ "{repository}" がありません。スタックを確かめ、もう一度ビルドしてください。',
    en: 'There is no ECR repository "{repository}". Check the stack and build again.',
  },
  imageTagMissing: {
    ko: '"{repository}" 리포지토리에 {number}번 빌드의 커밋 해시 "{tag}" 태그가 붙은 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
    ja: 'リポジトリ "{repository}" に、ビルド {number} のコミットハッシュ "{tag}" のタグが付いたイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
    en: 'The repository "{repository}" holds no image with the tag "{tag}", the commit hash of build {number}. Make sure buildspec.yml pushes that tag, and build again.',
  },
  imageTooOld: {
    ko: '"{repository}" 리포지토리의 "{tag}" 이미지는 {number}번 빌드가 시작되기 전에 올린 것입니다. CodeBuild로 다시 빌드하여 이미지를 올립니다.',
    ja: 'リポジトリ "{repository}" のイメージ "{tag}" は、ビルド {number} が始まる前にプッシュされたものです。CodeBuild でもう一度ビルドし、イメージをプッシュしてください。',
    en: 'The image "{tag}" in the repository "{repository}" was pushed before build {number} began. Build again, so that CodeBuild pushes the image.',
  },
});

const COMMIT = /^[0-9a-f]{40}$/;

/** Whether a build took a commit of Git, not e.g. an object of S3. */
export const ofCommit = ({ resolvedSourceVersion = '' }: Build) => COMMIT.test(resolvedSourceVersion);

/** The name of the repository in the URI of an image repository: what stands after the first slash. */
export const repositoryOfUri = (uri: string | undefined) => uri?.split('/').slice(1).join('/') || undefined;

/** The part of a commit's hash that the labs tag images with. */
export const shortHash = (commit: string) => commit.slice(0, 7);

/**
 * The image that a build must have pushed under the first characters of its commit, when the first build of that commit began, and
 * what carries the tag now; `undefined` when it built no commit.
 * @param builds those that count beside it: a rebuild of one commit may push the identical image, whose time stays that of the first push
 * @param images `undefined` when there is no repository
 */
export function builtImage(build: Build, builds: readonly Build[], images: readonly Image[] | undefined) {
  const commit = build.resolvedSourceVersion;
  if (commit === undefined || !ofCommit(build)) return undefined;
  const tag = shortHash(commit);
  const sameCommit = [build, ...builds].filter(({ resolvedSourceVersion }) => resolvedSourceVersion === commit);
  const began = new Date(Math.min(...sameCommit.map(({ startedAt }) => startedAt.getTime())));
  return { build, tag, began, image: images?.find(({ tags }) => tags.includes(tag)) };
}

type BuiltImage = NonNullable<ReturnType<typeof builtImage>>;

/** Whether the image is there and came after its build had begun. */
export function judgeBuiltImage({ build: { number = 0 }, tag, began, image }: BuiltImage, repository: string) {
  if (image === undefined) return failed(['imageTagMissing', { repository, tag, number }] as const);
  if (image.pushedAt < began) return failed(['imageTooOld', { repository, tag, number }] as const);
  return passed({ observed: { tag, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
}

/** The tag that the next build of a source's newest commit makes. */
export const commitTag = (source: PracticeSource) => (account: PracticeAccount) => shortHash(source.head(account));

interface ImageOfLab {
  readonly region: string;
  readonly repository: string;
  /** A tag that is not the build's. */
  readonly otherTag: string;
  /** The tag of the image that a build makes now. */
  tag(account: PracticeAccount): string;
  /** Starts a build that pushes nothing. */
  build(account: PracticeAccount): void;
}

/** Mistakes by which the image of a build is missing. */
export function lostImages({ region, repository, otherTag, tag, build }: ImageOfLab) {
  const ecr = (account: PracticeAccount) => account.region(region).ecr;
  return {
    'image-repository-deleted': {
      title: { ko: 'ECR 리포지토리를 삭제합니다', ja: 'ECR リポジトリを削除する', en: 'Delete the ECR repository' },
      says: 'imageRepositoryGone',
      play: (account: PracticeAccount) => ecr(account).deleteRepository(repository),
    },
    'image-tag-missing': {
      title: { ko: '이미지의 태그를 지웁니다', ja: 'イメージのタグを消す', en: 'Remove the tag of the image' },
      says: 'imageTagMissing',
      play(account: PracticeAccount) {
        ecr(account).deleteImages(repository);
        ecr(account).putImage(repository, { tags: [otherTag] });
      },
    },
    'image-by-hand': {
      title: {
        ko: '빌드하기 전에 손으로 이미지를 올립니다',
        ja: 'ビルドの前に手でイメージをプッシュする',
        en: 'Push an image by hand before building',
      },
      says: 'imageTooOld',
      instead(account: PracticeAccount) {
        ecr(account).putImage(repository, { tags: [tag(account)] });
        account.clock.tick(60);
        build(account);
      },
    },
  } as const satisfies Readonly<Record<string, Mistake>>;
}

interface CommitImage<Fact> extends ImageOfLab {
  readonly step: number;
  /** The check of the build that pushes it. */
  readonly after: string;
  /** The name of the repository; unset while task 0 does not give it. */
  repositoryOf(fact: Fact): string | undefined;
  /** Unset while no build is right. */
  proofOf(fact: Fact, context: TaskContext): BuiltImage | undefined;
}

/** The check of the image that carries the tag of its build's commit. */
export const commitImage = <Fact extends { readonly images: readonly Image[] | undefined }>(of: CommitImage<Fact>) =>
  expectation<Fact>()({
    id: 'image-commit-tag',
    title: {
      ko: '커밋 해시 태그가 붙은 이미지가 ECR에 있습니다',
      ja: 'コミットハッシュのタグが付いたイメージが ECR にある',
      en: 'ECR holds an image tagged with the commit hash',
    },
    step: of.step,
    after: of.after,
    expected: (fact, context) => of.proofOf(fact, context)?.tag,
    judge(fact, context) {
      const repository = of.repositoryOf(fact);
      if (repository === undefined) return blocked('task-0');
      const proof = of.proofOf(fact, context);
      if (proof === undefined) return blocked(of.after);
      return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
    },
    observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
    says: BUILT_IMAGE_SAYS,
    breaks: lostImages(of),
  });
