import { readers, type Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { unlessLost } from '../dialects/buildspec/findings.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { couldBe, isKnown, shown } from '../dialects/buildspec/text.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { absent, judgeImageBuild, judgeLogin, judgePush, registryOfUri } from '../kit/codebuild/course-checks.ts';
import { followInSource } from '../kit/codecommit/follow-in-source.ts';
import {
  buildspecChecks,
  findBuildspec,
  type ReadBuildspec,
  readBuildspec,
  repositoryLink,
  sourceBuildspecReads,
} from '../kit/codecommit/source-buildspec.ts';
import { buildspecMistakes, edited, utf16 } from '../kit/student/mistakes.ts';
import { BUILDSPEC, CONTAINER, outputsOf, STACK } from './names.ts';
import { BUILDSPEC_YML } from './practice-files.ts';
import { BUILD, buildspecWith, LOGIN, loginLine, PUSH_COMMIT, PUSH_LATEST, push, pushBuildspec, removeFile, TAG } from './student.ts';

const DEFINITIONS = 'imagedefinitions.json';

/** The commands of a sound buildspec, followed with the values that the lab's project gives them. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly repository: string | undefined;
  readonly imageUri: string;
  readonly commit: string;
}

const ofCourse = (judge: (course: Course, fact: Followed) => Verdict<Says>) => (fact: Followed) =>
  fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

function judgePushOfCommit(course: Course, { imageUri, commit }: Followed) {
  const tag = commit.slice(0, 7);
  const other = course.pushes.find(({ ref }) => isKnown(ref) && ref.startsWith(`${imageUri}:`) && ref !== `${imageUri}:latest`);
  return judgePush(course, imageUri, tag, (expected): Says => {
    return other === undefined ? ['pushCommitMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }];
  });
}

/** The shape that Amazon ECS reads: `[{ "name": ..., "imageUri": ... }]` with this lab's container and repository. */
function isDefinitions(content: string, imageUri: string): boolean {
  try {
    const list: unknown = JSON.parse(content);
    if (!Array.isArray(list)) return false;
    return list.some(
      ({ name, imageUri: uri }) => couldBe(String(name), CONTAINER) && typeof uri === 'string' && sameRepository(uri, imageUri),
    );
  } catch {
    return false;
  }
}

const sameRepository = (uri: string, imageUri: string) =>
  isKnown(uri) ? uri.startsWith(`${imageUri}:`) || uri.startsWith(`${imageUri}@`) : true;

function judgeDefinitions(course: Course, { imageUri }: Followed) {
  const file = course.files.get(DEFINITIONS);
  if (file === undefined) return absent(unlessLost(course), ['definitionsMissing', { file: DEFINITIONS }]);
  if (!file.certain) return undecided(['undecidedValue', { found: DEFINITIONS }]);
  // That it is written is what the lab asks for; content made by programs such as jq is not judged.
  if (!isKnown(file.content) || isDefinitions(file.content, imageUri)) return passed();
  return failed(['definitionsWrong', { file: DEFINITIONS, found: file.content.trim().slice(0, 200) }]);
}

/** Follows the commands, reading the scripts of the repository that they run. */
async function follow(
  aws: Bound<Pick<typeof reads, 'file'>>,
  { repository, file, reading }: ReadBuildspec,
  stack: Stack | undefined,
  { account, region }: TaskContext,
): Promise<Followed> {
  const { imageUri, imageRepository } = outputsOf(stack);
  if (reading?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || !imageUri || !imageRepository) {
    return { course: undefined, repository, imageUri: imageUri ?? '', commit: '' };
  }
  const commit = file.commitId;
  const variables = { AWS_ACCOUNT_ID: account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER };
  const course = await followInSource(aws, repository, reading, { account, region, commit, variables });
  return { course, repository, imageUri, commit };
}

const reads = { stack: readers.cloudformation.stack, ...sourceBuildspecReads } as const;

const { present, yaml, version, phases, commands } = buildspecChecks({ present: 7, read: 9, made: 'task-0', source: 'task-1' });

const inSource = { resource: ({ repository }: Followed) => repository, console: repositoryLink } as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const stack = aws.stack(STACK);
  const found = stack.then((ofName) => findBuildspec(aws, outputsOf(ofName).sourceRepository));
  const reading = found.then(readBuildspec);
  const followed = Promise.all([reading, stack]).then(([fact, ofName]) => follow(aws, fact, ofName, context));
  return { found, reading, followed };
}

const mistakes = buildspecMistakes({
  text: () => BUILDSPEC_YML,
  push: pushBuildspec,
  rename(account, name) {
    removeFile(account, BUILDSPEC);
    push(account, { [name]: BUILDSPEC_YML });
  },
});

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-2',
  title: { ko: 'buildspec.yml 분석 및 푸시', ja: 'buildspec.yml の分析とプッシュ', en: 'Analyse and push buildspec.yml' },
  needs: ['task-0', 'task-1'],
  reads,
  observe,
  solve: {
    id: 'push-buildspec',
    title: { ko: 'buildspec.yml을 푸시합니다', ja: 'buildspec.yml をプッシュする', en: 'Push buildspec.yml' },
    play: (account) => pushBuildspec(account),
  },
  expectations: [
    on.found({
      ...present,
      title: {
        ko: 'buildspec.yml이 리포지토리의 맨 위에 있습니다',
        ja: 'buildspec.yml がリポジトリの直下にある',
        en: 'buildspec.yml is at the root of the repository',
      },
      says: {
        fileMisnamed: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
        },
        fileNested: {
          ko: '"{file}" 파일이 리포지토리의 맨 위가 아니라 "{found}"에 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" はリポジトリの直下ではなく "{found}" にあります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
          en: '"{file}" is not at the root of the repository but at "{found}". Move it with `git mv {found} {file}`, commit and push again.',
        },
        fileEmpty: {
          ko: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 업로드하고 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" は空です。演習ファイルをアップロードし直し、コミットしてプッシュしてください。',
          en: '"{file}" is empty. Upload the lab file again, commit and push.',
        },
        fileNotText: {
          ko: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. 편집기에서 UTF-8로 저장하거나 실습 파일을 다시 업로드합니다.',
          ja: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをアップロードし直してください。',
          en: '"{file}" is not UTF-8 text. Save it as UTF-8 in your editor, or upload the lab file again.',
        },
      },
      breaks: {
        'buildspec-yaml-extension': {
          title: {
            ko: '파일 이름을 buildspec.yaml로 합니다',
            ja: 'ファイル名を buildspec.yaml にする',
            en: 'Call the file buildspec.yaml',
          },
          says: 'fileMisnamed',
          play: mistakes['buildspec-yaml-extension'],
        },
        'buildspec-in-folder': {
          title: {
            ko: 'buildspec.yml을 ci 폴더에 넣습니다',
            ja: 'buildspec.yml を ci フォルダに入れる',
            en: 'Put buildspec.yml into the folder ci',
          },
          says: 'fileNested',
          play(account) {
            removeFile(account, BUILDSPEC);
            push(account, { [`ci/${BUILDSPEC}`]: BUILDSPEC_YML });
          },
        },
        'buildspec-empty': {
          title: { ko: '빈 buildspec.yml을 푸시합니다', ja: '空の buildspec.yml をプッシュする', en: 'Push an empty buildspec.yml' },
          says: 'fileEmpty',
          play: (account) => pushBuildspec(account, '\n'),
        },
        'buildspec-utf16': {
          title: {
            ko: 'buildspec.yml을 UTF-16으로 저장합니다',
            ja: 'buildspec.yml を UTF-16 で保存する',
            en: 'Save buildspec.yml as UTF-16',
          },
          says: 'fileNotText',
          play: (account) => pushBuildspec(account, utf16(BUILDSPEC_YML)),
        },
      },
    }),
    on.reading({
      ...yaml,
      title: { ko: 'buildspec.yml이 올바른 YAML입니다', ja: 'buildspec.yml が正しい YAML である', en: 'buildspec.yml is valid YAML' },
      says: {
        yamlTabs: {
          ko: 'buildspec.yml {line}번째 줄의 들여쓰기에 탭이 있습니다. YAML은 탭을 허용하지 않으므로 공백으로 바꿉니다.',
          ja: 'buildspec.yml の {line} 行目がタブで字下げされています。YAML ではタブを使えないので、空白に置き換えてください。',
          en: 'Line {line} of buildspec.yml is indented with a tab. YAML does not allow tabs: use spaces.',
        },
        yamlInvalid: {
          ko: 'buildspec.yml을 YAML로 읽을 수 없습니다({line}번째 줄: {problem}). 그 줄의 들여쓰기와 따옴표를 확인합니다.',
          ja: 'buildspec.yml を YAML として読み取れません({line} 行目: {problem})。その行の字下げと引用符を確かめてください。',
          en: 'buildspec.yml cannot be read as YAML (line {line}: {problem}). Check the indentation and the quotes of that line.',
        },
        yamlNotMapping: {
          ko: 'buildspec.yml의 맨 위에 `version:`과 `phases:` 같은 항목이 없습니다. 실습 파일의 내용과 비교합니다.',
          ja: 'buildspec.yml の先頭に `version:` や `phases:` のような項目がありません。演習ファイルの内容と比べてください。',
          en: 'buildspec.yml does not begin with members such as `version:` and `phases:`. Compare it with the lab file.',
        },
      },
      breaks: {
        'buildspec-tabs': {
          title: { ko: '탭으로 들여씁니다', ja: 'タブで字下げする', en: 'Indent with tabs' },
          says: 'yamlTabs',
          play: mistakes['buildspec-tabs'],
        },
        'buildspec-broken': {
          title: { ko: '따옴표를 닫지 않습니다', ja: '引用符を閉じない', en: 'Leave a quote open' },
          says: 'yamlInvalid',
          play: mistakes['buildspec-broken'],
        },
        'buildspec-plain-text': {
          title: { ko: 'YAML이 아닌 글을 적습니다', ja: 'YAML でない文章を書く', en: 'Write text that is not YAML' },
          says: 'yamlNotMapping',
          play: mistakes['buildspec-plain-text'],
        },
      },
    }),
    on.reading({
      ...version,
      title: { ko: 'buildspec의 버전이 0.2입니다', ja: 'buildspec のバージョンが 0.2 である', en: 'The buildspec has version 0.2' },
      says: {
        versionMissing: {
          ko: 'buildspec.yml에 version이 없습니다. 맨 위에 `version: 0.2`를 적습니다.',
          ja: 'buildspec.yml に version がありません。先頭に `version: 0.2` と書いてください。',
          en: 'buildspec.yml has no version. Write `version: 0.2` at the top.',
        },
        versionWrong: {
          ko: 'buildspec.yml의 version이 "{found}"입니다. `version: 0.2`로 바꿉니다.',
          ja: 'buildspec.yml の version は "{found}" です。`version: 0.2` に直してください。',
          en: 'The version in buildspec.yml is "{found}". Change it to `version: 0.2`.',
        },
      },
      breaks: {
        'version-missing': {
          title: { ko: 'version을 빠뜨립니다', ja: 'version を忘れる', en: 'Leave out the version' },
          says: 'versionMissing',
          play: mistakes['version-missing'],
        },
        'version-old': {
          title: { ko: 'version을 0.1로 적습니다', ja: 'version を 0.1 と書く', en: 'Write version 0.1' },
          says: 'versionWrong',
          play: mistakes['version-old'],
        },
      },
    }),
    on.reading({
      ...phases,
      title: { ko: '빌드 단계가 phases 아래에 있습니다', ja: 'フェーズが phases の下にある', en: 'The phases are under phases' },
      says: {
        phasesMissing: {
          ko: 'buildspec.yml에 `phases:`가 없거나 비어 있습니다. pre_build, build, post_build 단계를 그 아래에 적습니다.',
          ja: 'buildspec.yml に `phases:` がないか、空です。その下に pre_build、build、post_build を書いてください。',
          en: 'buildspec.yml has no `phases:`, or it is empty. Write the phases pre_build, build and post_build under it.',
        },
        phaseUnknown: {
          ko: '"{phase}" 단계는 없습니다. install, pre_build, build, post_build 가운데 하나로 고칩니다.',
          ja: 'フェーズ "{phase}" はありません。install、pre_build、build、post_build のどれかに直してください。',
          en: 'There is no phase "{phase}". Change it to install, pre_build, build or post_build.',
        },
        phasesAtRoot: {
          ko: '{phases} 단계가 맨 위에 있습니다. 모두 `phases:` 아래로 옮기고 들여씁니다. 맨 위에 있으면 CodeBuild가 실행하지 않습니다.',
          ja: '{phases} が一番上に書かれています。`phases:` の下に移して字下げしてください。一番上にあると CodeBuild は実行しません。',
          en: '{phases}: written at the root. Move them under `phases:` and indent them; at the root CodeBuild does not run them.',
        },
      },
      breaks: {
        'phases-missing': {
          title: { ko: 'phases를 빠뜨립니다', ja: 'phases を忘れる', en: 'Leave out phases' },
          says: 'phasesMissing',
          play: mistakes['phases-missing'],
        },
        'phase-misspelled': {
          title: { ko: 'pre_build를 prebuild로 적습니다', ja: 'pre_build を prebuild と書く', en: 'Write prebuild for pre_build' },
          says: 'phaseUnknown',
          play: mistakes['phase-misspelled'],
        },
        'phases-at-root': {
          title: { ko: '단계를 phases 밖에 적습니다', ja: 'フェーズを phases の外に書く', en: 'Write the phases outside phases' },
          says: 'phasesAtRoot',
          play: (account) => pushBuildspec(account, buildspecWith(/^phases:\n/m, '').replaceAll(/^ {2}(?=\S)(?!- )/gm, '')),
        },
      },
    }),
    on.reading({
      ...commands,
      title: { ko: '명령이 모두 문자열입니다', ja: 'コマンドがすべて文字列である', en: 'Every command is a string' },
      says: {
        commandsNotList: {
          ko: '"{phase}" 단계의 commands가 목록이 아닙니다. 명령마다 줄을 바꾸고 앞에 `- `를 붙입니다.',
          ja: 'フェーズ "{phase}" の commands がリストではありません。コマンドを 1 行ずつ、先頭に `- ` を付けて書いてください。',
          en: 'The commands of the phase "{phase}" are not a list. Put every command on its own line, with `- ` before it.',
        },
        commandIsMap: {
          ko: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 콜론 뒤의 공백 때문에 YAML이 키와 값으로 읽습니다. 명령 전체를 따옴표로 감쌉니다.',
          ja: 'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コロンの後の空白のため、YAML がキーと値として読みます。コマンド全体を引用符で囲んでください。',
          en: 'A command of the phase "{phase}" is not a string (line {line}: {command}). YAML reads the colon and the space as key and value. Quote the whole command.',
        },
        commandNotText: {
          ko: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 명령을 문자열 하나로 적습니다.',
          ja: 'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コマンドを 1 つの文字列で書いてください。',
          en: 'A command of the phase "{phase}" is not a string (line {line}: {command}). Write the command as one string.',
        },
      },
      breaks: {
        'commands-not-a-list': {
          title: {
            ko: '명령을 목록이 아니라 글 하나로 적습니다',
            ja: 'コマンドをリストではなく 1 つの文章で書く',
            en: 'Write the commands as one text instead of a list',
          },
          says: 'commandsNotList',
          play: mistakes['commands-not-a-list'],
        },
        'command-with-colon': {
          title: { ko: '따옴표 없이 echo a: b를 적습니다', ja: '引用符なしで echo a: b と書く', en: 'Write echo a: b without quotes' },
          says: 'commandIsMap',
          play: mistakes['command-with-colon'],
        },
        'command-not-text': {
          title: { ko: '명령 자리에 숫자를 적습니다', ja: 'コマンドの場所に数を書く', en: 'Write a number where a command belongs' },
          says: 'commandNotText',
          play: mistakes['command-not-text'],
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'ecr-login',
      title: { ko: 'ECR에 로그인합니다', ja: 'ECR にログインする', en: 'It logs in to ECR' },
      step: 9,
      after: 'buildspec-commands',
      expected: ({ imageUri }) => registryOfUri(imageUri),
      judge: ofCourse((course, { imageUri }) => judgeLogin(course, registryOfUri(imageUri))),
      observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      says: {
        loginMissing: {
          ko: 'ECR에 로그인하는 명령이 없습니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
          ja: 'ECR にログインするコマンドがありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
          en: 'Nothing logs in to ECR. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
        },
        loginObsolete: {
          ko: '`aws ecr get-login`은 빌드 이미지에 있는 AWS CLI 버전 2에 없는 명령입니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
          ja: '`aws ecr get-login` は、ビルドイメージにある AWS CLI バージョン 2 にはありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
          en: '`aws ecr get-login` does not exist in version 2 of the AWS CLI, which the build image has. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
        },
        loginElsewhere: {
          ko: '"{found}"에 로그인합니다. 이미지를 올릴 레지스트리 "{registry}"에 사용자 이름 AWS와 ECR의 암호로 로그인합니다.',
          ja: '"{found}" にログインしています。イメージを置くレジストリ "{registry}" に、ユーザー名 AWS と ECR のパスワードでログインしてください。',
          en: 'It logs in to "{found}". Log in to "{registry}", where the image goes, as user AWS with the password that ECR gives.',
        },
        loginLate: {
          ko: '이미지를 푸시한 뒤에 ECR에 로그인합니다. 로그인을 푸시보다 앞(pre_build)으로 옮깁니다.',
          ja: 'イメージをプッシュした後で ECR にログインしています。ログインをプッシュより前(pre_build)に移してください。',
          en: 'It logs in to ECR after an image has been pushed. Move the login before the push, to pre_build.',
        },
      },
      breaks: {
        'login-missing': {
          title: { ko: 'ECR 로그인을 빠뜨립니다', ja: 'ECR へのログインを忘れる', en: 'Leave out the login to ECR' },
          says: 'loginMissing',
          play: (account) => pushBuildspec(account, buildspecWith(LOGIN, '')),
        },
        'login-old': {
          title: {
            ko: '옛 명령 aws ecr get-login을 사용합니다',
            ja: '古いコマンド aws ecr get-login を使う',
            en: 'Use the old command aws ecr get-login',
          },
          says: 'loginObsolete',
          play: (account) =>
            pushBuildspec(account, buildspecWith(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION")\n')),
        },
        'login-elsewhere': {
          title: {
            ko: '다른 리전의 레지스트리에 로그인합니다',
            ja: '別のリージョンのレジストリにログインする',
            en: 'Log in to the registry of another region',
          },
          says: 'loginElsewhere',
          play: (account) =>
            pushBuildspec(
              account,
              buildspecWith(LOGIN, loginLine.replace('"$REGISTRY"', '"$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"')),
            ),
        },
        'login-late': {
          title: { ko: '푸시한 뒤에 로그인합니다', ja: 'プッシュの後にログインする', en: 'Log in after the push' },
          says: 'loginLate',
          play: (account) => pushBuildspec(account, edited(buildspecWith(LOGIN, ''), /^ +- cat imagedefinitions\.json\n/m, loginLine)),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'image-build',
      title: { ko: '이미지를 빌드합니다', ja: 'イメージをビルドする', en: 'It builds the image' },
      step: 9,
      after: 'buildspec-commands',
      judge: ofCourse(judgeImageBuild),
      observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      says: {
        buildMissing: {
          ko: '`docker build` 명령이 없습니다. build 단계에서 이미지를 빌드합니다.',
          ja: '`docker build` がありません。build フェーズでイメージをビルドしてください。',
          en: 'There is no `docker build`. Build the image in the build phase.',
        },
      },
      breaks: {
        'build-missing': {
          title: { ko: 'docker build를 빠뜨립니다', ja: 'docker build を忘れる', en: 'Leave out docker build' },
          says: 'buildMissing',
          play: (account) => pushBuildspec(account, buildspecWith(BUILD, '')),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'push-latest',
      title: { ko: 'latest 태그를 푸시합니다', ja: 'latest タグをプッシュする', en: 'It pushes the latest tag' },
      step: 9,
      after: 'image-build',
      expected: ({ imageUri }) => `${imageUri}:latest`,
      judge: ofCourse((course, { imageUri }) => judgePush(course, imageUri, 'latest', (expected) => ['pushLatestMissing', { expected }])),
      observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      says: {
        pushLatestMissing: {
          ko: '"{expected}" 이미지를 푸시하는 명령이 없습니다. post_build 단계에 `docker push`를 추가합니다.',
          ja: '"{expected}" をプッシュするコマンドがありません。post_build フェーズに `docker push` を追加してください。',
          en: 'Nothing pushes "{expected}". Add a `docker push` to the post_build phase.',
        },
        pushElsewhere: {
          ko: '"{found}" 이미지를 푸시합니다. 이 계정의 ECR 리포지토리에 푸시합니다: "{expected}"',
          ja: '"{found}" をプッシュしています。このアカウントの ECR リポジトリにプッシュしてください: "{expected}"',
          en: 'It pushes "{found}". Push to the ECR repository of this account: "{expected}"',
        },
        undecidedCommand: {
          ko: '"{command}" 명령이 하는 일을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. buildspec.yml에 명령을 직접 적으면 확인할 수 있습니다.',
          ja: 'コマンド "{command}" が何をするかここからは分からないため、判断できませんでした。間違いという意味ではありません。buildspec.yml に直接書いたコマンドは確認できます。',
          en: 'We could not decide this, because what "{command}" does cannot be seen from here. That does not mean it is wrong. Commands written in buildspec.yml itself can be checked.',
        },
        undecidedValue: {
          ko: '"{found}"에 들어가는 값이나 실행 조건을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 변수 이름에 오타가 없는지 확인합니다.',
          ja: '"{found}" に入る値、または実行される条件がここからは分からないため、判断できませんでした。間違いという意味ではありません。変数名に誤字がないか確かめてください。',
          en: 'We could not decide this, because a value in "{found}", or whether it runs, cannot be seen from here. That does not mean it is wrong. Check the variable names for typing errors.',
        },
      },
      breaks: {
        'push-latest-missing': {
          title: { ko: 'latest를 푸시하지 않습니다', ja: 'latest をプッシュしない', en: 'Do not push latest' },
          says: 'pushLatestMissing',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '')),
        },
        'push-elsewhere': {
          title: {
            ko: '다른 리포지토리에 latest를 푸시합니다',
            ja: '別のリポジトリに latest をプッシュする',
            en: 'Push latest to another repository',
          },
          says: 'pushElsewhere',
          play: (account) =>
            pushBuildspec(
              account,
              buildspecWith(
                PUSH_LATEST,
                '      - docker tag "$REPOSITORY_URI:latest" "$REGISTRY/my-app:latest"\n      - docker push "$REGISTRY/my-app:latest"\n',
              ),
            ),
        },
      },
      moments: {
        makefile: {
          title: { ko: '푸시를 Makefile에 맡깁니다', ja: 'プッシュを Makefile に任せる', en: 'Leave the push to a Makefile' },
          says: 'undecidedCommand',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '      - make push\n')),
        },
        'unknown-variable': {
          title: {
            ko: '어디에도 정하지 않은 변수를 사용합니다',
            ja: 'どこにも定めていない変数を使う',
            en: 'Use a variable that nothing sets',
          },
          says: 'undecidedValue',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '      - docker push "$MY_REPOSITORY:latest"\n')),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'push-commit',
      title: { ko: '커밋 해시 태그를 푸시합니다', ja: 'コミットハッシュのタグをプッシュする', en: 'It pushes the commit hash tag' },
      step: 9,
      after: 'image-build',
      expected: ({ imageUri, commit }) => `${imageUri}:${commit.slice(0, 7)}`,
      judge: ofCourse(judgePushOfCommit),
      observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      says: {
        pushCommitMissing: {
          ko: '커밋 해시 앞 7글자를 태그로 쓰는 "{expected}" 이미지를 푸시하는 명령이 없습니다. 태그를 붙이고 post_build 단계에서 푸시합니다.',
          ja: 'コミットハッシュの先頭 7 文字をタグにした "{expected}" をプッシュするコマンドがありません。タグを付け、post_build フェーズでプッシュしてください。',
          en: 'Nothing pushes "{expected}", whose tag is the first 7 characters of the commit hash. Tag the image and push it in the post_build phase.',
        },
        pushOtherTag: {
          ko: '"{found}" 이미지를 푸시합니다. 태그는 커밋 해시의 앞 7글자여야 합니다: "{expected}"',
          ja: '"{found}" をプッシュしています。タグはコミットハッシュの先頭 7 文字にしてください: "{expected}"',
          en: 'It pushes "{found}". The tag must be the first 7 characters of the commit hash: "{expected}"',
        },
        pushOfNothing: {
          ko: '"{reference}" 이미지를 푸시하지만 그 이름으로 빌드하거나 `docker tag`를 실행하지 않습니다. 푸시하기 전에 태그를 붙입니다.',
          ja: '"{reference}" をプッシュしていますが、その名前でビルドも `docker tag` もしていません。プッシュする前にタグを付けてください。',
          en: 'It pushes "{reference}", but nothing builds or tags an image of that name. Tag the image before pushing it.',
        },
      },
      breaks: {
        'push-commit-missing': {
          title: {
            ko: '커밋 해시 태그를 푸시하지 않습니다',
            ja: 'コミットハッシュのタグをプッシュしない',
            en: 'Do not push the commit hash tag',
          },
          says: 'pushCommitMissing',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH_COMMIT, '')),
        },
        'push-full-hash': {
          title: {
            ko: '커밋 해시 40글자를 모두 태그로 씁니다',
            ja: 'コミットハッシュの 40 文字すべてをタグにする',
            en: 'Use all 40 characters of the commit hash as the tag',
          },
          says: 'pushOtherTag',
          play: (account) => pushBuildspec(account, buildspecWith(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG="$CODEBUILD_RESOLVED_SOURCE_VERSION"')),
        },
        'tag-missing': {
          title: { ko: 'docker tag를 빠뜨립니다', ja: 'docker tag を忘れる', en: 'Leave out docker tag' },
          says: 'pushOfNothing',
          play: (account) => pushBuildspec(account, buildspecWith(TAG, '')),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'image-definitions',
      title: { ko: 'imagedefinitions.json을 만듭니다', ja: 'imagedefinitions.json を作る', en: 'It writes imagedefinitions.json' },
      step: 9,
      after: 'buildspec-commands',
      expected: DEFINITIONS,
      judge: ofCourse(judgeDefinitions),
      observed: ({ course }) => course && [...course.files.keys()],
      says: {
        definitionsMissing: {
          ko: '{file} 파일을 만드는 명령이 없습니다. post_build 단계에서 컨테이너 이름과 이미지 URI를 적어 만듭니다.',
          ja: '{file} を作るコマンドがありません。post_build フェーズで、コンテナ名とイメージの URI を書いて作ってください。',
          en: 'Nothing writes {file}. Write it in the post_build phase, with the container name and the image URI.',
        },
        definitionsWrong: {
          ko: '{file}의 내용이 맞지 않습니다: {found}. name은 컨테이너 이름, imageUri는 ECR에 푸시한 이미지의 주소인 객체의 배열이어야 합니다.',
          ja: '{file} の内容が正しくありません: {found}。name がコンテナ名、imageUri が ECR にプッシュしたイメージであるオブジェクトの配列にしてください。',
          en: 'The content of {file} is wrong: {found}. It must be an array of objects whose name is the container name and whose imageUri is the image pushed to ECR.',
        },
      },
      breaks: {
        'definitions-missing': {
          title: {
            ko: 'imagedefinitions.json을 만들지 않습니다',
            ja: 'imagedefinitions.json を作らない',
            en: 'Do not write imagedefinitions.json',
          },
          says: 'definitionsMissing',
          play: (account) => pushBuildspec(account, buildspecWith(DEFINITIONS, '')),
        },
        'definitions-wrong': {
          title: {
            ko: 'imageDetail.json의 형식으로 적습니다',
            ja: 'imageDetail.json の形式で書く',
            en: 'Write it in the shape of imageDetail.json',
          },
          says: 'definitionsWrong',
          play: (account) =>
            pushBuildspec(
              account,
              buildspecWith(DEFINITIONS, `      - printf '{"ImageURI":"%s"}' "$REPOSITORY_URI:$IMAGE_TAG" > imagedefinitions.json\n`),
            ),
        },
      },
    }),
  ],
});
