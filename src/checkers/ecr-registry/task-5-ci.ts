import { type Build, type OidcProvider, type Role, readers, type SourceFile } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { imageDefinitionOf } from '../dialects/buildspec/image-definitions.ts';
import { parseBuildspec } from '../dialects/buildspec/parse.ts';
import { type Policy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, type Verdict, waiting } from '../engine/verdict.ts';
import { failureOf } from '../kit/codebuild/build-failure.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { followInSource, sourceFileReads } from '../kit/codecommit/follow-in-source.ts';
import { builtImage, judgeBuiltImage, shortHash } from '../kit/ecr/built-image.ts';
import { edited, failedCommand } from '../kit/student/mistakes.ts';
import { judgeGithubTrust } from './github-trust.ts';
import {
  AUDIENCE,
  BUILDSPEC,
  CONTAINER,
  DEFINITIONS,
  ISSUER,
  imageUriOf,
  NAME,
  PROJECT,
  providerArnOf,
  ROLES,
  roleArnOf,
} from './names.ts';
import { judgePush } from './permissions.ts';
import { BUILD_POLICY, BUILD_ROLE_TRUST } from './practice-files.ts';
import {
  AUDIENCE_LINE,
  asOwn,
  changeProject,
  environment,
  integrate,
  own,
  PRINTF,
  type Project,
  place,
  pushBuildspec,
  pushImage,
  pushPolicyArn,
  SUBJECT,
  source,
  startBuild,
  trustGithub,
  unbuilt,
} from './student.ts';

interface Provider {
  readonly found: OidcProvider | undefined;
  readonly role: Role | undefined;
}

interface BuildRole {
  /** Its bare name; unset while there is no project. */
  readonly name: string | undefined;
  readonly policies: readonly Policy[] | undefined;
}

interface Source {
  readonly file: SourceFile;
  /** Unset when there are no commands to follow. */
  readonly course: Course | undefined;
  readonly commit: string;
}

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Pushed {
  readonly builds: Builds;
  readonly images: readonly Image[] | undefined;
}

const reads = {
  provider: readers.iam.oidcProvider,
  role: readers.iam.role,
  policies: readers.iam.rolePolicies,
  project: readers.codebuild.project,
  buildIds: readers.codebuild.buildIdsOfProject,
  builds: readers.codebuild.builds,
  images: readers.ecr.images,
  ...sourceFileReads,
  ...pastBuildReads,
} as const;

const bareName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

async function readSource(aws: Bound<typeof reads>, { account, region }: TaskContext): Promise<Source> {
  const file = await aws.file(NAME, undefined, BUILDSPEC);
  if (file.state !== 'present') return { file, course: undefined, commit: '' };
  const reading = parseBuildspec(file.text);
  if (reading.state !== 'parsed') return { file, course: undefined, commit: file.commitId };
  const course = await followInSource(aws, NAME, reading, { account, region, commit: file.commitId, variables: {} });
  return { file, course, commit: file.commitId };
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const githubRole = aws.role(ROLES.github);
  const provider = Promise.all([aws.provider(ISSUER), githubRole]).then(([found, role]): Provider => ({ found, role }));
  const githubPolicies = aws.policies(ROLES.github).then((found) => found && rolePolicies(found));
  const project = aws.project(PROJECT);
  const buildRole = project.then(async (found): Promise<BuildRole> => {
    const name = found && bareName(found.serviceRole);
    const policies = name === undefined ? undefined : await aws.policies(name);
    return { name, policies: policies && rolePolicies(policies) };
  });
  const builds = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ builds: ofProject, images }));
  return { provider, githubRole, githubPolicies, source: readSource(aws, context), project, buildRole, builds, pushed };
}

/** GitHub's action asks for a token for this audience, and STS takes it only from a provider that lists it. */
function judgeProvider({ found, role }: Provider) {
  if (found === undefined) return role === undefined ? notStarted('providerMissing') : failed('providerMissing');
  if (found.clientIds.includes(AUDIENCE)) return passed();
  return failed(['audienceMissing', { audience: AUDIENCE, found: found.clientIds.join(', ') || '-' }]);
}

function judgeDefinitions({ file, course, commit }: Source, context: TaskContext) {
  if (file.state === 'no-repository' || file.state === 'empty') return notStarted(['sourceMissing', { repository: NAME }]);
  if (course === undefined) return failed(['buildspecMissing', { file: BUILDSPEC }]);
  const image = `${imageUriOf(context)}:${shortHash(commit)}`;
  const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image });
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
      return failed(['definitionsWrong', { found: found.found, file: DEFINITIONS, image }]);
    default:
      return failed(['definitionsMissing', { file: DEFINITIONS }]);
  }
}

function judgeProject(project: Project | undefined, { region }: TaskContext) {
  if (project === undefined) return notStarted(['projectMissing', { project: PROJECT, region }]);
  const { type, location } = project.source;
  const repository = codeCommitRepositoryOf(location, region);
  if (type !== 'CODECOMMIT' || repository !== NAME)
    return failed(['sourceOther', { found: repository ?? location ?? type, expected: NAME }]);
  return project.environment.privileged ? passed() : failed(['notPrivileged', { project: PROJECT }]);
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');

function judgeBuild(builds: Builds) {
  if (builds === undefined) return blocked('build-project');
  if (succeeded(builds).length > 0) return passed();
  const running = builds.find(({ complete }) => !complete);
  if (running !== undefined) return waiting(['buildInProgress', { number: running.number ?? 0, phase: running.currentPhase ?? '-' }], 20);
  const [newest] = builds;
  if (newest === undefined) return failed(['noBuild', { project: PROJECT }]);
  const { number, phase, reason } = failureOf(newest);
  return failed(['buildFailed', { number, phase, reason }]);
}

/** Whether some build pushed its image; what to say is about the newest one. */
function judgeImage({ builds, images }: Pushed) {
  const right = succeeded(builds);
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
}

const projectLink = (_fact: unknown, { console }: TaskContext) => console.codeBuildProject(PROJECT);
const roleLink = (_fact: unknown, { console }: TaskContext) => console.role(ROLES.github);

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-5',
  title: { ko: 'CI 연동', ja: 'CI との連携', en: 'Connect CI' },
  needs: ['task-4'],
  reads,
  observe,
  solve: {
    id: 'integrate',
    title: {
      ko: 'GitHub의 역할을 만들고 CodeBuild로 푸시한다',
      ja: 'GitHub のロールを作り、CodeBuild でプッシュする',
      en: 'Make the role for GitHub and push with CodeBuild',
    },
    play: integrate,
  },
  expectations: [
    on.provider({
      id: 'oidc-provider',
      title: { ko: 'GitHub의 OIDC 공급자가 있다', ja: 'GitHub の OIDC プロバイダーがある', en: 'The OIDC provider of GitHub exists' },
      step: 1,
      expected: (_fact, context) => `${providerArnOf(context)} (${AUDIENCE})`,
      judge: judgeProvider,
      observed: ({ found }) => found?.clientIds ?? null,
      resource: (_fact, context) => providerArnOf(context),
      says: {
        providerMissing: {
          ko: 'GitHub의 OIDC 공급자가 이 계정에 없습니다. create-open-id-connect-provider로 등록합니다.',
          ja: 'GitHub の OIDC プロバイダーがこのアカウントにありません。create-open-id-connect-provider で登録してください。',
          en: 'This account has no OIDC provider for GitHub. Register it with create-open-id-connect-provider.',
        },
        audienceMissing: {
          ko: 'GitHub의 OIDC 공급자가 {audience} 대상(audience)을 모릅니다. 지금 아는 대상은 다음과 같습니다: {found}. add-client-id-to-open-id-connect-provider로 추가합니다.',
          ja: 'GitHub の OIDC プロバイダーに対象者（audience）{audience} がありません。今あるのは {found} です。add-client-id-to-open-id-connect-provider で加えてください。',
          en: 'The OIDC provider of GitHub does not know the audience {audience}; it knows {found}. Add it with add-client-id-to-open-id-connect-provider.',
        },
      },
      breaks: {
        'provider-missing': {
          title: { ko: 'OIDC 공급자를 등록하지 않는다', ja: 'OIDC プロバイダーを登録しない', en: 'Register no OIDC provider' },
          says: 'providerMissing',
          play: (account) => account.iam.deleteOpenIdConnectProvider(`arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`),
        },
        'provider-audience': {
          title: {
            ko: 'OIDC 공급자를 sts.amazonaws.com 없이 등록한다',
            ja: 'OIDC プロバイダーを sts.amazonaws.com なしで登録する',
            en: 'Register the OIDC provider without the audience sts.amazonaws.com',
          },
          says: 'audienceMissing',
          play(account) {
            account.iam.deleteOpenIdConnectProvider(`arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`);
            account.iam.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: ['https://github.com/my-name'] });
          },
        },
      },
    }),
    on.githubRole({
      id: 'github-trust',
      title: {
        ko: '역할이 GitHub 리포지토리 하나만 믿는다',
        ja: 'ロールが 1 つの GitHub リポジトリだけを信頼する',
        en: 'The role trusts one GitHub repository only',
      },
      step: 3,
      judge: (role, context) =>
        role === undefined ? notStarted(['roleMissing', { role: ROLES.github }]) : judgeGithubTrust(role, context),
      observed: (role) => role?.name ?? null,
      resource: (role) => role?.arn,
      console: roleLink,
      says: {
        githubAnyone: {
          ko: 'GitHub의 아무 리포지토리나 "{role}" 역할을 맡을 수 있습니다. 신뢰 정책의 조건에 sub를 추가하고 자신의 리포지토리를 적습니다.',
          ja: 'GitHub のどのリポジトリでもロール "{role}" を引き受けられます。信頼ポリシーの条件に sub を加え、自分のリポジトリを書いてください。',
          en: 'Every repository of GitHub may take the role "{role}". Add sub to the condition of the trust policy and name your own repository.',
        },
        githubPlaceholder: {
          ko: '"{role}" 역할의 신뢰 정책에 예시인 GITHUB_OWNER/GITHUB_REPOSITORY가 남아 있습니다. 자신의 GitHub 리포지토리로 바꿉니다.',
          ja: 'ロール "{role}" の信頼ポリシーに例の GITHUB_OWNER/GITHUB_REPOSITORY が残っています。自分の GitHub リポジトリに替えてください。',
          en: 'The trust policy of the role "{role}" still has the example GITHUB_OWNER/GITHUB_REPOSITORY. Put your own GitHub repository there.',
        },
        githubNobody: {
          ko: 'GitHub의 어느 리포지토리도 "{role}" 역할을 맡을 수 없습니다. Federated가 {provider} 공급자인지, Action이 sts:AssumeRoleWithWebIdentity인지, sub가 repo:로 시작하는지 확인합니다.',
          ja: 'GitHub のどのリポジトリもロール "{role}" を引き受けられません。Federated が {provider} か、Action が sts:AssumeRoleWithWebIdentity か、sub が repo: で始まるか確かめてください。',
          en: 'No repository of GitHub may take the role "{role}". Check that Federated is {provider}, that Action is sts:AssumeRoleWithWebIdentity and that sub begins with repo:.',
        },
        githubAudience: {
          ko: '"{role}" 역할의 신뢰 정책이 토큰의 aud를 확인하지 않습니다. 조건에 aud가 {audience} 값이어야 한다고 추가합니다.',
          ja: 'ロール "{role}" の信頼ポリシーはトークンの aud を確かめていません。条件に aud が {audience} であることを加えてください。',
          en: 'The trust policy of the role "{role}" does not look at aud. Add to the condition that aud must be {audience}.',
        },
      },
      breaks: {
        'github-anyone': {
          title: { ko: 'sub 조건을 빠뜨린다', ja: 'sub の条件を抜かす', en: 'Leave out the condition on sub' },
          says: 'githubAnyone',
          play: (account) => trustGithub(account, (text) => edited(asOwn(text), SUBJECT, '')),
        },
        'github-placeholder': {
          title: { ko: 'GITHUB_OWNER를 그대로 둔다', ja: 'GITHUB_OWNER をそのままにする', en: 'Leave GITHUB_OWNER as it is' },
          says: 'githubPlaceholder',
          play: (account) => trustGithub(account, (text) => text),
        },
        'github-nobody': {
          title: {
            ko: 'AssumeRoleWithWebIdentity 대신 AssumeRole을 적는다',
            ja: 'AssumeRoleWithWebIdentity の代わりに AssumeRole を書く',
            en: 'Write AssumeRole in place of AssumeRoleWithWebIdentity',
          },
          says: 'githubNobody',
          play: (account) => trustGithub(account, (text) => edited(asOwn(text), 'AssumeRoleWithWebIdentity', 'AssumeRole')),
        },
        'github-audience': {
          title: { ko: 'aud 조건을 빠뜨린다', ja: 'aud の条件を抜かす', en: 'Leave out the condition on aud' },
          says: 'githubAudience',
          play: (account) => trustGithub(account, (text) => edited(asOwn(text), AUDIENCE_LINE, '')),
        },
      },
    }),
    on.githubPolicies({
      id: 'github-push',
      title: { ko: 'GitHub의 역할이 푸시할 수 있다', ja: 'GitHub のロールがプッシュできる', en: 'The role for GitHub can push' },
      step: 3,
      after: 'github-trust',
      judge: (policies, context) => (policies === undefined ? blocked('github-trust') : judgePush(ROLES.github, policies, context)),
      observed: (policies) => policies?.map(({ name }) => name),
      resource: (_fact, context) => roleArnOf(context, ROLES.github),
      console: roleLink,
      says: {
        actionsMissing: {
          ko: '"{role}"에는 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책과 비교해 고칩니다.',
          ja: '"{role}" に、"{resource}" に対する次の権限がありません: {actions}。教材のポリシーと比べて直してください。',
          en: '"{role}" lacks these permissions: {actions} on the resource {resource}. Compare it with the policies of the lab.',
        },
      },
      breaks: {
        'github-without-policy': {
          title: {
            ko: 'GitHub의 역할에 푸시 정책을 연결하지 않는다',
            ja: 'GitHub のロールにプッシュ用ポリシーを付けない',
            en: 'Attach no push policy to the role for GitHub',
          },
          says: 'actionsMissing',
          play: (account) => account.iam.detachRolePolicy(ROLES.github, pushPolicyArn(account)),
        },
      },
    }),
    on.source({
      id: 'image-definitions',
      title: {
        ko: 'buildspec.yml이 imagedefinitions.json을 만든다',
        ja: 'buildspec.yml が imagedefinitions.json を作る',
        en: 'buildspec.yml writes imagedefinitions.json',
      },
      step: 7,
      expected: DEFINITIONS,
      judge: judgeDefinitions,
      observed: ({ course }) => (course === undefined ? null : [...course.files.keys()].slice(0, 20)),
      console: (_fact, { console }) => console.codeCommitRepository(NAME),
      says: {
        buildspecMissing: {
          ko: '소스의 맨 위에 읽을 수 있는 {file} 파일이 없습니다. 실습 파일을 복사해 커밋하고 푸시합니다.',
          ja: 'ソースの一番上に読み取れる {file} がありません。演習ファイルをコピーしてコミットし、プッシュしてください。',
          en: 'There is no readable {file} at the root of the source. Copy the file of the lab, commit and push it.',
        },
        definitionsMissing: {
          ko: '{file} 파일을 만드는 명령이 buildspec.yml에 없습니다. 컨테이너 이름과 이미지 URI를 적어 만듭니다.',
          ja: '{file} を作るコマンドが buildspec.yml にありません。コンテナ名とイメージ URI を書いて作ってください。',
          en: 'No command in buildspec.yml writes {file}. Write the name of the container and the URI of the image to it.',
        },
        definitionsMisnamed: {
          ko: '이미지 정의를 "{found}" 파일에 적습니다. 대소문자까지 같은 {file} 파일로 바꿉니다.',
          ja: 'イメージ定義を "{found}" に書いています。大文字と小文字まで同じ {file} にしてください。',
          en: 'The image definitions are written to "{found}". Call the file {file}, in just these letters.',
        },
        definitionsWrong: {
          ko: '{file} 파일의 내용이 맞지 않습니다: {found}. name과 imageUri를 가진 객체의 배열이어야 하며 imageUri는 "{image}" 형식입니다.',
          ja: '{file} の内容が正しくありません: {found}。name と imageUri を持つオブジェクトの配列で、imageUri は "{image}" の形にしてください。',
          en: 'The content of {file} is not right: {found}. It must be an array of objects with name and imageUri, where imageUri looks like "{image}".',
        },
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
          play: (account) => place(account).codecommit.remove(NAME, 'main', BUILDSPEC),
        },
        'definitions-missing': {
          title: {
            ko: 'imagedefinitions.json을 만들지 않는다',
            ja: 'imagedefinitions.json を作らない',
            en: 'Write no imagedefinitions.json',
          },
          says: 'definitionsMissing',
          play: (account) => pushBuildspec(account, PRINTF, '      - echo done'),
        },
        'definitions-misnamed': {
          title: { ko: 'imageDefinitions.json이라고 적는다', ja: 'imageDefinitions.json と書く', en: 'Call it imageDefinitions.json' },
          says: 'definitionsMisnamed',
          play: (account) => pushBuildspec(account, `> ${DEFINITIONS}`, '> imageDefinitions.json'),
        },
        'definitions-detail': {
          title: { ko: 'imageDetail의 형식으로 적는다', ja: 'imageDetail の形式で書く', en: 'Write it in the form of imageDetail' },
          says: 'definitionsWrong',
          play: (account) => pushBuildspec(account, PRINTF, `      - printf '{"ImageURI":"%s"}' "$IMAGE_URI" > ${DEFINITIONS}`),
        },
      },
      moments: {
        'definitions-by-make': {
          title: { ko: '파일을 make로 만든다', ja: 'ファイルを make で作る', en: 'Have make write the file' },
          says: 'undecidedDefinitions',
          play: (account) => pushBuildspec(account, PRINTF, '      - make definitions'),
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
      judge: judgeProject,
      observed: (project) => project && { source: project.source.location ?? null, privileged: project.environment.privileged },
      resource: (project) => project?.arn,
      console: projectLink,
      says: {
        sourceOther: {
          ko: '프로젝트의 소스가 "{found}"입니다. CodeCommit의 "{expected}" 리포지토리로 바꿉니다.',
          ja: 'プロジェクトのソースが "{found}" です。CodeCommit のリポジトリ "{expected}" に替えてください。',
          en: 'The source of the project is "{found}". Change it to the CodeCommit repository "{expected}".',
        },
        notPrivileged: {
          ko: '"{project}" 프로젝트의 Privileged 모드가 꺼져 있어 Docker를 실행할 수 없습니다. 환경의 추가 설정에서 켭니다.',
          ja: 'プロジェクト "{project}" の特権モードが無効なので Docker を実行できません。環境の追加設定で有効にしてください。',
          en: 'The project "{project}" is not privileged, so Docker cannot run. Turn it on in the additional configuration of the environment.',
        },
      },
      breaks: {
        'source-other': {
          title: { ko: '다른 리포지토리를 빌드한다', ja: '別のリポジトリをビルドする', en: 'Build another repository' },
          says: 'sourceOther',
          play: (account) => changeProject(account, { source: source('my-first-repo') }),
        },
        'not-privileged': {
          title: { ko: 'Privileged를 끈다', ja: '特権モードを無効にする', en: 'Turn privileged mode off' },
          says: 'notPrivileged',
          play: (account) => changeProject(account, { environment: environment(false) }),
        },
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
      console: ({ name }, { console }) => name && console.role(name),
      says: {
        actionsMissing: {
          ko: '"{role}"에는 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책과 비교해 고칩니다.',
          ja: '"{role}" に、"{resource}" に対する次の権限がありません: {actions}。教材のポリシーと比べて直してください。',
          en: '"{role}" lacks these permissions: {actions} on the resource {resource}. Compare it with the policies of the lab.',
        },
      },
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
            account.iam.createRole({ name: 'another-build-role', trust: JSON.parse(BUILD_ROLE_TRUST) });
            account.iam.putRolePolicy('another-build-role', 'source-and-logs', own(account, BUILD_POLICY));
            changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/another-build-role` });
          },
        },
      },
    }),
    on.builds({
      id: 'build-succeeded',
      title: { ko: '성공한 빌드가 있다', ja: '成功したビルドがある', en: 'A build succeeded' },
      step: 11,
      expected: 'SUCCEEDED',
      judge: judgeBuild,
      observed: (builds) => (succeeded(builds)[0] ?? builds?.[0])?.status,
      resource: (builds) => (succeeded(builds)[0] ?? builds?.[0])?.arn,
      console: projectLink,
      says: {
        noBuild: {
          ko: '"{project}" 프로젝트의 빌드가 없습니다. 빌드를 시작합니다.',
          ja: 'プロジェクト "{project}" のビルドがありません。ビルドを開始してください。',
          en: 'The project "{project}" has no build. Start one.',
        },
        buildFailed: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
          ja: '{number} 番のビルドは {phase} フェーズで失敗しました: {reason} ログで原因を調べて直し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Find the cause in its log, correct it and build again.',
        },
        buildInProgress: {
          ko: '{number}번 빌드가 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: '{number} 番のビルドが進行中です ({phase})。終わるまで待ってから、もう一度確認してください。',
          en: 'Build {number} is in progress ({phase}). Wait until it has ended and check again.',
        },
      },
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, PROJECT));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        'no-build': {
          title: { ko: '빌드를 시작하지 않는다', ja: 'ビルドを開始しない', en: 'Start no build' },
          says: 'noBuild',
          instead: unbuilt,
        },
        'build-failed': {
          title: { ko: '빌드가 푸시에서 실패한다', ja: 'ビルドがプッシュで失敗する', en: 'The build fails at the push' },
          says: 'buildFailed',
          instead(account) {
            unbuilt(account);
            startBuild(account, {
              failedPhase: failedCommand('POST_BUILD', 'docker push "$IMAGE_URI"'),
            });
          },
        },
      },
      moments: {
        'build-running': {
          title: { ko: '빌드가 아직 끝나지 않았다', ja: 'ビルドがまだ終わらない', en: 'The build is still running' },
          says: 'buildInProgress',
          instead(account) {
            unbuilt(account);
            startBuild(account, { status: 'IN_PROGRESS' });
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
      judge: judgeImage,
      observed: ({ images }) => images?.flatMap(({ tags }) => tags).slice(0, 50),
      resource: (_fact, context) => imageUriOf(context),
      console: (_fact, { console }) => console.ecrRepository(NAME),
      says: {
        imageTagMissing: {
          ko: '"{repository}" 리포지토리에 {number}번 빌드의 커밋 해시 "{tag}" 태그가 붙은 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に {number} 番のビルドのコミットハッシュ "{tag}" をタグに持つイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" has no image tagged "{tag}", the commit of build {number}. Check that buildspec.yml pushes that tag and build again.',
        },
        imageTooOld: {
          ko: '"{repository}" 리포지토리의 "{tag}" 이미지는 {number}번 빌드가 시작되기 전에 올린 것입니다. CodeBuild로 다시 빌드하여 이미지를 올립니다.',
          ja: 'リポジトリ "{repository}" のイメージ "{tag}" は、{number} 番のビルドが始まる前にプッシュされたものです。CodeBuild でもう一度ビルドしてプッシュしてください。',
          en: 'The image "{tag}" of the repository "{repository}" was pushed before build {number} began. Build again, so that CodeBuild pushes the image.',
        },
      },
      breaks: {
        'build-without-push': {
          title: { ko: '빌드가 아무것도 푸시하지 않는다', ja: 'ビルドが何もプッシュしない', en: 'The build pushes nothing' },
          says: 'imageTagMissing',
          instead(account) {
            unbuilt(account);
            startBuild(account);
          },
        },
        'image-by-hand': {
          title: {
            ko: '빌드하기 전에 손으로 이미지를 푸시한다',
            ja: 'ビルドの前に手でイメージをプッシュする',
            en: 'Push the image by hand before the build',
          },
          says: 'imageTooOld',
          instead(account) {
            unbuilt(account);
            pushImage(account, (place(account).codecommit.head(NAME, 'main') ?? '').slice(0, 7));
            account.clock.tick(60);
            startBuild(account);
          },
        },
      },
    }),
  ],
});
