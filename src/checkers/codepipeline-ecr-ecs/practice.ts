import { defineMoves, edited, failedCommand, OTHER_ACCOUNT, type PracticeAccount, pullLimit, utf16 } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { BUILDSPEC, DOCKERFILE, NAME, REGION, ROLES, TAG } from './names.ts';
import { BUILD_ROLE_POLICY, BUILDSPEC_YML, DOCKERFILE_TEXT, PIPELINE_DEPLOY_POLICY, REPOSITORY_POLICY } from './practice-files.ts';
import {
  allowDeploy,
  allowPush,
  buildRoleArn,
  buildStage,
  changeProject,
  changeStages,
  cleanUp,
  createPipeline,
  createProject,
  createRegistry,
  createService,
  DEPLOY_POLICY,
  deployService,
  deployStage,
  EXAMPLE_ACCOUNT,
  environment,
  imageUri,
  type Leftover,
  newPipeline,
  newProject,
  own,
  place,
  policyOf,
  push,
  pushImage,
  pushSource,
  putRule,
  register,
  removeFile,
  roleArn,
  runBuild,
  s3DeployStage,
  s3SourceStage,
  setPolicy,
  source,
  sourceStage,
  startBuild,
  startOver,
  trustOf,
  updateService,
  variablesBut,
} from './practice-student.ts';

/** A name as it is easily mistyped. */
const MISSPELT = NAME.replace('example', 'exapmle');

/** The lab's buildspec with one thing changed. */
const buildspecWith = (from: string | RegExp, to: string) => edited(BUILDSPEC_YML, from, to);

const LOGIN = /^ +- aws ecr get-login-password.*\n/m;
const TAGGING = /^ +- docker tag.*\n/m;
const PUSH = /^ +- docker push.*\n/m;
const DEFINITIONS = /^ +- printf .*\n/m;
const ARTIFACTS = /\nartifacts:\n.*\n.*\n/;
const pushLine = PUSH.exec(BUILDSPEC_YML)?.[0] ?? '';
const printfLine = DEFINITIONS.exec(BUILDSPEC_YML)?.[0] ?? '';

const pushBuildspec = (account: PracticeAccount, text: string | Uint8Array) => push(account, { [BUILDSPEC]: text });
const pushDockerfile = (account: PracticeAccount, from: string | RegExp, to: string) =>
  push(account, { [DOCKERFILE]: edited(DOCKERFILE_TEXT, from, to) });

function changeVariable(account: PracticeAccount, name: string, change: Parameters<typeof variablesBut>[2]): void {
  changeProject(account, { environment: { ...environment(account), environmentVariables: variablesBut(account, name, change) } });
}

interface Statement {
  Sid: string;
  Action: string | string[];
  Resource?: string | string[];
}

/** A policy of the lab with its statements changed. */
function statements(account: PracticeAccount, text: string, change: (statement: Statement) => object | undefined): object {
  const { Statement } = own(account, text) as { Statement: Statement[] };
  return policyOf(...Statement.flatMap((each) => change(each) ?? []));
}

const toPush = (account: PracticeAccount, change: object) =>
  statements(account, BUILD_ROLE_POLICY, (each) => (each.Sid === 'PushImage' ? { ...each, ...change } : each));

type FailedPhase = NonNullable<NonNullable<Parameters<typeof startBuild>[1]>['failedPhase']>;

/** A first build that fails: nothing was built before it. */
function failingBuild(account: PracticeAccount, failedPhase: FailedPhase, patch?: Parameters<typeof changeProject>[1]): void {
  startOver(account, 4);
  if (patch !== undefined) changeProject(account, patch);
  startBuild(account, { failedPhase });
}

const DOCKER_BUILD = 'docker build -f nginx/Dockerfile -t "$IMAGE_REPO_NAME1:$version" nginx/';

/** A first build that ran with other settings than the lab asks for, and succeeded all the same. */
function otherBuild(account: PracticeAccount, options: Parameters<typeof runBuild>[1]): void {
  startOver(account, 4);
  runBuild(account, options);
}

/** A revision of the task definition with another container, and the service that runs it. */
function otherContainer(account: PracticeAccount, container: Parameters<typeof register>[1]): void {
  updateService(account, { taskDefinition: register(account, container) });
}

/** The account after the lab, with something left over. */
function cleanedBut(account: PracticeAccount, ...keep: readonly Leftover[]): void {
  startOver(account, 7);
  cleanUp(account, keep);
}

/** What students do in this lab, right and wrong, in the order of its tasks. */
export const moves = defineMoves(messages, [
  { id: 'push-source', task: 'task-1', kind: 'solve', play: pushSource },
  {
    id: 'not-pushed',
    task: 'task-1',
    kind: 'mistake',
    check: 'repository',
    says: 'notPushed',
    play(account) {
      const { codecommit } = place(account);
      codecommit.deleteRepository(NAME);
      codecommit.createRepository(NAME);
    },
  },
  {
    id: 'buildspec-in-folder',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileElsewhere',
    play(account) {
      removeFile(account, BUILDSPEC);
      push(account, { [`week9-3-codepipeline-lab/${BUILDSPEC}`]: BUILDSPEC_YML });
    },
  },
  {
    id: 'buildspec-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileMissing',
    play: (account) => removeFile(account, BUILDSPEC),
  },
  {
    id: 'buildspec-empty',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileEmpty',
    play: (account) => pushBuildspec(account, '\n'),
  },
  {
    id: 'buildspec-utf16',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileNotText',
    play: (account) => pushBuildspec(account, utf16(BUILDSPEC_YML)),
  },
  {
    id: 'buildspec-tabs',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'yamlTabs',
    play: (account) => pushBuildspec(account, buildspecWith(/^ {2}pre_build:/m, '\tpre_build:')),
  },
  {
    id: 'buildspec-broken',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'yamlInvalid',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH, '      - "docker push\n')),
  },
  {
    id: 'phases-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'phasesMissing',
    play: (account) => pushBuildspec(account, 'version: 0.2\n\nartifacts:\n  files:\n    - imagedefinitions.json\n'),
  },
  {
    id: 'version-old',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'versionWrong',
    play: (account) => pushBuildspec(account, buildspecWith(/^version: 0.2$/m, 'version: 0.1')),
  },
  {
    id: 'phase-outside',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'phaseWrong',
    play: (account) => pushBuildspec(account, buildspecWith(/^ {2}pre_build:/m, '  prebuild:')),
  },
  {
    id: 'commands-not-a-list',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'commandsNotList',
    play: (account) => pushBuildspec(account, buildspecWith(/commands:\n(?= +- echo "Build started)/, 'commands: |\n')),
  },
  {
    id: 'command-with-colon',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-valid',
    says: 'commandNotText',
    play: (account) => pushBuildspec(account, buildspecWith(/- echo "Pushing.*$/m, '- echo Pushing: $IMAGE_URI')),
  },
  {
    id: 'login-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginMissing',
    play: (account) => pushBuildspec(account, buildspecWith(LOGIN, '')),
  },
  {
    id: 'login-elsewhere',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginElsewhere',
    play: (account) =>
      pushBuildspec(
        account,
        buildspecWith('--password-stdin "$REGISTRY"', '--password-stdin "$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"'),
      ),
  },
  {
    id: 'push-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-push',
    says: 'pushMissing',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH, '')),
  },
  {
    id: 'push-other-tag',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-push',
    says: 'pushOther',
    play: (account) => pushBuildspec(account, buildspecWith('version: "v0.95"', 'version: "latest"')),
  },
  {
    id: 'tag-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-push',
    says: 'pushOfNothing',
    play: (account) => pushBuildspec(account, buildspecWith(TAGGING, '')),
  },
  {
    id: 'definitions-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsMissing',
    play: (account) => pushBuildspec(account, buildspecWith(DEFINITIONS, '')),
  },
  {
    id: 'definitions-misnamed',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsMisnamed',
    play: (account) => pushBuildspec(account, buildspecWith(DEFINITIONS, printfLine.replace('imagedefinitions.json', 'artifacts.json'))),
  },
  {
    id: 'definitions-container',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsContainer',
    play: (account) => pushBuildspec(account, buildspecWith('CONTAINER_NAME: "nginx"', 'CONTAINER_NAME: "<container-definition>"')),
  },
  {
    id: 'definitions-wrong',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsWrong',
    play: (account) =>
      pushBuildspec(account, buildspecWith(DEFINITIONS, `      - printf '{"ImageURI":"%s"}' "$IMAGE_URI" > imagedefinitions.json\n`)),
  },
  {
    id: 'artifacts-not-a-list',
    task: 'task-1',
    kind: 'mistake',
    check: 'artifacts',
    says: 'artifactsNotList',
    play: (account) => pushBuildspec(account, buildspecWith(ARTIFACTS, '\nartifacts:\n  files: imagedefinitions.json\n')),
  },
  {
    id: 'artifacts-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'artifacts',
    says: 'artifactsMissing',
    play: (account) => pushBuildspec(account, buildspecWith(ARTIFACTS, '')),
  },
  {
    id: 'makefile',
    task: 'task-1',
    kind: 'moment',
    check: 'image-push',
    says: 'undecidedCommand',
    play: (account) => pushBuildspec(account, buildspecWith(pushLine, '      - make push\n')),
  },
  {
    id: 'unknown-variable',
    task: 'task-1',
    kind: 'moment',
    check: 'image-push',
    says: 'undecidedValue',
    play: (account) => pushBuildspec(account, buildspecWith(pushLine, '      - docker push "$MY_IMAGE_URI"\n')),
  },
  {
    id: 'dockerfile-at-root',
    task: 'task-1',
    kind: 'mistake',
    check: 'dockerfile',
    says: 'fileElsewhere',
    play(account) {
      removeFile(account, DOCKERFILE);
      push(account, { Dockerfile: DOCKERFILE_TEXT });
    },
  },
  {
    id: 'base-image-docker-hub',
    task: 'task-1',
    kind: 'mistake',
    check: 'base-image',
    says: 'baseImageDockerHub',
    play: (account) => pushDockerfile(account, /^FROM .*$/m, 'FROM nginx:1.30-alpine'),
  },
  {
    id: 'base-image-latest',
    task: 'task-1',
    kind: 'mistake',
    check: 'base-image',
    says: 'baseImageNotPinned',
    play: (account) => pushDockerfile(account, ':1.30-alpine', ':latest'),
  },
  {
    id: 'base-image-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'base-image',
    says: 'baseImageMissing',
    play: (account) => pushDockerfile(account, /^FROM .*\n/m, ''),
  },

  { id: 'create-project', task: 'task-2', kind: 'solve', play: createProject },
  {
    id: 'project-misspelled',
    task: 'task-2',
    kind: 'mistake',
    check: 'project-exists',
    says: 'projectNamedOtherwise',
    play(account) {
      place(account).codebuild.deleteProject(NAME);
      newProject(account, MISSPELT);
    },
  },
  {
    id: 'source-github',
    task: 'task-2',
    kind: 'mistake',
    check: 'source-repository',
    says: 'sourceNotCodeCommit',
    play: (account) => changeProject(account, { source: { type: 'GITHUB', location: 'https://github.com/example/app.git' } }),
  },
  {
    id: 'source-other-repository',
    task: 'task-2',
    kind: 'mistake',
    check: 'source-repository',
    says: 'sourceOtherRepository',
    play: (account) => changeProject(account, { source: source('my-first-repo') }),
  },
  {
    id: 'branch-other',
    task: 'task-2',
    kind: 'mistake',
    check: 'source-branch',
    says: 'branchOther',
    play: (account) => changeProject(account, { sourceVersion: 'refs/heads/develop' }),
  },
  {
    id: 'environment-arm',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-image',
    says: 'environmentNotLinux',
    play: (account) =>
      changeProject(account, {
        environment: { ...environment(account), type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
      }),
  },
  {
    id: 'environment-retired',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-image',
    says: 'environmentRetired',
    play: (account) =>
      changeProject(account, { environment: { ...environment(account), image: 'aws/codebuild/amazonlinux2-x86_64-standard:4.0' } }),
  },
  {
    id: 'not-privileged',
    task: 'task-2',
    kind: 'mistake',
    check: 'privileged',
    says: 'notPrivileged',
    play: (account) => changeProject(account, { environment: { ...environment(account), privilegedMode: false } }),
  },
  {
    id: 'account-id-example',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-account',
    says: 'variableWrong',
    play: (account) =>
      changeVariable(account, 'AWS_ACCOUNT_ID', { value: account.id === EXAMPLE_ACCOUNT ? OTHER_ACCOUNT : EXAMPLE_ACCOUNT }),
  },
  {
    id: 'account-id-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-account',
    says: 'variableMissing',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', undefined),
  },
  {
    id: 'account-id-spaces',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-account',
    says: 'variableSpaces',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { value: `${account.id} ` }),
  },
  {
    id: 'account-id-parameter',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-account',
    says: 'variableNotPlain',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { type: 'PARAMETER_STORE' }),
  },
  {
    id: 'region-other',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-region',
    says: 'variableWrong',
    play: (account) => changeVariable(account, 'AWS_DEFAULT_REGION', { value: 'us-east-1' }),
  },
  {
    id: 'repository-whole-uri',
    task: 'task-2',
    kind: 'mistake',
    check: 'variable-repository',
    says: 'variableWrong',
    play: (account) => changeVariable(account, 'IMAGE_REPO_NAME1', { value: imageUri(account) }),
  },
  {
    id: 'buildspec-inline',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-file',
    says: 'buildspecInline',
    play: (account) => changeProject(account, { source: { ...source(), buildspec: BUILDSPEC_YML } }),
  },
  {
    id: 'buildspec-other-file',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-file',
    says: 'buildspecOther',
    play: (account) => changeProject(account, { source: { ...source(), buildspec: 'buildspce.yml' } }),
  },
  {
    id: 'logs-off',
    task: 'task-2',
    kind: 'mistake',
    check: 'cloudwatch-logs',
    says: 'logsOff',
    play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
  },

  { id: 'allow-push', task: 'task-3', kind: 'solve', play: (account) => allowPush(account) },
  {
    id: 'role-deleted',
    task: 'task-3',
    kind: 'mistake',
    check: 'role-exists',
    says: 'roleMissing',
    play: (account) => account.iam.deleteRole(ROLES.build),
  },
  {
    id: 'trust-replaced',
    task: 'task-3',
    kind: 'mistake',
    check: 'role-trust',
    says: 'trustMissing',
    play: (account) =>
      account.iam.updateAssumeRolePolicy(
        ROLES.build,
        policyOf({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      ),
  },
  {
    id: 'login-on-repository',
    task: 'task-3',
    kind: 'mistake',
    check: 'login-allowed',
    says: 'actionsMissing',
    play: (account) =>
      allowPush(
        account,
        statements(account, BUILD_ROLE_POLICY, (each) =>
          each.Sid === 'LogInToEcr' ? { ...each, Resource: `arn:aws:ecr:${REGION}:${account.id}:repository/${NAME}` } : each,
        ),
      ),
  },
  {
    id: 'read-only-permissions',
    task: 'task-3',
    kind: 'mistake',
    check: 'push-allowed',
    says: 'actionsMissing',
    play: (account) =>
      allowPush(
        account,
        toPush(account, { Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:ListImages'] }),
      ),
  },
  {
    id: 'other-build-role',
    task: 'task-3',
    kind: 'mistake',
    check: 'push-allowed',
    says: 'actionsMissing',
    play(account) {
      // Of another lab: it logs in and writes its logs, and pushes to a repository of its own.
      account.iam.createRole({ name: 'another-build-role', trust: trustOf('codebuild.amazonaws.com') });
      const document = toPush(account, { Resource: `arn:aws:ecr:${REGION}:${account.id}:repository/another` });
      account.iam.putRolePolicy('another-build-role', 'ecr-push', document);
      changeProject(account, { serviceRole: roleArn(account, 'another-build-role', '/') });
    },
  },
  {
    id: 'push-other-account',
    task: 'task-3',
    kind: 'mistake',
    check: 'push-allowed',
    says: 'actionsOtherAccount',
    play: (account) => allowPush(account, toPush(account, { Resource: `arn:aws:ecr:${REGION}:${OTHER_ACCOUNT}:repository/${NAME}` })),
  },
  {
    id: 'push-denied',
    task: 'task-3',
    kind: 'mistake',
    check: 'push-allowed',
    says: 'actionsDenied',
    play: (account) =>
      account.iam.putRolePolicy(ROLES.build, 'deny-push', policyOf({ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' })),
  },
  {
    id: 'push-conditional',
    task: 'task-3',
    kind: 'moment',
    check: 'push-allowed',
    says: 'actionsUndecided',
    play: (account) => allowPush(account, toPush(account, { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
  },

  { id: 'create-registry', task: 'task-4', kind: 'solve', play: createRegistry },
  {
    id: 'tags-immutable',
    task: 'task-4',
    kind: 'mistake',
    check: 'registry',
    says: 'tagsImmutable',
    play: (account) => place(account).ecr.updateRepository(NAME, { imageTagMutability: 'IMMUTABLE' }),
  },
  {
    id: 'policy-forgotten',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-set',
    says: 'policyMissing',
    play: (account) => setPolicy(account, undefined),
  },
  {
    id: 'policy-other-role',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-push',
    says: 'policyGivesNothing',
    play: (account) =>
      setPolicy(
        account,
        statements(account, REPOSITORY_POLICY, (each) => ({ ...each, Principal: { AWS: roleArn(account, ROLES.build, '/') } })),
      ),
  },
  {
    id: 'policy-denies',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-push',
    says: 'policyDenies',
    play(account) {
      const { Statement } = own(account, REPOSITORY_POLICY);
      const Principal = { AWS: buildRoleArn(account) };
      setPolicy(account, policyOf(...Statement, { Effect: 'Deny', Principal, Action: 'ecr:PutImage' }));
    },
  },
  {
    id: 'policy-names-login',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-login',
    says: 'policyNamesLogin',
    play: (account) =>
      setPolicy(
        account,
        statements(account, REPOSITORY_POLICY, (each) => ({ ...each, Action: [...each.Action, 'ecr:GetAuthorizationToken'] })),
      ),
  },
  {
    id: 'policy-public',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-private',
    says: 'policyPublic',
    play: (account) =>
      setPolicy(
        account,
        statements(account, REPOSITORY_POLICY, (each) => ({ ...each, Principal: '*' })),
      ),
  },

  { id: 'run-build', task: 'task-5', kind: 'solve', play: (account) => void runBuild(account) },
  {
    id: 'build-stopped',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildEnded',
    play(account) {
      startOver(account, 4);
      startBuild(account, { status: 'STOPPED' });
    },
  },
  {
    id: 'build-fails',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailed',
    play: (account) =>
      failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
  },
  {
    id: 'build-fails-pull-limit',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPullLimit',
    play: (account) => failingBuild(account, pullLimit('BUILD')),
  },
  {
    id: 'build-fails-buildspec',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedBuildspec',
    play: (account) =>
      failingBuild(account, {
        type: 'DOWNLOAD_SOURCE',
        code: 'YAML_FILE_ERROR',
        message: 'stat /codebuild/output/src/buildspec.yml: no such file or directory',
      }),
  },
  {
    id: 'build-fails-source',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedSource',
    play: (account) =>
      failingBuild(
        account,
        {
          type: 'DOWNLOAD_SOURCE',
          code: 'CLIENT_ERROR',
          message: 'reference not found for primary source and source version refs/heads/develop',
        },
        { sourceVersion: 'refs/heads/develop' },
      ),
  },
  {
    id: 'build-fails-privileged',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPrivileged',
    play: (account) =>
      failingBuild(account, failedCommand('BUILD', DOCKER_BUILD), { environment: { ...environment(account), privilegedMode: false } }),
  },
  {
    id: 'build-fails-variable',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedVariable',
    play(account) {
      const environmentVariables = variablesBut(account, 'AWS_ACCOUNT_ID', { value: account.id.slice(0, 11) });
      failingBuild(account, failedCommand('PRE_BUILD', 'docker login'), { environment: { ...environment(account), environmentVariables } });
    },
  },
  {
    id: 'build-fails-push',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPermissions',
    play: (account) => failingBuild(account, failedCommand('POST_BUILD', 'docker push "$IMAGE_URI"')),
  },
  {
    id: 'build-fails-image',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedImage',
    play: (account) => failingBuild(account, failedCommand('BUILD', DOCKER_BUILD)),
  },
  {
    id: 'build-not-privileged',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildNotPrivileged',
    play: (account) => otherBuild(account, { environmentOverride: { privilegedMode: false } }),
  },
  {
    id: 'build-other-variable',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildVariableWrong',
    play: (account) =>
      otherBuild(account, {
        environmentOverride: { environmentVariables: variablesBut(account, 'IMAGE_REPO_NAME1', { value: 'my-app' }) },
      }),
  },
  {
    id: 'registry-deleted',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'registryGone',
    play: (account) => place(account).ecr.deleteRepository(NAME),
  },
  {
    id: 'image-tag-missing',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'imageMissing',
    play(account) {
      place(account).ecr.deleteImages(NAME);
      pushImage(account, ['latest']);
    },
  },
  {
    id: 'image-by-hand',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'imageTooOld',
    play(account) {
      startOver(account, 4);
      pushImage(account);
      account.clock.tick(60);
      startBuild(account);
    },
  },
  {
    id: 'build-in-progress',
    task: 'task-5',
    kind: 'moment',
    check: 'build-succeeded',
    says: 'buildInProgress',
    play(account) {
      startOver(account, 4);
      startBuild(account, { status: 'IN_PROGRESS' });
    },
  },

  { id: 'create-pipeline', task: 'task-6', kind: 'solve', play: createPipeline },
  {
    id: 'pipeline-misspelled',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-exists',
    says: 'pipelineNamedOtherwise',
    play(account) {
      place(account).codepipeline.deletePipeline(NAME);
      newPipeline(account, MISSPELT);
    },
  },
  {
    id: 'pipeline-source-s3',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-source',
    says: 'pipelineSourceNotCodeCommit',
    play: (account) => changeStages(account, s3SourceStage, buildStage()),
  },
  {
    id: 'pipeline-source-other',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-source',
    says: 'pipelineSourceOther',
    play: (account) => changeStages(account, sourceStage({ RepositoryName: 'my-first-repo' }), buildStage()),
  },
  {
    id: 'pipeline-branch-other',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-source',
    says: 'pipelineBranchOther',
    play: (account) => changeStages(account, sourceStage({ BranchName: 'develop' }), buildStage()),
  },
  {
    id: 'pipeline-not-triggered',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-trigger',
    says: 'pipelineNotTriggered',
    play: (account) => putRule(account, 'DISABLED'),
  },
  {
    id: 'pipeline-build-missing',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-build',
    says: 'pipelineBuildMissing',
    play: (account) => changeStages(account, sourceStage(), s3DeployStage),
  },
  {
    id: 'pipeline-build-other',
    task: 'task-6',
    kind: 'mistake',
    check: 'pipeline-build',
    says: 'pipelineBuildOther',
    play: (account) => changeStages(account, sourceStage(), buildStage('my-project')),
  },
  {
    id: 'execution-none',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionNone',
    play(account) {
      place(account).codepipeline.deletePipeline(NAME);
      newPipeline(account);
    },
  },
  {
    id: 'execution-failed',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionFailed',
    play: (account) =>
      void place(account).codepipeline.startExecution(NAME, {
        failedAction: { name: 'Build', message: 'Build terminated with state: FAILED' },
      }),
  },
  {
    id: 'execution-stopped',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionEnded',
    play: (account) => void place(account).codepipeline.startExecution(NAME, { status: 'Stopped' }),
  },
  {
    id: 'execution-old-commit',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-head',
    says: 'executionOtherCommit',
    play(account) {
      push(account, { 'README.md': '# example\n' });
    },
  },
  {
    id: 'execution-in-progress',
    task: 'task-6',
    kind: 'moment',
    check: 'execution-succeeded',
    says: 'executionInProgress',
    play: (account) => void place(account).codepipeline.startExecution(NAME, { status: 'InProgress', at: 'Build' }),
  },

  { id: 'deploy-service', task: 'task-7', kind: 'solve', play: deployService },
  {
    id: 'service-forgotten',
    task: 'task-7',
    kind: 'mistake',
    check: 'service-exists',
    says: 'serviceMissing',
    play: (account) => place(account).ecs.deleteService(NAME, NAME),
  },
  {
    id: 'service-on-ec2',
    task: 'task-7',
    kind: 'mistake',
    check: 'service-fargate',
    says: 'serviceNotFargate',
    play(account) {
      place(account).ecs.deleteService(NAME, NAME);
      createService(account, 'EC2');
    },
  },
  {
    id: 'container-misnamed',
    task: 'task-7',
    kind: 'mistake',
    check: 'container-image',
    says: 'containerMissing',
    play: (account) => otherContainer(account, { name: 'web' }),
  },
  {
    id: 'container-other-image',
    task: 'task-7',
    kind: 'mistake',
    check: 'container-image',
    says: 'containerImageOther',
    play: (account) => otherContainer(account, { image: 'public.ecr.aws/docker/library/nginx:1.30-alpine' }),
  },
  {
    id: 'deploy-not-allowed',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-allowed',
    says: 'actionsMissing',
    play: (account) => account.iam.deleteRolePolicy(ROLES.pipeline, DEPLOY_POLICY),
  },
  {
    id: 'pass-role-forgotten',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-allowed',
    says: 'actionsMissing',
    play: (account) =>
      allowDeploy(
        account,
        statements(account, PIPELINE_DEPLOY_POLICY, (each) => (each.Sid === 'PassExecutionRole' ? undefined : each)),
      ),
  },
  {
    id: 'deploy-forgotten',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-stage',
    says: 'deployMissing',
    play: (account) => changeStages(account, sourceStage(), buildStage()),
  },
  {
    id: 'deploy-source-artifact',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-stage',
    says: 'deployNotFed',
    play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({}, 'SourceArtifact')),
  },
  {
    id: 'deploy-elsewhere',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-stage',
    says: 'deployElsewhere',
    play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({ ServiceName: 'web' })),
  },
  {
    id: 'deploy-other-file',
    task: 'task-7',
    kind: 'mistake',
    check: 'deploy-stage',
    says: 'deployOtherFile',
    play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({ FileName: 'artifacts.json' })),
  },
  {
    id: 'service-stopped',
    task: 'task-7',
    kind: 'mistake',
    check: 'service-steady',
    says: 'serviceStopped',
    play: (account) => updateService(account, { desiredCount: 0 }),
  },
  {
    id: 'service-failing',
    task: 'task-7',
    kind: 'mistake',
    check: 'service-steady',
    says: 'serviceFailing',
    play: (account) =>
      updateService(
        account,
        {},
        { rollout: 'FAILED', stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 7 time(s)' },
      ),
  },
  {
    id: 'image-not-deployed',
    task: 'task-7',
    kind: 'mistake',
    check: 'running-image',
    says: 'imageNotRunning',
    play: (account) => pushImage(account),
  },
  {
    id: 'service-deploying',
    task: 'task-7',
    kind: 'moment',
    check: 'service-steady',
    says: 'serviceDeploying',
    play: (account) => updateService(account, {}, { rollout: 'IN_PROGRESS' }),
  },
  {
    id: 'image-index',
    task: 'task-7',
    kind: 'moment',
    check: 'running-image',
    says: 'imagePartRunning',
    play: (account) => void place(account).ecr.putImage(NAME, { tags: [TAG], mediaType: 'application/vnd.oci.image.index.v1+json' }),
  },

  { id: 'clean-up', task: 'cleanup', kind: 'solve', play: (account) => cleanUp(account) },
  {
    id: 'pipeline-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'pipeline',
    says: 'pipelineLeft',
    play: (account) => cleanedBut(account, 'pipeline'),
  },
  {
    id: 'rule-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'event-rule',
    says: 'ruleLeft',
    play: (account) => cleanedBut(account, 'rule'),
  },
  {
    id: 'service-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'service',
    says: 'serviceLeft',
    play: (account) => cleanedBut(account, 'service', 'cluster'),
  },
  {
    id: 'service-draining',
    task: 'cleanup',
    kind: 'moment',
    check: 'service',
    says: 'serviceDraining',
    play(account) {
      cleanedBut(account, 'service', 'cluster');
      place(account).ecs.deleteService(NAME, NAME, { draining: true });
    },
  },
  {
    id: 'cluster-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'cluster',
    says: 'clusterLeft',
    play: (account) => cleanedBut(account, 'cluster'),
  },
  {
    id: 'task-definition-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'task-definition',
    says: 'taskDefinitionLeft',
    play: (account) => cleanedBut(account, 'task-definition'),
  },
  {
    id: 'project-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'project',
    says: 'projectLeft',
    play: (account) => cleanedBut(account, 'project'),
  },
  {
    id: 'image-repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'image-repository',
    says: 'imageRepositoryLeft',
    play: (account) => cleanedBut(account, 'images'),
  },
  {
    id: 'code-repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'code-repository',
    says: 'sourceRepositoryLeft',
    play: (account) => cleanedBut(account, 'source'),
  },
  {
    id: 'artifacts-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'artifact-bucket',
    says: 'artifactsLeft',
    play: (account) => cleanedBut(account, 'artifacts'),
  },
  {
    id: 'bucket-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'artifact-bucket',
    says: 'bucketLeft',
    play: (account) => cleanedBut(account, 'bucket'),
  },
  {
    id: 'build-log-group-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'build-log-group',
    says: 'logGroupLeft',
    play: (account) => cleanedBut(account, 'build-logs'),
  },
  {
    id: 'service-log-group-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'service-log-group',
    says: 'logGroupLeft',
    play: (account) => cleanedBut(account, 'service-logs'),
  },
  {
    id: 'build-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'build-role',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'buildRole'),
  },
  {
    id: 'pipeline-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'pipeline-role',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'pipelineRole'),
  },
  {
    id: 'rule-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'rule-role',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'ruleRole'),
  },
  {
    id: 'execution-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'execution-role',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'executionRole'),
  },
]);
