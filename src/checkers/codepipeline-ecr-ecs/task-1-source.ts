import type { Bound } from '../../aws/reader.ts';
import { codecommit, codecommitConsole } from '../../aws/services/codecommit.ts';
import { baseImagesOf } from '../dialects/dockerfile.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided } from '../engine/verdict.ts';
import { buildspecChecks } from '../kit/codebuild/buildspec-checks.ts';
import { UNDECIDED_SAYS } from '../kit/codebuild/course-checks.ts';
import { type FoundBuildspec, followBuildspecOf, inSource, readBuildspec } from '../kit/codecommit/source-buildspec.ts';
import { FILE_SAYS, fileMistakes, notPushing, wrongText } from '../kit/codecommit/source-files.ts';
import { misnamed, nestedCopy, survey, surveyReads } from '../kit/codecommit/survey.ts';
import { BUILDSPEC, DOCKERFILE, expectedVariables, imageUriOf, NAME, OTHER_REGIONS } from './names.ts';
import { pushSource, renamed, source } from './student.ts';
import { artifacts, imageDefinitions, imagePush, login } from './task-1-course.ts';

const reads = {
  repository: codecommit.repository,
  pushed: codecommit.pushedRepository,
  file: codecommit.file,
  ...surveyReads,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const find = async (path: string) => {
    const file = await aws.file(NAME, undefined, path);
    return { repository: NAME, file, survey: file.state === 'no-path' ? await survey(aws, NAME, undefined) : undefined };
  };
  const reading = find(BUILDSPEC).then(readBuildspec);
  const followed = reading.then(async (fact) => ({
    ...(await followBuildspecOf(aws, fact, imageUriOf(context), expectedVariables(context), context)),
    buildspec: fact.reading?.state === 'parsed' ? fact.reading : undefined,
  }));
  const image = Promise.all([find(DOCKERFILE), followed]).then(([found, { course }]) => ({
    ...found,
    images: found.file.state === 'present' ? baseImagesOf(found.file.text) : [],
    /** Whether the build logs in to Docker Hub, which lifts its limit. */
    loggedIn: (course?.logins ?? []).some(({ registry }) => registry === '' || /(^|\.)docker\.io$/.test(registry)),
  }));
  return { repository: aws.pushed(NAME), reading, followed, image };
}

const { fileEmpty, fileNotText, fileMissing } = FILE_SAYS;
const PLACE_SAYS = says({
  fileElsewhere: {
    ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋해 푸시합니다.',
    ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
    en: 'There is no "{file}" but "{found}". Move it with `git mv {found} {file}`, commit and push again.',
  },
  fileEmpty,
  fileNotText,
  fileMissing,
});

/** What checks of a file that the build needs at its place have in common. */
const inPlace = (path: string) =>
  ({
    ...inSource,
    step: 9,
    after: 'repository',
    expected: path,
    judge({ file, survey: around }: FoundBuildspec) {
      if (file?.state === 'too-large') return failed(['fileNotText', { file: path }]);
      const wrong = file && wrongText(path, file);
      if (wrong !== undefined) return wrong;
      if (file?.state === 'present') return passed();
      if (around === undefined) return blocked('repository');
      const name = path.slice(path.lastIndexOf('/') + 1);
      // A copy at the root is misplaced for a file that belongs into a folder.
      const found = [misnamed(around, name), nestedCopy(around, name)].find((one) => one !== undefined && one !== path);
      return found === undefined
        ? failed(['fileMissing', { file: path, repository: NAME }])
        : failed(['fileElsewhere', { file: path, found }]);
    },
    observed: ({ file }: FoundBuildspec) => file?.state,
    says: PLACE_SAYS,
  }) as const;

const broken = fileMistakes(source, { file: BUILDSPEC, object: 'buildspec.yml을', folder: 'week9-3-codepipeline-lab' });

const { present, yaml, version, phases, commands } = buildspecChecks({
  source,
  present: 9,
  read: 11,
  made: 'repository',
  pushed: 'repository',
});

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-1',
  title: {
    ko: 'CodeCommit 리포지토리 생성과 소스 푸시',
    ja: 'CodeCommit リポジトリの作成とソースのプッシュ',
    en: 'Create the CodeCommit repository and push the source',
  },
  reads,
  observe,
  solve: { id: 'push-source', title: { ko: '소스를 푸시한다', ja: 'ソースをプッシュする', en: 'Push the source' }, play: pushSource },
  files: {
    [BUILDSPEC]: {
      checks: ['buildspec-present', 'buildspec-valid', 'ecr-login', 'image-push', 'image-definitions', 'artifacts', 'base-image'],
      use: (account, text) => source.write(BUILDSPEC, text)(account),
    },
    [DOCKERFILE]: { checks: ['dockerfile', 'base-image'], use: (account, text) => source.write(DOCKERFILE, text)(account) },
  },
  expectations: [
    on.repository({
      id: 'repository',
      title: {
        ko: '소스를 CodeCommit에 푸시했다',
        ja: 'ソースを CodeCommit にプッシュした',
        en: 'The source has been pushed to CodeCommit',
      },
      step: 14,
      expected: NAME,
      judge(repository, { region }) {
        if (repository === undefined) return notStarted(['repositoryMissing', { repository: NAME, region }]);
        return repository.defaultBranch === undefined ? failed(['notPushed', { repository: NAME }]) : passed();
      },
      observed: (repository) => repository && { defaultBranch: repository.defaultBranch ?? null },
      resource: (repository) => repository?.arn,
      console: (_repository, place) => codecommitConsole.repository(place, NAME),
      says: {
        repositoryMissing: {
          ko: '{region} 리전에 "{repository}" CodeCommit 리포지토리가 없습니다. 리전을 확인하고 리포지토리를 생성합니다.',
          ja: '{region} リージョンに CodeCommit リポジトリ "{repository}" がありません。リージョンを確かめ、リポジトリを作成してください。',
          en: 'There is no CodeCommit repository "{repository}" in {region}. Check the region and create the repository.',
        },
        notPushed: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin master`를 실행합니다.',
          ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin master` を実行してください。',
          en: 'The repository "{repository}" is empty. Committed but not pushed? Run `git push origin master`.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(NAME))?.arn },
      breaks: { 'not-pushed': notPushing(source)['not-pushed'] },
    }),
    on.reading({
      ...inPlace(BUILDSPEC),
      id: 'buildspec-present',
      title: present.title,
      breaks: {
        'buildspec-in-folder': { ...broken.nested, says: 'fileElsewhere' },
        'buildspec-missing': broken.missing,
        'buildspec-empty': broken.empty,
        'buildspec-utf16': broken.utf16,
      },
    }),
    on.reading({
      ...inSource,
      id: 'buildspec-valid',
      title: {
        ko: 'CodeBuild가 buildspec.yml을 실행할 수 있다',
        ja: 'CodeBuild が buildspec.yml を実行できる',
        en: 'CodeBuild can run buildspec.yml',
      },
      step: 11,
      after: 'buildspec-present',
      /** The first thing that keeps CodeBuild from running the commands as they are meant. */
      judge(fact, context) {
        const verdicts = [yaml, version, phases, commands].map(({ judge }) => judge?.(fact, context));
        return verdicts.find((verdict) => verdict !== undefined && verdict.status !== 'passed') ?? passed();
      },
      says: { ...yaml.says, ...version.says, ...phases.says, ...commands.says },
      breaks: renamed({ 'phase-misspelled': 'phase-outside' }, { ...yaml.breaks, ...version.breaks, ...phases.breaks, ...commands.breaks }),
    }),
    on.followed(login),
    on.followed(imagePush),
    on.followed(imageDefinitions),
    on.followed(artifacts),
    on.image({
      ...inPlace(DOCKERFILE),
      id: 'dockerfile',
      title: { ko: 'nginx/Dockerfile이 있다', ja: 'nginx/Dockerfile がある', en: 'nginx/Dockerfile is there' },
      breaks: {
        'dockerfile-at-root': {
          title: { ko: 'Dockerfile을 맨 위에 둔다', ja: 'Dockerfile を一番上に置く', en: 'Put the Dockerfile at the root' },
          says: 'fileElsewhere',
          play: source.rename(DOCKERFILE, 'Dockerfile'),
        },
      },
    }),
    on.image({
      ...inSource,
      id: 'base-image',
      title: {
        ko: '베이스 이미지의 출처와 버전이 정해져 있다',
        ja: 'ベースイメージの取得元とバージョンが決まっている',
        en: 'The base image has a source without limits and a fixed version',
      },
      step: 12,
      after: 'dockerfile',
      judge({ images, loggedIn }) {
        const open = images.find((image) => image.open);
        const free = images.find(({ pinned, open: unknown }) => !pinned && !unknown);
        const limited = images.find(({ dockerHub, open: unknown }) => dockerHub && !unknown);
        if (limited !== undefined && !loggedIn) return failed(['baseImageDockerHub', { image: limited.image }]);
        if (free !== undefined) return failed(['baseImageNotPinned', { image: free.image }]);
        if (open !== undefined) return undecided(['undecidedValue', { found: `FROM ${open.image}` }]);
        return images.length > 0 ? passed() : failed(['baseImageMissing', { file: DOCKERFILE }]);
      },
      observed: ({ images }) => images.map(({ image }) => image),
      says: {
        undecidedValue: UNDECIDED_SAYS.undecidedValue,
        baseImageDockerHub: {
          ko: '베이스 이미지 "{image}"의 출처는 Docker Hub이므로 내려받기 횟수 제한에 걸릴 수 있습니다. public.ecr.aws의 이미지로 바꾸거나 Secrets Manager의 토큰으로 Docker Hub에 로그인합니다.',
          ja: 'ベースイメージ "{image}" は Docker Hub から取得するため、回数の制限にかかることがあります。public.ecr.aws のイメージに変えるか、Secrets Manager のトークンで Docker Hub にログインしてください。',
          en: 'The base image "{image}" comes from Docker Hub, which limits pulls. Use an image of public.ecr.aws, or log in to Docker Hub with a token from Secrets Manager.',
        },
        baseImageNotPinned: {
          ko: '베이스 이미지 "{image}"에 버전이 없습니다. `public.ecr.aws/docker/library/nginx:1.30-alpine`처럼 latest가 아닌 태그를 적습니다.',
          ja: 'ベースイメージ "{image}" のバージョンが決まっていません。`public.ecr.aws/docker/library/nginx:1.30-alpine` のように、latest でないタグを書いてください。',
          en: 'The base image "{image}" has no fixed version. Name a tag other than latest, such as `public.ecr.aws/docker/library/nginx:1.30-alpine`.',
        },
        baseImageMissing: {
          ko: '{file} 파일에 FROM이 없습니다. 실습 파일을 다시 복사합니다.',
          ja: '{file} に FROM がありません。演習ファイルをコピーし直してください。',
          en: '{file} has no FROM. Copy the lab file again.',
        },
      },
      breaks: {
        'base-image-docker-hub': {
          title: { ko: 'Docker Hub의 nginx에서 시작한다', ja: 'Docker Hub の nginx から始める', en: 'Start from nginx of Docker Hub' },
          says: 'baseImageDockerHub',
          play: source.edit(DOCKERFILE, /^FROM .*$/m, 'FROM nginx:1.30-alpine'),
        },
        'base-image-latest': {
          title: {
            ko: '버전 없는 이미지에서 시작한다',
            ja: 'バージョンのないイメージから始める',
            en: 'Start from an image without a version',
          },
          says: 'baseImageNotPinned',
          play: source.edit(DOCKERFILE, ':1.30-alpine', ':latest'),
        },
        'base-image-missing': {
          title: { ko: 'FROM을 빠뜨린다', ja: 'FROM を忘れる', en: 'Forget FROM' },
          says: 'baseImageMissing',
          play: source.edit(DOCKERFILE, /^FROM .*\n/m, ''),
        },
      },
    }),
  ],
  publishes: {
    repository: (repository, { account, region }) => (repository === undefined ? {} : { AccountId: account, Region: region }),
  },
});
