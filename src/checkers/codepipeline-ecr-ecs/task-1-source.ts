import { type Repository, readers, type SourceFile } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { loginTo, pushOf } from '../dialects/buildspec/findings.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { imageDefinitionOf } from '../dialects/buildspec/image-definitions.ts';
import { type Buildspec, type BuildspecReading, parseBuildspec } from '../dialects/buildspec/parse.ts';
import { type BaseImage, baseImagesOf } from '../dialects/dockerfile.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { judgeSyntax } from '../kit/codebuild/buildspec-syntax.ts';
import { followInSource } from '../kit/codecommit/follow-in-source.ts';
import { misnamed, nestedCopy, type Survey, survey, surveyReads } from '../kit/codecommit/survey.ts';
import { utf16 } from '../kit/student/mistakes.ts';
import {
  BUILDSPEC,
  CONTAINER,
  DEFINITIONS,
  DOCKERFILE,
  expectedVariables,
  imageUriOf,
  NAME,
  OTHER_REGIONS,
  registryOf,
  TAG,
} from './names.ts';
import { BUILDSPEC_YML, DOCKERFILE_TEXT } from './practice-files.ts';
import {
  ARTIFACTS,
  buildspecWith,
  LOGIN,
  PUSH,
  place,
  printfLine,
  push,
  pushBuildspec,
  pushDockerfile,
  pushLine,
  pushSource,
  removeFile,
  TAGGING,
} from './student.ts';

interface Found {
  readonly file: SourceFile;
  /** Only when there is no such file. */
  readonly survey: Survey | undefined;
}

interface Reading extends Found {
  /** Unset when there is no text to read. */
  readonly reading: BuildspecReading | undefined;
}

/** The commands of a buildspec that can be followed, with the values that the lab's project gives them. */
interface Followed {
  readonly course: Course | undefined;
  readonly buildspec: Buildspec | undefined;
}

interface Image extends Found {
  readonly images: readonly BaseImage[];
  /** Whether the build logs in to Docker Hub, which lifts its limit. */
  readonly loggedIn: boolean;
}

/** @param name what the file is called, without its folder */
function judgeFile({ file: found, survey: around }: Found, path: string) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  switch (found.state) {
    case 'present':
      return found.text.trim() === '' ? failed(['fileEmpty', { file: path }]) : passed();
    case 'too-large':
    case 'not-text':
      return failed(['fileNotText', { file: path }]);
    case 'no-path': {
      const other = around && misnamed(around, name);
      const nested = around && nestedCopy(around, name);
      // A copy at the root is misplaced for a file that belongs into a folder.
      const elsewhere = [other, nested].find((one) => one !== undefined && one !== path);
      if (elsewhere !== undefined) return failed(['fileElsewhere', { file: path, found: elsewhere }]);
      return failed(['fileMissing', { file: path, repository: NAME }]);
    }
    default:
      return blocked('repository');
  }
}

/** The first thing that keeps CodeBuild from running the commands as they are meant. */
function judgeReading({ reading }: Reading) {
  if (reading === undefined) return blocked('buildspec-present');
  if (reading.state !== 'parsed') return judgeSyntax(reading, 'phasesMissing');
  if (!reading.hasPhases) return failed('phasesMissing');
  if (reading.version !== '0.2') return failed(['versionWrong', { found: reading.version ?? '-' }]);
  const [misplaced] = [...reading.phasesAtRoot, ...reading.unknownPhases];
  if (misplaced !== undefined) return failed(['phaseWrong', { phase: misplaced }]);
  const [notList] = reading.commandsNotList;
  if (notList !== undefined) return failed(['commandsNotList', { phase: notList }]);
  const [bad] = reading.badCommands;
  return bad === undefined ? passed() : failed(['commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }]);
}

const lost = (command: string) => undecided(['undecidedCommand', { command }]);
const unclear = (found: string) => undecided(['undecidedValue', { found }]);

function judgeLogin({ course }: Followed, context: TaskContext) {
  if (course === undefined) return blocked('buildspec-valid');
  const registry = registryOf(context);
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(login.found);
    case 'lost':
      return lost(login.command);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }]);
    default:
      return failed(['loginMissing', { registry }]);
  }
}

function judgePush({ course }: Followed, context: TaskContext) {
  if (course === undefined) return blocked('buildspec-valid');
  const expected = `${imageUriOf(context)}:${TAG}`;
  const push = pushOf(course, imageUriOf(context), TAG);
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(push.found);
    case 'lost':
      return lost(push.command);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }]);
    case 'elsewhere':
      return failed(['pushOther', { found: push.found, expected }]);
    default: {
      const [other] = course.pushes;
      return other === undefined ? failed(['pushMissing', { expected }]) : failed(['pushOther', { found: other.ref, expected }]);
    }
  }
}

function judgeDefinitions({ course }: Followed, context: TaskContext) {
  if (course === undefined) return blocked('buildspec-valid');
  const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image: `${imageUriOf(context)}:${TAG}` });
  switch (found.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(DEFINITIONS);
    case 'lost':
      return lost(found.command);
    case 'misnamed':
      return failed(['definitionsMisnamed', { found: found.found, file: DEFINITIONS }]);
    case 'other-container':
      return failed(['definitionsContainer', { found: found.found, container: CONTAINER }]);
    case 'wrong':
      return failed(['definitionsWrong', { file: DEFINITIONS, found: found.found }]);
    default:
      return failed(['definitionsMissing', { file: DEFINITIONS }]);
  }
}

/** Whether a pattern of `artifacts.files` takes the file at the root of the source. */
const takes = (pattern: string) => /^(\.\/)?(imagedefinitions\.json|\*|\*\*\/\*|\*\.json|\*\*\/\*\.json)$/.test(pattern);

function judgeArtifacts({ buildspec }: Followed) {
  if (buildspec === undefined) return blocked('buildspec-valid');
  const { artifacts } = buildspec;
  if (artifacts?.state === 'not-a-list') return failed(['artifactsNotList', { found: artifacts.found, file: DEFINITIONS }]);
  return artifacts?.files.some(takes) ? passed() : failed(['artifactsMissing', { file: DEFINITIONS }]);
}

function judgeBaseImage({ images, loggedIn }: Image) {
  const open = images.find((image) => image.open);
  const free = images.find(({ pinned, open: unknown }) => !pinned && !unknown);
  const limited = images.find(({ dockerHub, open: unknown }) => dockerHub && !unknown);
  if (limited !== undefined && !loggedIn) return failed(['baseImageDockerHub', { image: limited.image }]);
  if (free !== undefined) return failed(['baseImageNotPinned', { image: free.image }]);
  if (open !== undefined) return unclear(`FROM ${open.image}`);
  return images.length > 0 ? passed() : failed(['baseImageMissing', { file: DOCKERFILE }]);
}

const link = (_fact: unknown, { console }: TaskContext) => console.codeCommitRepository(NAME);

const reads = {
  repository: readers.codecommit.repository,
  pushed: readers.codecommit.pushedRepository,
  file: readers.codecommit.file,
  ...surveyReads,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const repository = aws.pushed(NAME);
  const find = async (path: string): Promise<Found> => {
    const file = await aws.file(NAME, undefined, path);
    return { file, survey: file.state === 'no-path' ? await survey(aws, NAME, (await aws.repository(NAME))?.defaultBranch) : undefined };
  };
  const buildspec = find(BUILDSPEC);
  const reading = buildspec.then((fact): Reading => {
    return { ...fact, reading: fact.file.state === 'present' ? parseBuildspec(fact.file.text) : undefined };
  });
  const followed = reading.then(async ({ reading: read, file }): Promise<Followed> => {
    if (read?.state !== 'parsed' || file.state !== 'present') return { course: undefined, buildspec: undefined };
    const setting = { ...context, commit: file.commitId, variables: expectedVariables(context) };
    return { course: await followInSource(aws, NAME, read, setting), buildspec: read };
  });
  const image = Promise.all([find(DOCKERFILE), followed]).then(([found, { course }]): Image => {
    const logins = course?.logins ?? [];
    return {
      ...found,
      images: found.file.state === 'present' ? baseImagesOf(found.file.text) : [],
      loggedIn: logins.some(({ registry }) => registry === '' || /(^|\.)docker\.io$/.test(registry)),
    };
  });
  return { repository, buildspec, reading, followed, image };
}

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
      judge(repository: Repository | undefined, { region }) {
        if (repository === undefined) return notStarted(['repositoryMissing', { repository: NAME, region }]);
        return repository.defaultBranch === undefined ? failed(['notPushed', { repository: NAME }]) : passed();
      },
      observed: (repository) => repository && { defaultBranch: repository.defaultBranch ?? null },
      resource: (repository) => repository?.arn,
      console: link,
      says: {
        notPushed: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin master`를 실행합니다.',
          ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin master` を実行してください。',
          en: 'The repository "{repository}" is empty. Committed but not pushed? Run `git push origin master`.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(NAME))?.arn },
      breaks: {
        'not-pushed': {
          title: { ko: '커밋만 하고 푸시하지 않는다', ja: 'コミットだけしてプッシュしない', en: 'Commit without pushing' },
          says: 'notPushed',
          play(account) {
            const { codecommit } = place(account);
            codecommit.deleteRepository(NAME);
            codecommit.createRepository(NAME);
          },
        },
      },
    }),
    on.buildspec({
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
      observed: ({ file }) => file.state,
      console: link,
      says: {
        fileElsewhere: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋해 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}" but "{found}". Move it with `git mv {found} {file}`, commit and push again.',
        },
        fileMissing: {
          ko: '"{repository}" 리포지토리의 기본 브랜치에 "{file}" 파일이 없습니다. 파일을 복사해 커밋하고 푸시합니다.',
          ja: 'リポジトリ "{repository}" のデフォルトブランチに "{file}" がありません。ファイルをコピーし、コミットしてプッシュしてください。',
          en: 'The default branch of the repository "{repository}" has no "{file}". Copy the file, commit and push.',
        },
        fileEmpty: {
          ko: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 복사해 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" は空です。演習ファイルをコピーし直し、コミットしてプッシュしてください。',
          en: 'The file "{file}" is empty. Copy the lab file again, commit and push.',
        },
        fileNotText: {
          ko: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. UTF-8로 저장하거나 실습 파일을 다시 복사합니다.',
          ja: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをコピーし直してください。',
          en: 'The file "{file}" is not UTF-8 text. Save it as UTF-8 or copy the lab file again.',
        },
      },
      breaks: {
        'buildspec-in-folder': {
          title: {
            ko: '압축을 푼 폴더째 buildspec.yml을 올린다',
            ja: '展開したフォルダごと buildspec.yml を入れる',
            en: 'Push buildspec.yml inside the unpacked folder',
          },
          says: 'fileElsewhere',
          play(account) {
            removeFile(account, BUILDSPEC);
            push(account, { [`week9-3-codepipeline-lab/${BUILDSPEC}`]: BUILDSPEC_YML });
          },
        },
        'buildspec-missing': {
          title: { ko: 'buildspec.yml을 빠뜨린다', ja: 'buildspec.yml を忘れる', en: 'Forget buildspec.yml' },
          says: 'fileMissing',
          play: (account) => removeFile(account, BUILDSPEC),
        },
        'buildspec-empty': {
          title: { ko: '빈 buildspec.yml을 푸시한다', ja: '空の buildspec.yml をプッシュする', en: 'Push an empty buildspec.yml' },
          says: 'fileEmpty',
          play: (account) => pushBuildspec(account, '\n'),
        },
        'buildspec-utf16': {
          title: {
            ko: 'buildspec.yml을 UTF-16으로 저장한다',
            ja: 'buildspec.yml を UTF-16 で保存する',
            en: 'Save buildspec.yml as UTF-16',
          },
          says: 'fileNotText',
          play: (account) => pushBuildspec(account, utf16(BUILDSPEC_YML)),
        },
      },
    }),
    on.reading({
      id: 'buildspec-valid',
      title: {
        ko: 'CodeBuild가 buildspec.yml을 실행할 수 있다',
        ja: 'CodeBuild が buildspec.yml を実行できる',
        en: 'CodeBuild can run buildspec.yml',
      },
      step: 11,
      after: 'buildspec-present',
      judge: judgeReading,
      console: link,
      says: {
        yamlTabs: {
          ko: 'buildspec.yml {line}번째 줄의 들여쓰기에 탭이 있습니다. YAML은 탭을 허용하지 않으므로 공백으로 바꿉니다.',
          ja: 'buildspec.yml の {line} 行目がタブで字下げされています。YAML ではタブを使えないので、空白に置き換えてください。',
          en: 'Line {line} of buildspec.yml is indented with a tab. YAML does not allow tabs; use spaces.',
        },
        yamlInvalid: {
          ko: 'buildspec.yml을 YAML로 읽을 수 없습니다({line}번째 줄: {problem}). 그 줄의 들여쓰기와 따옴표를 확인합니다.',
          ja: 'buildspec.yml を YAML として読み取れません({line} 行目: {problem})。その行の字下げと引用符を確かめてください。',
          en: 'buildspec.yml cannot be read as YAML (line {line}: {problem}). Check the indentation and the quotes of that line.',
        },
        phasesMissing: {
          ko: 'buildspec.yml에 `phases:`가 없거나 비어 있습니다. pre_build, build, post_build 단계를 그 아래에 적습니다.',
          ja: 'buildspec.yml に `phases:` がないか、空です。その下に pre_build、build、post_build を書いてください。',
          en: 'buildspec.yml has no `phases:`, or it is empty. Write pre_build, build and post_build under it.',
        },
        versionWrong: {
          ko: 'buildspec.yml의 version이 "{found}"입니다. `version: 0.2`로 바꿉니다.',
          ja: 'buildspec.yml の version は "{found}" です。`version: 0.2` に直してください。',
          en: 'The version of buildspec.yml is "{found}". Write `version: 0.2`.',
        },
        phaseWrong: {
          ko: '"{phase}" 단계의 자리나 이름이 맞지 않습니다. install, pre_build, build, post_build를 `phases:` 아래에 들여씁니다.',
          ja: 'フェーズ "{phase}" の場所または名前が正しくありません。install、pre_build、build、post_build を `phases:` の下に字下げして書いてください。',
          en: 'The phase "{phase}" is in the wrong place or misspelt. Write install, pre_build, build and post_build, indented under `phases:`.',
        },
        commandsNotList: {
          ko: '"{phase}" 단계의 commands가 목록이 아닙니다. 명령마다 줄을 바꾸고 앞에 `- `를 붙입니다.',
          ja: 'フェーズ "{phase}" の commands がリストではありません。コマンドを 1 行ずつ、先頭に `- ` を付けて書いてください。',
          en: 'The commands of the phase "{phase}" are not a list. Write one command to a line, each after `- `.',
        },
        commandNotText: {
          ko: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 명령 전체를 따옴표로 감쌉니다.',
          ja: 'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コマンド全体を引用符で囲んでください。',
          en: 'A command of the phase "{phase}" is not text (line {line}: {command}). Put the whole command into quotes.',
        },
      },
      breaks: {
        'buildspec-tabs': {
          title: { ko: '탭으로 들여쓴다', ja: 'タブで字下げする', en: 'Indent with a tab' },
          says: 'yamlTabs',
          play: (account) => pushBuildspec(account, buildspecWith(/^ {2}pre_build:/m, '\tpre_build:')),
        },
        'buildspec-broken': {
          title: { ko: '따옴표를 닫지 않는다', ja: '引用符を閉じない', en: 'Leave a quote open' },
          says: 'yamlInvalid',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH, '      - "docker push\n')),
        },
        'phases-missing': {
          title: { ko: 'phases를 빠뜨린다', ja: 'phases を忘れる', en: 'Forget phases' },
          says: 'phasesMissing',
          play: (account) => pushBuildspec(account, 'version: 0.2\n\nartifacts:\n  files:\n    - imagedefinitions.json\n'),
        },
        'version-old': {
          title: { ko: 'version을 0.1로 적는다', ja: 'version を 0.1 と書く', en: 'Write version 0.1' },
          says: 'versionWrong',
          play: (account) => pushBuildspec(account, buildspecWith(/^version: 0.2$/m, 'version: 0.1')),
        },
        'phase-outside': {
          title: { ko: 'pre_build를 phases 밖에 적는다', ja: 'pre_build を phases の外に書く', en: 'Write pre_build outside phases' },
          says: 'phaseWrong',
          play: (account) => pushBuildspec(account, buildspecWith(/^ {2}pre_build:/m, '  prebuild:')),
        },
        'commands-not-a-list': {
          title: {
            ko: '명령을 목록이 아닌 글 하나로 적는다',
            ja: 'コマンドをリストではなく 1 つの文章で書く',
            en: 'Write the commands as one text',
          },
          says: 'commandsNotList',
          play: (account) => pushBuildspec(account, buildspecWith(/commands:\n(?= +- echo "Build started)/, 'commands: |\n')),
        },
        'command-with-colon': {
          title: { ko: '따옴표 없이 echo a: b를 적는다', ja: '引用符なしで echo a: b と書く', en: 'Write echo a: b without quotes' },
          says: 'commandNotText',
          play: (account) => pushBuildspec(account, buildspecWith(/- echo "Pushing.*$/m, '- echo Pushing: $IMAGE_URI')),
        },
      },
    }),
    on.followed({
      id: 'ecr-login',
      title: { ko: 'ECR에 로그인한다', ja: 'ECR にログインする', en: 'It logs in to ECR' },
      step: 11,
      after: 'buildspec-valid',
      expected: (_fact, context) => registryOf(context),
      judge: judgeLogin,
      observed: ({ course }) => course?.logins.map(({ registry }) => registry),
      console: link,
      says: {
        loginMissing: {
          ko: '푸시하기 전에 ECR에 로그인하는 명령이 없습니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
          ja: 'ECR にログインするコマンドがありません。プッシュより前に、`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
          en: 'Nothing logs in to ECR before the push. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
        },
        loginElsewhere: {
          ko: '"{found}"에 로그인합니다. 이미지를 올릴 레지스트리 "{registry}"에 로그인합니다.',
          ja: '"{found}" にログインしています。イメージを置くレジストリ "{registry}" にログインしてください。',
          en: 'It logs in to "{found}". Log in to the registry of the image: "{registry}".',
        },
      },
      breaks: {
        'login-missing': {
          title: { ko: 'ECR 로그인을 빠뜨린다', ja: 'ECR へのログインを忘れる', en: 'Forget to log in to ECR' },
          says: 'loginMissing',
          play: (account) => pushBuildspec(account, buildspecWith(LOGIN, '')),
        },
        'login-elsewhere': {
          title: {
            ko: '다른 리전의 레지스트리에 로그인한다',
            ja: '別のリージョンのレジストリにログインする',
            en: 'Log in to the registry of another region',
          },
          says: 'loginElsewhere',
          play: (account) =>
            pushBuildspec(
              account,
              buildspecWith('--password-stdin "$REGISTRY"', '--password-stdin "$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"'),
            ),
        },
      },
    }),
    on.followed({
      id: 'image-push',
      title: { ko: 'v0.95 태그로 이미지를 푸시한다', ja: 'v0.95 タグでイメージをプッシュする', en: 'It pushes the image as v0.95' },
      step: 11,
      after: 'buildspec-valid',
      expected: (_fact, context) => `${imageUriOf(context)}:${TAG}`,
      judge: judgePush,
      observed: ({ course }) => course?.pushes.map(({ ref }) => ref),
      console: link,
      says: {
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
        pushOfNothing: {
          ko: '"{reference}" 이미지를 푸시하지만 그 이름으로 빌드하거나 `docker tag`를 실행하지 않습니다. 푸시하기 전에 태그를 붙입니다.',
          ja: '"{reference}" をプッシュしていますが、その名前でビルドも `docker tag` もしていません。プッシュする前にタグを付けてください。',
          en: 'It pushes "{reference}", which nothing has built or tagged. Tag the image before pushing it.',
        },
        undecidedCommand: {
          ko: '"{command}" 명령이 하는 일을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. buildspec.yml에 명령을 직접 적으면 확인할 수 있습니다.',
          ja: 'コマンド "{command}" が何をするかここからは分からないため、判断できませんでした。間違いという意味ではありません。buildspec.yml に直接書いたコマンドは確認できます。',
          en: 'What the command "{command}" does cannot be told from here, so nothing was decided. That does not mean that it is wrong. Commands written in buildspec.yml itself can be checked.',
        },
        undecidedValue: {
          ko: '"{found}"에 들어가는 값을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 변수 이름에 오타가 없는지 확인합니다.',
          ja: '"{found}" に入る値がここからは分からないため、判断できませんでした。間違いという意味ではありません。変数名に誤字がないか確かめてください。',
          en: 'The value in "{found}" cannot be told from here, so nothing was decided. That does not mean that it is wrong. Check the variable names for typing errors.',
        },
      },
      breaks: {
        'push-missing': {
          title: { ko: 'docker push를 빠뜨린다', ja: 'docker push を忘れる', en: 'Forget docker push' },
          says: 'pushMissing',
          play: (account) => pushBuildspec(account, buildspecWith(PUSH, '')),
        },
        'push-other-tag': {
          title: { ko: 'latest 태그로 푸시한다', ja: 'latest タグでプッシュする', en: 'Push as latest' },
          says: 'pushOther',
          play: (account) => pushBuildspec(account, buildspecWith('version: "v0.95"', 'version: "latest"')),
        },
        'tag-missing': {
          title: { ko: 'docker tag를 빠뜨린다', ja: 'docker tag を忘れる', en: 'Forget docker tag' },
          says: 'pushOfNothing',
          play: (account) => pushBuildspec(account, buildspecWith(TAGGING, '')),
        },
      },
      moments: {
        makefile: {
          title: { ko: '푸시를 Makefile에 맡긴다', ja: 'プッシュを Makefile に任せる', en: 'Leave the push to a Makefile' },
          says: 'undecidedCommand',
          play: (account) => pushBuildspec(account, buildspecWith(pushLine, '      - make push\n')),
        },
        'unknown-variable': {
          title: { ko: '어디에도 정하지 않은 변수를 쓴다', ja: 'どこにも定めていない変数を使う', en: 'Use a variable that is set nowhere' },
          says: 'undecidedValue',
          play: (account) => pushBuildspec(account, buildspecWith(pushLine, '      - docker push "$MY_IMAGE_URI"\n')),
        },
      },
    }),
    on.followed({
      id: 'image-definitions',
      title: {
        ko: 'imagedefinitions.json에 컨테이너와 이미지를 적는다',
        ja: 'imagedefinitions.json にコンテナとイメージを書く',
        en: 'It writes container and image to imagedefinitions.json',
      },
      step: 11,
      after: 'image-push',
      expected: (_fact, context) => [{ name: CONTAINER, imageUri: `${imageUriOf(context)}:${TAG}` }],
      judge: judgeDefinitions,
      observed: ({ course }) => course?.files.get(DEFINITIONS)?.content.slice(0, 200) ?? null,
      console: link,
      says: {
        definitionsMissing: {
          ko: '{file} 파일을 만드는 명령이 없습니다. post_build 단계에서 컨테이너 이름과 이미지 URI를 적어 만듭니다.',
          ja: '{file} を作るコマンドがありません。post_build フェーズで、コンテナ名とイメージの URI を書いて作ってください。',
          en: 'Nothing writes {file}. Write it in the phase post_build, with the container name and the image URI.',
        },
        definitionsMisnamed: {
          ko: '이미지 정의를 "{found}" 파일에 적습니다. CodePipeline이 읽는 이름인 {file} 파일로 바꿉니다.',
          ja: 'イメージ定義を "{found}" に書いています。CodePipeline が読む名前は {file} です。ファイル名を変えてください。',
          en: 'The image definitions go to "{found}", but CodePipeline reads {file}. Change the file name.',
        },
        definitionsContainer: {
          ko: '이미지 정의의 컨테이너 이름이 "{found}"입니다. 태스크 정의에 있는 실제 이름인 "{container}" 이름으로 고칩니다.',
          ja: 'イメージ定義のコンテナ名が "{found}" です。タスク定義にある本当の名前 "{container}" に直してください。',
          en: 'The image definitions name the container "{found}". Use the real name from the task definition: "{container}".',
        },
        definitionsWrong: {
          ko: '{file} 파일의 내용이 맞지 않습니다: {found}. name과 imageUri를 가진 객체의 배열로 만들고, imageUri에는 푸시한 이미지를 적습니다.',
          ja: '{file} の内容が正しくありません: {found}。name と imageUri を持つオブジェクトの配列にし、imageUri にはプッシュしたイメージを書いてください。',
          en: 'The content of {file} is not right: {found}. Make it an array of objects with name and imageUri, the image that is pushed.',
        },
      },
      breaks: {
        'definitions-missing': {
          title: {
            ko: 'imagedefinitions.json을 만들지 않는다',
            ja: 'imagedefinitions.json を作らない',
            en: 'Do not write imagedefinitions.json',
          },
          says: 'definitionsMissing',
          play: (account) => pushBuildspec(account, buildspecWith(DEFINITIONS, '')),
        },
        'definitions-misnamed': {
          title: { ko: 'artifacts.json이라는 이름으로 만든다', ja: 'artifacts.json という名前で作る', en: 'Call the file artifacts.json' },
          says: 'definitionsMisnamed',
          play: (account) =>
            pushBuildspec(account, buildspecWith(DEFINITIONS, printfLine.replace('imagedefinitions.json', 'artifacts.json'))),
        },
        'definitions-container': {
          title: {
            ko: '컨테이너 이름을 예시 그대로 둔다',
            ja: 'コンテナ名を例のままにする',
            en: 'Leave the container name of the example',
          },
          says: 'definitionsContainer',
          play: (account) => pushBuildspec(account, buildspecWith('CONTAINER_NAME: "nginx"', 'CONTAINER_NAME: "<container-definition>"')),
        },
        'definitions-wrong': {
          title: { ko: 'imageDetail.json 형식으로 적는다', ja: 'imageDetail.json の形式で書く', en: 'Write the shape of imageDetail.json' },
          says: 'definitionsWrong',
          play: (account) =>
            pushBuildspec(account, buildspecWith(DEFINITIONS, `      - printf '{"ImageURI":"%s"}' "$IMAGE_URI" > imagedefinitions.json\n`)),
        },
      },
    }),
    on.followed({
      id: 'artifacts',
      title: {
        ko: 'imagedefinitions.json을 아티팩트로 넘긴다',
        ja: 'imagedefinitions.json をアーティファクトとして渡す',
        en: 'It hands on imagedefinitions.json as an artifact',
      },
      step: 11,
      after: 'buildspec-valid',
      expected: [DEFINITIONS],
      judge: judgeArtifacts,
      observed: ({ buildspec }) => {
        const artifacts = buildspec?.artifacts;
        return artifacts?.state === 'list' ? artifacts.files : (artifacts?.found ?? null);
      },
      console: link,
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
          play: (account) => pushBuildspec(account, buildspecWith(ARTIFACTS, '\nartifacts:\n  files: imagedefinitions.json\n')),
        },
        'artifacts-missing': {
          title: { ko: 'artifacts를 빠뜨린다', ja: 'artifacts を忘れる', en: 'Forget artifacts' },
          says: 'artifactsMissing',
          play: (account) => pushBuildspec(account, buildspecWith(ARTIFACTS, '')),
        },
      },
    }),
    on.image({
      id: 'dockerfile',
      title: { ko: 'nginx/Dockerfile이 있다', ja: 'nginx/Dockerfile がある', en: 'nginx/Dockerfile is there' },
      step: 9,
      after: 'repository',
      expected: DOCKERFILE,
      judge: (found) => judgeFile(found, DOCKERFILE),
      observed: ({ file }) => file.state,
      console: link,
      says: {
        fileElsewhere: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋해 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}" but "{found}". Move it with `git mv {found} {file}`, commit and push again.',
        },
      },
      breaks: {
        'dockerfile-at-root': {
          title: { ko: 'Dockerfile을 맨 위에 둔다', ja: 'Dockerfile を一番上に置く', en: 'Put the Dockerfile at the root' },
          says: 'fileElsewhere',
          play(account) {
            removeFile(account, DOCKERFILE);
            push(account, { Dockerfile: DOCKERFILE_TEXT });
          },
        },
      },
    }),
    on.image({
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
      console: link,
      says: {
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
          play: (account) => pushDockerfile(account, /^FROM .*$/m, 'FROM nginx:1.30-alpine'),
        },
        'base-image-latest': {
          title: {
            ko: '버전 없는 이미지에서 시작한다',
            ja: 'バージョンのないイメージから始める',
            en: 'Start from an image without a version',
          },
          says: 'baseImageNotPinned',
          play: (account) => pushDockerfile(account, ':1.30-alpine', ':latest'),
        },
        'base-image-missing': {
          title: { ko: 'FROM을 빠뜨린다', ja: 'FROM を忘れる', en: 'Forget FROM' },
          says: 'baseImageMissing',
          play: (account) => pushDockerfile(account, /^FROM .*\n/m, ''),
        },
      },
    }),
  ],
  publishes: {
    repository: (repository, { account, region }) => (repository === undefined ? {} : { AccountId: account, Region: region }),
  },
});
