import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../../aws/session.ts';
import { LANGUAGES } from '../../i18n/languages.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { newAccountId } from '../../practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../../practice/server.ts';
import { labs } from '../index.ts';
import { playMove } from './play.ts';
import { type PreflightOptions, runPreflight } from './preflight.ts';
import { renderTask } from './render.ts';

let endpoint: PracticeEndpoint;
beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

const lab = labs.find(({ id }) => id === 'week9-2-codebuild') ?? expect.fail('no lab');

/** Pre-flight of an account of its own, and what it says in English. */
async function preflight(
  seed: string,
  prepare: (account: PracticeAccount) => void,
  options: PreflightOptions & { region?: string } = {},
  of = lab,
) {
  const id = newAccountId(`preflight ${seed}`);
  prepare(endpoint.account(id));
  const session = await openSession({
    region: options.region ?? of.region,
    endpoint: endpoint.url,
    credentials: endpoint.credentials(id),
    timeouts: { attemptMs: 30_000, backoffMs: 1 },
  });
  const outcome = await runPreflight(of, session, options);
  for (const language of LANGUAGES) {
    for (const { id: check, title } of renderTask(of, outcome, language).checks) expect(title).not.toBe(check);
  }
  const { checks, status } = renderTask(of, outcome, 'en');
  return { status, id, checks, byId: Object.fromEntries(checks.map((check) => [check.id, check])), account: endpoint.account(id) };
}

const statuses = ({ checks }: { checks: readonly { id: string; status: string }[] }) => checks.map(({ id, status }) => [id, status]);
const solve = (task: string) => (account: PracticeAccount) => {
  const move = lab.moves.find((one) => one.kind === 'solve' && one.task === task) ?? expect.fail('no solve');
  playMove(lab, move, account);
};

describe('pre-flight', () => {
  it('lets a student begin in an account that was never used', async () => {
    const seen = await preflight('unused', () => {});
    expect(seen.status).toBe('passed');
    expect(statuses(seen)).toEqual([
      ['account', 'passed'],
      ['permissions', 'passed'],
      ['services', 'passed'],
      ['names-free', 'passed'],
      ['leftovers', 'passed'],
    ]);
    expect(seen.byId['account']?.observed).toMatchObject({ account: seen.id, region: lab.region });
  });

  it('asks every call that the tasks of the lab may make', async () => {
    const { account } = await preflight('calls', () => {});
    const may = new Set(lab.tasks.flatMap(({ reads }) => Object.values(reads).flatMap(({ calls }) => [...calls])));
    const asked = new Set(account.calls.map(({ operation }) => operation).filter((operation) => !operation.startsWith('sts:')));
    expect(asked).toEqual(may);
  });

  it('says another account and another region first, and looks no further', async () => {
    const other = await preflight('other', () => {}, { expectedAccount: '999999999999' });
    expect(statuses(other)).toEqual([['account', 'failed']]);
    expect(other.byId['account']?.message).toContain(`The account looked at is ${other.id}; it should be 999999999999.`);
    const region = await preflight('region', () => {}, { region: 'us-east-1' });
    expect(statuses(region)).toEqual([['account', 'failed']]);
    expect(region.byId['account']?.message).toContain('The region looked at is us-east-1; this lab uses ap-northeast-2.');
  });

  it('names the permissions that the role lacks', async () => {
    const seen = await preflight('denied', ({ faults }) => {
      for (const operation of ['codebuild:ListBuilds', 'iam:GetRole']) faults.arm({ operation, fault: 'denied', times: 100 });
    });
    expect(seen.status).toBe('failed');
    expect(seen.byId['permissions']).toMatchObject({ status: 'failed', observed: ['codebuild:ListBuilds', 'iam:GetRole'] });
    expect(seen.byId['permissions']?.message).toContain('codebuild:ListBuilds, iam:GetRole');
    expect(seen.byId['names-free']).toMatchObject({ status: 'unknown', reason: 'access', operation: 'iam:GetRole' });
  });

  it('tells an account without CodeCommit before it wastes an hour', async () => {
    const seen = await preflight('closed', (account) => {
      account.settings.codecommitAvailable = false;
    });
    expect(seen.byId['services']).toMatchObject({ status: 'failed', observed: ['codecommit'] });
    expect(seen.byId['permissions']?.status).toBe('passed');
  });

  it('names what is taken and what is left from an earlier try', async () => {
    const seen = await preflight('left', (account) => {
      const { ecr, logs } = account.region(lab.region);
      ecr.createRepository('week9-2-codebuild-repo');
      logs.createLogGroup('/aws/codebuild/week9-2-container-build');
    });
    expect(seen.byId['names-free']).toMatchObject({
      status: 'failed',
      observed: [{ kind: 'image-repository', name: 'week9-2-codebuild-repo' }],
    });
    expect(seen.byId['leftovers']).toMatchObject({
      status: 'failed',
      observed: [{ kind: 'log-group', name: '/aws/codebuild/week9-2-container-build' }],
    });
  });

  it('does not mind what an account may have for other reasons', async () => {
    const registry = labs.find(({ id }) => id === 'ecr-registry') ?? expect.fail('no lab');
    const provider = { url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] };
    const seen = await preflight('provider', (account) => account.iam.createOpenIdConnectProvider(provider), {}, registry);
    expect(statuses(seen)).toContainEqual(['names-free', 'passed']);
    expect(statuses(seen)).toContainEqual(['leftovers', 'passed']);
    const role = await preflight(
      'role',
      (account) => account.iam.createRole({ name: 'my-application-pull-role', trust: {} }),
      {},
      registry,
    );
    expect(role.status).toBe('failed');
  });

  it('leaves in peace who has begun', async () => {
    const seen = await preflight('begun', solve('task-4'));
    expect(seen.status).toBe('passed');
    expect(seen.byId['names-free']?.observed).toMatchObject({ begun: true });
  });

  it.each(['5xx', 'html200', 'empty200', 'throttle', 'expired'] as const)('never says ready when %s hides the answers', async (fault) => {
    const seen = await preflight(fault, ({ faults }) => faults.arm({ operation: 'codebuild:BatchGetProjects', fault, times: 1000 }));
    expect(seen.status).toBe('unknown');
    expect(seen.byId['names-free']?.status).toBe('unknown');
  });
});
