import { codebuildConsole } from '../../../aws/services/codebuild.ts';
import { codecommitConsole } from '../../../aws/services/codecommit.ts';
import { iamConsole } from '../../../aws/services/iam.ts';
import { imageDefinitionOf } from '../../dialects/buildspec/image-definitions.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, notStarted, passed, undecided } from '../../engine/verdict.ts';
import { BUILD_SAYS, type Builds, buildInProgress, running, succeeded } from '../../kit/codebuild/build-checks.ts';
import { FAILURE_SAYS, failureOf } from '../../kit/codebuild/build-failure.ts';
import { codeCommitRepositoryOf } from '../../kit/codebuild/build-project.ts';
import { believed } from '../../kit/codebuild/build-record.ts';
import { wantedImage } from '../../kit/codebuild/course-checks.ts';
import { DEFINITIONS, DEFINITIONS_SAYS, definitionMistakes } from '../../kit/codebuild/image-definitions.ts';
import { pastBuilds, provenByBuild } from '../../kit/codebuild/past-builds.ts';
import { locationOf } from '../../kit/codebuild/practice-project.ts';
import { projectChecks } from '../../kit/codebuild/project.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { BUILT_IMAGE_SAYS, builtImage, commitTag, judgeBuiltImage, lostImages } from '../../kit/ecr/built-image.ts';
import { ACCESS_SAYS } from '../../kit/iam/role-access.ts';
import { ROLE_SAYS } from '../../kit/iam/role-trust.ts';
import { CONTAINER, imageUriOf, NAME, OTHER_REGIONS, ofRepository, PROJECT, REGION, ROLES } from '../names.ts';
import { judgePush } from '../permissions.ts';
import { builds, code, connectCi, createBuildRole, project, pushPolicyArn } from '../student.ts';
import { on } from './facts.ts';

const projectLink = (_fact: unknown, place: TaskContext) => codebuildConsole.project(place, PROJECT);
const shownBuild = (found: Builds) => succeeded(found)[0] ?? found?.[0];

const checks = projectChecks({ name: PROJECT, region: REGION, otherRegions: OTHER_REGIONS });
const privileged = checks.privileged(10);
const definitions = definitionMistakes(code);
const lost = lostImages({ region: REGION, repository: NAME, otherTag: 'v1', tag: commitTag(code), build: builds.start });
const PRINTF = /^ +- printf .*$/m;

/** CodeBuild: the source, the project, its role, a build and the image that the build pushed. */
export const buildExpectations = [
  on.source({
    id: 'image-definitions',
    title: {
      ko: 'buildspec.yml이 imagedefinitions.json을 만든다',
      ja: 'buildspec.yml が imagedefinitions.json を作る',
      en: 'buildspec.yml writes imagedefinitions.json',
    },
    step: 7,
    expected: DEFINITIONS,
    judge(fact) {
      const { file, course } = fact;
      if (file.state === 'no-repository' || file.state === 'empty') return notStarted(['sourceMissing', { repository: NAME }]);
      if (course === undefined) return failed(['buildspecMissing', { file: BUILDSPEC }]);
      const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image: wantedImage(fact) });
      switch (found.state) {
        case 'right':
        case 'other-container':
          return passed();
        case 'perhaps':
        case 'lost':
          return undecided(['undecidedDefinitions', { file: DEFINITIONS }]);
        case 'misnamed':
          return failed(['definitionsMisnamed', { found: found.found, file: DEFINITIONS }]);
        case 'wrong':
          return failed(['definitionsWrong', { found: found.found, file: DEFINITIONS }]);
        default:
          return failed(['definitionsMissing', { file: DEFINITIONS }]);
      }
    },
    observed: ({ course }) => (course === undefined ? null : [...course.files.keys()].slice(0, 20)),
    console: (_fact, place) => codecommitConsole.repository(place, NAME),
    says: {
      sourceMissing: {
        ko: '"{repository}" CodeCommit 리포지토리가 없거나 비어 있습니다. 리포지토리를 만들고 소스를 푸시합니다.',
        ja: 'CodeCommit リポジトリ "{repository}" がないか空です。リポジトリを作り、ソースをプッシュしてください。',
        en: 'The CodeCommit repository "{repository}" is missing or empty. Create it and push the source.',
      },
      buildspecMissing: {
        ko: '소스의 맨 위에 읽을 수 있는 {file} 파일이 없습니다. 실습 파일을 복사해 커밋하고 푸시합니다.',
        ja: 'ソースの一番上に読み取れる {file} がありません。演習ファイルをコピーしてコミットし、プッシュしてください。',
        en: 'There is no readable {file} at the root of the source. Copy the file of the lab, commit and push it.',
      },
      ...DEFINITIONS_SAYS,
      undecidedDefinitions: {
        ko: '{file} 파일에 무엇이 적히는지 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. buildspec.yml에 명령을 직접 적으면 확인할 수 있습니다.',
        ja: '{file} に何が書かれるか、ここでは分からず判断できませんでした。誤りという意味ではありません。buildspec.yml にコマンドを直接書けば確認できます。',
        en: 'What is written to {file} cannot be known here. That does not mean it is wrong. With the command in buildspec.yml itself it can be checked.',
      },
    },
    breaks: {
      'buildspec-missing': {
        title: { ko: 'buildspec.yml을 푸시하지 않는다', ja: 'buildspec.yml をプッシュしない', en: 'Push no buildspec.yml' },
        says: 'buildspecMissing',
        play: (account) => code.remove(account, BUILDSPEC),
      },
      'definitions-missing': definitions.missing,
      'definitions-misnamed': definitions.misnamed,
      'definitions-detail': definitions.wrong,
    },
    moments: {
      'definitions-by-make': {
        title: { ko: '파일을 make로 만든다', ja: 'ファイルを make で作る', en: 'Have make write the file' },
        says: 'undecidedDefinitions',
        play: code.edit(BUILDSPEC, PRINTF, '      - make definitions'),
      },
    },
  }),
  on.project({
    id: 'build-project',
    title: {
      ko: 'CodeBuild 프로젝트가 소스를 빌드한다',
      ja: 'CodeBuild プロジェクトがソースをビルドする',
      en: 'The CodeBuild project builds the source',
    },
    step: 10,
    expected: { source: NAME, privileged: true },
    judge(found, { region }) {
      if (found === undefined) return notStarted(['projectMissing', { project: PROJECT, region }]);
      const { type, location } = found.source;
      const repository = codeCommitRepositoryOf(location, region);
      if (type !== 'CODECOMMIT' || repository !== NAME)
        return failed(['sourceOther', { found: repository ?? location ?? type, expected: NAME }]);
      return found.environment.privileged ? passed() : failed(['notPrivileged', { project: PROJECT }]);
    },
    observed: (project) => project && { source: project.source.location ?? null, privileged: project.environment.privileged },
    resource: (project) => project?.arn,
    console: projectLink,
    says: {
      projectMissing: checks.exists(10, NAME).says.projectMissing,
      sourceOther: {
        ko: '프로젝트의 소스가 "{found}"입니다. CodeCommit의 "{expected}" 리포지토리로 바꿉니다.',
        ja: 'プロジェクトのソースが "{found}" です。CodeCommit のリポジトリ "{expected}" に替えてください。',
        en: 'The source of the project is "{found}". Change it to the CodeCommit repository "{expected}".',
      },
      ...privileged.says,
    },
    breaks: {
      'source-other': {
        title: { ko: '다른 리포지토리를 빌드한다', ja: '別のリポジトリをビルドする', en: 'Build another repository' },
        says: 'sourceOther',
        play: project.changeSource({ location: locationOf(REGION, 'my-first-repo') }),
      },
      ...privileged.breaks,
    },
  }),
  on.buildRole({
    id: 'build-push',
    title: { ko: '빌드 역할이 푸시할 수 있다', ja: 'ビルドのロールがプッシュできる', en: 'The build role can push' },
    step: 9,
    after: 'build-project',
    judge({ name, policies }, context) {
      if (name === undefined) return blocked('build-project');
      return policies === undefined ? failed(['roleMissing', { role: name }]) : judgePush(name, policies, context);
    },
    observed: ({ policies }) => policies?.map((policy) => policy.name),
    resource: ({ name }) => name,
    console: ({ name }, place) => name && iamConsole.role(place, name),
    says: { roleMissing: ROLE_SAYS.roleMissing, ...ACCESS_SAYS },
    breaks: {
      'build-role-without-policy': {
        title: {
          ko: '빌드 역할에 푸시 정책을 연결하지 않는다',
          ja: 'ビルドのロールにプッシュ用ポリシーを付けない',
          en: 'Attach no push policy to the build role',
        },
        says: 'actionsMissing',
        play: (account) => account.iam.detachRolePolicy(ROLES.build, pushPolicyArn(account)),
      },
      'other-build-role': {
        title: { ko: '다른 프로젝트의 역할을 고른다', ja: '別のプロジェクトのロールを選ぶ', en: 'Choose the role of another project' },
        says: 'actionsMissing',
        play(account) {
          const serviceRole = createBuildRole(account, 'another-build-role');
          project.change(account, () => ({ serviceRole }));
        },
      },
    },
  }),
  on.builds({
    id: 'build-succeeded',
    title: { ko: '성공한 빌드가 있다', ja: '成功したビルドがある', en: 'A build succeeded' },
    step: 11,
    expected: 'SUCCEEDED',
    judge(found) {
      if (found === undefined) return blocked('build-project');
      if (succeeded(found).length > 0) return passed();
      const current = running(found);
      if (current !== undefined) return buildInProgress(current);
      const [newest] = found;
      if (newest === undefined) return failed(['noBuild', { project: PROJECT }]);
      const { number, phase, reason } = failureOf(newest);
      return failed(['buildFailed', { number, phase, reason }]);
    },
    observed: (found) => shownBuild(found)?.status,
    resource: (found) => shownBuild(found)?.arn,
    console: projectLink,
    says: {
      noBuild: {
        ko: '"{project}" 프로젝트의 빌드가 없습니다. 빌드를 시작합니다.',
        ja: 'プロジェクト "{project}" のビルドがありません。ビルドを開始してください。',
        en: 'The project "{project}" has no build. Start one.',
      },
      buildInProgress: BUILD_SAYS.buildInProgress,
      buildFailed: FAILURE_SAYS.buildFailed,
    },
    past: async (aws) => {
      const [build] = succeeded(await pastBuilds(aws, PROJECT));
      return build && provenByBuild(build, build.status);
    },
    breaks: {
      'no-build': {
        title: { ko: '빌드를 시작하지 않는다', ja: 'ビルドを開始しない', en: 'Start no build' },
        says: 'noBuild',
        instead: connectCi,
      },
      'build-failed': {
        title: { ko: '빌드가 푸시에서 실패한다', ja: 'ビルドがプッシュで失敗する', en: 'The build fails at the push' },
        says: 'buildFailed',
        instead(account) {
          connectCi(account);
          builds.failAt('POST_BUILD', /docker push/)(account);
        },
      },
    },
    moments: {
      'build-running': {
        title: { ko: '빌드가 아직 끝나지 않았다', ja: 'ビルドがまだ終わらない', en: 'The build is still running' },
        says: 'buildInProgress',
        instead(account) {
          connectCi(account);
          builds.start(account, { status: 'IN_PROGRESS' });
        },
      },
    },
  }),
  on.pushed({
    id: 'image-tagged',
    title: {
      ko: '커밋 해시 태그의 이미지가 ECR에 있다',
      ja: 'コミットハッシュのタグのイメージが ECR にある',
      en: 'The image with the commit tag is in ECR',
    },
    step: 12,
    after: 'build-succeeded',
    /** Whether any successful build pushed its image. When none did, the message is about the newest. */
    judge({ builds: found, images }) {
      const right = succeeded(found);
      const [newest] = right;
      if (newest === undefined) return blocked('build-succeeded');
      const verdicts = right.flatMap((build) => {
        const image = builtImage(build, right, images);
        return image === undefined ? [] : [judgeBuiltImage(image, NAME)];
      });
      const own = verdicts.find(({ status }) => status === 'passed');
      if (own !== undefined) return own;
      believed(newest);
      const tag = newest.resolvedSourceVersion ?? '-';
      return verdicts[0] ?? failed(['imageTagMissing', { repository: NAME, tag, number: newest.number ?? 0 }]);
    },
    observed: ({ images }) => images?.flatMap(({ tags }) => tags).slice(0, 50),
    ...ofRepository,
    resource: (_fact, context) => imageUriOf(context),
    says: { imageTagMissing: BUILT_IMAGE_SAYS.imageTagMissing, imageTooOld: BUILT_IMAGE_SAYS.imageTooOld },
    breaks: {
      'build-without-push': {
        title: { ko: '빌드가 아무것도 푸시하지 않는다', ja: 'ビルドが何もプッシュしない', en: 'The build pushes nothing' },
        says: 'imageTagMissing',
        instead(account) {
          connectCi(account);
          builds.start(account);
        },
      },
      'image-by-hand': {
        ...lost['image-by-hand'],
        instead(account) {
          connectCi(account);
          lost['image-by-hand'].instead(account);
        },
      },
    },
  }),
];
