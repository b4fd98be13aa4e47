import { type Build, readers, type Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, type Verdict, waiting } from '../engine/verdict.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { builtImage, judgeBuiltImage, ofCommit } from '../kit/ecr/built-image.ts';
import { pastPush } from '../kit/ecr/past-repository.ts';
import { failedCommand, pullLimit } from '../kit/student/mistakes.ts';
import { explainBuild } from './failed-build.ts';
import { BUILDSPEC, DEFAULTS, outputsOf, PROJECT, STACK } from './names.ts';
import {
  changeProject,
  environment,
  failingBuild,
  headOf,
  LOGIN_COMMAND,
  otherBuild,
  place,
  pushImage,
  removeFile,
  runBuild,
  shortHash,
  startBuild,
  startOver,
  variablesBut,
} from './student.ts';
import { expectedVariables, judgeVariable, type VariableName } from './variables.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface BuildsAndStack {
  readonly builds: Builds;
  readonly stack: Stack | undefined;
}

interface Pushed extends BuildsAndStack {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** The first of the three variables that the build did not get as it must, with what is wrong. */
function wrongVariable(build: Build, { stack }: BuildsAndStack, account: string) {
  const expected = expectedVariables(account, outputsOf(stack).imageRepository);
  for (const name of Object.keys(expected) as VariableName[]) {
    const value = expected[name];
    if (value !== undefined && judgeVariable(build.environment.variables, name, value).status !== 'passed') {
      return { name, expected: value, found: build.environment.variables.find((variable) => variable.name === name)?.value ?? '-' };
    }
  }
  return undefined;
}

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, fact: BuildsAndStack, account: string): Says | undefined {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }];
  const variable = wrongVariable(build, fact, account);
  if (variable !== undefined) return ['buildVariableWrong', { number, ...variable }];
  if (!ofCommit(build)) return ['buildWithoutCommit', { number }];
  return undefined;
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
const rightBuilds = (fact: BuildsAndStack, account: string) =>
  succeeded(fact.builds).filter((build) => wrongSettings(build, fact, account) === undefined);

const buildInProgress = (build: Build) => waiting(['buildInProgress', { number: build.number ?? 0, phase: build.currentPhase ?? '-' }], 20);

function judgeSucceeded(fact: BuildsAndStack, { account }: TaskContext) {
  const { builds } = fact;
  if (builds === undefined) return blocked('task-3');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = builds;
  if (newest === undefined) return notStarted(['noBuild', { project: PROJECT }]);
  return failed(explainBuild(newest, wrongVariable(newest, fact, account)?.name));
}

function judgeSettings(fact: BuildsAndStack, { account }: TaskContext) {
  if (outputsOf(fact.stack).imageRepository === undefined) return blocked('task-0');
  if (rightBuilds(fact, account).length > 0) return passed();
  const current = running(fact.builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = succeeded(fact.builds);
  const wrong = newest && wrongSettings(newest, fact, account);
  if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
  believed(newest);
  return failed(wrong);
}

/** The newest right build, the tag it must have pushed, and the image that carries the tag now. */
function proofOf(fact: Pushed, account: string) {
  const [build, ...older] = rightBuilds(fact, account);
  return build && builtImage(build, older, fact.images);
}

function judgeCommitTag(fact: Pushed, { account }: TaskContext) {
  const repository = outputsOf(fact.stack).imageRepository;
  const proof = proofOf(fact, account);
  if (repository === undefined || proof === undefined) return blocked('build-settings');
  return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
}

function judgeLatest(fact: Pushed, { account }: TaskContext) {
  const repository = outputsOf(fact.stack).imageRepository;
  const proof = proofOf(fact, account);
  if (repository === undefined || proof?.image === undefined) return blocked('image-commit-tag');
  const latest = fact.images?.find(({ tags }) => tags.includes('latest'));
  if (latest === undefined) return failed(['latestMissing', { repository }]);
  const current = running(fact.builds);
  // A newer build moves `latest` before it ends.
  if (latest.digest !== proof.image.digest && current !== undefined) return buildInProgress(current);
  if (latest.digest !== proof.image.digest)
    return failed(['latestElsewhere', { repository, tag: proof.tag, number: proof.build.number ?? 0 }]);
  return passed();
}

const newestOf = ({ builds }: BuildsAndStack) => succeeded(builds)[0] ?? builds?.[0];
const buildLink = (fact: BuildsAndStack, { console }: TaskContext) => {
  const build = newestOf(fact);
  return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT);
};
const repositoryLink = ({ stack }: BuildsAndStack, { console }: TaskContext) => {
  const { imageRepository } = outputsOf(stack);
  return imageRepository === undefined ? undefined : console.ecrRepository(imageRepository);
};

const buildReads = { buildIds: readers.codebuild.buildIdsOfProject, builds: readers.codebuild.builds } as const;

/** What one BatchGetBuilds takes. */
const BATCH = 100;

/** The newest hundred builds; when none of them succeeded, older ones too, until one did. A list too long to be read ends as unknown. */
async function newestBuilds(aws: Bound<typeof buildReads>): Promise<Builds> {
  const newest = await aws.buildIds(PROJECT, { limit: BATCH });
  if (newest === undefined) return undefined;
  let builds = await aws.builds(newest);
  if (newest.length < BATCH || succeeded(builds).length > 0) return builds;
  const all = (await aws.buildIds(PROJECT, { limit: Number.MAX_SAFE_INTEGER })) ?? [];
  for (let from = BATCH; from < all.length && succeeded(builds).length === 0; from += BATCH) {
    builds = [...builds, ...(await aws.builds(all.slice(from, from + BATCH)))];
  }
  return builds;
}

const pastReads = { ...pastStackReads, ...pastBuildReads, ...pastEventReads } as const;

/** The newest build that had run with the right settings, and where it pushed; empty when nothing proves one. */
async function pastRightBuild(aws: Bound<typeof pastReads>, account: string) {
  const [builds, stack] = await Promise.all([pastBuilds(aws, PROJECT), lastStack(aws, STACK)]);
  // Without the stack's outputs it is not known what the variables had to be.
  const { imageRepository: repository } = outputsOf(stack);
  const [build] = repository === undefined ? [] : rightBuilds({ builds, stack }, account);
  return build?.resolvedSourceVersion === undefined || repository === undefined
    ? []
    : [{ build, repository, commit: build.resolvedSourceVersion }];
}

async function pastPushOf(aws: Bound<typeof pastReads>, account: string, tagOf: (commit: string) => string) {
  const [past] = await pastRightBuild(aws, account);
  if (past === undefined) return undefined;
  const tag = tagOf(past.commit);
  const event = await pastPush(aws, { ...past, tag });
  return event && provenByEvent(event, { repository: past.repository, tag });
}

const reads = {
  stack: readers.cloudformation.stack,
  ...buildReads,
  images: readers.ecr.images,
  ...pastReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const builds = newestBuilds(aws);
  const images = stack.then((found) => {
    const { imageRepository } = outputsOf(found);
    return imageRepository === undefined ? undefined : aws.images(imageRepository);
  });
  const built = Promise.all([builds, stack]).then(([ofProject, found]): BuildsAndStack => ({ builds: ofProject, stack: found }));
  const pushed = Promise.all([built, images]).then(([fact, found]): Pushed => ({ ...fact, images: found }));
  return { built, pushed };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-4',
  title: { ko: '빌드 실행 및 검증', ja: 'ビルドの実行と検証', en: 'Run and verify the build' },
  needs: ['task-0', 'task-1', 'task-2', 'task-3'],
  reads,
  observe,
  solve: {
    id: 'run-build',
    title: { ko: '빌드를 실행합니다', ja: 'ビルドを実行する', en: 'Run the build' },
    play: (account) => runBuild(account),
  },
  expectations: [
    on.built({
      id: 'build-succeeded',
      title: { ko: '성공한 빌드가 있습니다', ja: '成功したビルドがある', en: 'A build has succeeded' },
      step: 14,
      expected: 'SUCCEEDED',
      judge: judgeSucceeded,
      observed: (fact) => newestOf(fact)?.status,
      resource: (fact) => newestOf(fact)?.arn,
      console: buildLink,
      says: {
        buildEnded: {
          ko: '{number}번 빌드가 끝까지 실행되지 않았습니다({status}). 빌드를 다시 시작합니다.',
          ja: 'ビルド {number} は最後まで実行されませんでした({status})。もう一度ビルドを開始してください。',
          en: 'Build {number} did not run to its end ({status}). Start a build again.',
        },
        buildFailed: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Find the cause in the build log, mend it and build again.',
        },
        buildFailedPullLimit: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Docker Hub의 내려받기 제한입니다. Dockerfile의 FROM을 public.ecr.aws의 이미지로 바꿉니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} Docker Hub のダウンロード制限です。Dockerfile の FROM を public.ecr.aws のイメージに変えてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} This is the pull limit of Docker Hub. Change FROM in the Dockerfile to an image of public.ecr.aws.',
        },
        buildFailedBuildspec: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} buildspec.yml이 없거나 읽을 수 없습니다. 태스크 2를 다시 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml がないか、読み取れません。タスク 2 をもう一度確認してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} buildspec.yml is missing or cannot be read. Check task 2 again.',
        },
        buildFailedRole: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 서비스 역할에 권한이 없습니다. 스택이 만든 역할을 사용하는지 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} サービスロールに権限がありません。スタックが作ったロールを使っているか確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The service role lacks a permission. Make sure the project uses the role that the stack made.',
        },
        buildFailedSource: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 프로젝트의 리포지토리와 브랜치를 확인하고, 코드를 푸시했는지 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} プロジェクトのリポジトリとブランチ、コードをプッシュしたかを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Check the repository and the branch of the project, and whether the code has been pushed.',
        },
        buildFailedPrivileged: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Privileged 모드 없이 실행되어 Docker를 쓸 수 없었습니다. 모드를 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode and could not use Docker. Turn the mode on and build again.',
        },
        buildFailedVariable: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 환경 변수 {variable}의 값이 맞지 않았습니다. 태스크 3을 확인하고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 環境変数 {variable} の値が正しくありませんでした。タスク 3 を確認し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The environment variable {variable} had a wrong value. Check task 3 and build again.',
        },
        buildFailedLogin: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} ECR에 로그인하지 못했습니다. 레지스트리 주소와 서비스 역할을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ECR にログインできませんでした。レジストリのアドレスとサービスロールを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not log in to ECR. Check the address of the registry and the service role.',
        },
        buildFailedPush: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 푸시하지 못했습니다. ECR 리포지토리가 있는지와 이름, 서비스 역할을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをプッシュできませんでした。ECR リポジトリの有無と名前、サービスロールを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not push the image. Check that the ECR repository exists, its name, and the service role.',
        },
        buildFailedImage: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. Dockerfile과 package.json을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。Dockerfile と package.json を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not build the image. Check the Dockerfile and package.json.',
        },
        buildInProgress: {
          ko: '{number}번 빌드가 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ビルド {number} は実行中です({phase})。終わるまで待ってから、もう一度確認してください。',
          en: 'Build {number} is still running ({phase}). Wait until it is done and check again.',
        },
      },
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, PROJECT));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        'build-stopped': {
          title: { ko: '빌드를 중간에 멈춥니다', ja: 'ビルドを途中で止める', en: 'Stop the build half-way' },
          says: 'buildEnded',
          instead(account) {
            startOver(account, 3);
            startBuild(account, { status: 'STOPPED' });
          },
        },
        'build-fails': {
          title: {
            ko: '산출물 업로드가 실패합니다',
            ja: 'アーティファクトのアップロードが失敗する',
            en: 'The upload of the artifacts fails',
          },
          says: 'buildFailed',
          instead: (account) =>
            failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
        },
        'build-fails-pull-limit': {
          title: {
            ko: 'Docker Hub의 내려받기 제한에 걸립니다',
            ja: 'Docker Hub のダウンロード制限にかかる',
            en: 'Meet the pull limit of Docker Hub',
          },
          says: 'buildFailedPullLimit',
          instead: (account) => failingBuild(account, pullLimit('BUILD')),
        },
        'build-fails-buildspec': {
          title: { ko: 'buildspec.yml 없이 빌드합니다', ja: 'buildspec.yml なしでビルドする', en: 'Build without buildspec.yml' },
          says: 'buildFailedBuildspec',
          instead(account) {
            startOver(account, 3);
            removeFile(account, BUILDSPEC);
            const message = 'stat /codebuild/output/src/buildspec.yml: no such file or directory';
            startBuild(account, { failedPhase: { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message } });
          },
        },
        'build-fails-role': {
          title: {
            ko: '권한이 없는 역할로 빌드합니다',
            ja: '権限のないロールでビルドする',
            en: 'Build with a role that lacks permissions',
          },
          says: 'buildFailedRole',
          instead: (account) =>
            failingBuild(account, {
              type: 'QUEUED',
              code: 'ACCESS_DENIED',
              message: 'Service role does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams',
            }),
        },
        'build-fails-source': {
          title: { ko: '없는 브랜치를 빌드합니다', ja: '存在しないブランチをビルドする', en: 'Build a branch that does not exist' },
          says: 'buildFailedSource',
          instead: (account) =>
            failingBuild(
              account,
              {
                type: 'DOWNLOAD_SOURCE',
                code: 'CLIENT_ERROR',
                message: 'reference not found for primary source and source version refs/heads/release',
              },
              { sourceVersion: 'refs/heads/release' },
            ),
        },
        'build-fails-privileged': {
          title: { ko: 'Privileged 없이 빌드합니다', ja: 'Privileged なしでビルドする', en: 'Build without Privileged' },
          says: 'buildFailedPrivileged',
          instead: (account) =>
            failingBuild(account, failedCommand('BUILD', 'docker build -t "$REPOSITORY_URI:latest" .'), {
              environment: { ...environment(account), privilegedMode: false },
            }),
        },
        'build-fails-variable': {
          title: { ko: '계정 ID를 잘못 적고 빌드합니다', ja: 'アカウント ID を間違えてビルドする', en: 'Build with a wrong account ID' },
          says: 'buildFailedVariable',
          instead(account) {
            const environmentVariables = variablesBut(account, 'AWS_ACCOUNT_ID', { value: account.id.slice(0, 11) });
            failingBuild(account, failedCommand('PRE_BUILD', LOGIN_COMMAND), {
              environment: { ...environment(account), environmentVariables },
            });
          },
        },
        'build-fails-login': {
          title: { ko: 'ECR 로그인이 실패합니다', ja: 'ECR へのログインが失敗する', en: 'The login to ECR fails' },
          says: 'buildFailedLogin',
          instead: (account) => failingBuild(account, failedCommand('PRE_BUILD', LOGIN_COMMAND)),
        },
        'build-fails-push': {
          title: { ko: '이미지 푸시가 실패합니다', ja: 'イメージのプッシュが失敗する', en: 'The push of the image fails' },
          says: 'buildFailedPush',
          instead: (account) => failingBuild(account, failedCommand('POST_BUILD', 'docker push "$REPOSITORY_URI:latest"')),
        },
        'build-fails-image': {
          title: {
            ko: 'Dockerfile에 오타를 내고 빌드합니다',
            ja: 'Dockerfile を打ち間違えてビルドする',
            en: 'Build with a typing error in the Dockerfile',
          },
          says: 'buildFailedImage',
          instead: (account) => failingBuild(account, failedCommand('BUILD', 'docker build -t "$REPOSITORY_URI:latest" .')),
        },
      },
      moments: {
        'build-in-progress': {
          title: { ko: '빌드가 진행 중입니다', ja: 'ビルドを実行している最中', en: 'The build is running' },
          says: 'buildInProgress',
          instead(account) {
            startOver(account, 3);
            startBuild(account, { status: 'IN_PROGRESS' });
          },
        },
      },
    }),
    on.built({
      id: 'build-settings',
      title: {
        ko: '성공한 빌드가 올바른 설정으로 실행되었습니다',
        ja: '成功したビルドが正しい設定で実行された',
        en: 'A build that succeeded ran with the right settings',
      },
      step: 14,
      after: 'build-succeeded',
      expected: ({ stack }, { account }) => {
        const { AWS_ACCOUNT_ID, IMAGE_REPO_NAME = null, CONTAINER_NAME } = expectedVariables(account, outputsOf(stack).imageRepository);
        return { privileged: true, AWS_ACCOUNT_ID, IMAGE_REPO_NAME, CONTAINER_NAME };
      },
      judge: judgeSettings,
      observed: (fact, { account }) => {
        const build = rightBuilds(fact, account)[0] ?? newestOf(fact);
        if (build === undefined) return undefined;
        // Only the lab's own: other variables are the student's business and may be secret.
        const names = Object.keys(expectedVariables(account, undefined));
        const variables = build.environment.variables.filter(({ name }) => names.includes(name));
        return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
      },
      resource: (fact) => newestOf(fact)?.arn,
      console: buildLink,
      says: {
        buildNotPrivileged: {
          ko: '{number}번 빌드는 Privileged 모드 없이 실행되었습니다. 프로젝트에서 모드를 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は特権モードなしで実行されました。プロジェクトでオンにして、もう一度ビルドしてください。',
          en: 'Build {number} ran without privileged mode. Turn the mode on in the project and build again.',
        },
        buildVariableWrong: {
          ko: '{number}번 빌드의 {name} 값이 맞지 않습니다("{found}"). 프로젝트에서 다음 값으로 고치고 다시 빌드합니다: "{expected}"',
          ja: 'ビルド {number} の {name} は "{found}" でした。プロジェクトで "{expected}" に直し、もう一度ビルドしてください。',
          en: 'In build {number}, {name} was "{found}". Change it to "{expected}" in the project and build again.',
        },
        buildWithoutCommit: {
          ko: '{number}번 빌드는 CodeCommit의 커밋으로 실행되지 않았습니다. 소스를 바꾸지 않고 다시 빌드합니다.',
          ja: 'ビルド {number} は CodeCommit のコミットをビルドしていません。ソースを変えずに、もう一度ビルドしてください。',
          en: 'Build {number} did not build a commit of CodeCommit. Build again without changing the source.',
        },
      },
      past: async (aws, { account }) => {
        const [past] = await pastRightBuild(aws, account);
        return past && provenByBuild(past.build, past.commit);
      },
      breaks: {
        'build-not-privileged': {
          title: {
            ko: 'Privileged 없이 실행한 빌드가 성공합니다',
            ja: 'Privileged なしで実行したビルドが成功する',
            en: 'A build without Privileged succeeds',
          },
          says: 'buildNotPrivileged',
          instead: (account) => otherBuild(account, { environmentOverride: { privilegedMode: false } }),
        },
        'build-other-variable': {
          title: {
            ko: '다른 컨테이너 이름으로 실행한 빌드가 성공합니다',
            ja: '別のコンテナ名で実行したビルドが成功する',
            en: 'A build with another container name succeeds',
          },
          says: 'buildVariableWrong',
          instead: (account) =>
            otherBuild(account, {
              environmentOverride: { environmentVariables: variablesBut(account, 'CONTAINER_NAME', { value: 'my-app' }) },
            }),
        },
        'build-without-commit': {
          title: { ko: '소스를 S3로 바꾸어 빌드합니다', ja: 'ソースを S3 に変えてビルドする', en: 'Build with S3 as the source' },
          says: 'buildWithoutCommit',
          instead(account) {
            startOver(account, 3);
            changeProject(account, { source: { type: 'S3', location: 'my-bucket/app.zip', buildspec: BUILDSPEC }, sourceVersion: '' });
            runBuild(account);
          },
        },
      },
    }),
    on.pushed({
      id: 'image-commit-tag',
      title: {
        ko: '커밋 해시 태그가 붙은 이미지가 ECR에 있습니다',
        ja: 'コミットハッシュのタグが付いたイメージが ECR にある',
        en: 'ECR holds an image tagged with the commit hash',
      },
      step: 18,
      after: 'build-settings',
      expected: (fact, { account }) => proofOf(fact, account)?.tag,
      judge: judgeCommitTag,
      observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
      resource: ({ stack }) => outputsOf(stack).imageUri,
      console: repositoryLink,
      says: {
        imageRepositoryGone: {
          ko: '"{repository}" ECR 리포지토리가 없습니다. 스택을 확인하고 다시 빌드합니다.',
          ja: 'ECR リポジトリ "{repository}" がありません。スタックを確かめ、もう一度ビルドしてください。',
          en: 'There is no ECR repository "{repository}". Check the stack and build again.',
        },
        imageTagMissing: {
          ko: '"{repository}" 리포지토리에 {number}번 빌드의 커밋 해시 "{tag}" 태그가 붙은 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に、ビルド {number} のコミットハッシュ "{tag}" のタグが付いたイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" holds no image with the tag "{tag}", the commit hash of build {number}. Make sure buildspec.yml pushes that tag, and build again.',
        },
        imageTooOld: {
          ko: '"{repository}" 리포지토리의 "{tag}" 이미지는 {number}번 빌드가 시작되기 전에 올린 것입니다. CodeBuild로 다시 빌드하여 이미지를 올립니다.',
          ja: 'リポジトリ "{repository}" のイメージ "{tag}" は、ビルド {number} が始まる前にプッシュされたものです。CodeBuild でもう一度ビルドし、イメージをプッシュしてください。',
          en: 'The image "{tag}" in the repository "{repository}" was pushed before build {number} began. Build again, so that CodeBuild pushes the image.',
        },
      },
      past: (aws, { account }) => pastPushOf(aws, account, shortHash),
      breaks: {
        'image-repository-deleted': {
          title: { ko: 'ECR 리포지토리를 삭제합니다', ja: 'ECR リポジトリを削除する', en: 'Delete the ECR repository' },
          says: 'imageRepositoryGone',
          play: (account) => place(account).ecr.deleteRepository(DEFAULTS.imageRepository),
        },
        'image-tag-missing': {
          title: { ko: '커밋 해시 태그를 지웁니다', ja: 'コミットハッシュのタグを消す', en: 'Remove the commit hash tag' },
          says: 'imageTagMissing',
          play(account) {
            place(account).ecr.deleteImages(DEFAULTS.imageRepository);
            pushImage(account, ['latest']);
          },
        },
        'image-by-hand': {
          title: {
            ko: '빌드하기 전에 손으로 이미지를 올립니다',
            ja: 'ビルドの前に手でイメージをプッシュする',
            en: 'Push an image by hand before building',
          },
          says: 'imageTooOld',
          instead(account) {
            startOver(account, 3);
            pushImage(account, ['latest', shortHash(headOf(account))]);
            account.clock.tick(60);
            startBuild(account);
          },
        },
      },
    }),
    on.pushed({
      id: 'image-latest-tag',
      title: {
        ko: 'latest 태그가 마지막으로 성공한 빌드의 이미지에 있습니다',
        ja: 'latest タグが最後に成功したビルドのイメージにある',
        en: 'The latest tag is on the image of the newest successful build',
      },
      step: 18,
      after: 'image-commit-tag',
      expected: (fact, { account }) => proofOf(fact, account)?.image?.digest,
      judge: judgeLatest,
      observed: ({ images }) => images?.find(({ tags }) => tags.includes('latest'))?.digest ?? null,
      resource: ({ stack }) => outputsOf(stack).imageUri,
      console: repositoryLink,
      says: {
        latestMissing: {
          ko: '"{repository}" 리포지토리에 latest 태그가 없습니다. buildspec.yml이 latest를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に latest タグがありません。buildspec.yml が latest をプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" has no tag latest. Make sure buildspec.yml pushes latest, and build again.',
        },
        latestElsewhere: {
          ko: '"{repository}" 리포지토리의 latest 태그가 {number}번 빌드의 "{tag}" 이미지가 아닌 다른 이미지에 있습니다. 다시 빌드하여 latest를 옮깁니다.',
          ja: 'リポジトリ "{repository}" の latest タグは、ビルド {number} のイメージ "{tag}" ではなく別のイメージにあります。もう一度ビルドして latest を移してください。',
          en: 'The tag latest in the repository "{repository}" is not on the image "{tag}" of build {number} but on another. Build again to move latest.',
        },
      },
      past: (aws, { account }) => pastPushOf(aws, account, () => 'latest'),
      breaks: {
        'latest-missing': {
          title: { ko: 'latest 태그를 지웁니다', ja: 'latest タグを消す', en: 'Remove the latest tag' },
          says: 'latestMissing',
          play(account) {
            const { ecr } = place(account);
            ecr.deleteImages(DEFAULTS.imageRepository);
            pushImage(account, [shortHash(headOf(account))]);
          },
        },
        'latest-elsewhere': {
          title: { ko: 'latest를 다른 이미지로 옮깁니다', ja: 'latest を別のイメージに移す', en: 'Move latest to another image' },
          says: 'latestElsewhere',
          play: (account) => pushImage(account, ['latest', 'v1']),
        },
      },
    }),
  ],
});
