import { describe, expect, it } from 'vitest';
import lab from './index.ts';
import { DEFAULTS, ECR_POLICY, REGION } from './names.ts';
import { BUILDSPEC_YML, MISPLACED_YML } from './practice-files.ts';
import {
  attachPolicy,
  changeProject,
  deleteByHand,
  deleteStack,
  environment,
  overridden,
  place,
  push,
  pushBuildspec,
  roleArn,
  runBuild,
  source,
  startBuild,
  startOver,
  statements,
  trust,
} from './student.ts';

/* What is right but not done as the text says passes too, and what only looks right does not: checks judge what happens. */

const open = practiceLook(lab);

describe('the buildspec', () => {
  const commands = (lines: readonly string[], env = '') =>
    `version: 0.2\n${env}phases:\n  build:\n    commands:\n${lines.map((line) => `      - ${JSON.stringify(line)}\n`).join('')}`;
  const URI = `$(aws sts get-caller-identity --query Account --output text).dkr.ecr.${REGION}.amazonaws.com/${DEFAULTS.backend}`;
  const login = `aws ecr get-login-password | docker login -u AWS --password-stdin ${URI.split('/')[0]}`;
  const hash = 'TAG=${CODEBUILD_RESOLVED_SOURCE_VERSION:0:7}';
  const kit = 'env:\n  variables:\n    DOCKER_BUILDKIT: 1\n';

  it.each<[string, string, string[]]>([
    ['of one phase', commands([hash, login, `docker build -t ${URI}:$TAG .`, `docker push ${URI}:$TAG`], kit), []],
    ['with buildx, which is BuildKit', commands([hash, login, `docker buildx build --push -t ${URI}:$TAG .`]), []],
    [
      'with BuildKit in front of the command',
      commands([hash, login, `DOCKER_BUILDKIT=1 docker build -t ${URI}:$TAG .`, `docker push ${URI}:$TAG`]),
      [],
    ],
    [
      'that tags what it built under another name',
      commands([
        hash,
        login,
        'export DOCKER_BUILDKIT=1',
        'docker build -t app .',
        `docker tag app ${URI}:$TAG`,
        `docker image push ${URI}:$TAG`,
      ]),
      [],
    ],
    [
      'with quotes, another order and comments',
      BUILDSPEC_YML.replace('version: 0.2\n', '').replace('phases:', '# last\nphases:').concat("version: '0.2'\n"),
      [],
    ],
    ['with a maintained runtime', BUILDSPEC_YML.replace('phases:\n', 'phases:\n  install:\n    runtime-versions:\n      nodejs: 22\n'), []],
    ['with Windows line ends', BUILDSPEC_YML.replaceAll('\n', '\r\n'), []],
    [
      'that pushes every tag it made',
      commands([hash, login, `docker build -t ${URI}:latest -t ${URI}:$TAG .`, `docker push --all-tags ${URI}`], kit),
      ['push-only-commit pushMoreTags'],
    ],
    ['that only echoes the push', BUILDSPEC_YML.replace('- docker image push', '- echo docker image push'), ['push-commit pushMissing']],
    ['that pushes eight characters', BUILDSPEC_YML.replace('-c 1-7', '-c 1-8'), ['push-commit pushOtherTag']],
  ])('%s', async (_, text, expected) => {
    const found = await open('task-1', (account) => {
      startOver(account, 1);
      pushBuildspec(account, text);
    });
    expect(found).toEqual(expected);
  });

  it('may keep its commands in a script of the source', async () => {
    const found = await open('task-1', (account) => {
      startOver(account, 1);
      push(account, {
        'ci/build.sh': `set -e\n${hash}\n${login}\nDOCKER_BUILDKIT=1 docker build -t ${URI}:$TAG .\ndocker push ${URI}:$TAG\n`,
        'buildspec.yml': commands(['chmod +x ci/build.sh && ./ci/build.sh']),
      });
    });
    expect(found).toEqual([]);
  });
});

describe('the role', () => {
  it('may have its permissions in several policies, managed and inline', async () => {
    const found = await open('task-2', (account) => {
      startOver(account, 1);
      for (const [at, statement] of statements(account.id).entries()) attachPolicy(account, `part-${at}`, [statement]);
    });
    expect(found).toEqual([]);
  });

  it("may have AWS's own policy, and a trust policy without conditions", async () => {
    const found = await open('task-2', (account) => {
      startOver(account, 1);
      account.iam.attachRolePolicy(DEFAULTS.role, 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser');
      account.iam.updateAssumeRolePolicy(DEFAULTS.role, {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: ['codebuild.amazonaws.com', 'ec2.amazonaws.com'] }, Action: ['sts:*'] },
      });
    });
    expect(found).toEqual([]);
  });

  it('may not be trusted for another account only', async () => {
    const found = await open('task-2', (account) => {
      startOver(account, 2);
      account.iam.updateAssumeRolePolicy(DEFAULTS.role, trust(account, 'codebuild.amazonaws.com', { 'aws:SourceAccount': '111122223333' }));
    });
    expect(found).toEqual(['role-trust trustMissing']);
  });

  it('may have permissions for more repositories', async () => {
    const found = await open('task-2', (account) => {
      startOver(account, 2);
      account.iam.putRolePolicy(DEFAULTS.role, ECR_POLICY, {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['ecr:*'], Resource: ['*'] }],
      });
    });
    expect(found).toEqual([]);
  });
});

describe('the project', () => {
  it.each<[string, Parameters<typeof changeProject>[1], string[]]>([
    ['with the branch by its bare name', { sourceVersion: 'main' }, []],
    ['with the default branch left unnamed', { sourceVersion: '' }, []],
    ['with the buildspec named', { source: { ...source(), buildspec: './buildspec.yml' } }, []],
    [
      'with another maintained image and size',
      { environment: { ...environment, image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_MEDIUM' } },
      [],
    ],
    [
      'with variables that say what the buildspec says, and others',
      {
        environment: {
          ...environment,
          environmentVariables: [
            { name: 'AWS_REGION_NAME', value: REGION, type: 'PLAINTEXT' },
            { name: 'STAGE', value: 'dev', type: 'PLAINTEXT' },
          ],
        },
      },
      [],
    ],
    ['with a tag of another branch', { sourceVersion: 'refs/tags/main' }, ['source-branch branchOther']],
    [
      'with a repository of the same name in another region',
      { source: { ...source(), location: `https://git-codecommit.us-east-1.amazonaws.com/v1/repos/${DEFAULTS.source}` } },
      ['source-repository sourceOtherRepository'],
    ],
  ])('%s', async (_, patch, expected) => {
    const found = await open('task-3', (account) => {
      startOver(account, 3);
      changeProject(account, patch);
    });
    expect(found).toEqual(expected);
  });
});

describe('the build', () => {
  it('may come after failed ones, and without the one that shows the mistake', async () => {
    const found = await open('task-4', (account) => {
      startOver(account, 3);
      startBuild(account, { status: 'FAILED' });
      runBuild(account);
    });
    expect(found).toEqual([]);
  });

  it('counts though a newer one was stopped', async () => {
    const found = await open('task-4', (account) => {
      startOver(account, 4);
      startBuild(account, { status: 'STOPPED' });
    });
    expect(found).toEqual([]);
  });

  it('does not count when only the mistake was built, however often', async () => {
    const found = await open('task-4', (account) => {
      startOver(account, 3);
      startBuild(account, overridden(MISPLACED_YML));
      startBuild(account, overridden(MISPLACED_YML));
    });
    expect(found).toEqual(['build-settings overrideRanNothing']);
  });
});

describe('the cleanup', () => {
  it('is not troubled by what is called alike', async () => {
    const found = await open('cleanup', (account) => {
      startOver(account, 4);
      deleteByHand(account);
      deleteStack(account);
      const { ecr, logs } = place(account);
      ecr.createRepository(`${DEFAULTS.backend}-2`);
      logs.createLogGroup('/aws/codebuild/sbcntr-codebuild-2');
    });
    expect(found).toEqual([]);
  });

  it('finds the role that stayed with its policies', async () => {
    const found = await open('cleanup', (account) => {
      startOver(account, 4);
      deleteByHand(account);
      deleteStack(account, ['role']);
      expect(account.iam.role(DEFAULTS.role)?.Arn ?? roleArn(account)).toBe(roleArn(account));
    });
    expect(found).toEqual(['role roleLeft']);
  });
});
