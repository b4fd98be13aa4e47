import { describe, expect, it } from 'vitest';
import type { PracticeAccount } from '../../practice/account.ts';
import { practiceLook } from '../engine/practice-look.test-support.ts';
import { denyAction } from '../kit/iam/policy-mistakes.ts';
import lab from './index.ts';
import { EVENT_LOG_GROUP, ISSUER, LOG_POLICY, NAME, ROLES } from './names.ts';
import {
  cleanUp,
  createRepository,
  EVENTS_TO_LOGS,
  GITHUB_TRUST,
  LIFECYCLE,
  LOGIN,
  LOGIN_POLICY,
  own,
  PULL_TRUST,
  place,
  pushPolicyArn,
  putRule,
  putTarget,
  REPOSITORY_POLICY,
  setLifecycle,
  shipped,
} from './student.ts';

/* What is right but not done as the text says passes too, and what only looks right does not: checks judge what happens. */

const open = practiceLook(lab);

/** Does the first tasks. */
const done = (account: PracticeAccount, tasks: 1 | 2 | 3 | 4 | 5 | 6) => {
  for (const task of lab.tasks.slice(0, tasks)) task.solve.play(account);
};

describe('scanning by a rule of the registry', () => {
  it.each([
    ['SCAN_ON_PUSH', '*', []],
    ['CONTINUOUS_SCAN', 'my-*', []],
    ['SCAN_ON_PUSH', 'application', []],
    ['SCAN_ON_PUSH', 'other*', ['scanning scanOff']],
    ['MANUAL', '*', ['scanning scanOff']],
  ] as const)('%s of %s', async (scanFrequency, filter, expected) => {
    const found = await open('task-1', (account) => {
      done(account, 1);
      const { ecr } = place(account);
      ecr.updateRepository(NAME, { scanOnPush: false });
      ecr.setRegistryScanning({
        scanType: 'ENHANCED',
        rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }],
      });
    });
    expect(found).toEqual(expected);
  });
});

describe('the lifecycle policy', () => {
  const rule = (rulePriority: number, selection: object) => ({ rulePriority, selection, action: { type: 'expire' } });
  const untagged = rule(1, { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 30 });

  it.each([
    [
      'with a rule that finds no image',
      [untagged, rule(2, { tagStatus: 'tagged', tagPrefixList: ['nightly'], countType: 'imageCountMoreThan', countNumber: 5 })],
      [],
    ],
    [
      'with a rule for all tagged images',
      [untagged, rule(2, { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 10 })],
      ['tagged-stay lifecycleTakesTagged'],
    ],
    [
      'of 60 days',
      [rule(1, { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 60 })],
      ['old-untagged-expire lifecycleKeepsOld'],
    ],
  ] as const)('%s', async (_what, rules, expected) => {
    const found = await open('task-3', (account) => {
      done(account, 2);
      setLifecycle(account, { rules });
    });
    expect(found).toEqual(expected);
  });
});

describe('policies', () => {
  it('may be wider than those of the text, and managed', async () => {
    const found = await open('task-4', (account) => {
      done(account, 4);
      account.iam.deleteRolePolicy(LOGIN_POLICY.role, LOGIN_POLICY.policy);
      account.iam.attachRolePolicy(ROLES.pull, pushPolicyArn(account));
      REPOSITORY_POLICY.edit('"ecr:BatchGetImage",', '"ecr:BatchGet*", "ecr:BatchCheckLayerAvailability",')(account);
    });
    expect(found).toEqual([]);
  });

  it('that name the account leave it to the role, which was given no pull', async () => {
    const found = await open('task-4', (account) => {
      done(account, 4);
      REPOSITORY_POLICY.edit(/role\/[\w-]+"/, 'root"')(account);
    });
    expect(found).toEqual(['pull-allowed pullMissing']);
  });

  it('of the role that deny the pull win over the repository', async () => {
    const found = await open('task-4', (account) => {
      done(account, 4);
      denyAction(account, ROLES.pull, 'ecr:BatchGetImage');
    });
    expect(found).toEqual(['pull-allowed actionsDenied']);
  });

  it('that deny the login win', async () => {
    const found = await open('task-4', (account) => {
      done(account, 4);
      account.iam.putRolePolicy(LOGIN_POLICY.role, LOGIN_POLICY.policy, {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'ecr:*', Resource: '*' }],
      });
    });
    expect(found).toEqual(['pull-login actionsDenied', 'pull-allowed actionsDenied']);
  });
});

describe('the trust in GitHub', () => {
  const subject = (operator: string, sub: string) => (account: PracticeAccount) => {
    const trust = own(account, GITHUB_TRUST.path);
    trust.Statement[0].Condition = { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } };
    trust.Statement[0].Condition[operator] = { ...trust.Statement[0].Condition[operator], [`${ISSUER}:sub`]: sub };
    return trust;
  };

  it.each([
    ['StringLike', 'repo:my-name/my-application:*', []],
    ['StringEquals', 'repo:my-name@123/my-application@456:ref:refs/heads/main', []],
    ['StringLike', 'repo:*:ref:refs/heads/main', ['github-trust githubAnyone']],
    ['StringLike', '*', ['github-trust githubAnyone']],
  ] as const)('%s %s', async (operator, sub, expected) => {
    const found = await open('task-5', (account) => {
      done(account, 5);
      account.iam.updateAssumeRolePolicy(ROLES.github, subject(operator, sub)(account));
    });
    expect(found).toEqual(expected);
  });
});

describe('events', () => {
  it('reach the log group as the console sets it up', async () => {
    const found = await open('task-6', (account) => {
      done(account, 6);
      const { logs } = place(account);
      putRule(account, { source: ['aws.ecr'] });
      putTarget(account, `${EVENT_LOG_GROUP}:*`);
      logs.deleteResourcePolicy(LOG_POLICY);
      logs.putResourcePolicy(
        'TrustEventsToStoreLogEvents',
        own(account, EVENTS_TO_LOGS.path, shipped(EVENTS_TO_LOGS.path).replace('/aws/events/my-application:*', '/aws/events/*:*')),
      );
    });
    expect(found).toEqual([]);
  });

  it('do not, when the policy is about another log group', async () => {
    const found = await open('task-6', (account) => {
      done(account, 6);
      EVENTS_TO_LOGS.edit('/aws/events/my-application', '/aws/ecr/repository')(account);
    });
    expect(found).toEqual(['log-delivery deliveryMissing']);
  });
});

describe('what is gone', () => {
  const remember = (task: string, prepare: (account: PracticeAccount) => void) =>
    open(task, (account) => {
      prepare(account);
      place(account).ecr.deleteRepository(NAME);
    });

  it('is proven by how it was made and by a policy that was right once', async () => {
    expect(await remember('task-1', (account) => createRepository(account))).toEqual([]);
    const found = await remember('task-3', (account) => {
      createRepository(account);
      LIFECYCLE.use(account);
      setLifecycle(account, { rules: [] });
    });
    expect(found).toEqual([]);
  });

  it('is not proven by what never was right', async () => {
    const plain = await remember('task-1', (account) => createRepository(account, { encryptionType: 'AES256', scanOnPush: false }));
    expect(plain).toEqual(['encryption blocked', 'scanning blocked']);
    const found = await remember('task-3', (account) => {
      createRepository(account);
      setLifecycle(account, { rules: [] });
    });
    expect(found).toEqual(['old-untagged-expire lifecycleMissing']);
  });

  it('is proven together: a role that may pull, and a policy that lets it and nobody else', async () => {
    const past = await open('task-4', (account) => {
      done(account, 6);
      cleanUp(account);
    });
    expect(past).toEqual([]);
    const wide = await open('task-4', (account) => {
      done(account, 3);
      PULL_TRUST.use(account);
      LOGIN.use(account);
      REPOSITORY_POLICY.edit(/\{ "AWS": "[^"]*" \}/, '"*"')(account);
      place(account).ecr.deleteRepository(NAME);
      account.iam.deleteRole(ROLES.pull);
    });
    expect(wide).toEqual(['push-policy pushPolicyMissing']);
  });
});
