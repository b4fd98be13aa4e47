import type { Project } from '../../../aws/services/codebuild/project.ts';
import { codebuildConsole } from '../../../aws/services/codebuild.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation } from '../../engine/expectation.ts';
import { blocked, failed, notStarted, passed } from '../../engine/verdict.ts';
import { type FoundProject, type OfProject, ofProject, projectLink } from './find-project.ts';
import { pastBy } from './past-project.ts';
import { practiceProject } from './practice-project.ts';
import { type BuiltProject, sourceChecks } from './project-source.ts';

interface ProjectOfLab<Aws, Known> extends BuiltProject<Aws, Known> {
  /** Where students end up who did not choose the region. The task reads the project under the name `project`. */
  readonly otherRegions: readonly string[];
}

/** Checks of one setting each, of the CodeBuild project of a name: what nearly every lab with one asks. `step`: the step of the text that sets it. */
export function projectChecks<Aws, Known>({ name, region, otherRegions, fromBuild }: ProjectOfLab<Aws, Known>) {
  const practice = practiceProject({ name, region });
  const past = pastBy(fromBuild);
  const changeRole = (role: string, path: string) => (account: PracticeAccount) => {
    account.iam.createRole({ name: role, path });
    practice.change(account, (_project, { id }) => ({ serviceRole: `arn:aws:iam::${id}:role${path}${role}` }));
  };
  return {
    ...sourceChecks({ name, region, ...(fromBuild && { fromBuild }) }),
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
            play: (account) => practice.remake(account, { region: 'us-east-1' }),
          },
          'project-other-name': {
            title: {
              ko: '다른 이름으로 프로젝트를 생성합니다',
              ja: '別の名前でプロジェクトを作成する',
              en: 'Create the project with another name',
            },
            says: 'projectNamedOtherwise',
            play: (account) => practice.remake(account, { name: misnamed }),
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
            ja: 'ビルド環境が {type} です。環境 (Environment) で Amazon Linux、Standard、x86_64 のイメージを選び、LINUX_CONTAINER にしてください。',
            en: 'The build environment is {type}. Choose the image Amazon Linux, Standard, x86_64 under Environment, which gives LINUX_CONTAINER.',
          },
        },
        breaks: {
          'environment-arm': {
            title: { ko: 'ARM 이미지를 선택합니다', ja: 'ARM のイメージを選ぶ', en: 'Choose an ARM image' },
            says: 'environmentNotLinux',
            play: practice.changeEnvironment({ type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' }),
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
            ja: 'プロジェクト "{project}" の特権モードがオフなので、Docker を実行できません。環境 (Environment) の追加設定 (Additional configuration) でオンにしてください。',
            en: 'Privileged mode of the project "{project}" is off, so it cannot run Docker. Turn it on under Environment, Additional configuration.',
          },
        },
        breaks: {
          'not-privileged': {
            title: { ko: 'Privileged를 켜지 않습니다', ja: 'Privileged をオンにしない', en: 'Leave Privileged off' },
            says: 'notPrivileged',
            play: practice.changeEnvironment({ privilegedMode: false }),
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
          if (fact.project === undefined || expected === undefined) return blocked(made);
          const found = fact.project.serviceRole;
          if (found === expected) return passed();
          // The console's "New service role" lives under this path.
          return failed([found.includes(':role/service-role/') ? 'roleAutoMade' : 'roleOther', { found, expected }]);
        },
        observed: ({ project }) => project?.serviceRole,
        ...past(({ serviceRole }, known) => (serviceRole !== undefined && serviceRole === pastRole?.(known) ? serviceRole : undefined)),
        says: {
          roleAutoMade: {
            ko: '콘솔이 자동으로 만든 "{found}" 역할을 사용합니다. Existing service role을 선택하고 스택이 만든 역할을 지정합니다: "{expected}"',
            ja: 'コンソールが自動で作ったロール "{found}" を使っています。「既存のサービスロール (Existing service role)」を選び、スタックが作ったロールを指定してください: "{expected}"',
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
              ja: '「新しいサービスロール (New service role)」でロールを自動作成する',
              en: 'Let New service role make a role',
            },
            says: 'roleAutoMade',
            play: changeRole(`codebuild-${name}-service-role`, '/service-role/'),
          },
          'role-other': {
            title: { ko: '다른 역할을 지정합니다', ja: '別のロールを指定する', en: 'Choose another role' },
            says: 'roleOther',
            play: changeRole('my-codebuild-role', '/'),
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
            ja: 'プロジェクト "{project}" の CloudWatch ログがオフです。ログ (Logs) で CloudWatch Logs をオンにしてください。',
            en: 'CloudWatch logs of the project "{project}" are off. Turn them on under Logs.',
          },
        },
        breaks: {
          'logs-off': {
            title: { ko: 'CloudWatch 로그를 끕니다', ja: 'CloudWatch ログをオフにする', en: 'Turn CloudWatch logs off' },
            says: 'logsOff',
            play: (account) => practice.change(account, () => ({ logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } })),
          },
        },
      }),
  } as const;
}
