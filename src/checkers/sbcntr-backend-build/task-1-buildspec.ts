import { readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { unlessLost } from '../dialects/buildspec/findings.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { couldBe, isKnown, shown } from '../dialects/buildspec/text.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { judgeImageBuild, judgeLogin, judgePush, registryOfUri } from '../kit/codebuild/course-checks.ts';
import { followInSource } from '../kit/codecommit/follow-in-source.ts';
import {
  buildspecChecks,
  findBuildspec,
  ofBuildspec,
  readBuildspec,
  repositoryLink,
  seenIn,
  sourceBuildspecReads,
} from '../kit/codecommit/source-buildspec.ts';
import { buildspecMistakes } from '../kit/student/mistakes.ts';
import { BUILDSPEC, outputsOf, STACK } from './names.ts';
import { BUILDSPEC_YML, MISPLACED_YML } from './practice-files.ts';
import { BUILD, buildspecWith, LOGIN, LOGIN_LINE, PUSH, push, pushBuildspec, pushEdited, removeFile } from './student.ts';

/** What the commands of a sound buildspec do. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly repository: string | undefined;
  readonly backendUri: string;
  readonly commit: string;
}

const ofCourse = (judge: (course: Course, fact: Followed) => Verdict<Says>) => (fact: Followed) =>
  fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

function judgeBuildKit({ builds }: Course) {
  const certain = builds.filter((build) => build.certain);
  if (certain.some(({ buildkit }) => buildkit === true)) return passed();
  return failed(certain.some(({ buildkit }) => buildkit === false) ? 'buildkitOff' : 'buildkitUnset');
}

const tagOf = (commit: string) => commit.slice(0, 7);
const wantedOf = ({ backendUri, commit }: Followed) => `${backendUri}:${tagOf(commit)}`;

/** Pushes to the backend's repository under another tag than the commit's. */
const otherPushes = (course: Course, fact: Followed) =>
  course.pushes.filter(({ ref }) => isKnown(ref) && ref.startsWith(`${fact.backendUri}:`) && ref !== wantedOf(fact));

function judgePushOfCommit(course: Course, fact: Followed) {
  const [other] = otherPushes(course, fact);
  return judgePush(course, fact.backendUri, tagOf(fact.commit), (expected): Says => {
    return other === undefined ? ['pushMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }];
  });
}

function judgeOnlyTag(course: Course, fact: Followed) {
  const [other] = otherPushes(course, fact);
  if (other?.certain) return failed(['pushMoreTags', { found: other.ref, expected: wantedOf(fact) }]);
  const open = other ?? course.pushes.find(({ ref }) => !isKnown(ref) && couldBe(ref, `${fact.backendUri}:latest`));
  if (open !== undefined) return undecided(['undecidedValue', { found: `docker image push ${shown(open.ref)}` }]);
  const missing = unlessLost(course);
  return missing.state === 'lost' ? undecided(['undecidedCommand', { command: missing.command }]) : passed();
}

const { present, yaml, version, phases, commands } = buildspecChecks({ present: 3, read: 3, made: 'task-0', source: 'task-0' });
const pushedRefs = ({ course }: Followed) => course?.pushes.map(({ ref }) => shown(ref));

const reads = { stack: readers.cloudformation.stack, ...sourceBuildspecReads } as const;

function observe(aws: Bound<typeof reads>, { account, region }: TaskContext) {
  const stack = aws.stack(STACK);
  const found = stack.then((ofName) => findBuildspec(aws, outputsOf(ofName).source));
  const reading = found.then(readBuildspec);
  const followed = Promise.all([reading, stack]).then(async ([fact, ofName]): Promise<Followed> => {
    const { backendUri } = outputsOf(ofName);
    const { repository, file, reading: buildspec } = fact;
    if (buildspec?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || backendUri === undefined) {
      return { course: undefined, repository, backendUri: backendUri ?? '', commit: '' };
    }
    const commit = file.commitId;
    return {
      course: await followInSource(aws, repository, buildspec, { account, region, commit, variables: {} }),
      repository,
      backendUri,
      commit,
    };
  });
  return { found, reading, followed };
}

const inSource = { resource: ({ repository }: Followed) => repository, console: repositoryLink } as const;

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
  id: 'task-1',
  title: { ko: 'buildspec.yml 작성 및 푸시', ja: 'buildspec.yml の作成とプッシュ', en: 'Write and push buildspec.yml' },
  needs: ['task-0'],
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
        ko: 'buildspec.yml이 소스의 맨 위에 있습니다',
        ja: 'buildspec.yml がソースの直下にある',
        en: 'buildspec.yml is at the root of the source',
      },
      says: {
        fileMisnamed: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
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
          title: { ko: 'YAML이 아닌 글을 적습니다', ja: 'YAML ではない文を書く', en: 'Write text that is not YAML' },
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
          title: { ko: 'version을 빠뜨립니다', ja: 'version を忘れる', en: 'Forget version' },
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
      title: {
        ko: '빌드 단계가 phases 아래에 있습니다',
        ja: 'ビルドのフェーズが phases の下にある',
        en: 'The build phases are under phases',
      },
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
          title: { ko: 'phases를 빠뜨립니다', ja: 'phases を忘れる', en: 'Forget phases' },
          says: 'phasesMissing',
          play: mistakes['phases-missing'],
        },
        'phase-misspelled': {
          title: { ko: 'pre_build를 prebuild로 적습니다', ja: 'pre_build を prebuild と書く', en: 'Write prebuild for pre_build' },
          says: 'phaseUnknown',
          play: mistakes['phase-misspelled'],
        },
        'phases-misplaced': {
          title: {
            ko: '단계를 phases 밖에 적습니다(buildspec-misplaced.yml)',
            ja: 'フェーズを phases の外に書く(buildspec-misplaced.yml)',
            en: 'Write the phases outside phases (buildspec-misplaced.yml)',
          },
          says: 'phasesAtRoot',
          play: (account) => pushBuildspec(account, MISPLACED_YML),
        },
      },
    }),
    on.reading({
      ...phases,
      id: 'buildspec-runtimes',
      title: {
        ko: '없어진 docker 런타임을 요구하지 않습니다',
        ja: 'なくなった docker ランタイムを求めていない',
        en: 'It does not ask for the docker runtime, which is gone',
      },
      after: 'buildspec-phases',
      judge: ofBuildspec(({ runtimes }) => (runtimes.includes('docker') ? failed('runtimeGone') : passed())),
      observed: seenIn(({ runtimes }) => runtimes),
      says: {
        runtimeGone: {
          ko: 'install의 runtime-versions에 docker가 있습니다. 지금 유지되는 빌드 이미지에는 docker라는 런타임이 없어 빌드가 실패합니다. 그 항목을 지웁니다. Docker는 빌드 이미지에 이미 들어 있습니다.',
          ja: 'install の runtime-versions に docker があります。いま保守されているビルドイメージに docker というランタイムはなく、ビルドは失敗します。その項目を消してください。Docker はビルドイメージに入っています。',
          en: 'runtime-versions of install names docker. No build image that is maintained has a runtime called docker, so the build fails. Remove the entry; Docker is already in the build image.',
        },
      },
      breaks: {
        'docker-runtime': {
          title: {
            ko: 'runtime-versions에 docker: 19를 적습니다',
            ja: 'runtime-versions に docker: 19 と書く',
            en: 'Write docker: 19 into runtime-versions',
          },
          says: 'runtimeGone',
          play: pushEdited(/^phases:\n/m, 'phases:\n  install:\n    runtime-versions:\n      docker: 19\n'),
        },
      },
    }),
    on.reading({
      ...commands,
      title: { ko: '명령이 모두 문자열입니다', ja: 'コマンドがすべて文字列である', en: 'All commands are strings' },
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
            ja: 'コマンドをリストではなく 1 つの文として書く',
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
      title: { ko: 'ECR 레지스트리에 로그인합니다', ja: 'ECR のレジストリにログインする', en: 'It logs in to the ECR registry' },
      step: 2,
      after: 'buildspec-commands',
      expected: ({ backendUri }) => registryOfUri(backendUri),
      judge: ofCourse((course, { backendUri }) => judgeLogin(course, registryOfUri(backendUri))),
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
          title: { ko: 'ECR 로그인을 빠뜨립니다', ja: 'ECR へのログインを忘れる', en: 'Forget the ECR login' },
          says: 'loginMissing',
          play: pushEdited(LOGIN, ''),
        },
        'login-old': {
          title: {
            ko: '옛 명령 aws ecr get-login을 사용합니다',
            ja: '古いコマンド aws ecr get-login を使う',
            en: 'Use the old command aws ecr get-login',
          },
          says: 'loginObsolete',
          play: pushEdited(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION_NAME")\n'),
        },
        'login-elsewhere': {
          title: {
            ko: '다른 리전의 레지스트리에 로그인합니다',
            ja: '別のリージョンのレジストリにログインする',
            en: 'Log in to the registry of another region',
          },
          says: 'loginElsewhere',
          play: pushEdited(LOGIN, LOGIN_LINE.replace('"$REGISTRY"', '"$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"')),
        },
        'login-late': {
          title: { ko: '푸시한 뒤에 로그인합니다', ja: 'プッシュした後でログインする', en: 'Log in after the push' },
          says: 'loginLate',
          play: (account) => pushBuildspec(account, `${buildspecWith(LOGIN, '')}${LOGIN_LINE}`),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'image-build',
      title: { ko: '이미지를 빌드합니다', ja: 'イメージをビルドする', en: 'It builds the image' },
      step: 2,
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
          title: { ko: 'docker image build를 빠뜨립니다', ja: 'docker image build を忘れる', en: 'Forget docker image build' },
          says: 'buildMissing',
          play: pushEdited(BUILD, '      - echo "Nothing to build"\n'),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'buildkit',
      title: { ko: 'BuildKit으로 빌드합니다', ja: 'BuildKit でビルドする', en: 'It builds with BuildKit' },
      step: 2,
      after: 'image-build',
      expected: true,
      judge: ofCourse(judgeBuildKit),
      observed: ({ course }) => course?.builds.map(({ buildkit = null }) => buildkit),
      says: {
        buildkitOff: {
          ko: 'DOCKER_BUILDKIT이 꺼져 있습니다. env.variables에서 "1"로 바꿉니다. Dockerfile의 `COPY --chmod`는 BuildKit이 있어야 합니다.',
          ja: 'DOCKER_BUILDKIT がオフです。env.variables で "1" に直してください。Dockerfile の `COPY --chmod` には BuildKit が必要です。',
          en: 'DOCKER_BUILDKIT is off. Change it to "1" in env.variables; `COPY --chmod` in the Dockerfile needs BuildKit.',
        },
        buildkitUnset: {
          ko: 'BuildKit을 켜지 않았습니다. buildspec.yml의 env.variables에 `DOCKER_BUILDKIT: "1"`을 적습니다.',
          ja: 'BuildKit をオンにしていません。buildspec.yml の env.variables に `DOCKER_BUILDKIT: "1"` と書いてください。',
          en: 'BuildKit is not turned on. Write `DOCKER_BUILDKIT: "1"` into env.variables of buildspec.yml.',
        },
      },
      breaks: {
        'buildkit-off': {
          title: { ko: 'DOCKER_BUILDKIT을 "0"으로 적습니다', ja: 'DOCKER_BUILDKIT を "0" と書く', en: 'Write DOCKER_BUILDKIT "0"' },
          says: 'buildkitOff',
          play: pushEdited('DOCKER_BUILDKIT: "1"', 'DOCKER_BUILDKIT: "0"'),
        },
        'buildkit-unset': {
          title: { ko: 'DOCKER_BUILDKIT을 적지 않습니다', ja: 'DOCKER_BUILDKIT を書かない', en: 'Leave DOCKER_BUILDKIT out' },
          says: 'buildkitUnset',
          play: pushEdited(/^ +DOCKER_BUILDKIT.*\n/m, ''),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'push-commit',
      title: {
        ko: '커밋 해시 7자리 태그를 푸시합니다',
        ja: 'コミットハッシュ 7 文字のタグをプッシュする',
        en: 'It pushes the 7-character commit tag',
      },
      step: 2,
      after: 'image-build',
      expected: wantedOf,
      judge: ofCourse(judgePushOfCommit),
      observed: pushedRefs,
      says: {
        pushMissing: {
          ko: '"{expected}" 이미지를 푸시하는 명령이 없습니다. post_build 단계에 `docker image push`를 추가합니다. 태그는 커밋 해시의 앞 7글자입니다.',
          ja: '"{expected}" をプッシュするコマンドがありません。post_build フェーズに `docker image push` を追加してください。タグはコミットハッシュの先頭 7 文字です。',
          en: 'Nothing pushes "{expected}". Add a `docker image push` to the post_build phase; the tag is the first 7 characters of the commit hash.',
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
        'push-missing': {
          title: { ko: 'docker image push를 빠뜨립니다', ja: 'docker image push を忘れる', en: 'Forget docker image push' },
          says: 'pushMissing',
          play: pushEdited(PUSH, '      - echo "Done"\n'),
        },
        'push-latest-instead': {
          title: {
            ko: '커밋 해시 대신 latest를 푸시합니다',
            ja: 'コミットハッシュの代わりに latest をプッシュする',
            en: 'Push latest instead of the commit hash',
          },
          says: 'pushOtherTag',
          play: pushEdited(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG=latest'),
        },
        'push-of-nothing': {
          title: { ko: '빌드하지 않은 이름을 푸시합니다', ja: 'ビルドしていない名前をプッシュする', en: 'Push a name that was not built' },
          says: 'pushOfNothing',
          play: pushEdited(BUILD, '      - docker image build -t sbcntr-backend:local .\n'),
        },
        'push-elsewhere': {
          title: {
            ko: '프런트엔드 리포지토리에 푸시합니다',
            ja: 'フロントエンドのリポジトリにプッシュする',
            en: 'Push to the frontend repository',
          },
          says: 'pushElsewhere',
          play: pushEdited('ECR_REPOSITORY_NAME: sbcntr-backend', 'ECR_REPOSITORY_NAME: sbcntr-frontend'),
        },
      },
      moments: {
        makefile: {
          title: { ko: '푸시를 Makefile에 맡깁니다', ja: 'プッシュを Makefile に任せる', en: 'Leave the push to a Makefile' },
          says: 'undecidedCommand',
          play: pushEdited(PUSH, '      - make push\n'),
        },
        'unknown-variable': {
          title: {
            ko: '어디에도 정하지 않은 변수를 사용합니다',
            ja: 'どこにも定めていない変数を使う',
            en: 'Use a variable that nothing sets',
          },
          says: 'undecidedValue',
          play: pushEdited(PUSH, '      - docker image push "$MY_REPOSITORY:$IMAGE_TAG"\n'),
        },
      },
    }),
    on.followed({
      ...inSource,
      id: 'push-only-commit',
      title: {
        ko: '커밋 해시 태그만 푸시합니다',
        ja: 'コミットハッシュのタグだけをプッシュする',
        en: 'It pushes the commit tag and nothing else',
      },
      step: 2,
      after: 'push-commit',
      expected: wantedOf,
      judge: ofCourse(judgeOnlyTag),
      observed: pushedRefs,
      says: {
        pushMoreTags: {
          ko: '커밋 해시 태그 말고 "{found}" 이미지도 푸시합니다. 이 실습에서는 다음 하나만 푸시합니다: "{expected}"',
          ja: 'コミットハッシュのタグのほかに "{found}" もプッシュしています。この演習では次の 1 つだけをプッシュしてください: "{expected}"',
          en: 'Besides the commit tag it pushes "{found}". In this lab push only "{expected}".',
        },
      },
      breaks: {
        'push-latest-too': {
          title: {
            ko: '커밋 해시와 함께 latest도 푸시합니다',
            ja: 'コミットハッシュと一緒に latest もプッシュする',
            en: 'Push latest besides the commit hash',
          },
          says: 'pushMoreTags',
          play: pushEdited(
            /$(?![\s\S])/,
            '      - docker image tag "$REPOSITORY_URI:$IMAGE_TAG" "$REPOSITORY_URI:latest"\n      - docker image push "$REPOSITORY_URI:latest"\n',
          ),
        },
      },
    }),
  ],
});
