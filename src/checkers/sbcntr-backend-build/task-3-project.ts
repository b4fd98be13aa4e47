import { readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, type Verdict } from '../engine/verdict.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../kit/codebuild/past-builds.ts';
import { fromPastBuild } from '../kit/codebuild/past-project.ts';
import { type OfBranch, projectChecks } from '../kit/codebuild/project.ts';
import { OTHER_REGIONS, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';
import { BUILDSPEC_YML } from './practice-files.ts';
import { changeProject, createProject, environment, place, source, startOver } from './student.ts';

/** A project beside the stack that it is compared with. */
interface Pair extends OfProject {
  readonly outputs: Outputs;
}

/** What the buildspec sets itself, which a variable of the project would override. */
const buildspecVariables = ({ backend }: Outputs, region: string) => ({
  AWS_REGION_NAME: region,
  ECR_REPOSITORY_NAME: backend,
  DOCKER_BUILDKIT: '1',
});

function judgeVariables({ project, outputs }: Pair, { region }: TaskContext) {
  if (project === undefined || outputs.backend === undefined) return blocked('task-0');
  const wanted: Readonly<Record<string, string | undefined>> = buildspecVariables(outputs, region);
  for (const { name, type, value } of project.environment.variables) {
    if (!Object.hasOwn(wanted, name) || (type === 'PLAINTEXT' && value === wanted[name])) continue;
    return failed(['variableOverrides', { name, found: type === 'PLAINTEXT' ? value : type, expected: wanted[name] ?? '-' }]);
  }
  return passed();
}

const reads = {
  stack: readers.cloudformation.stack,
  ...projectReads,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => {
    const { source } = await outputs;
    return (other) => source !== undefined && codeCommitRepositoryOf(other.source.location) === source;
  });
  const pair = Promise.all([project, outputs]).then(([ofName, ofStack]): Pair => ({ project: ofName, outputs: ofStack }));
  const branch = pair.then(async ({ project: ofName, outputs: { source } }): Promise<OfBranch> => {
    return { project: ofName, repository: source === undefined ? undefined : await aws.repository(source) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const checks = projectChecks(PROJECT);
const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** Beside what the stack said, which is needed to know what was right. */
const fromBuild = fromPastBuild(PROJECT, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, STACK)));

const taskReads = { ...reads, ...pastReads } as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: 'CodeBuild 프로젝트 생성', ja: 'CodeBuild プロジェクトの作成', en: 'Create the CodeBuild project' },
  needs: ['task-0', 'task-1', 'task-2'],
  reads: taskReads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 생성합니다', ja: 'プロジェクトを作る', en: 'Create the project' },
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
            ja: 'バージニア(us-east-1)リージョンでプロジェクトを作る',
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
            ja: '別の名前でプロジェクトを作る',
            en: 'Create the project with another name',
          },
          says: 'projectNamedOtherwise',
          play(account) {
            place(account).codebuild.deleteProject(PROJECT);
            createProject(account, 'sbcntr-backend-codebuild');
          },
        },
      },
    }),
    on.source({
      ...checks.source(4, 'task-0', ({ outputs }: Pair) => outputs.source),
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
      past: fromBuild((build, { source }, context) => pastSetting.source(build, source, context)),
      breaks: {
        'source-github': {
          title: { ko: '소스로 GitHub를 선택합니다', ja: 'ソースに GitHub を選ぶ', en: 'Choose GitHub as the source' },
          says: 'sourceNotCodeCommit',
          play: (account) => changeProject(account, { source: { type: 'GITHUB', location: 'https://github.com/example/app.git' } }),
        },
        'source-other-repository': {
          title: { ko: '다른 리포지토리를 선택합니다', ja: '別のリポジトリを選ぶ', en: 'Choose another repository' },
          says: 'sourceOtherRepository',
          play: (account) => changeProject(account, { source: source('my-first-repo') }),
        },
      },
    }),
    on.branch({
      ...checks.branch(4, 'task-0'),
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
          play: (account) => changeProject(account, { sourceVersion: 'refs/heads/develop' }),
        },
      },
    }),
    on.environment({
      ...checks.linux(5),
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
              environment: { ...environment, type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
            }),
        },
      },
    }),
    on.environment({
      ...checks.privileged(6),
      title: { ko: 'Privileged 모드가 켜져 있습니다', ja: '特権モードがオンである', en: 'Privileged mode is on' },
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
          title: { ko: 'Privileged를 켜지 않습니다', ja: '特権モードをオンにしない', en: 'Leave Privileged off' },
          says: 'notPrivileged',
          play: (account) => changeProject(account, { environment: { ...environment, privilegedMode: false } }),
        },
      },
    }),
    on.role({
      ...checks.role(7, 'task-0', ({ outputs }: Pair) => outputs.roleArn),
      title: {
        ko: '스택이 만든 서비스 역할을 사용합니다',
        ja: 'スタックが作ったサービスロールを使っている',
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
            ja: 'New service role でロールを自動で作る',
            en: 'Let New service role make a role',
          },
          says: 'roleAutoMade',
          play(account) {
            const { Arn: serviceRole = '' } = account.iam.createRole({ name: `codebuild-${PROJECT}-service-role`, path: '/service-role/' });
            changeProject(account, { serviceRole });
          },
        },
        'role-other': {
          title: { ko: '다른 역할을 지정합니다', ja: '別のロールを指定する', en: 'Choose another role' },
          says: 'roleOther',
          play(account) {
            const { Arn: serviceRole = '' } = account.iam.createRole({ name: 'my-codebuild-role' });
            changeProject(account, { serviceRole });
          },
        },
      },
    }),
    on.buildspec({
      ...checks.buildspecFile(8),
      title: {
        ko: '소스의 buildspec.yml을 사용합니다',
        ja: 'ソースの buildspec.yml を使っている',
        en: 'It uses buildspec.yml of the source',
      },
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
          title: { ko: 'buildspec 이름에 오타를 냅니다', ja: 'buildspec の名前を書き間違える', en: 'Misspell the name of the buildspec' },
          says: 'buildspecOther',
          play: (account) => changeProject(account, { source: { ...source(), buildspec: 'buildspce.yml' } }),
        },
      },
    }),
    on.variables({
      ...ofProject,
      id: 'variables',
      title: {
        ko: '프로젝트의 변수가 buildspec의 값을 덮어쓰지 않습니다',
        ja: 'プロジェクトの変数が buildspec の値を上書きしていない',
        en: 'No variable of the project overrides a value of the buildspec',
      },
      step: 10,
      judge: judgeVariables,
      observed: ({ project }) => project?.environment.variables.map(({ name }) => name),
      says: {
        variableOverrides: {
          ko: '프로젝트의 {name} 환경 변수("{found}")가 buildspec.yml의 값을 덮어씁니다. 변수를 지우거나 다음 값으로 고칩니다: "{expected}"',
          ja: 'プロジェクトの環境変数 {name}("{found}")が buildspec.yml の値を上書きします。変数を消すか、次の値に直してください: "{expected}"',
          en: 'The environment variable {name} of the project ("{found}") overrides the value of buildspec.yml. Remove it, or change it to "{expected}".',
        },
      },
      past: fromBuild(({ environment }, outputs, { region }) => {
        const wanted: Readonly<Record<string, string | undefined>> = buildspecVariables(outputs, region);
        if (outputs.backend === undefined) return undefined;
        return environment.variables.some(({ name, value }) => Object.hasOwn(wanted, name) && value !== wanted[name])
          ? undefined
          : environment.variables.map(({ name }) => name);
      }),
      breaks: {
        'variable-overrides': {
          title: {
            ko: '프로젝트에 DOCKER_BUILDKIT=0을 만듭니다',
            ja: 'プロジェクトに DOCKER_BUILDKIT=0 を作る',
            en: 'Make DOCKER_BUILDKIT=0 in the project',
          },
          says: 'variableOverrides',
          play: (account) =>
            changeProject(account, {
              environment: { ...environment, environmentVariables: [{ name: 'DOCKER_BUILDKIT', value: '0', type: 'PLAINTEXT' }] },
            }),
        },
      },
    }),
    on.logs({
      ...checks.logs(9),
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
