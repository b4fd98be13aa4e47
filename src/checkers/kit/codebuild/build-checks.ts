import type { Bound } from '../../../aws/reader.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import { codebuildConsole } from '../../../aws/services/codebuild.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says } from '../../engine/texts.ts';
import { blocked, failed, notStarted, passed, waiting } from '../../engine/verdict.ts';
import type { PracticeSource } from '../codecommit/practice-source.ts';
import { BUILDSPEC } from '../codecommit/source-buildspec.ts';
import { failedCommand, pullLimit } from '../student/mistakes.ts';
import { explainFailure, FAILURE_SAYS, FAILURE_WORDS, failureOf } from './build-failure.ts';
import { type pastBuildReads, pastBuilds, provenByBuild } from './past-builds.ts';
import { type ProjectChange, practiceProject } from './practice-project.ts';

/** Newest first; `undefined` when there is no project. */
export type Builds = readonly Build[] | undefined;

export interface OfBuilds {
  readonly builds: Builds;
}

export const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
/** The build that checks show: the newest successful one, or the newest. */
export const newestOf = ({ builds }: OfBuilds) => succeeded(builds)[0] ?? builds?.[0];
export const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);

/** What checks say while no build has ended. */
export const BUILD_SAYS = says({
  noBuild: {
    ko: '"{project}" 프로젝트의 빌드가 없습니다. Start build를 클릭하여 빌드를 시작합니다.',
    ja: 'プロジェクト "{project}" のビルドがありません。Start build をクリックしてビルドを開始してください。',
    en: 'The project "{project}" has no build. Click Start build.',
  },
  buildInProgress: {
    ko: '{number}번 빌드가 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
    ja: 'ビルド {number} は実行中です({phase})。終わるまで待ってから、もう一度確認してください。',
    en: 'Build {number} is still running ({phase}). Wait until it is done and check again.',
  },
});

/** What checks say of the settings that a successful build ran with. */
export const BUILD_SETTING_SAYS = says({
  buildInProgress: BUILD_SAYS.buildInProgress,
  buildNotPrivileged: {
    ko: '{number}번 빌드는 Privileged 모드 없이 실행되었습니다. 프로젝트에서 모드를 켜고 다시 빌드합니다.',
    ja: 'ビルド {number} は特権モードなしで実行されました。プロジェクトでオンにして、もう一度ビルドしてください。',
    en: 'Build {number} ran without privileged mode. Turn the mode on in the project and build again.',
  },
  buildWithoutCommit: {
    ko: '{number}번 빌드는 CodeCommit의 커밋으로 실행되지 않았습니다. 소스를 바꾸지 않고 다시 빌드합니다.',
    ja: 'ビルド {number} は CodeCommit のコミットをビルドしていません。ソースを変えずに、もう一度ビルドしてください。',
    en: 'Build {number} did not build a commit of CodeCommit. Build again without changing the source.',
  },
});

export const buildInProgress = ({ number = 0, currentPhase: phase = '-' }: Build) =>
  waiting(['buildInProgress', { number, phase }] as const, 20);

/**
 * Whether a build of the project has succeeded.
 * @param made the task that makes the project, @param explain says why the newest build failed
 */
export function judgeSucceeded<const S>(
  builds: Builds,
  { project, made, explain }: { project: string; made: string; explain(build: Build): S },
) {
  if (builds === undefined) return blocked(made);
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = builds;
  return newest === undefined ? notStarted(['noBuild', { project }] as const) : failed(explain(newest));
}

type Region = ReturnType<PracticeAccount['region']>;
export type BuildOptions = NonNullable<Parameters<Region['codebuild']['startBuild']>[1]>;

export interface BuiltProject {
  readonly name: string;
  readonly region: string;
  /** The repository that it builds. */
  readonly source: PracticeSource;
}

/** What a student does with the project's builds in a practice account. */
export function practiceBuilds({ name, region, source }: BuiltProject) {
  const codebuild = (account: PracticeAccount) => account.region(region).codebuild;
  const start = (account: PracticeAccount, options: BuildOptions = {}) => codebuild(account).startBuild(name, options);
  const { change } = practiceProject({ name, region });
  return {
    start,
    /** Changes the project that is there. */
    change,
    /** A move: changes the project, then starts a build that fails in this phase. */
    fail:
      (failedPhase: NonNullable<BuildOptions['failedPhase']>, patch: ProjectChange = () => ({})) =>
      (account: PracticeAccount): void => {
        change(account, patch);
        start(account, { failedPhase });
      },
    /** A move: the same, when what fails is the command of the buildspec that matches `command`. */
    failAt:
      (phase: 'PRE_BUILD' | 'BUILD' | 'POST_BUILD', command: RegExp, patch: ProjectChange = () => ({})) =>
      (account: PracticeAccount): void => {
        const line = source
          .read(account, BUILDSPEC)
          .split('\n')
          .find((one) => command.test(one));
        if (line === undefined) throw new Error(`The buildspec of the practice account has nothing like ${command}.`);
        change(account, patch);
        start(account, { failedPhase: failedCommand(phase, line.trim().replace(/^- /, '')) });
      },
  } as const;
}

const unprivileged: ProjectChange = ({ environment }) => ({
  ...(environment && { environment: { ...environment, privilegedMode: false } }),
});

export const LOGIN_COMMAND = /aws ecr get-login-password/;
const BUILD_COMMAND = /- docker (image )?build/;

/** Mistakes by which a first build fails, whatever it builds. @param run starts it */
export function failedBuilds(run: (account: PracticeAccount, options: BuildOptions) => void) {
  const fail = (failedPhase: NonNullable<BuildOptions['failedPhase']>) => (account: PracticeAccount) => run(account, { failedPhase });
  return {
    stopped: {
      title: { ko: '빌드를 중간에 멈춥니다', ja: 'ビルドを途中で止める', en: 'Stop the build half-way' },
      says: 'buildEnded',
      instead: (account: PracticeAccount) => run(account, { status: 'STOPPED' }),
    },
    other: {
      title: { ko: '산출물 업로드가 실패합니다', ja: 'アーティファクトのアップロードが失敗する', en: 'The upload of the artifacts fails' },
      says: 'buildFailed',
      instead: fail({ type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
    },
    role: {
      title: { ko: '권한이 없는 역할로 빌드합니다', ja: '権限のないロールでビルドする', en: 'Build with a role that lacks permissions' },
      says: 'buildFailedRole',
      instead: fail({
        type: 'QUEUED',
        code: 'ACCESS_DENIED',
        message: 'Service role does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams',
      }),
    },
  } as const satisfies Readonly<Record<string, Mistake>>;
}

/** Mistakes by which a first build fails, one for each message of `FAILURE_SAYS`. */
export function failingBuilds(project: BuiltProject) {
  const { start, fail, failAt } = practiceBuilds(project);
  const failures = failedBuilds(start);
  return {
    'build-stopped': failures.stopped,
    'build-fails': failures.other,
    'build-fails-pull-limit': {
      title: {
        ko: 'Docker Hub의 내려받기 제한에 걸립니다',
        ja: 'Docker Hub のダウンロード制限にかかる',
        en: 'Meet the pull limit of Docker Hub',
      },
      says: 'buildFailedPullLimit',
      instead: fail(pullLimit('BUILD')),
    },
    'build-fails-buildspec': {
      title: { ko: 'buildspec.yml 없이 빌드합니다', ja: 'buildspec.yml なしでビルドする', en: 'Build without buildspec.yml' },
      says: 'buildFailedBuildspec',
      instead(account: PracticeAccount) {
        project.source.remove(account, BUILDSPEC);
        const message = 'stat /codebuild/output/src/buildspec.yml: no such file or directory';
        start(account, { failedPhase: { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message } });
      },
    },
    'build-fails-role': failures.role,
    'build-fails-source': {
      title: { ko: '없는 브랜치를 빌드합니다', ja: '存在しないブランチをビルドする', en: 'Build a branch that does not exist' },
      says: 'buildFailedSource',
      instead: fail(
        {
          type: 'DOWNLOAD_SOURCE',
          code: 'CLIENT_ERROR',
          message: 'reference not found for primary source and source version refs/heads/release',
        },
        () => ({ sourceVersion: 'refs/heads/release' }),
      ),
    },
    'build-fails-privileged': {
      title: { ko: 'Privileged 없이 빌드합니다', ja: 'Privileged なしでビルドする', en: 'Build without Privileged' },
      says: 'buildFailedPrivileged',
      instead: failAt('BUILD', BUILD_COMMAND, unprivileged),
    },
    'build-fails-login': {
      title: { ko: 'ECR 로그인이 실패합니다', ja: 'ECR へのログインが失敗する', en: 'The login to ECR fails' },
      says: 'buildFailedLogin',
      instead: failAt('PRE_BUILD', LOGIN_COMMAND),
    },
    'build-fails-push': {
      title: { ko: '이미지 푸시가 실패합니다', ja: 'イメージのプッシュが失敗する', en: 'The push of the image fails' },
      says: 'buildFailedPush',
      instead: failAt('POST_BUILD', /- docker (image )?push/),
    },
    'build-fails-image': {
      title: {
        ko: 'Dockerfile에 오타를 내고 빌드합니다',
        ja: 'Dockerfile を打ち間違えてビルドする',
        en: 'Build with a typing error in the Dockerfile',
      },
      says: 'buildFailedImage',
      instead: failAt('BUILD', BUILD_COMMAND),
    },
  } as const satisfies Readonly<Record<string, Mistake>>;
}

/** Mistakes by which a build succeeds with the wrong settings. @param run runs a build that pushes its image */
export const otherSettings = (project: BuiltProject, run: (account: PracticeAccount, options?: BuildOptions) => void) =>
  ({
    'build-not-privileged': {
      title: {
        ko: 'Privileged 없이 실행한 빌드가 성공합니다',
        ja: 'Privileged なしで実行したビルドが成功する',
        en: 'A build without Privileged succeeds',
      },
      says: 'buildNotPrivileged',
      instead: (account: PracticeAccount) => run(account, { environmentOverride: { privilegedMode: false } }),
    },
    'build-without-commit': {
      title: { ko: '소스를 S3로 바꾸어 빌드합니다', ja: 'ソースを S3 に変えてビルドする', en: 'Build with S3 as the source' },
      says: 'buildWithoutCommit',
      instead(account: PracticeAccount) {
        const toBucket: ProjectChange = () => ({
          source: { type: 'S3', location: 'my-bucket/app.zip', buildspec: BUILDSPEC },
          sourceVersion: '',
        });
        practiceBuilds(project).change(account, toBucket);
        run(account);
      },
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;

/** Resource and console link of a check of builds. @param shown picks the build to show; without one, the link leads to the project */
export const ofBuild = <Fact>(project: string, shown: (fact: Fact) => Build | undefined) =>
  ({
    resource: (fact: Fact) => shown(fact)?.arn,
    console: (fact: Fact, place: TaskContext) => {
      const build = shown(fact);
      return build ? codebuildConsole.build(place, build.project, build.id) : codebuildConsole.project(place, project);
    },
  }) as const;

const SUCCEEDED_SAYS = says({ ...FAILURE_SAYS, ...BUILD_SAYS });

/** The moment at which the first build is running. */
export const whileBuilding = (project: BuiltProject) =>
  ({
    'build-in-progress': {
      title: { ko: '빌드가 진행 중입니다', ja: 'ビルドを実行している最中', en: 'The build is running' },
      says: 'buildInProgress',
      instead: (account: PracticeAccount) => void practiceBuilds(project).start(account, { status: 'IN_PROGRESS' }),
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;

export type PastBuilds = Bound<typeof pastBuildReads>;

interface SucceededOfLab<Fact> {
  readonly step: number;
  /** The task that makes the project. */
  readonly made: string;
  /** The build that is shown. */
  shown?(fact: Fact): Build | undefined;
  /** Those of past builds that prove a success, newest first. */
  proving?(builds: Builds): Builds;
}

/** The check of a successful build. */
export const buildSucceeded = <Fact extends OfBuilds>(
  project: BuiltProject,
  { step, made, shown = newestOf, proving = succeeded }: SucceededOfLab<Fact>,
) =>
  expectation<Fact, PastBuilds>()({
    ...ofBuild(project.name, shown),
    id: 'build-succeeded',
    title: { ko: '성공한 빌드가 있습니다', ja: '成功したビルドがある', en: 'A build has succeeded' },
    step,
    expected: 'SUCCEEDED',
    judge: ({ builds }) =>
      judgeSucceeded(builds, { project: project.name, made, explain: (build) => explainFailure(failureOf(build), FAILURE_WORDS) }),
    observed: (fact) => shown(fact)?.status,
    past: async (aws) => {
      const build = proving(await pastBuilds(aws, project.name))?.[0];
      return build && provenByBuild(build, build.status);
    },
    says: SUCCEEDED_SAYS,
    breaks: failingBuilds(project),
    moments: whileBuilding(project),
  });
