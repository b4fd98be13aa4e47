import { describe, expect, it } from 'vitest';
import type { PracticeAccount } from '../../practice/account.ts';
import { practiceLook } from '../engine/practice-look.test-support.ts';
import { DEFINITIONS } from '../kit/codebuild/image-definitions.ts';
import lab from './index.ts';
import { BUILDSPEC, DOCKERFILE, imageUriOf, NAME, REGION, ROLES, TAG } from './names.ts';
import {
  allowDeploy,
  allowPush,
  bucketName,
  buildStage,
  builds,
  cleanUp,
  deployStage,
  here,
  newPipeline,
  place,
  putRule,
  runRevision,
  setPolicy,
  setStages,
  shipped,
  source,
  sourceStage,
} from './student.ts';

/* What is right but not done as the text says passes too: checks judge the state reached, not the way to it. */

const open = practiceLook(lab);

/** The first tasks of the lab, done right. */
function solve(account: PracticeAccount, tasks: number): void {
  for (const { play } of lab.moves.filter(({ kind }) => kind === 'solve').slice(0, tasks)) play(account);
}

const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** The buildspec with another way from its login to its artifacts. */
const buildspec = (commands: readonly string[], env = '') =>
  `version: 0.2\n${env}phases:\n  build:\n    commands:\n${commands.map((line) => `      - '${line.replaceAll("'", "''")}'\n`).join('')}artifacts:\n  files: ['*.json']\n`;

const LOGIN = 'aws ecr get-login-password | docker login -u AWS --password-stdin $AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com';
const URI = '$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com/$IMAGE_REPO_NAME1:v0.95';

describe('task 1', () => {
  it.each([
    [
      'builds and pushes in one command',
      buildspec([
        LOGIN,
        `docker buildx build --push -t ${URI} nginx`,
        `echo '[{"name": "nginx", "imageUri": "'${URI}'"}]' > ${DEFINITIONS}`,
      ]),
    ],
    ['asks AWS for the account and keeps the commands in a script', buildspec(['bash ./build.sh'])],
  ])('%s', async (_how, text) => {
    const script = `set -e\nURI="$(aws sts get-caller-identity --query Account --output text).dkr.ecr.${REGION}.amazonaws.com/${NAME}:${TAG}"\n${LOGIN}\ndocker build -t "$URI" nginx\ndocker push "$URI"\nprintf '[{"name":"nginx","imageUri":"%s"}]' "$URI" > ${DEFINITIONS}\n`;
    const files = { [BUILDSPEC]: text, 'build.sh': script };
    expect(
      await open('task-1', (account) => {
        solve(account, 1);
        source.push(account, files);
      }),
    ).toEqual([]);
  });

  it('takes its base image from Docker Hub after a login with a token from Secrets Manager', async () => {
    const env = 'env:\n  variables:\n    version: "v0.95"\n    CONTAINER_NAME: "nginx"\n';
    const secrets = '  secrets-manager:\n    DOCKERHUB_USER: lab:user\n    DOCKERHUB_TOKEN: lab:token\n';
    const text = shipped(BUILDSPEC)
      .replace(env, `${env}${secrets}`)
      .replace(
        '      - docker build',
        '      - echo "$DOCKERHUB_TOKEN" | docker login -u "$DOCKERHUB_USER" --password-stdin\n      - docker build',
      );
    expect(text).toContain('DOCKERHUB_TOKEN');
    const files = { [BUILDSPEC]: text, [DOCKERFILE]: shipped(DOCKERFILE).replace('public.ecr.aws/docker/library/', '') };
    expect(
      await open('task-1', (account) => {
        solve(account, 1);
        source.push(account, files);
      }),
    ).toEqual([]);
  });
});

it('task 2: the default branch left unnamed, the buildspec named, another maintained image', async () => {
  expect(
    await open('task-2', (account) => {
      solve(account, 2);
      builds.change(account, ({ source: from, environment }) => ({
        sourceVersion: '',
        source: from && { ...from, buildspec: './buildspec.yml' },
        environment: environment && { ...environment, image: 'aws/codebuild/standard:7.0' },
      }));
    }),
  ).toEqual([]);
});

it.each([
  ['wildcards', policyOf({ Effect: 'Allow', Action: ['ecr:Get*', 'ecr:*Layer*', 'ecr:BatchCheck*', 'ecr:Put*'], Resource: '*' })],
  ['everything but what is not needed', policyOf({ Effect: 'Allow', NotAction: ['iam:*', 'ecr:Delete*'], Resource: ['*'] })],
  [
    'the region asked for',
    policyOf({ Effect: 'Allow', Action: 'ecr:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } }),
  ],
])('task 3: a policy with %s', async (_how, document) => {
  expect(
    await open('task-3', (account) => {
      solve(account, 2);
      allowPush(account, document);
    }),
  ).toEqual([]);
});

it("task 3: AWS's own policy attached instead of one of one's own", async () => {
  expect(
    await open('task-3', (account) => {
      solve(account, 2);
      account.iam.attachRolePolicy(ROLES.build, 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser');
    }),
  ).toEqual([]);
});

it('task 4: the policy of the repository as one statement object with a wildcard', async () => {
  expect(
    await open('task-4', (account) => {
      solve(account, 4);
      const Principal = { AWS: [`arn:aws:iam::${account.id}:role/service-role/${ROLES.build}`] };
      setPolicy(account, JSON.stringify({ Version: '2008-10-17', Statement: { Effect: 'Allow', Principal, Action: 'ecr:*' } }));
    }),
  ).toEqual([]);
});

it('task 4: the policy of the repository for the whole account, whose roles have policies of their own', async () => {
  expect(
    await open('task-4', (account) => {
      solve(account, 4);
      const Principal = { AWS: `arn:aws:iam::${account.id}:root` };
      setPolicy(account, policyOf({ Effect: 'Allow', Principal, Action: ['ecr:*'] }));
    }),
  ).toEqual([]);
});

it('task 4: the policy of the repository for another account', async () => {
  expect(
    await open('task-4', (account) => {
      solve(account, 4);
      const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
      setPolicy(account, policyOf({ Effect: 'Allow', Principal, Action: 'ecr:*' }));
    }),
  ).toEqual(['policy-push policyGivesNothing']);
});

describe('task 6', () => {
  it('has another source besides', async () => {
    expect(
      await open('task-6', (account) => {
        solve(account, 6);
        const [action = expect.fail('no source action')] = sourceStage().actions ?? [];
        const other = {
          ...action,
          name: 'Shared',
          configuration: { ...action.configuration, RepositoryName: 'shared' },
          outputArtifacts: [{ name: 'SharedArtifact' }],
        };
        setStages({ name: 'Source', actions: [other, action] }, buildStage())(account);
      }),
    ).toEqual([]);
  });

  it('looks for changes itself', async () => {
    expect(
      await open('task-6', (account) => {
        solve(account, 6);
        putRule(account, 'DISABLED');
        setStages(sourceStage({ PollForSourceChanges: 'true' }), buildStage())(account);
      }),
    ).toEqual([]);
  });

  it('has a test between build and deployment, and stores for several regions', async () => {
    expect(
      await open('task-6', (account) => {
        solve(account, 7);
        const [action = expect.fail('no build action')] = buildStage().actions ?? [];
        const test = {
          name: 'Test',
          actions: [{ ...action, name: 'Test', inputArtifacts: [{ name: 'BuildArtifact' }], outputArtifacts: [] }],
        };
        setStages(sourceStage(), buildStage(), test, deployStage())(account);
      }),
    ).toEqual([]);
  });
});

describe('task 7', () => {
  it('names its image by digest', async () => {
    expect(
      await open('task-7', (account) => {
        solve(account, 7);
        const digest = place(account)
          .ecr.images(NAME)
          .find(({ imageTags }) => imageTags?.includes(TAG))?.imageDigest;
        runRevision(account, { image: `${imageUriOf(here(account))}@${digest}` });
      }),
    ).toEqual([]);
  });

  it('deploys with wide permissions and the file of the default name', async () => {
    expect(
      await open('task-7', (account) => {
        solve(account, 7);
        allowDeploy(account, policyOf({ Effect: 'Allow', Action: ['ecs:*', 'iam:PassRole'], Resource: '*' }));
        setStages(sourceStage(), buildStage(), deployStage({ FileName: '' }))(account);
      }),
    ).toEqual([]);
  });
});

describe('cleanup', () => {
  it('leaves the bucket to the other pipelines of the region', async () => {
    expect(
      await open('cleanup', (account) => {
        solve(account, 7);
        newPipeline(account, 'another');
        cleanUp(account, 'bucket');
        account.s3.putObject(bucketName(account), 'another/SourceArti/1.zip');
      }),
    ).toEqual([]);
  });

  it('is not troubled by what is called alike', async () => {
    expect(
      await open('cleanup', (account) => {
        solve(account, 7);
        cleanUp(account);
        const { logs, ecr, events } = place(account);
        logs.createLogGroup(`/aws/codebuild/${NAME}-2`);
        ecr.createRepository(`${NAME}2`);
        events.putRule({
          name: 'codepipeline-other',
          pattern: { source: ['aws.codecommit'], resources: [`arn:aws:codecommit:${REGION}:${account.id}:other`] },
        });
      }),
    ).toEqual([]);
  });
});
