import { says } from '../../engine/texts.ts';
import { blocked, failed, passed, undecided } from '../../engine/verdict.ts';
import { buildspecChecks } from '../../kit/codebuild/buildspec-checks.ts';
import { UNDECIDED_SAYS } from '../../kit/codebuild/course-checks.ts';
import { inSource } from '../../kit/codecommit/source-buildspec.ts';
import { FILE_SAYS, fileMistakes, wrongText } from '../../kit/codecommit/source-files.ts';
import { misnamed, nestedCopy } from '../../kit/codecommit/survey.ts';
import { BUILDSPEC, DOCKERFILE, NAME } from '../names.ts';
import { source } from '../student.ts';
import { type FoundFile, type Image, on } from './facts.ts';

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

function judgeFile({ file: found, survey: around }: FoundFile, path: string) {
  if (found?.state === 'too-large') return failed(['fileNotText', { file: path }]);
  const wrong = found && wrongText(path, found);
  if (wrong !== undefined) return wrong;
  if (found?.state === 'present') return passed();
  if (around === undefined) return blocked('repository');
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A copy at the root is misplaced for a file that belongs into a folder.
  const elsewhere = [misnamed(around, name), nestedCopy(around, name)].find((one) => one !== undefined && one !== path);
  return elsewhere === undefined
    ? failed(['fileMissing', { file: path, repository: NAME }])
    : failed(['fileElsewhere', { file: path, found: elsewhere }]);
}

const broken = fileMistakes(source, { file: BUILDSPEC, object: 'buildspec.yml을', folder: 'week9-3-codepipeline-lab' });

export const buildspecPresent = on.reading({
  ...inSource,
  id: 'buildspec-present',
  title: {
    ko: 'buildspec.yml이 리포지토리 맨 위에 있다',
    ja: 'buildspec.yml がリポジトリの一番上にある',
    en: 'buildspec.yml is at the root of the repository',
  },
  step: 9,
  after: 'repository',
  expected: BUILDSPEC,
  judge: (found) => judgeFile(found, BUILDSPEC),
  observed: ({ file }) => file?.state,
  says: PLACE_SAYS,
  breaks: {
    'buildspec-in-folder': { ...broken.nested, says: 'fileElsewhere' },
    'buildspec-missing': broken.missing,
    'buildspec-empty': broken.empty,
    'buildspec-utf16': broken.utf16,
  },
});

const { yaml, version, phases, commands } = buildspecChecks({ source, present: 9, read: 11, made: 'repository', pushed: 'repository' });

export const buildspecValid = on.reading({
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
  breaks: { ...yaml.breaks, ...version.breaks, ...phases.breaks, ...commands.breaks },
});

export const dockerfile = on.image({
  ...inSource,
  id: 'dockerfile',
  title: { ko: 'nginx/Dockerfile이 있다', ja: 'nginx/Dockerfile がある', en: 'nginx/Dockerfile is there' },
  step: 9,
  after: 'repository',
  expected: DOCKERFILE,
  judge: (found) => judgeFile(found, DOCKERFILE),
  observed: ({ file }) => file?.state,
  says: PLACE_SAYS,
  breaks: {
    'dockerfile-at-root': {
      title: { ko: 'Dockerfile을 맨 위에 둔다', ja: 'Dockerfile を一番上に置く', en: 'Put the Dockerfile at the root' },
      says: 'fileElsewhere',
      play: source.rename(DOCKERFILE, 'Dockerfile'),
    },
  },
});

function judgeBaseImage({ images, loggedIn }: Image) {
  const open = images.find((image) => image.open);
  const free = images.find(({ pinned, open: unknown }) => !pinned && !unknown);
  const limited = images.find(({ dockerHub, open: unknown }) => dockerHub && !unknown);
  if (limited !== undefined && !loggedIn) return failed(['baseImageDockerHub', { image: limited.image }]);
  if (free !== undefined) return failed(['baseImageNotPinned', { image: free.image }]);
  if (open !== undefined) return undecided(['undecidedValue', { found: `FROM ${open.image}` }]);
  return images.length > 0 ? passed() : failed(['baseImageMissing', { file: DOCKERFILE }]);
}

export const baseImage = on.image({
  ...inSource,
  id: 'base-image',
  title: {
    ko: '베이스 이미지의 출처와 버전이 정해져 있다',
    ja: 'ベースイメージの取得元とバージョンが決まっている',
    en: 'The base image has a source without limits and a fixed version',
  },
  step: 12,
  after: 'dockerfile',
  judge: judgeBaseImage,
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
});
