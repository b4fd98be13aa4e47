import type { Project } from '../../../aws/services/codebuild/project.ts';
import { codebuildConsole } from '../../../aws/services/codebuild.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation } from '../../engine/expectation.ts';
import { blocked, failed, notStarted, passed } from '../../engine/verdict.ts';
import { buildsBranch, buildspecPlace, codeCommitRepositoryOf, isConsoleMadeRole } from './build-project.ts';
import { type FoundProject, type OfProject, ofProject, projectLink } from './find-project.ts';
import type { FromBuild } from './past-project.ts';

export interface OfBranch extends OfProject {
  readonly repository: { readonly defaultBranch?: string | undefined } | undefined;
}

type Changed = NonNullable<ReturnType<ReturnType<PracticeAccount['region']>['codebuild']['project']>>;
type Change<Part extends 'environment' | 'source'> = Partial<NonNullable<Changed[Part]>>;

interface ProjectOfLab<Aws, Known> {
  readonly name: string;
  readonly region: string;
  /** Where students end up who did not choose the region. The task reads the project under the name `project`. */
  readonly otherRegions: readonly string[];
  /** How a build proves what a project that is gone was like. Left out by labs whose builds prove nothing of it. */
  readonly fromBuild?: FromBuild<Aws, Known>;
}

/** Checks of one setting each, of the CodeBuild project of a name: what nearly every lab with one asks. `step`: the step of the text that sets it. */
export function projectChecks<Aws, Known>({ name, region, otherRegions, fromBuild }: ProjectOfLab<Aws, Known>) {
  const codebuild = (account: PracticeAccount, where: string = region) => account.region(where).codebuild;
  const found = (account: PracticeAccount) => {
    const project = codebuild(account).project(name);
    if (project === undefined) throw new Error(`The practice account has no project "${name}" that could be changed.`);
    return project;
  };
  const change = (patch: Partial<Changed>) => (account: PracticeAccount) => codebuild(account).updateProject(name, patch);
  const changeEnvironment = (patch: Change<'environment'>) => (account: PracticeAccount) =>
    change({ environment: { ...found(account).environment, ...patch } as NonNullable<Changed['environment']> })(account);
  const changeSource = (patch: Change<'source'>) => (account: PracticeAccount) =>
    change({ source: { ...found(account).source, ...patch } as NonNullable<Changed['source']> })(account);
  /** Makes the same project under another name or in another region, in the place of this one. */
  const remake = (account: PracticeAccount, as: { readonly name?: string; readonly region?: string }) => {
    const project = found(account);
    codebuild(account).deleteProject(name);
    codebuild(account, as.region).createProject({ ...project, name: as.name ?? name });
  };
  const changeRole = (account: PracticeAccount, role: string, path = '/') => {
    account.iam.createRole({ name: role, path });
    change({ serviceRole: `arn:aws:iam::${account.id}:role${path}${role}` })(account);
  };
  const past = (right: Parameters<FromBuild<Aws, Known>>[0]) => (fromBuild === undefined ? {} : { past: fromBuild(right) });
  return {
    /** @param misnamed a name that students give it instead */
    exists: (step: number, misnamed: string) =>
      expectation<FoundProject, Aws>()({
        id: 'project-exists',
        title: { ko: 'CodeBuild 프로젝트가 있습니다', ja: 'CodeBuild プロジェクトがある', en: 'The CodeBuild project exists' },
        step,
        expected: name,
        judge({ project, namedOtherwise }, { region: here }) {
          if (project !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['projectNamedOtherwise', { found: namedOtherwise, expected: name }]);
          return notStarted(['projectMissing', { project: name, region: here }]);
        },
        observed: ({ project, namedOtherwise }) => project?.name ?? namedOtherwise,
        resource: ofProject.resource,
        console: (fact, context) => projectLink(fact, context) ?? codebuildConsole.projects(context),
        ...past(({ project }) => project),
        elsewhere: {
          regions: otherRegions,
          reads: ['project'],
          // The task's readers hold the one that `reads` names.
          find: async (aws) => (await (aws as { project(name: string): Promise<Project | undefined> }).project(name))?.arn,
        },
        says: {
          projectMissing: {
            ko: '{region} 리전에 "{project}" 프로젝트가 없습니다. CodeBuild에서 프로젝트를 생성합니다.',
            ja: '{region} リージョンにプロジェクト "{project}" がありません。CodeBuild で作成してください。',
            en: 'There is no project "{project}" in {region}. Create the project in CodeBuild.',
          },
          projectNamedOtherwise: {
            ko: '프로젝트의 이름이 "{found}"입니다. 이 실습에서는 "{expected}"라는 이름으로 프로젝트를 다시 생성합니다.',
            ja: 'プロジェクトの名前が "{found}" です。この演習では "{expected}" という名前で作り直してください。',
            en: 'Your project is called "{found}". In this lab, create it again with the name "{expected}".',
          },
        },
        breaks: {
          'project-in-virginia': {
            title: {
              ko: '버지니아(us-east-1) 리전에서 프로젝트를 만듭니다',
              ja: 'バージニア(us-east-1)リージョンでプロジェクトを作成します',
              en: 'Create the project in Virginia (us-east-1)',
            },
            says: 'foundElsewhere',
            play: (account) => remake(account, { region: 'us-east-1' }),
          },
          'project-other-name': {
            title: {
              ko: '다른 이름으로 프로젝트를 생성합니다',
              ja: '別の名前でプロジェクトを作成する',
              en: 'Create the project with another name',
            },
            says: 'projectNamedOtherwise',
            play: (account) => remake(account, { name: misnamed }),
          },
        },
      }),
    /**
     * Whether it builds this repository of CodeCommit, where the lab is done.
     * @param made the task that makes the repository, @param repository its name; unset while it is not made
     */
    source: <Fact extends OfProject>(
      step: number,
      made: string,
      repository: (fact: Fact) => string | undefined,
      pastRepository?: (known: Known) => string | undefined,
    ) =>
      expectation<Fact, Aws>()({
        ...ofProject,
        id: 'source-repository',
        title: {
          ko: '소스가 이 실습의 CodeCommit 리포지토리입니다',
          ja: 'ソースがこの演習の CodeCommit リポジトリである',
          en: "The source is this lab's CodeCommit repository",
        },
        step,
        expected: repository,
        judge(fact, { region: here }) {
          const expected = repository(fact);
          return fact.project === undefined || expected === undefined ? blocked(made) : judgeSource(fact.project, expected, here);
        },
        observed: ({ project }) => project && { type: project.source.type, location: project.source.location ?? null },
        ...past(({ source }, known, { region: here }) => {
          const expected = pastRepository?.(known);
          return source?.type === 'CODECOMMIT' && expected !== undefined && codeCommitRepositoryOf(source.location, here) === expected
            ? { type: source.type, location: source.location ?? null }
            : undefined;
        }),
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
        breaks: {
          'source-github': {
            title: { ko: '소스로 GitHub를 선택합니다', ja: 'ソースに GitHub を選ぶ', en: 'Choose GitHub as the source' },
            says: 'sourceNotCodeCommit',
            play: changeSource({ type: 'GITHUB', location: 'https://github.com/example/app.git' }),
          },
          'source-other-repository': {
            title: { ko: '다른 리포지토리를 선택합니다', ja: '別のリポジトリを選ぶ', en: 'Choose another repository' },
            says: 'sourceOtherRepository',
            play: changeSource({ location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/my-first-repo` }),
          },
        },
      }),
    /** @param source the task that has to push first */
    branch: (step: number, source: string) =>
      expectation<OfBranch, Aws>()({
        ...ofProject,
        id: 'source-branch',
        title: {
          ko: '코드가 있는 브랜치를 빌드합니다',
          ja: 'コードのあるブランチをビルドする',
          en: 'It builds the branch that holds the code',
        },
        step,
        after: 'source-repository',
        expected: ({ repository }) => repository?.defaultBranch,
        judge: (fact) => judgeBranch(fact, source),
        observed: ({ project }) => project && (project.sourceVersion ?? null),
        // Without the repository it is not known what its default branch was called; these are what the labs let it be.
        ...past(({ sourceVersion = 'main' }) => (/^(refs\/heads\/)?(main|master)$/.test(sourceVersion) ? sourceVersion : undefined)),
        says: {
          branchOther: {
            ko: '프로젝트가 "{found}" 버전을 빌드합니다. 코드가 있는 "{expected}" 브랜치로 바꿉니다.',
            ja: 'プロジェクトは "{found}" をビルドします。コードのあるブランチ "{expected}" に変えてください。',
            en: 'The project builds "{found}". Change it to the branch "{expected}", which holds the code.',
          },
        },
        breaks: {
          'branch-other': {
            title: { ko: '코드가 없는 브랜치를 선택합니다', ja: 'コードのないブランチを選ぶ', en: 'Choose a branch without the code' },
            says: 'branchOther',
            play: change({ sourceVersion: 'refs/heads/another' }),
          },
        },
      }),
    linux: (step: number) =>
      expectation<OfProject, Aws>()({
        ...ofProject,
        id: 'environment-type',
        title: {
          ko: '빌드 환경이 Linux 컨테이너입니다',
          ja: 'ビルド環境が Linux コンテナである',
          en: 'The build environment is a Linux container',
        },
        step,
        expected: 'LINUX_CONTAINER',
        holds: ({ project }) => project?.environment.type === 'LINUX_CONTAINER',
        otherwise: ({ project }) => ['environmentNotLinux', { type: project?.environment.type ?? '-' }],
        observed: ({ project }) => project?.environment.type,
        ...past(({ environment: { type } }) => (type === 'LINUX_CONTAINER' ? type : undefined)),
        says: {
          environmentNotLinux: {
            ko: '빌드 환경이 {type}입니다. Environment에서 Amazon Linux, Standard, x86_64 이미지를 선택하여 LINUX_CONTAINER로 바꿉니다.',
            ja: 'ビルド環境が {type} です。Environment で Amazon Linux、Standard、x86_64 のイメージを選び、LINUX_CONTAINER にしてください。',
            en: 'The build environment is {type}. Choose the image Amazon Linux, Standard, x86_64 under Environment, which gives LINUX_CONTAINER.',
          },
        },
        breaks: {
          'environment-arm': {
            title: { ko: 'ARM 이미지를 선택합니다', ja: 'ARM のイメージを選ぶ', en: 'Choose an ARM image' },
            says: 'environmentNotLinux',
            play: changeEnvironment({ type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' }),
          },
        },
      }),
    privileged: (step: number) =>
      expectation<OfProject, Aws>()({
        ...ofProject,
        id: 'privileged',
        title: { ko: 'Privileged 모드가 켜져 있습니다', ja: '特権モード(Privileged)がオンである', en: 'Privileged mode is on' },
        step,
        expected: true,
        holds: ({ project }) => project?.environment.privileged === true,
        otherwise: ['notPrivileged', { project: name }],
        observed: ({ project }) => project?.environment.privileged,
        ...past(({ environment: { privileged } }) => privileged || undefined),
        says: {
          notPrivileged: {
            ko: '"{project}" 프로젝트의 Privileged 모드가 꺼져 있어 Docker를 실행할 수 없습니다. Environment의 Additional configuration에서 켭니다.',
            ja: 'プロジェクト "{project}" の特権モードがオフなので、Docker を実行できません。Environment の Additional configuration でオンにしてください。',
            en: 'Privileged mode of the project "{project}" is off, so it cannot run Docker. Turn it on under Environment, Additional configuration.',
          },
        },
        breaks: {
          'not-privileged': {
            title: { ko: 'Privileged를 켜지 않습니다', ja: 'Privileged をオンにしない', en: 'Leave Privileged off' },
            says: 'notPrivileged',
            play: changeEnvironment({ privilegedMode: false }),
          },
        },
      }),
    /**
     * Whether it builds with the role that the lab made.
     * @param made the task that makes the role, @param role its ARN; unset while it is not made
     */
    role: <Fact extends OfProject>(
      step: number,
      made: string,
      role: (fact: Fact) => string | undefined,
      pastRole?: (known: Known) => string | undefined,
    ) =>
      expectation<Fact, Aws>()({
        ...ofProject,
        id: 'service-role',
        title: {
          ko: '스택이 만든 서비스 역할을 사용합니다',
          ja: 'スタックが作ったサービスロールを使う',
          en: 'It uses the service role that the stack made',
        },
        step,
        expected: role,
        judge(fact) {
          const expected = role(fact);
          return fact.project === undefined || expected === undefined ? blocked(made) : judgeRole(fact.project, expected);
        },
        observed: ({ project }) => project?.serviceRole,
        ...past(({ serviceRole }, known) => (serviceRole !== undefined && serviceRole === pastRole?.(known) ? serviceRole : undefined)),
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
        breaks: {
          'role-auto-made': {
            title: {
              ko: 'New service role로 역할을 자동으로 만듭니다',
              ja: 'New service role でロールを自動作成する',
              en: 'Let New service role make a role',
            },
            says: 'roleAutoMade',
            play: (account) => changeRole(account, `codebuild-${name}-service-role`, '/service-role/'),
          },
          'role-other': {
            title: { ko: '다른 역할을 지정합니다', ja: '別のロールを指定する', en: 'Choose another role' },
            says: 'roleOther',
            play: (account) => changeRole(account, 'my-codebuild-role'),
          },
        },
      }),
    /** @param buildspec the lab's own, for the mistake of writing it into the project */
    buildspecFile: (step: number, buildspec: () => string) =>
      expectation<OfProject, Aws>()({
        ...ofProject,
        id: 'buildspec-file',
        title: {
          ko: '소스의 buildspec.yml을 사용합니다',
          ja: 'ソースの buildspec.yml を使う',
          en: 'It uses buildspec.yml from the source',
        },
        step,
        expected: 'buildspec.yml',
        judge: ({ project }) => (project === undefined ? blocked('project-exists') : judgeBuildspecFile(project)),
        observed: ({ project }) => project && (project.source.buildspec ?? null),
        ...past(({ buildspec }) => (buildspecPlace(buildspec) === 'default' ? (buildspec ?? 'buildspec.yml') : undefined)),
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
        breaks: {
          'buildspec-inline': {
            title: {
              ko: '빌드 명령을 프로젝트에 직접 적습니다',
              ja: 'ビルドコマンドをプロジェクトに直接書く',
              en: 'Write the build commands into the project',
            },
            says: 'buildspecInline',
            play: (account) => changeSource({ buildspec: buildspec() })(account),
          },
          'buildspec-other-file': {
            title: { ko: 'buildspec 이름에 오타를 냅니다', ja: 'buildspec の名前を打ち間違える', en: 'Mistype the name of the buildspec' },
            says: 'buildspecOther',
            play: changeSource({ buildspec: 'buildspce.yml' }),
          },
        },
      }),
    logs: (step: number) =>
      expectation<OfProject, Aws>()({
        ...ofProject,
        id: 'cloudwatch-logs',
        title: { ko: 'CloudWatch 로그가 켜져 있습니다', ja: 'CloudWatch ログがオンである', en: 'CloudWatch logs are on' },
        step,
        expected: true,
        holds: ({ project }) => project?.logs.cloudWatch.enabled === true,
        otherwise: ['logsOff', { project: name }],
        observed: ({ project }) => project?.logs.cloudWatch.enabled,
        ...past(({ logs }) => logs.groupName),
        says: {
          logsOff: {
            ko: '"{project}" 프로젝트의 CloudWatch 로그가 꺼져 있습니다. Logs에서 CloudWatch logs를 켭니다.',
            ja: 'プロジェクト "{project}" の CloudWatch ログがオフです。Logs で CloudWatch logs をオンにしてください。',
            en: 'CloudWatch logs of the project "{project}" are off. Turn them on under Logs.',
          },
        },
        breaks: {
          'logs-off': {
            title: { ko: 'CloudWatch 로그를 끕니다', ja: 'CloudWatch ログをオフにする', en: 'Turn CloudWatch logs off' },
            says: 'logsOff',
            play: change({ logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
          },
        },
      }),
  } as const;
}

function judgeBranch({ project, repository }: OfBranch, source: string) {
  const branch = repository?.defaultBranch;
  if (project === undefined || branch === undefined) return blocked(source);
  return buildsBranch(project, branch)
    ? passed()
    : failed(['branchOther', { found: project.sourceVersion ?? '-', expected: branch }] as const);
}

function judgeBuildspecFile({ source: { buildspec } }: Project) {
  const place = buildspecPlace(buildspec);
  if (place === 'default') return passed();
  return place === 'inline'
    ? failed('buildspecInline' as const)
    : failed(['buildspecOther', { found: buildspec ?? '-', expected: 'buildspec.yml' }] as const);
}

function judgeSource({ source: { type, location } }: Project, expected: string, region: string) {
  if (type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type }] as const);
  const found = codeCommitRepositoryOf(location, region);
  return found === expected ? passed() : failed(['sourceOtherRepository', { found: found ?? location ?? '-', expected }] as const);
}

function judgeRole({ serviceRole: found }: Project, expected: string) {
  if (found === expected) return passed();
  return failed([isConsoleMadeRole(found) ? 'roleAutoMade' : 'roleOther', { found, expected }] as const);
}
