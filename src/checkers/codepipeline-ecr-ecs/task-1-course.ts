import { imageDefinitionOf } from '../dialects/buildspec/image-definitions.ts';
import type { Buildspec } from '../dialects/buildspec/parse.ts';
import { shown } from '../dialects/buildspec/text.ts';
import { expectation } from '../engine/expectation.ts';
import { blocked, failed, passed, undecided } from '../engine/verdict.ts';
import { courseChecks, judgePush, PUSH_SAYS, pushedRefs, UNDECIDED_SAYS } from '../kit/codebuild/course-checks.ts';
import { DEFINITIONS, DEFINITIONS_SAYS, definitionMistakes } from '../kit/codebuild/image-definitions.ts';
import type { FollowedBuildspec } from '../kit/codecommit/source-buildspec.ts';
import { BUILDSPEC, CONTAINER, TAG } from './names.ts';
import { source } from './student.ts';

/** What the commands of the buildspec do with the values that the lab's project gives them. */
type Followed = FollowedBuildspec & { readonly buildspec: Buildspec | undefined };

const checks = courseChecks({ source, step: 11, made: 'buildspec-valid' });
const definitions = definitionMistakes(source);
const edit = (from: string | RegExp, to: string | ((found: string) => string)) => source.edit(BUILDSPEC, from, to);

/** The mistake of leaving something out of the buildspec. @param what in Korean a word that ends in a vowel */
const forgetting = <const Key extends string>(what: string, says: Key, text: RegExp) =>
  ({ title: { ko: `${what}를 빠뜨린다`, ja: `${what} を忘れる`, en: `Forget ${what}` }, says, play: edit(text, '') }) as const;

const PUSH = /^ +- docker push.*\n/m;
const ARTIFACTS = /\nartifacts:\n.*\n.*\n/;

export const login = { ...checks.login, after: 'buildspec-valid' } as const;

const wantedImage = ({ imageUri }: FollowedBuildspec) => `${imageUri}:${TAG}`;

export const imagePush = expectation<Followed>()({
  ...checks.common,
  id: 'image-push',
  title: { ko: 'v0.95 태그로 이미지를 푸시한다', ja: 'v0.95 タグでイメージをプッシュする', en: 'It pushes the image as v0.95' },
  after: 'buildspec-valid',
  expected: wantedImage,
  judge: checks.ofCourse((course, { imageUri }) =>
    judgePush(course, imageUri, TAG, (expected) => {
      const [other] = course.pushes;
      return other === undefined
        ? (['pushMissing', { expected }] as const)
        : (['pushOther', { found: shown(other.ref), expected }] as const);
    }),
  ),
  observed: pushedRefs,
  says: {
    ...PUSH_SAYS,
    pushMissing: {
      ko: '"{expected}" 이미지를 푸시하는 명령이 없습니다. post_build 단계에 `docker push`를 추가합니다.',
      ja: '"{expected}" をプッシュするコマンドがありません。post_build フェーズに `docker push` を追加してください。',
      en: 'Nothing pushes "{expected}". Add `docker push` to the phase post_build.',
    },
    pushOther: {
      ko: '"{found}" 이미지를 푸시합니다. "{expected}" 이미지를 푸시하도록 고칩니다.',
      ja: '"{found}" をプッシュしています。"{expected}" をプッシュしてください。',
      en: 'It pushes "{found}". Push "{expected}".',
    },
  },
  breaks: {
    'push-missing': forgetting('docker push', 'pushMissing', PUSH),
    'push-other-tag': {
      title: { ko: 'latest 태그로 푸시한다', ja: 'latest タグでプッシュする', en: 'Push as latest' },
      says: 'pushOther',
      play: edit('version: "v0.95"', 'version: "latest"'),
    },
    'push-elsewhere': {
      title: {
        ko: '다른 리전의 레지스트리에 푸시한다',
        ja: '別のリージョンのレジストリにプッシュする',
        en: 'Push to the registry of another region',
      },
      says: 'pushElsewhere',
      play: edit('IMAGE_URI="$REGISTRY/', 'IMAGE_URI="$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com/'),
    },
    'tag-missing': forgetting('docker tag', 'pushOfNothing', /^ +- docker tag.*\n/m),
  },
  moments: checks.unclearPushes(PUSH),
});

export const imageDefinitions = expectation<Followed>()({
  ...checks.common,
  id: 'image-definitions',
  title: {
    ko: 'imagedefinitions.json에 컨테이너와 이미지를 적는다',
    ja: 'imagedefinitions.json にコンテナとイメージを書く',
    en: 'It writes container and image to imagedefinitions.json',
  },
  after: 'image-push',
  expected: (fact) => [{ name: CONTAINER, imageUri: wantedImage(fact) }],
  judge: checks.ofCourse((course, fact) => {
    const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image: wantedImage(fact) });
    switch (found.state) {
      case 'right':
        return passed();
      case 'perhaps':
        return undecided(['undecidedValue', { found: DEFINITIONS }]);
      case 'lost':
        return undecided(['undecidedCommand', { command: found.command }]);
      case 'misnamed':
        return failed(['definitionsMisnamed', { found: found.found, file: DEFINITIONS }]);
      case 'other-container':
        return failed(['definitionsContainer', { found: found.found, container: CONTAINER }]);
      case 'wrong':
        return failed(['definitionsWrong', { file: DEFINITIONS, found: found.found }]);
      default:
        return failed(['definitionsMissing', { file: DEFINITIONS }]);
    }
  }),
  observed: ({ course }) => course?.files.get(DEFINITIONS)?.content.slice(0, 200) ?? null,
  says: {
    ...UNDECIDED_SAYS,
    ...DEFINITIONS_SAYS,
    definitionsContainer: {
      ko: '이미지 정의의 컨테이너 이름이 "{found}"입니다. 태스크 정의에 있는 실제 이름인 "{container}" 이름으로 고칩니다.',
      ja: 'イメージ定義のコンテナ名が "{found}" です。タスク定義にある本当の名前 "{container}" に直してください。',
      en: 'The image definitions name the container "{found}". Use the real name from the task definition: "{container}".',
    },
  },
  breaks: {
    'definitions-missing': definitions.missing,
    'definitions-misnamed': definitions.misnamed,
    'definitions-wrong': definitions.wrong,
    'definitions-container': {
      title: { ko: '컨테이너 이름을 예시 그대로 둔다', ja: 'コンテナ名を例のままにする', en: 'Leave the container name of the example' },
      says: 'definitionsContainer',
      play: edit('CONTAINER_NAME: "nginx"', 'CONTAINER_NAME: "<container-definition>"'),
    },
  },
});

/** Whether a pattern of `artifacts.files` takes the file at the root of the source. */
const takes = (pattern: string) => /^(\.\/)?(imagedefinitions\.json|\*|\*\*\/\*|\*\.json|\*\*\/\*\.json)$/.test(pattern);

export const artifacts = expectation<Followed>()({
  ...checks.common,
  id: 'artifacts',
  title: {
    ko: 'imagedefinitions.json을 아티팩트로 넘긴다',
    ja: 'imagedefinitions.json をアーティファクトとして渡す',
    en: 'It hands on imagedefinitions.json as an artifact',
  },
  after: 'buildspec-valid',
  expected: [DEFINITIONS],
  judge({ buildspec }) {
    if (buildspec === undefined) return blocked('buildspec-valid');
    const { artifacts } = buildspec;
    if (artifacts?.state === 'not-a-list') return failed(['artifactsNotList', { found: artifacts.found, file: DEFINITIONS }]);
    return artifacts?.files.some(takes) ? passed() : failed(['artifactsMissing', { file: DEFINITIONS }]);
  },
  observed: ({ buildspec }) => {
    const artifacts = buildspec?.artifacts;
    return artifacts?.state === 'list' ? artifacts.files : (artifacts?.found ?? null);
  },
  says: {
    artifactsNotList: {
      ko: 'artifacts의 files가 목록이 아니라 "{found}"입니다. 다음 줄에 `- {file}`처럼 목록으로 적습니다.',
      ja: 'artifacts の files がリストではなく "{found}" です。次の行に `- {file}` のようにリストで書いてください。',
      en: 'The files of artifacts are not a list but "{found}". Write a list: `- {file}` on the next line.',
    },
    artifactsMissing: {
      ko: 'artifacts의 files에 {file} 파일이 없습니다. 없으면 배포 단계가 이미지를 알 수 없습니다.',
      ja: 'artifacts の files に {file} がありません。ないと、デプロイのステージにイメージが伝わりません。',
      en: 'The files of artifacts do not hold {file}. Without it the deploy stage does not learn the image.',
    },
  },
  breaks: {
    'artifacts-not-a-list': {
      title: {
        ko: 'artifacts의 files를 문자열로 적는다',
        ja: 'artifacts の files を文字列で書く',
        en: 'Write the files of artifacts as text',
      },
      says: 'artifactsNotList',
      play: edit(ARTIFACTS, '\nartifacts:\n  files: imagedefinitions.json\n'),
    },
    'artifacts-missing': forgetting('artifacts', 'artifactsMissing', ARTIFACTS),
  },
});
