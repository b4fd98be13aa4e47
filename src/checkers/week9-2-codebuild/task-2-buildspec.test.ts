// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own expansions
import { describe, expect, it } from 'vitest';
import { followBuildspec } from '../dialects/buildspec/follow.ts';
import { parseBuildspec } from '../dialects/buildspec/parse.ts';
import type { TaskContext } from '../engine/task-context.ts';
import task from './task-2-buildspec.ts';

const ACCOUNT = '210987654321';
const COMMIT = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const URI = `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com/week9-2-codebuild-repo`;

/** What the checks of the commands say of a buildspec: status, and the message's key when there is one. */
function judged(text: string, scripts: Readonly<Record<string, string>> = {}): Record<string, string> {
  const reading = parseBuildspec(text);
  if (reading.state !== 'parsed') throw new Error(`The fixture is not a buildspec: ${reading.state}.`);
  expect({ phases: reading.unknownPhases, bad: reading.badCommands, lists: reading.commandsNotList }).toEqual({
    phases: [],
    bad: [],
    lists: [],
  });
  const course = followBuildspec(reading, {
    account: ACCOUNT,
    region: 'ap-northeast-2',
    commit: COMMIT,
    variables: { AWS_ACCOUNT_ID: ACCOUNT, IMAGE_REPO_NAME: 'week9-2-codebuild-repo', CONTAINER_NAME: 'app' },
    scripts: new Map(Object.entries(scripts)),
  });
  const fact = { course, imageUri: URI, commit: COMMIT };
  const checks = task.expectations.filter(({ of }) => of === 'followed');
  return Object.fromEntries(
    checks.map(({ id, judge }) => {
      const verdict = judge?.(fact, {} as TaskContext) ?? expect.fail(`${id} has no judge`);
      return [id, 'says' in verdict ? `${verdict.status} ${[verdict.says].flat()[0]}` : verdict.status];
    }),
  );
}

/** A buildspec of three phases from plain command lines. */
const phases = (pre: readonly string[], build: readonly string[], post: readonly string[], more = '') =>
  `version: 0.2\n${more}phases:\n${[
    ['pre_build', pre],
    ['build', build],
    ['post_build', post],
  ]
    .map(
      ([name, lines]) =>
        `  ${name}:\n    commands:\n${(lines as readonly string[]).map((line) => `      - ${JSON.stringify(line)}\n`).join('')}`,
    )
    .join('')}`;

const LOGIN =
  'aws ecr get-login-password --region $AWS_REGION | docker login --username AWS --password-stdin $AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com';
const REPOSITORY = 'REPOSITORY_URI=$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com/$IMAGE_REPO_NAME';
const HASH = 'IMAGE_TAG=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c 1-7)';
const PRE = [LOGIN, REPOSITORY, HASH];
const BUILD = ['docker build -t $REPOSITORY_URI:latest .', 'docker tag $REPOSITORY_URI:latest $REPOSITORY_URI:$IMAGE_TAG'];
const PUSHES = ['docker push $REPOSITORY_URI:latest', 'docker push $REPOSITORY_URI:$IMAGE_TAG'];
const DEFINITIONS = `printf '[{"name":"%s","imageUri":"%s"}]' $CONTAINER_NAME $REPOSITORY_URI:$IMAGE_TAG > imagedefinitions.json`;
const POST = [...PUSHES, DEFINITIONS];

const ALL_PASSED = {
  'ecr-login': 'passed',
  'image-build': 'passed',
  'push-latest': 'passed',
  'push-commit': 'passed',
  'image-definitions': 'passed',
};

const withHash = (...hash: readonly string[]) => phases([LOGIN, REPOSITORY, ...hash], BUILD, POST);
const withLogin = (...login: readonly string[]) => phases([REPOSITORY, HASH, ...login], BUILD, POST);
const withBuild = (...build: readonly string[]) => phases(PRE, build, POST);
const withPushes = (...pushes: readonly string[]) => phases(PRE, BUILD, [...pushes, DEFINITIONS]);
const withDefinitions = (...definitions: readonly string[]) => phases(PRE, BUILD, [...PUSHES, ...definitions]);

const REGISTRY = '$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com';

describe('any correct spelling passes', () => {
  const spellings: Record<string, string> = {
    'the shortest': phases(PRE, BUILD, POST),
    'a default for the tag': withHash(
      'COMMIT_HASH=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c 1-7)',
      'IMAGE_TAG=${COMMIT_HASH:=latest}',
    ),
    'a default with a dash': withHash('IMAGE_TAG=${CODEBUILD_RESOLVED_SOURCE_VERSION:-none}', 'IMAGE_TAG=${IMAGE_TAG:0:7}'),
    'cut -c1-7': withHash('IMAGE_TAG=$(echo "$CODEBUILD_RESOLVED_SOURCE_VERSION" | cut -c1-7)'),
    'cut -c -7': withHash('IMAGE_TAG=`echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c -7`'),
    'cut -b': withHash('IMAGE_TAG=$(cut -b 1-7 <<< $CODEBUILD_RESOLVED_SOURCE_VERSION)'),
    'head -c': withHash('IMAGE_TAG=$(echo -n $CODEBUILD_RESOLVED_SOURCE_VERSION | head -c 7)'),
    'head -c7': withHash('IMAGE_TAG=$(printf %s "$CODEBUILD_RESOLVED_SOURCE_VERSION" | head -c7)'),
    'printf with a precision': withHash('IMAGE_TAG=$(printf "%.7s" "$CODEBUILD_RESOLVED_SOURCE_VERSION")'),
    'a slice': withHash('export IMAGE_TAG=${CODEBUILD_RESOLVED_SOURCE_VERSION:0:7}'),
    'git rev-parse': withHash('IMAGE_TAG=$(git rev-parse --short HEAD)'),
    'git rev-parse --short=7': withHash('IMAGE_TAG=$(git rev-parse --short=7 HEAD)'),
    'git log': withHash("IMAGE_TAG=$(git log -1 --pretty=format:'%h')"),
    'a tag that falls back only when empty': withHash(HASH, 'if [ -z "$IMAGE_TAG" ]; then IMAGE_TAG=latest; fi'),
    'the same with [[ and &&': withHash(HASH, '[[ -z "$IMAGE_TAG" ]] && IMAGE_TAG=latest'),
    'a function': withHash('short() { echo "$1" | cut -c 1-7; }', 'IMAGE_TAG=$(short "$CODEBUILD_RESOLVED_SOURCE_VERSION")'),
    'exports after the assignment': withHash(HASH, 'export IMAGE_TAG REPOSITORY_URI'),
    'set -e and a guard': phases(['set -euo pipefail', 'test -n "$AWS_ACCOUNT_ID" || exit 1', ...PRE], BUILD, POST),

    AWS_DEFAULT_REGION: withLogin(LOGIN.replaceAll('$AWS_REGION', '$AWS_DEFAULT_REGION')),
    'no region at all': withLogin(LOGIN.replace(' --region $AWS_REGION', '')),
    'an equals sign in the user name': withLogin(`aws ecr get-login-password | docker login --username=AWS --password-stdin ${REGISTRY}`),
    'a short option': withLogin(`aws ecr get-login-password | docker login -u AWS --password-stdin https://${REGISTRY}`),
    'the registry first': withLogin(`aws ecr get-login-password | docker login ${REGISTRY} -u AWS --password-stdin`),
    'a password option': withLogin(`docker login -u AWS -p $(aws ecr get-login-password --region $AWS_REGION) ${REGISTRY}`),
    'a password variable': withLogin(
      'PASSWORD=$(aws ecr get-login-password)',
      `echo "$PASSWORD" | docker login -u AWS --password-stdin ${REGISTRY}`,
    ),
    'a here string': withLogin(`docker login -u AWS --password-stdin ${REGISTRY} <<< "$(aws ecr get-login-password)"`),
    'the repository in the address': withLogin('aws ecr get-login-password | docker login -u AWS --password-stdin $REPOSITORY_URI'),
    'the registry cut from the URI': withLogin('aws ecr get-login-password | docker login -u AWS --password-stdin ${REPOSITORY_URI%%/*}'),
    'the registry cut by cut': withLogin(
      'aws ecr get-login-password | docker login -u AWS --password-stdin $(echo $REPOSITORY_URI | cut -d/ -f1)',
    ),
    'the account asked from STS': withLogin(
      'ACCOUNT=$(aws sts get-caller-identity --query Account --output text)',
      'aws ecr get-login-password | docker login -u AWS --password-stdin $ACCOUNT.dkr.ecr.$(aws configure get region).amazonaws.com',
    ),
    'retried login': withLogin(`for i in 1 2 3; do ${LOGIN} && break; done`),
    'everything on one line': phases([PRE.join(' && ')], [BUILD.join(' && ')], [POST.join('; ')]),
    'the URI asked from ECR': phases(
      [
        LOGIN,
        'REPOSITORY_URI=$(aws ecr describe-repositories --repository-names $IMAGE_REPO_NAME --query "repositories[0].repositoryUri" --output text)',
        HASH,
      ],
      BUILD,
      POST,
    ),

    'two tags in one build': withBuild('docker build -t $REPOSITORY_URI:latest -t $REPOSITORY_URI:$IMAGE_TAG .'),
    'long options': withBuild(
      'docker image build --tag=$REPOSITORY_URI --tag "$REPOSITORY_URI:$IMAGE_TAG" --file Dockerfile --build-arg A=b .',
    ),
    'a local name first': withBuild(
      'docker build -t app .',
      'docker tag app:latest $REPOSITORY_URI:latest',
      'docker image tag app $REPOSITORY_URI:$IMAGE_TAG',
    ),
    'a platform and quiet': withBuild('DOCKER_BUILDKIT=1 docker build -q --platform linux/amd64 -t $REPOSITORY_URI .', BUILD[1] ?? ''),
    'buildx that pushes': phases(
      PRE,
      ['docker buildx create --use', 'docker buildx build --push -t $REPOSITORY_URI:latest -t $REPOSITORY_URI:$IMAGE_TAG .'],
      [DEFINITIONS],
    ),
    'buildx with an output': phases(
      PRE,
      ['docker buildx build --output type=registry -t $REPOSITORY_URI:latest -t $REPOSITORY_URI:$IMAGE_TAG .'],
      [DEFINITIONS],
    ),
    'a condition on the build': phases(PRE, BUILD, [
      'if [ "$CODEBUILD_BUILD_SUCCEEDING" = "1" ]; then docker push $REPOSITORY_URI:latest; docker push $REPOSITORY_URI:$IMAGE_TAG; fi',
      DEFINITIONS,
    ]),

    'a loop': withPushes('for tag in latest $IMAGE_TAG; do docker push "$REPOSITORY_URI:$tag"; done'),
    'all tags': withPushes('docker push --all-tags $REPOSITORY_URI'),
    'all tags, short': withPushes('docker image push -a $REPOSITORY_URI'),
    'latest by leaving it out': withPushes('docker push $REPOSITORY_URI', 'docker push ${REPOSITORY_URI}:${IMAGE_TAG}'),
    'several lines in one command': withPushes('docker push $REPOSITORY_URI:latest\ndocker push \\\n  $REPOSITORY_URI:$IMAGE_TAG\n'),
    'bash -c': withPushes("bash -c 'docker push '$REPOSITORY_URI':latest'", 'sh -c "docker push $REPOSITORY_URI:$IMAGE_TAG"'),
    'a subshell and a group': withPushes('(docker push $REPOSITORY_URI:latest)', '{ docker push $REPOSITORY_URI:$IMAGE_TAG; }'),
    'eval and sudo': withPushes('eval "docker push $REPOSITORY_URI:latest"', 'sudo -E docker push $REPOSITORY_URI:$IMAGE_TAG'),
    'a push that is logged': withPushes(
      'docker push $REPOSITORY_URI:latest 2>&1 | tee push.log',
      'docker push $REPOSITORY_URI:$IMAGE_TAG > /dev/null',
    ),
    'something harmless beside it': withPushes(
      'docker images',
      'ls -la',
      'date',
      ...PUSHES,
      'aws ecr describe-images --repository-name $IMAGE_REPO_NAME',
    ),

    echo: withDefinitions(
      'echo "[{\\"name\\":\\"$CONTAINER_NAME\\",\\"imageUri\\":\\"$REPOSITORY_URI:$IMAGE_TAG\\"}]" > imagedefinitions.json',
    ),
    'a here document': withDefinitions(
      'cat > imagedefinitions.json <<EOF\n[{"name": "${CONTAINER_NAME}", "imageUri": "${REPOSITORY_URI}:${IMAGE_TAG}"}]\nEOF\n',
    ),
    tee: withDefinitions(`${DEFINITIONS.slice(0, DEFINITIONS.indexOf(' >'))} | tee imagedefinitions.json`),
    jq: withDefinitions(
      'jq -n --arg name "$CONTAINER_NAME" --arg uri "$REPOSITORY_URI:$IMAGE_TAG" \'[{name: $name, imageUri: $uri}]\' > imagedefinitions.json',
    ),
    'piece by piece': withDefinitions(
      'printf \'[{"name":"app",\' > imagedefinitions.json',
      'printf \'"imageUri":"%s"}]\' "$REPOSITORY_URI:latest" >> ./imagedefinitions.json',
    ),
    'written elsewhere and moved': withDefinitions(
      DEFINITIONS.replace('imagedefinitions.json', 'out.json'),
      'mv out.json imagedefinitions.json',
    ),
    'cat afterwards': withDefinitions(DEFINITIONS, 'cat imagedefinitions.json'),

    'variables of the buildspec': phases(
      [LOGIN, HASH],
      BUILD,
      POST,
      'env:\n  shell: bash\n  variables:\n    REPOSITORY_URI: 210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/week9-2-codebuild-repo\n',
    ),
    'install and finally': `version: "0.2"
phases:
  install:
    runtime-versions:
      nodejs: 24
    commands:
      - npm ci
      - node --version
  pre_build:
    on-failure: ABORT
    commands:
      - >-
        aws ecr get-login-password --region $AWS_REGION |
        docker login --username AWS --password-stdin $AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com
      - |
        ${REPOSITORY}
        ${HASH}
  build:
    commands: ['docker build -t $REPOSITORY_URI:latest .']
    finally:
      - docker tag $REPOSITORY_URI:latest $REPOSITORY_URI:$IMAGE_TAG
  post_build:
    commands:
      - docker push $REPOSITORY_URI:latest && docker push $REPOSITORY_URI:$IMAGE_TAG
      - ${DEFINITIONS}
`,
  };
  it.each(Object.entries(spellings))('%s', (_, text) => {
    expect(judged(text)).toEqual(ALL_PASSED);
  });

  it('scripts of the repository are followed too', () => {
    const scripts = { 'scripts/push.sh': '#!/bin/bash\nset -e\ndocker push "$1:latest"\ndocker push "$1:$2"\n' };
    expect(judged(withPushes('bash scripts/push.sh $REPOSITORY_URI $IMAGE_TAG'), scripts)).toEqual(ALL_PASSED);
    expect(judged(withPushes('chmod +x scripts/push.sh', './scripts/push.sh "$REPOSITORY_URI" "$IMAGE_TAG"'), scripts)).toEqual(ALL_PASSED);
  });
});

describe('what is wrong is said, one check at a time', () => {
  const wrong: Record<string, readonly [string, Record<string, string>]> = {
    'commands that are only comments or echoed': [
      withPushes('# docker push $REPOSITORY_URI:latest', 'echo docker push $REPOSITORY_URI:latest', PUSHES[1] ?? ''),
      { 'push-latest': 'failed pushLatestMissing' },
    ],
    'eight characters': [withHash(HASH.replace('1-7', '1-8')), { 'push-commit': 'failed pushOtherTag' }],
    'a fixed tag': [withHash('IMAGE_TAG=v1'), { 'push-commit': 'failed pushOtherTag' }],
    'a branch that never runs': [
      withPushes('if [ "$IMAGE_TAG" = "main" ]; then docker push $REPOSITORY_URI:latest; fi', PUSHES[1] ?? ''),
      { 'push-latest': 'failed pushLatestMissing' },
    ],
    'after a command that fails': [
      withPushes('false && docker push $REPOSITORY_URI:latest', PUSHES[1] ?? ''),
      { 'push-latest': 'failed pushLatestMissing' },
    ],
    'another account, written out': [
      withLogin('aws ecr get-login-password | docker login -u AWS --password-stdin 111122223333.dkr.ecr.ap-northeast-2.amazonaws.com'),
      { 'ecr-login': 'failed loginElsewhere' },
    ],
    'Docker Hub': [
      withLogin('aws ecr get-login-password | docker login -u AWS --password-stdin'),
      { 'ecr-login': 'failed loginElsewhere' },
    ],
    'a password that is not of ECR': [withLogin(`docker login -u AWS -p secret ${REGISTRY}`), { 'ecr-login': 'failed loginElsewhere' }],
    'another user': [
      withLogin(`aws ecr get-login-password | docker login -u root --password-stdin ${REGISTRY}`),
      { 'ecr-login': 'failed loginElsewhere' },
    ],
    'a push of a name that was never made': [
      withPushes('docker push $IMAGE_REPO_NAME:latest', PUSHES[1] ?? ''),
      { 'push-latest': 'failed pushLatestMissing' },
    ],
    'another file': [
      withDefinitions(DEFINITIONS.replace('imagedefinitions', 'imageDefinitions')),
      { 'image-definitions': 'failed definitionsMissing' },
    ],
    'an object, not an array': [
      withDefinitions('echo \'{"name":"app","imageUri":"x"}\' > imagedefinitions.json'),
      { 'image-definitions': 'failed definitionsWrong' },
    ],
    'quotes lost on the way': [
      withDefinitions('echo [{"name":"app","imageUri":"$REPOSITORY_URI:$IMAGE_TAG"}] > imagedefinitions.json'),
      { 'image-definitions': 'failed definitionsWrong' },
    ],
    'another container': [
      withDefinitions(DEFINITIONS.replace('$CONTAINER_NAME', 'web')),
      { 'image-definitions': 'failed definitionsWrong' },
    ],
  };
  it.each(Object.entries(wrong))('%s', (_, [text, differences]) => {
    expect(judged(text)).toEqual({ ...ALL_PASSED, ...differences });
  });
});

describe('what cannot be followed is left undecided', () => {
  const open: Record<string, readonly [string, Record<string, string>]> = {
    make: [withPushes('make push'), { 'push-latest': 'unknown undecidedCommand', 'push-commit': 'unknown undecidedCommand' }],
    'npm run': [
      withBuild('npm run image'),
      { 'image-build': 'unknown undecidedCommand', 'push-latest': 'unknown undecidedCommand', 'push-commit': 'unknown undecidedCommand' },
    ],
    'docker compose': [
      withPushes('docker compose push'),
      { 'push-latest': 'unknown undecidedCommand', 'push-commit': 'unknown undecidedCommand' },
    ],
    'a script that is not in the repository': [withLogin('./login.sh'), { 'ecr-login': 'unknown undecidedCommand' }],
    'a variable that nothing here sets': [withHash('IMAGE_TAG=$MY_TAG'), { 'push-commit': 'unknown undecidedValue' }],
    'a tag made by awk': [
      withHash("IMAGE_TAG=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | awk '{print substr($0,1,7)}')"),
      { 'push-commit': 'unknown undecidedValue' },
    ],
    'a condition on something unseen': [
      withPushes('if [ "$BRANCH" = "main" ]; then docker push $REPOSITORY_URI:latest; fi', PUSHES[1] ?? ''),
      { 'push-latest': 'unknown undecidedValue' },
    ],
    'a registry from a parameter': [
      phases(
        PRE.with(0, 'aws ecr get-login-password | docker login -u AWS --password-stdin $REGISTRY'),
        BUILD,
        POST,
        'env:\n  parameter-store:\n    REGISTRY: /lab/registry\n',
      ),
      { 'ecr-login': 'unknown undecidedValue' },
    ],
  };
  it.each(Object.entries(open))('%s', (_, [text, differences]) => {
    expect(judged(text)).toEqual({ ...ALL_PASSED, ...differences });
  });
});
