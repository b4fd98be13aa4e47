import { describe, expect, it } from 'vitest';
import type { PracticeAccount } from '../../practice/account.ts';
import { practiceLook } from '../engine/practice-look.test-support.ts';
import lab from './index.ts';
import { DEFAULTS, PROJECT, REGION } from './names.ts';
import {
  addPolicy,
  attachPolicy,
  builds,
  buildspec,
  cleanUp,
  code,
  deleteByHand,
  deleteStack,
  ecrPolicy,
  misplacedBuildspec,
  overridden,
  place,
  pushBuildspec,
  runBuild,
  trust,
} from './student.ts';

/* What is right but not done as the text says passes too, and what only looks right does not: checks judge what happens. */

const open = practiceLook(lab);

/** Does the tasks up to and with this one. */
const done = (account: PracticeAccount, last: 0 | 1 | 2 | 3 | 4) => {
  for (const task of lab.tasks.slice(0, last + 1)) task.solve.play(account);
};

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
      buildspec().replace('version: 0.2\n', '').replace('phases:', '# last\nphases:').concat("version: '0.2'\n"),
      [],
    ],
    ['with a maintained runtime', buildspec().replace('phases:\n', 'phases:\n  install:\n    runtime-versions:\n      nodejs: 22\n'), []],
    ['with Windows line ends', buildspec().replaceAll('\n', '\r\n'), []],
    [
      'that pushes every tag it made',
      commands([hash, login, `docker build -t ${URI}:latest -t ${URI}:$TAG .`, `docker push --all-tags ${URI}`], kit),
      ['push-only-commit pushMoreTags'],
    ],
    [
      'that only echoes the push',
      buildspec().replace('- docker image push', '- echo docker image push'),
      ['push-commit pushCommitMissing'],
    ],
    ['that pushes eight characters', buildspec().replace('-c 1-7', '-c 1-8'), ['push-commit pushOtherTag']],
  ])('%s', async (_, text, expected) => {
    const found = await open('task-1', (account) => {
      done(account, 1);
      pushBuildspec(account, text);
    });
    expect(found).toEqual(expected);
  });

  it('may keep its commands in a script of the source', async () => {
    const found = await open('task-1', (account) => {
      done(account, 1);
      code.push(account, {
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
      done(account, 1);
      const { Statement, ...rest } = ecrPolicy(account.id);
      for (const [at, statement] of Statement.entries()) attachPolicy(account, `part-${at}`, { ...rest, Statement: [statement] });
    });
    expect(found).toEqual([]);
  });

  it("may have AWS's own policy, and a trust policy without conditions", async () => {
    const found = await open('task-2', (account) => {
      done(account, 1);
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
      done(account, 2);
      account.iam.updateAssumeRolePolicy(DEFAULTS.role, trust(account, { 'aws:SourceAccount': '111122223333' }));
    });
    expect(found).toEqual(['role-trust trustMissing']);
  });

  it('may have permissions for more repositories', async () => {
    const found = await open('task-2', (account) => {
      done(account, 2);
      addPolicy(account, { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['ecr:*'], Resource: ['*'] }] });
    });
    expect(found).toEqual([]);
  });
});

describe('the project', () => {
  type Change = Parameters<typeof builds.change>[1];
  const set =
    (patch: Record<string, unknown>, of: 'source' | 'environment'): Change =>
    (project) => ({ [of]: { ...project[of], ...patch } });

  it.each<[string, Change, string[]]>([
    ['with the branch by its bare name', () => ({ sourceVersion: 'main' }), []],
    ['with the default branch left unnamed', () => ({ sourceVersion: '' }), []],
    ['with the buildspec named', set({ buildspec: './buildspec.yml' }, 'source'), []],
    [
      'with another maintained image and size',
      set({ image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_MEDIUM' }, 'environment'),
      [],
    ],
    [
      'with variables that say what the buildspec says, and others',
      set(
        {
          environmentVariables: [
            { name: 'AWS_REGION_NAME', value: REGION, type: 'PLAINTEXT' },
            { name: 'STAGE', value: 'dev', type: 'PLAINTEXT' },
          ],
        },
        'environment',
      ),
      [],
    ],
    ['with a tag of another branch', () => ({ sourceVersion: 'refs/tags/main' }), ['source-branch branchOther']],
    [
      'with a repository of the same name in another region',
      set({ location: `https://git-codecommit.us-east-1.amazonaws.com/v1/repos/${DEFAULTS.source}` }, 'source'),
      ['source-repository sourceOtherRepository'],
    ],
  ])('%s', async (_, patch, expected) => {
    const found = await open('task-3', (account) => {
      done(account, 3);
      builds.change(account, patch);
    });
    expect(found).toEqual(expected);
  });
});

describe('the build', () => {
  it('may come after failed ones, and without the one that shows the mistake', async () => {
    const found = await open('task-4', (account) => {
      done(account, 3);
      builds.start(account, { status: 'FAILED' });
      runBuild(account);
    });
    expect(found).toEqual([]);
  });

  it('counts though a newer one was stopped', async () => {
    const found = await open('task-4', (account) => {
      done(account, 4);
      builds.start(account, { status: 'STOPPED' });
    });
    expect(found).toEqual([]);
  });

  it('does not count when only the mistake was built, however often', async () => {
    const found = await open('task-4', (account) => {
      done(account, 3);
      builds.start(account, overridden(misplacedBuildspec()));
      builds.start(account, overridden(misplacedBuildspec()));
    });
    expect(found).toEqual(['build-settings overrideRanNothing']);
  });
});

describe('the cleanup', () => {
  it('is not troubled by what is called alike', async () => {
    const found = await open('cleanup', (account) => {
      done(account, 4);
      cleanUp(account);
      const { ecr, logs } = place(account);
      ecr.createRepository(`${DEFAULTS.backend}-2`);
      logs.createLogGroup(`/aws/codebuild/${PROJECT}-2`);
    });
    expect(found).toEqual([]);
  });

  it('finds the role that stayed with its policies', async () => {
    const found = await open('cleanup', (account) => {
      done(account, 4);
      deleteByHand(account);
      deleteStack(account, 'role');
      expect(account.iam.role(DEFAULTS.role)).toBeDefined();
    });
    expect(found).toEqual(['role left']);
  });
});
