import type { Bound } from '../../aws/reader.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { expectationsOn } from '../engine/expectation.ts';
import type { Json } from '../engine/result.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, type Verdict } from '../engine/verdict.ts';
import { buildspecPlace } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../kit/codebuild/past-builds.ts';
import { fromPastBuild } from '../kit/codebuild/past-project.ts';
import { projectChecks } from '../kit/codebuild/project.ts';
import { judgeLogin, judgePull, judgeReading, judgeSave, judgeUpload, type Spec, specOf } from './buildspec.ts';
import { BUILD_ROLE, imageUriOf, KEY, OTHER_REGIONS, PROJECT, registryOf, roleArnOf } from './names.ts';
import { BUILDSPEC } from './practice-files.ts';
import {
  BUCKET,
  buildspecWith,
  changeProject,
  createProject,
  environment,
  imageUri,
  LOGIN,
  loginLine,
  PULL,
  pullLine,
  SAVE,
  startOver,
  UPLOAD,
  useBuildspec,
} from './student.ts';

interface WithSpec extends Spec, OfProject {}

const isLabRole = (arn: string) => arn.endsWith(`:role/${BUILD_ROLE}`) || arn.endsWith(`/${BUILD_ROLE}`);

const checks = projectChecks(PROJECT);

/** A check of what the buildspec does. */
const deed = <const Id extends string, const After extends string>(
  id: Id,
  after: After,
  expected: (context: TaskContext) => Json,
  judge: (course: Course, context: TaskContext) => Verdict<Says>,
  seen: (course: Course) => Json,
) =>
  ({
    ...ofProject,
    id,
    step: 1,
    after,
    expected: (_fact: WithSpec, context: TaskContext) => expected(context),
    judge: ({ course }: WithSpec, context: TaskContext) => (course === undefined ? blocked(after) : judge(course, context)),
    observed: ({ course }: WithSpec) => course && seen(course),
  }) as const;

function judgeInline({ project }: WithSpec) {
  if (project === undefined) return blocked('project-exists');
  const { buildspec } = project.source;
  if (buildspec === undefined) return failed(['buildspecMissing', { project: PROJECT }]);
  return buildspecPlace(buildspec) === 'inline' ? passed() : failed(['buildspecFile', { found: buildspec }]);
}

const fromBuild = fromPastBuild(PROJECT, async () => undefined);

function observe(aws: Bound<typeof projectReads>, context: TaskContext) {
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => (other) => isLabRole(other.serviceRole));
  const spec = project.then((known): WithSpec => ({ project: known, ...specOf(known, context) }));
  return { found, spec, settings: found };
}

const reads = { ...projectReads, ...pastBuildReads } as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: 'CodeBuild 프로젝트 생성', ja: 'CodeBuild プロジェクトの作成', en: 'CodeBuild project' },
  needs: ['task-1', 'task-2'],
  reads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 만듭니다', ja: 'プロジェクトを作成する', en: 'Make the project' },
    play: (account) => createProject(account),
  },
  expectations: [
    on.found({
      ...checks.exists(3),
      title: { ko: 'CodeBuild 프로젝트가 있습니다', ja: 'CodeBuild プロジェクトがある', en: 'The CodeBuild project exists' },
      says: {
        projectNamedOtherwise: {
          ko: '프로젝트 이름이 "{found}"입니다. "{expected}" 이름으로 다시 만듭니다.',
          ja: 'プロジェクトの名前が "{found}" です。"{expected}" という名前で作り直してください。',
          en: 'The project is called "{found}". Make it again with the name "{expected}".',
        },
      },
      past: fromBuild(pastSetting.project),
      elsewhere: { regions: OTHER_REGIONS, reads: ['project'], find: async (aws) => (await aws.project(PROJECT))?.arn },
      breaks: {
        'project-in-virginia': {
          title: {
            ko: '프로젝트를 버지니아(us-east-1) 리전에 만듭니다',
            ja: 'プロジェクトをバージニア (us-east-1) に作る',
            en: 'Make the project in Virginia (us-east-1)',
          },
          says: 'foundElsewhere',
          instead(account) {
            startOver(account, 2);
            createProject(account, PROJECT, 'us-east-1');
          },
        },
        'project-other-name': {
          title: { ko: '프로젝트에 다른 이름을 붙입니다', ja: 'プロジェクトに別の名前を付ける', en: 'Give the project another name' },
          says: 'projectNamedOtherwise',
          instead(account) {
            startOver(account, 2);
            createProject(account, 'cb-nginx-to-tar');
          },
        },
      },
    }),
    on.found({
      ...ofProject,
      id: 'source-none',
      title: {
        ko: '프로젝트에 소스가 없습니다 (NO_SOURCE)',
        ja: 'プロジェクトにソースがない (NO_SOURCE)',
        en: 'The project has no source (NO_SOURCE)',
      },
      step: 3,
      expected: 'NO_SOURCE',
      holds: ({ project }) => project?.source.type === 'NO_SOURCE',
      otherwise: ({ project }) => ['sourceNotNone', { type: project?.source.type ?? '-' }],
      observed: ({ project }) => project?.source.type,
      says: {
        sourceNotNone: {
          ko: '프로젝트의 소스가 {type}입니다. 소스를 읽지 않으므로 NO_SOURCE로 바꿉니다.',
          ja: 'プロジェクトのソースが {type} です。ソースを読まないので NO_SOURCE にしてください。',
          en: 'The source of the project is {type}. It reads none: make it NO_SOURCE.',
        },
      },
      past: fromBuild(({ source }) => (source?.type === 'NO_SOURCE' ? source.type : undefined)),
      breaks: {
        'source-s3': {
          title: { ko: '소스로 S3를 고릅니다', ja: 'ソースに S3 を選ぶ', en: 'Choose S3 as the source' },
          says: 'sourceNotNone',
          play: (account) => changeProject(account, { source: { type: 'S3', location: `${BUCKET}/source.zip`, buildspec: BUILDSPEC } }),
        },
      },
    }),
    on.spec({
      ...ofProject,
      id: 'buildspec-inline',
      title: {
        ko: 'buildspec이 프로젝트 안에 들어 있습니다',
        ja: 'buildspec がプロジェクトに埋め込まれている',
        en: 'The buildspec is in the project itself',
      },
      step: 2,
      after: 'source-none',
      judge: judgeInline,
      observed: ({ project }) => project && (project.source.buildspec?.slice(0, 200) ?? null),
      says: {
        buildspecMissing: {
          ko: '"{project}" 프로젝트에 buildspec이 없습니다. BUILD_SPEC 변수에 파일의 내용을 담아 다시 설정합니다.',
          ja: 'プロジェクト "{project}" に buildspec がありません。変数 BUILD_SPEC にファイルの内容を入れてから設定し直してください。',
          en: 'The project "{project}" has no buildspec. Put the contents of the file into BUILD_SPEC and set it again.',
        },
        buildspecFile: {
          ko: 'buildspec 자리에 파일 이름 "{found}"이(가) 있습니다. 소스가 없어 그 파일을 읽을 수 없으므로 내용을 넣습니다.',
          ja: 'buildspec がファイル名 "{found}" です。ソースがないのでそのファイルは読めません。内容を入れてください。',
          en: 'The buildspec is the name of a file, "{found}". Without a source there is no such file: put its contents there.',
        },
      },
      breaks: {
        'build-spec-undefined': {
          title: { ko: 'BUILD_SPEC을 정하지 않고 만듭니다', ja: 'BUILD_SPEC を定めずに作る', en: 'Leave BUILD_SPEC undefined' },
          says: 'buildspecMissing',
          play: (account) => changeProject(account, { source: { type: 'NO_SOURCE' } }),
        },
        'buildspec-file-name': {
          title: {
            ko: 'buildspec에 파일 이름을 적습니다',
            ja: 'buildspec にファイル名を書く',
            en: 'Write the name of the file as the buildspec',
          },
          says: 'buildspecFile',
          play: (account) => useBuildspec(account, 'buildspec-nginx-tar.yml'),
        },
      },
    }),
    on.spec({
      ...ofProject,
      id: 'buildspec-readable',
      title: {
        ko: 'buildspec을 CodeBuild가 읽을 수 있습니다',
        ja: 'buildspec を CodeBuild が読み取れる',
        en: 'CodeBuild can read the buildspec',
      },
      step: 2,
      after: 'buildspec-inline',
      judge: ({ reading }) => (reading === undefined ? blocked('buildspec-inline') : judgeReading(reading)),
      says: {
        yamlTabs: {
          ko: 'buildspec {line}번째 줄의 들여쓰기에 탭이 있습니다. YAML은 탭을 허용하지 않으므로 공백으로 바꿉니다.',
          ja: 'buildspec の {line} 行目がタブで字下げされています。YAML ではタブを使えないので、空白に置き換えてください。',
          en: 'Line {line} of the buildspec is indented with a tab, which YAML does not allow. Use spaces.',
        },
        yamlInvalid: {
          ko: 'buildspec을 YAML로 읽을 수 없습니다({line}번째 줄: {problem}). 그 줄의 들여쓰기와 따옴표를 확인합니다.',
          ja: 'buildspec を YAML として読み取れません ({line} 行目: {problem})。その行の字下げと引用符を確かめてください。',
          en: 'The buildspec is not YAML (line {line}: {problem}). Look at the indentation and quotes of that line.',
        },
        yamlNotMapping: {
          ko: 'buildspec의 맨 위에 version과 phases 같은 항목이 없습니다. 실습 파일의 내용과 비교합니다.',
          ja: 'buildspec の先頭に version や phases のような項目がありません。演習ファイルの内容と比べてください。',
          en: 'The buildspec has no entries such as version and phases. Compare it with the lab file.',
        },
        versionWrong: {
          ko: 'buildspec의 version이 "{found}"입니다. 0.2로 바꿉니다.',
          ja: 'buildspec の version が "{found}" です。0.2 にしてください。',
          en: 'The version of the buildspec is "{found}". Write 0.2.',
        },
        phasesMisplaced: {
          ko: 'CodeBuild가 실행하지 않는 단계가 있습니다: {phases}. phases 아래에 pre_build, build, post_build 이름으로 둡니다.',
          ja: 'CodeBuild が実行しないフェーズがあります: {phases}。phases の下に pre_build、build、post_build の名前で書いてください。',
          en: 'CodeBuild does not run these phases: {phases}. Put them under phases, named pre_build, build, post_build.',
        },
        phasesMissing: {
          ko: 'buildspec에 phases가 없거나 비어 있습니다. 그 아래에 명령을 적습니다.',
          ja: 'buildspec に phases がないか、空です。その下にコマンドを書いてください。',
          en: 'The buildspec has no phases, or they are empty. Write the commands under them.',
        },
        commandNotText: {
          ko: 'buildspec {line}번째 줄의 명령이 문자열이 아닙니다: {command}. 명령 전체를 따옴표로 감쌉니다.',
          ja: 'buildspec の {line} 行目のコマンドが文字列ではありません: {command}。全体を引用符で囲んでください。',
          en: 'The command in line {line} of the buildspec is not text: {command}. Put it in quotes.',
        },
        commandsNotList: {
          ko: '{phase} 단계의 commands가 목록이 아닙니다. 명령을 한 줄에 하나씩 "- "로 시작해 적습니다.',
          ja: 'フェーズ {phase} の commands がリストではありません。コマンドを 1 行ずつ "- " を付けて書いてください。',
          en: 'The commands of the phase {phase} are not a list. Write one to a line, each after "- ".',
        },
      },
      breaks: {
        'buildspec-tabs': {
          title: { ko: '탭으로 들여씁니다', ja: 'タブで字下げする', en: 'Indent with tabs' },
          says: 'yamlTabs',
          play: (account) => useBuildspec(account, buildspecWith('    commands:', '\tcommands:')),
        },
        'buildspec-broken': {
          title: { ko: '따옴표를 닫지 않습니다', ja: '引用符を閉じない', en: 'Leave a quote open' },
          says: 'yamlInvalid',
          play: (account) =>
            useBuildspec(account, buildspecWith('    OUTPUT_FILE: "/tmp/nginx-mainline-alpine3.22.tar"', '    OUTPUT_FILE: "/tmp/nginx')),
        },
        'buildspec-list': {
          title: { ko: 'YAML 목록을 씁니다', ja: 'YAML のリストを書く', en: 'Write a YAML list' },
          says: 'yamlNotMapping',
          play: (account) => useBuildspec(account, '- docker pull nginx\n- docker save nginx\n'),
        },
        'buildspec-old-version': {
          title: { ko: 'version을 0.1로 적습니다', ja: 'version を 0.1 と書く', en: 'Write version 0.1' },
          says: 'versionWrong',
          play: (account) => useBuildspec(account, buildspecWith('version: 0.2', 'version: 0.1')),
        },
        'phases-at-root': {
          title: { ko: '단계를 phases 밖에 적습니다', ja: 'フェーズを phases の外に書く', en: 'Put the phases outside phases' },
          says: 'phasesMisplaced',
          play: (account) =>
            useBuildspec(
              account,
              buildspecWith(/^phases:\n([\s\S]*)$/m, BUILDSPEC.slice(BUILDSPEC.indexOf('  pre_build:')).replace(/^ {2}/gm, '')),
            ),
        },
        'phases-missing': {
          title: { ko: 'phases를 빼먹습니다', ja: 'phases を忘れる', en: 'Forget phases' },
          says: 'phasesMissing',
          play: (account) => useBuildspec(account, buildspecWith(/^phases:\n[\s\S]*$/m, '')),
        },
        'command-with-colon': {
          title: { ko: '따옴표 없이 echo a: b를 적습니다', ja: '引用符なしで echo a: b と書く', en: 'Write echo a: b without quotes' },
          says: 'commandNotText',
          play: (account) => useBuildspec(account, buildspecWith('- echo "Logging in to Amazon ECR"', '- echo Step: login')),
        },
        'commands-not-a-list': {
          title: { ko: 'commands를 한 문장으로 적습니다', ja: 'commands を 1 つの文章で書く', en: 'Write commands as one text' },
          says: 'commandsNotList',
          play: (account) => useBuildspec(account, buildspecWith(/commands:\n +- echo "Uploading[\s\S]*$/, 'commands: aws s3 cp\n')),
        },
      },
    }),
    on.spec({
      ...deed('buildspec-pull', 'buildspec-readable', imageUriOf, judgePull, ({ pulls }) => pulls.map(({ ref }) => ref)),
      title: {
        ko: '빌드가 이 계정의 이미지를 받습니다',
        ja: 'ビルドがこのアカウントのイメージを取得する',
        en: 'The build pulls the image of this account',
      },
      says: {
        pullOther: {
          ko: '"{found}" 이미지를 받습니다. 이 계정의 이미지로 바꿉니다: {expected}',
          ja: '"{found}" を取得しています。このアカウントのイメージにしてください: {expected}',
          en: 'It pulls "{found}". Pull the image of this account: {expected}',
        },
        pullMissing: {
          ko: '이미지를 받는 docker pull이 없습니다: {expected}',
          ja: 'イメージを取得する docker pull がありません: {expected}',
          en: 'Nothing pulls the image. Add docker pull: {expected}',
        },
      },
      breaks: {
        'image-placeholder': {
          title: {
            ko: '계정 번호 자리에 XXXXXXXXXXXX를 그대로 둡니다',
            ja: 'アカウント番号を XXXXXXXXXXXX のままにする',
            en: 'Leave XXXXXXXXXXXX for the account',
          },
          says: 'pullOther',
          play: (account) =>
            changeProject(account, { environment: environment(account, imageUri(account).replace(account.id, 'XXXXXXXXXXXX')) }),
        },
        'pull-missing': {
          title: { ko: 'docker pull을 빼먹습니다', ja: 'docker pull を忘れる', en: 'Forget docker pull' },
          says: 'pullMissing',
          play: (account) => useBuildspec(account, buildspecWith(PULL, '')),
        },
      },
    }),
    on.spec({
      ...deed('buildspec-login', 'buildspec-pull', registryOf, judgeLogin, ({ logins }) => logins.map(({ registry }) => registry)),
      title: { ko: '빌드가 ECR에 로그인합니다', ja: 'ビルドが ECR にログインする', en: 'The build logs in to ECR' },
      says: {
        loginMissing: {
          ko: 'ECR에 로그인하는 명령이 없습니다. docker pull 앞에 로그인을 넣습니다: {registry}',
          ja: 'ECR にログインするコマンドがありません。docker pull の前にログインを入れてください: {registry}',
          en: 'Nothing logs in to ECR. Log in before docker pull: {registry}',
        },
        loginObsolete: {
          ko: 'aws ecr get-login 명령은 AWS CLI 버전 2에 없습니다. aws ecr get-login-password의 출력을 docker login에 넘깁니다: {registry}',
          ja: 'aws ecr get-login は AWS CLI バージョン 2 にありません。aws ecr get-login-password の出力を docker login に渡してください: {registry}',
          en: 'Version 2 of the AWS CLI has no aws ecr get-login. Hand the output of aws ecr get-login-password to docker login: {registry}',
        },
        loginElsewhere: {
          ko: '"{found}"에 로그인합니다. 이미지가 있는 레지스트리에 로그인합니다: {registry}',
          ja: '"{found}" にログインしています。イメージのあるレジストリにログインしてください: {registry}',
          en: 'It logs in to "{found}". Log in to the registry that holds the image: {registry}',
        },
        loginLate: {
          ko: '이미지를 받은 뒤에 ECR에 로그인합니다. 로그인을 docker pull보다 앞에 둡니다.',
          ja: 'イメージを取得した後で ECR にログインしています。ログインを docker pull より前に移してください。',
          en: 'It logs in to ECR after it pulls the image. Put the login before docker pull.',
        },
      },
      breaks: {
        'login-missing': {
          title: { ko: 'ECR 로그인을 빼먹습니다', ja: 'ECR へのログインを忘れる', en: 'Forget to log in to ECR' },
          says: 'loginMissing',
          play: (account) => useBuildspec(account, buildspecWith(LOGIN, '')),
        },
        'login-old': {
          title: {
            ko: '옛 명령 aws ecr get-login을 씁니다',
            ja: '古いコマンド aws ecr get-login を使う',
            en: 'Use the old aws ecr get-login',
          },
          says: 'loginObsolete',
          play: (account) =>
            useBuildspec(account, buildspecWith(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION")\n')),
        },
        'login-elsewhere': {
          title: {
            ko: '다른 리전의 레지스트리에 로그인합니다',
            ja: '別のリージョンのレジストリにログインする',
            en: 'Log in to the registry of another region',
          },
          says: 'loginElsewhere',
          play: (account) =>
            useBuildspec(
              account,
              buildspecWith(LOGIN, loginLine.replace('"${IMAGE_URI%%/*}"', `${account.id}.dkr.ecr.us-east-1.amazonaws.com`)),
            ),
        },
        'login-late': {
          title: { ko: '이미지를 받은 뒤에 로그인합니다', ja: 'イメージを取得した後にログインする', en: 'Log in after the pull' },
          says: 'loginLate',
          play: (account) =>
            useBuildspec(
              account,
              buildspecWith(LOGIN, '').replace(PULL, () => pullLine + loginLine),
            ),
        },
      },
    }),
    on.spec({
      ...deed('buildspec-save', 'buildspec-pull', imageUriOf, judgeSave, ({ saves }) => saves.flatMap(({ refs }) => refs)),
      title: {
        ko: '빌드가 이미지를 tar 파일로 저장합니다',
        ja: 'ビルドがイメージを tar ファイルにする',
        en: 'The build saves the image as a tar',
      },
      says: {
        saveMissing: {
          ko: '이미지를 tar 파일로 만드는 docker save가 없습니다: {expected}',
          ja: 'イメージを tar ファイルにする docker save がありません: {expected}',
          en: 'Nothing saves the image as a tar. Add docker save: {expected}',
        },
        saveOfNothing: {
          ko: '"{found}" 이미지를 저장하지만 그 이름으로 받은 이미지가 없습니다. docker pull과 docker save의 이름을 같게 합니다.',
          ja: '"{found}" を保存していますが、その名前で取得したイメージがありません。docker pull と docker save の名前を同じにしてください。',
          en: 'It saves "{found}", but pulls no image of that name. Use the same name in docker pull and docker save.',
        },
      },
      breaks: {
        'save-missing': {
          title: { ko: 'docker save를 빼먹습니다', ja: 'docker save を忘れる', en: 'Forget docker save' },
          says: 'saveMissing',
          play: (account) => useBuildspec(account, buildspecWith(SAVE, '      - echo tar > "$OUTPUT_FILE"\n')),
        },
        'save-other-name': {
          title: { ko: '받지 않은 이름으로 저장합니다', ja: '取得していない名前で保存する', en: 'Save under a name that was not pulled' },
          says: 'saveOfNothing',
          play: (account) =>
            useBuildspec(account, buildspecWith('docker save -o "$OUTPUT_FILE" "$IMAGE_URI"', 'docker save -o "$OUTPUT_FILE" nginx')),
        },
      },
    }),
    on.spec({
      ...deed(
        'buildspec-upload',
        'buildspec-save',
        () => 's3://$ARTIFACT_BUCKET/$ARTIFACT_KEY',
        (course) => judgeUpload(course),
        ({ uploads }) => uploads.map(({ from }) => from),
      ),
      title: {
        ko: '빌드가 실행이 정한 곳에 tar 파일을 올립니다',
        ja: 'ビルドが実行の指定した場所に tar ファイルをアップロードする',
        en: 'The build uploads the tar where the execution says',
      },
      says: {
        uploadMissing: {
          ko: 'S3에 올리는 명령이 없습니다. aws s3 cp로 {bucket} 버킷의 {key} 키에 올립니다.',
          ja: 'S3 にアップロードするコマンドがありません。aws s3 cp で {bucket} の {key} にアップロードしてください。',
          en: 'Nothing uploads to S3. Copy the tar with aws s3 cp to {bucket} and {key}.',
        },
        uploadElsewhere: {
          ko: '"{found}"에 올립니다. 실행이 정한 버킷과 키를 쓰도록 {bucket} 변수와 {key} 변수를 사용합니다.',
          ja: '"{found}" にアップロードしています。実行の指定したバケットとキーになるように、{bucket} と {key} を使ってください。',
          en: 'It uploads to "{found}". Use {bucket} and {key}, so that the execution says where.',
        },
        uploadOtherFile: {
          ko: '올리는 파일 "{found}"은(는) docker save가 만든 tar 파일이 아닙니다. 두 명령의 파일 이름을 같게 합니다.',
          ja: 'アップロードしている "{found}" は、docker save が作った tar ファイルではありません。2 つのコマンドのファイル名を同じにしてください。',
          en: 'It uploads "{found}", which is not the tar that docker save made. Use the same file name in both commands.',
        },
        undecidedValue: {
          ko: '"{found}"에 들어갈 값이나 실행되는 조건을 여기서는 알 수 없어 판단하지 못했습니다. 변수 이름에 오타가 없는지 확인합니다.',
          ja: '"{found}" に入る値、または実行される条件がここからは分からないため、判断できませんでした。変数名に誤字がないか確かめてください。',
          en: 'What "{found}" becomes, or whether it runs, cannot be told from here, so this is not decided. Look for a misspelt variable.',
        },
        undecidedCommand: {
          ko: '"{command}" 명령이 무엇을 하는지 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻은 아닙니다.',
          ja: 'コマンド "{command}" が何をするかここからは分からないため、判断できませんでした。間違いという意味ではありません。',
          en: 'What the command "{command}" does cannot be told from here, so this is not decided. That does not mean it is wrong.',
        },
      },
      breaks: {
        'upload-missing': {
          title: { ko: 'aws s3 cp를 빼먹습니다', ja: 'aws s3 cp を忘れる', en: 'Forget aws s3 cp' },
          says: 'uploadMissing',
          play: (account) => useBuildspec(account, buildspecWith(UPLOAD, '')),
        },
        'upload-fixed': {
          title: {
            ko: '버킷과 키를 buildspec에 고정합니다',
            ja: 'バケットとキーを buildspec に固定する',
            en: 'Fix bucket and key in the buildspec',
          },
          says: 'uploadElsewhere',
          play: (account) =>
            useBuildspec(account, buildspecWith('"s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress', `s3://${BUCKET}/${KEY}`)),
        },
        'upload-other-file': {
          title: { ko: '다른 파일을 올립니다', ja: '別のファイルをアップロードする', en: 'Upload another file' },
          says: 'uploadOtherFile',
          play: (account) => useBuildspec(account, buildspecWith('aws s3 cp "$OUTPUT_FILE"', 'aws s3 cp /tmp/other.tar')),
        },
      },
      moments: {
        'upload-unknown': {
          title: { ko: '버킷 변수의 이름을 잘못 적습니다', ja: 'バケットの変数名を間違える', en: 'Misspell the variable of the bucket' },
          says: 'undecidedValue',
          play: (account) =>
            useBuildspec(
              account,
              buildspecWith('"s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress', '"s3://$ARTIFACTS_BUCKET/$ARTIFACT_KEY"'),
            ),
        },
        makefile: {
          title: { ko: '빌드를 make에 맡깁니다', ja: 'ビルドを make に任せる', en: 'Leave the work to make' },
          says: 'undecidedCommand',
          play: (account) => useBuildspec(account, buildspecWith(UPLOAD, '      - make upload\n')),
        },
      },
    }),
    on.settings({
      ...checks.linux(3),
      title: {
        ko: '빌드 환경이 Linux 컨테이너입니다',
        ja: 'ビルド環境が Linux コンテナである',
        en: 'The build environment is a Linux container',
      },
      says: {
        environmentNotLinux: {
          ko: '빌드 환경이 {type}입니다. LINUX_CONTAINER로 바꿉니다.',
          ja: 'ビルド環境が {type} です。LINUX_CONTAINER にしてください。',
          en: 'The build environment is {type}. Make it LINUX_CONTAINER.',
        },
      },
      past: fromBuild(pastSetting.linux),
      breaks: {
        'environment-arm': {
          title: { ko: 'ARM 환경을 고릅니다', ja: 'ARM の環境を選ぶ', en: 'Choose an ARM environment' },
          says: 'environmentNotLinux',
          play: (account) => changeProject(account, { environment: { ...environment(account), type: 'ARM_CONTAINER' } }),
        },
      },
    }),
    on.settings({
      ...checks.privileged(3),
      title: { ko: '권한 모드(Privileged)가 켜져 있습니다', ja: '特権モード (Privileged) がオンである', en: 'Privileged mode is on' },
      says: {
        notPrivileged: {
          ko: '"{project}" 프로젝트의 권한 모드가 꺼져 있어 Docker를 쓸 수 없습니다. privilegedMode를 true로 바꿉니다.',
          ja: 'プロジェクト "{project}" の特権モードがオフなので、Docker を使えません。privilegedMode を true にしてください。',
          en: 'The project "{project}" is not privileged, so it has no Docker. Set privilegedMode to true.',
        },
      },
      past: fromBuild(pastSetting.privileged),
      breaks: {
        'not-privileged': {
          title: { ko: '권한 모드를 켜지 않습니다', ja: '特権モードをオンにしない', en: 'Leave privileged mode off' },
          says: 'notPrivileged',
          play: (account) => changeProject(account, { environment: { ...environment(account), privilegedMode: false } }),
        },
      },
    }),
    on.settings({
      ...ofProject,
      id: 'service-role',
      title: {
        ko: '프로젝트가 실습의 역할을 사용합니다',
        ja: 'プロジェクトが演習のロールを使う',
        en: 'The project uses the role of the lab',
      },
      step: 3,
      after: 'project-exists',
      expected: (_fact, context) => roleArnOf(context, BUILD_ROLE),
      holds: ({ project }, context) => project?.serviceRole === roleArnOf(context, BUILD_ROLE),
      otherwise: ({ project }, context) => [
        'roleOther',
        { what: PROJECT, found: project?.serviceRole ?? '-', expected: roleArnOf(context, BUILD_ROLE) },
      ],
      observed: ({ project }) => project?.serviceRole ?? null,
      says: {
        roleOther: {
          ko: '"{what}"이(가) 사용하는 역할이 "{found}"입니다. 실습의 역할로 바꿉니다: {expected}',
          ja: '"{what}" はロール "{found}" を使っています。演習のロールにしてください: {expected}',
          en: '"{what}" uses the role "{found}". Give it the role of the lab: {expected}',
        },
      },
      past: fromBuild((build, _known, context) => pastSetting.role(build, roleArnOf(context, BUILD_ROLE))),
      breaks: {
        'project-role-other': {
          title: { ko: '프로젝트에 다른 역할을 지정합니다', ja: 'プロジェクトに別のロールを指定する', en: 'Give the project another role' },
          says: 'roleOther',
          play: (account) =>
            changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/service-role/codebuild-${PROJECT}-service-role` }),
        },
      },
    }),
    on.settings({
      ...checks.logs(3),
      title: { ko: 'CloudWatch 로그가 켜져 있습니다', ja: 'CloudWatch のログがオンである', en: 'CloudWatch logs are on' },
      says: {
        logsOff: {
          ko: '"{project}" 프로젝트의 CloudWatch 로그가 꺼져 있습니다. 실패한 원인을 볼 수 있도록 켭니다.',
          ja: 'プロジェクト "{project}" の CloudWatch のログがオフです。失敗の原因を調べられるようにオンにしてください。',
          en: 'The CloudWatch logs of the project "{project}" are off. Turn them on, so that failures can be explained.',
        },
      },
      past: fromBuild(pastSetting.logs),
      breaks: {
        'logs-off': {
          title: { ko: 'CloudWatch 로그를 끕니다', ja: 'CloudWatch のログをオフにする', en: 'Turn the CloudWatch logs off' },
          says: 'logsOff',
          play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
        },
      },
    }),
  ],
});
