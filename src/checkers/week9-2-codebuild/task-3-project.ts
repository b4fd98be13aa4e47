import { readers, type Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, type Verdict } from '../engine/verdict.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../kit/codebuild/past-builds.ts';
import { fromPastBuild } from '../kit/codebuild/past-project.ts';
import { type OfBranch, projectChecks } from '../kit/codebuild/project.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { BUILDSPEC, OTHER_REGIONS, outputsOf, PROJECT, STACK } from './names.ts';
import { BUILDSPEC_YML } from './practice-files.ts';
import { changeProject, changeVariable, createProject, environment, imageUri, place, source, startOver } from './student.ts';
import { expectedVariables, judgeVariable, observedVariable, type VariableName } from './variables.ts';

/** A project beside the stack that it is compared with. */
interface Pair extends OfProject {
  readonly stack: Stack | undefined;
}

const variableExpectation = <const Id extends string>(id: Id, name: VariableName, step: number) =>
  ({
    ...ofProject,
    id,
    step,
    expected: ({ stack }: Pair, { account }: TaskContext) => expectedVariables(account, outputsOf(stack).imageRepository)[name],
    judge({ project, stack }: Pair, { account }: TaskContext) {
      const expected = expectedVariables(account, outputsOf(stack).imageRepository)[name];
      if (project === undefined || expected === undefined) return blocked('task-0');
      return judgeVariable(project.environment.variables, name, expected);
    },
    observed: ({ project }: Pair) => project && observedVariable(project.environment.variables, name),
  }) as const;

const reads = {
  stack: readers.cloudformation.stack,
  ...projectReads,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => {
    const { sourceRepository } = outputsOf(await stack);
    return (other) => sourceRepository !== undefined && codeCommitRepositoryOf(other.source.location) === sourceRepository;
  });
  const pair = Promise.all([project, stack]).then(([ofName, ofStack]): Pair => ({ project: ofName, stack: ofStack }));
  const branch = pair.then(async ({ project: ofName, stack: ofStack }): Promise<OfBranch> => {
    const { sourceRepository } = outputsOf(ofStack);
    return { project: ofName, repository: sourceRepository === undefined ? undefined : await aws.repository(sourceRepository) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const checks = projectChecks(PROJECT);
const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** Beside what the stack said, which is needed to know what was right. */
const fromBuild = fromPastBuild(PROJECT, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, STACK)));

const pastVariable = (name: VariableName) =>
  fromBuild(({ environment: { variables } }, { imageRepository }, { account }) => {
    const expected = expectedVariables(account, imageRepository)[name];
    if (expected === undefined || judgeVariable(variables, name, expected).status !== 'passed') return undefined;
    return observedVariable(variables, name);
  });

const taskReads = { ...reads, ...pastReads } as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: 'AWS CodeBuild 프로젝트 생성', ja: 'AWS CodeBuild プロジェクトの作成', en: 'Create the AWS CodeBuild project' },
  needs: ['task-0', 'task-1'],
  reads: taskReads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 생성합니다', ja: 'プロジェクトを作成する', en: 'Create the project' },
    play: (account) => createProject(account),
  },
  expectations: [
    on.found({
      ...checks.exists(3),
      title: { ko: 'CodeBuild 프로젝트가 있습니다', ja: 'CodeBuild プロジェクトがある', en: 'The CodeBuild project exists' },
      says: {
        projectNamedOtherwise: {
          ko: '프로젝트의 이름이 "{found}"입니다. 이 실습에서는 "{expected}"라는 이름으로 프로젝트를 다시 생성합니다.',
          ja: 'プロジェクトの名前が "{found}" です。この演習では "{expected}" という名前で作り直してください。',
          en: 'Your project is called "{found}". In this lab, create it again with the name "{expected}".',
        },
      },
      past: fromBuild(pastSetting.project),
      elsewhere: { regions: OTHER_REGIONS, reads: ['project'], find: async (aws) => (await aws.project(PROJECT))?.arn },
      breaks: {
        'project-in-virginia': {
          title: {
            ko: '버지니아(us-east-1) 리전에서 프로젝트를 만듭니다',
            ja: 'バージニア(us-east-1)リージョンでプロジェクトを作成します',
            en: 'Create the project in Virginia (us-east-1)',
          },
          says: 'foundElsewhere',
          instead(account) {
            startOver(account, 2);
            createProject(account, PROJECT, 'us-east-1');
          },
        },
        'project-other-name': {
          title: {
            ko: '다른 이름으로 프로젝트를 생성합니다',
            ja: '別の名前でプロジェクトを作成する',
            en: 'Create the project with another name',
          },
          says: 'projectNamedOtherwise',
          play(account) {
            place(account).codebuild.deleteProject(PROJECT);
            createProject(account, 'week9-2-codebuild-project');
          },
        },
      },
    }),
    on.source({
      ...checks.source(5, 'task-0', ({ stack }: Pair) => outputsOf(stack).sourceRepository),
      title: {
        ko: '소스가 이 실습의 CodeCommit 리포지토리입니다',
        ja: 'ソースがこの演習の CodeCommit リポジトリである',
        en: "The source is this lab's CodeCommit repository",
      },
      says: {
        sourceNotCodeCommit: {
          ko: '프로젝트의 소스가 {type}입니다. Source provider를 AWS CodeCommit으로 바꿉니다.',
          ja: 'プロジェクトのソースが {type} です。Source provider を AWS CodeCommit に変えてください。',
          en: 'The source of the project is {type}. Change the source provider to AWS CodeCommit.',
        },
        sourceOtherRepository: {
          ko: '프로젝트가 "{found}" 리포지토리를 빌드합니다. 스택이 만든 "{expected}" 리포지토리로 바꿉니다.',
          ja: 'プロジェクトはリポジトリ "{found}" をビルドします。スタックが作った "{expected}" に変えてください。',
          en: 'The project builds the repository "{found}". Change it to "{expected}", which the stack made.',
        },
      },
      past: fromBuild((build, { sourceRepository }, context) => pastSetting.source(build, sourceRepository, context)),
      breaks: {
        'source-github': {
          title: { ko: '소스로 GitHub를 선택합니다', ja: 'ソースに GitHub を選ぶ', en: 'Choose GitHub as the source' },
          says: 'sourceNotCodeCommit',
          play: (account) =>
            changeProject(account, { source: { type: 'GITHUB', location: 'https://github.com/example/app.git', buildspec: BUILDSPEC } }),
        },
        'source-other-repository': {
          title: { ko: '다른 리포지토리를 선택합니다', ja: '別のリポジトリを選ぶ', en: 'Choose another repository' },
          says: 'sourceOtherRepository',
          play: (account) => changeProject(account, { source: source('my-first-repo') }),
        },
      },
    }),
    on.branch({
      ...checks.branch(5, 'task-1'),
      title: {
        ko: '코드가 있는 브랜치를 빌드합니다',
        ja: 'コードのあるブランチをビルドする',
        en: 'It builds the branch that holds the code',
      },
      says: {
        branchOther: {
          ko: '프로젝트가 "{found}" 버전을 빌드합니다. 코드가 있는 "{expected}" 브랜치로 바꿉니다.',
          ja: 'プロジェクトは "{found}" をビルドします。コードのあるブランチ "{expected}" に変えてください。',
          en: 'The project builds "{found}". Change it to the branch "{expected}", which holds the code.',
        },
      },
      past: fromBuild(pastSetting.branch),
      breaks: {
        'branch-other': {
          title: { ko: '코드가 없는 브랜치를 선택합니다', ja: 'コードのないブランチを選ぶ', en: 'Choose a branch without the code' },
          says: 'branchOther',
          play: (account) => changeProject(account, { sourceVersion: 'refs/heads/master' }),
        },
      },
    }),
    on.environment({
      ...checks.linux(6),
      title: {
        ko: '빌드 환경이 Linux 컨테이너입니다',
        ja: 'ビルド環境が Linux コンテナである',
        en: 'The build environment is a Linux container',
      },
      says: {
        environmentNotLinux: {
          ko: '빌드 환경이 {type}입니다. Environment에서 Amazon Linux, Standard, x86_64 이미지를 선택하여 LINUX_CONTAINER로 바꿉니다.',
          ja: 'ビルド環境が {type} です。Environment で Amazon Linux、Standard、x86_64 のイメージを選び、LINUX_CONTAINER にしてください。',
          en: 'The build environment is {type}. Choose the image Amazon Linux, Standard, x86_64 under Environment, which gives LINUX_CONTAINER.',
        },
      },
      past: fromBuild(pastSetting.linux),
      breaks: {
        'environment-arm': {
          title: { ko: 'ARM 이미지를 선택합니다', ja: 'ARM のイメージを選ぶ', en: 'Choose an ARM image' },
          says: 'environmentNotLinux',
          play: (account) =>
            changeProject(account, {
              environment: { ...environment(account), type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
            }),
        },
      },
    }),
    on.environment({
      ...checks.privileged(6),
      title: { ko: 'Privileged 모드가 켜져 있습니다', ja: '特権モード(Privileged)がオンである', en: 'Privileged mode is on' },
      says: {
        notPrivileged: {
          ko: '"{project}" 프로젝트의 Privileged 모드가 꺼져 있어 Docker를 실행할 수 없습니다. Environment의 Additional configuration에서 켭니다.',
          ja: 'プロジェクト "{project}" の特権モードがオフなので、Docker を実行できません。Environment の Additional configuration でオンにしてください。',
          en: 'Privileged mode of the project "{project}" is off, so it cannot run Docker. Turn it on under Environment, Additional configuration.',
        },
      },
      past: fromBuild(pastSetting.privileged),
      breaks: {
        'not-privileged': {
          title: { ko: 'Privileged를 켜지 않습니다', ja: 'Privileged をオンにしない', en: 'Leave Privileged off' },
          says: 'notPrivileged',
          play: (account) => changeProject(account, { environment: { ...environment(account), privilegedMode: false } }),
        },
      },
    }),
    on.role({
      ...checks.role(8, 'task-0', ({ stack }: Pair) => outputsOf(stack).roleArn),
      title: {
        ko: '스택이 만든 서비스 역할을 사용합니다',
        ja: 'スタックが作ったサービスロールを使う',
        en: 'It uses the service role that the stack made',
      },
      says: {
        roleAutoMade: {
          ko: '콘솔이 자동으로 만든 "{found}" 역할을 사용합니다. Existing service role을 선택하고 스택이 만든 역할을 지정합니다: "{expected}"',
          ja: 'コンソールが自動で作ったロール "{found}" を使っています。Existing service role を選び、スタックが作ったロールを指定してください: "{expected}"',
          en: 'It uses the role "{found}", which the console made by itself. Choose Existing service role and the role that the stack made: "{expected}"',
        },
        roleOther: {
          ko: '프로젝트가 "{found}" 역할을 사용합니다. 스택이 만든 역할로 바꿉니다: "{expected}"',
          ja: 'プロジェクトはロール "{found}" を使っています。スタックが作ったロールに変えてください: "{expected}"',
          en: 'The project uses the role "{found}". Change it to the role that the stack made: "{expected}"',
        },
      },
      past: fromBuild((build, { roleArn }) => pastSetting.role(build, roleArn)),
      breaks: {
        'role-auto-made': {
          title: {
            ko: 'New service role로 역할을 자동으로 만듭니다',
            ja: 'New service role でロールを自動作成する',
            en: 'Let New service role make a role',
          },
          says: 'roleAutoMade',
          play(account) {
            const name = `codebuild-${PROJECT}-service-role`;
            account.iam.createRole({ name, path: '/service-role/' });
            changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/service-role/${name}` });
          },
        },
        'role-other': {
          title: { ko: '다른 역할을 지정합니다', ja: '別のロールを指定する', en: 'Choose another role' },
          says: 'roleOther',
          play(account) {
            account.iam.createRole({ name: 'my-codebuild-role' });
            changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/my-codebuild-role` });
          },
        },
      },
    }),
    on.buildspec({
      ...checks.buildspecFile(9),
      title: { ko: '소스의 buildspec.yml을 사용합니다', ja: 'ソースの buildspec.yml を使う', en: 'It uses buildspec.yml from the source' },
      says: {
        buildspecInline: {
          ko: '빌드 명령을 프로젝트에 직접 적었습니다. Buildspec에서 Use a buildspec file을 선택하여 소스의 buildspec.yml을 사용하게 합니다.',
          ja: 'ビルドコマンドがプロジェクトに直接書かれています。Use a buildspec file を選び、ソースの buildspec.yml を使うようにしてください。',
          en: 'The build commands are written in the project itself. Choose Use a buildspec file, so that buildspec.yml of the source is used.',
        },
        buildspecOther: {
          ko: '프로젝트가 "{found}" 파일을 buildspec으로 사용합니다. 이름을 "{expected}" 파일로 바꾸거나 비워 둡니다.',
          ja: 'プロジェクトは "{found}" を buildspec として使います。"{expected}" に変えるか、空にしてください。',
          en: 'The project uses "{found}" as its buildspec. Change it to "{expected}", or leave it empty.',
        },
      },
      past: fromBuild(pastSetting.buildspecFile),
      breaks: {
        'buildspec-inline': {
          title: {
            ko: '빌드 명령을 프로젝트에 직접 적습니다',
            ja: 'ビルドコマンドをプロジェクトに直接書く',
            en: 'Write the build commands into the project',
          },
          says: 'buildspecInline',
          play: (account) => changeProject(account, { source: { ...source(), buildspec: BUILDSPEC_YML } }),
        },
        'buildspec-other-file': {
          title: { ko: 'buildspec 이름에 오타를 냅니다', ja: 'buildspec の名前を打ち間違える', en: 'Mistype the name of the buildspec' },
          says: 'buildspecOther',
          play: (account) => changeProject(account, { source: { ...source(), buildspec: 'buildspce.yml' } }),
        },
      },
    }),
    on.variables({
      ...variableExpectation('variable-account-id', 'AWS_ACCOUNT_ID', 14),
      title: {
        ko: 'AWS_ACCOUNT_ID가 이 계정의 ID입니다',
        ja: 'AWS_ACCOUNT_ID がこのアカウントの ID である',
        en: "AWS_ACCOUNT_ID is this account's ID",
      },
      says: {
        variableMissing: {
          ko: '{name} 환경 변수가 없습니다. 다음 값으로 추가합니다: "{expected}"',
          ja: '環境変数 {name} がありません。値を "{expected}" にして追加してください。',
          en: 'The environment variable {name} is missing. Add it with the value "{expected}".',
        },
        variableWrong: {
          ko: '{name} 환경 변수의 값이 "{found}"입니다. 다음 값으로 고칩니다: "{expected}"',
          ja: '環境変数 {name} の値が "{found}" です。"{expected}" に直してください。',
          en: 'The value of the environment variable {name} is "{found}". Change it to "{expected}".',
        },
        variableSpaces: {
          ko: '{name} 환경 변수의 값 앞뒤에 공백이 있습니다. 공백을 지우고 다음 값만 남깁니다: "{expected}"',
          ja: '環境変数 {name} の値の前後に空白があります。空白を消し、"{expected}" だけにしてください。',
          en: 'The value of the environment variable {name} has blanks around it. Remove them and leave only "{expected}".',
        },
        variableNotPlain: {
          ko: '{name} 환경 변수의 유형이 {type}입니다. Plaintext로 바꾸고 값을 직접 적습니다.',
          ja: '環境変数 {name} のタイプが {type} です。Plaintext に変え、値をそのまま書いてください。',
          en: 'The type of the environment variable {name} is {type}. Change it to Plaintext and write the value itself.',
        },
      },
      past: pastVariable('AWS_ACCOUNT_ID'),
      breaks: {
        'account-id-missing': {
          title: { ko: 'AWS_ACCOUNT_ID를 빠뜨립니다', ja: 'AWS_ACCOUNT_ID を忘れる', en: 'Leave out AWS_ACCOUNT_ID' },
          says: 'variableMissing',
          play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', undefined),
        },
        'account-id-other': {
          title: {
            ko: '예시의 계정 ID를 그대로 적습니다',
            ja: '例のアカウント ID をそのまま書く',
            en: 'Leave the example account ID as it is',
          },
          says: 'variableWrong',
          play: (account) =>
            changeVariable(account, 'AWS_ACCOUNT_ID', { value: '123456789012' === account.id ? OTHER_ACCOUNT : '123456789012' }),
        },
        'account-id-spaces': {
          title: { ko: '계정 ID 뒤에 공백을 붙입니다', ja: 'アカウント ID の後に空白を付ける', en: 'Put a blank after the account ID' },
          says: 'variableSpaces',
          play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { value: `${account.id} ` }),
        },
        'account-id-parameter': {
          title: {
            ko: 'AWS_ACCOUNT_ID의 유형을 Parameter로 선택합니다',
            ja: 'AWS_ACCOUNT_ID のタイプに Parameter を選ぶ',
            en: 'Choose the type Parameter for AWS_ACCOUNT_ID',
          },
          says: 'variableNotPlain',
          play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { type: 'PARAMETER_STORE' }),
        },
      },
    }),
    on.variables({
      ...variableExpectation('variable-repository', 'IMAGE_REPO_NAME', 15),
      title: {
        ko: 'IMAGE_REPO_NAME이 ECR 리포지토리 이름입니다',
        ja: 'IMAGE_REPO_NAME が ECR リポジトリの名前である',
        en: "IMAGE_REPO_NAME is the ECR repository's name",
      },
      says: {
        variableWholeUri: {
          ko: '{name} 환경 변수에 URI 전체("{found}")를 적었습니다. `/` 뒤의 이름만 적습니다: "{expected}"',
          ja: '環境変数 {name} に URI 全体("{found}")が入っています。`/` の後の名前だけにしてください: "{expected}"',
          en: 'The environment variable {name} holds the whole URI ("{found}"). Write only the name after the `/`: "{expected}"',
        },
      },
      past: pastVariable('IMAGE_REPO_NAME'),
      breaks: {
        'repository-whole-uri': {
          title: {
            ko: 'IMAGE_REPO_NAME에 URI 전체를 적습니다',
            ja: 'IMAGE_REPO_NAME に URI 全体を書く',
            en: 'Write the whole URI into IMAGE_REPO_NAME',
          },
          says: 'variableWholeUri',
          play: (account) => changeVariable(account, 'IMAGE_REPO_NAME', { value: imageUri(account) }),
        },
      },
    }),
    on.variables({
      ...variableExpectation('variable-container', 'CONTAINER_NAME', 16),
      title: { ko: 'CONTAINER_NAME이 app입니다', ja: 'CONTAINER_NAME が app である', en: 'CONTAINER_NAME is app' },
      says: {
        variableMisnamed: {
          ko: '{name} 환경 변수가 없고 "{found}" 변수가 있습니다. 그 변수의 이름을 고칩니다.',
          ja: '環境変数 {name} がなく、"{found}" があります。その変数の名前を直してください。',
          en: 'There is no environment variable {name}, but there is "{found}". Mend the name of that variable.',
        },
        variableWrong: {
          ko: '{name} 환경 변수의 값이 "{found}"입니다. 다음 값으로 고칩니다: "{expected}"',
          ja: '環境変数 {name} の値が "{found}" です。"{expected}" に直してください。',
          en: 'The value of the environment variable {name} is "{found}". Change it to "{expected}".',
        },
      },
      past: pastVariable('CONTAINER_NAME'),
      breaks: {
        'container-misnamed': {
          title: {
            ko: 'CONTAINER_NAME의 이름을 CONTAINERNAME으로 적습니다',
            ja: 'CONTAINER_NAME を CONTAINERNAME と書く',
            en: 'Write CONTAINERNAME for CONTAINER_NAME',
          },
          says: 'variableMisnamed',
          play: (account) => changeVariable(account, 'CONTAINER_NAME', { name: 'CONTAINERNAME' }),
        },
        'container-other': {
          title: {
            ko: 'CONTAINER_NAME에 다른 이름을 적습니다',
            ja: 'CONTAINER_NAME に別の名前を書く',
            en: 'Write another name into CONTAINER_NAME',
          },
          says: 'variableWrong',
          play: (account) => changeVariable(account, 'CONTAINER_NAME', { value: 'my-app' }),
        },
      },
    }),
    on.logs({
      ...checks.logs(18),
      title: { ko: 'CloudWatch 로그가 켜져 있습니다', ja: 'CloudWatch ログがオンである', en: 'CloudWatch logs are on' },
      says: {
        logsOff: {
          ko: '"{project}" 프로젝트의 CloudWatch 로그가 꺼져 있습니다. Logs에서 CloudWatch logs를 켭니다.',
          ja: 'プロジェクト "{project}" の CloudWatch ログがオフです。Logs で CloudWatch logs をオンにしてください。',
          en: 'CloudWatch logs of the project "{project}" are off. Turn them on under Logs.',
        },
      },
      past: fromBuild(pastSetting.logs),
      breaks: {
        'logs-off': {
          title: { ko: 'CloudWatch 로그를 끕니다', ja: 'CloudWatch ログをオフにする', en: 'Turn CloudWatch logs off' },
          says: 'logsOff',
          play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
        },
      },
    }),
  ],
});
