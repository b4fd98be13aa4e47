import { afterEach, describe, expect, test, vi } from 'vitest';
import { openSession } from '../../src/aws/session.ts';
import { runTask, type TaskOutcome } from '../../src/checkers/engine/run.ts';
import { findLab } from '../../src/checkers/index.ts';
import { codePipeline } from './accounts/pipeline.ts';
import { ecrRegistry } from './accounts/registry.ts';
import { sbcntr } from './accounts/sbcntr.ts';
import { stepFunctions } from './accounts/stepfunctions.ts';
import { week9 } from './accounts/week9.ts';
import { startForeign } from './endpoint.ts';
import { ACCOUNT, type ForeignAccount } from './state.ts';

/*
 * Accounts on an endpoint that is not ours, looked at as `LABPROOF_ACCOUNT=local` does: through the SDK, with AWS_ENDPOINT_URL.
 * What it can hold is judged as in AWS; what it cannot answer spoils only the checks that need it, and fails nobody.
 */

afterEach(() => vi.unstubAllEnvs());

async function look(id: string, account: ForeignAccount, tasks?: readonly string[]) {
  await using endpoint = await startForeign(account);
  const lab = findLab(id) ?? expect.fail(`no lab ${id}`);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'foreign');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'foreign');
  const session = await openSession({ region: lab.region, timeouts: { attemptMs: 30_000, backoffMs: 1 }, paced: false });
  expect(session.account).toBe(ACCOUNT);
  const memo = new Map();
  const outcomes: TaskOutcome[] = [];
  for (const task of lab.tasks) {
    if (tasks?.includes(task.id) ?? true) outcomes.push(await runTask(task, session, { memo }));
  }
  return { outcomes, notWritten: endpoint.notWritten };
}

const allOf = (outcomes: readonly TaskOutcome[]) =>
  outcomes.flatMap(({ task, checks }) => checks.map((check) => ({ ...check, task, name: `${task}/${check.id}` })));
/** Nothing is there, and whether something was there cannot be asked. */
const lacksHistory = ({ status, operation }: ReturnType<typeof allOf>[number]) =>
  status === 'unknown' && operation === 'cloudtrail:LookupEvents';
const shown = (checks: ReturnType<typeof allOf>) => checks.map(({ name, status, says }) => `${name}: ${status} ${says?.key ?? ''}`.trim());

describe.each([week9, sbcntr, codePipeline, ecrRegistry, stepFunctions])('$id', (lab) => {
  test('a complete account passes, but for what cannot be looked at there', async () => {
    const { outcomes, notWritten } = await look(lab.id, lab.complete);
    const checks = allOf(outcomes.filter(({ task }) => task !== 'cleanup'));
    const unknown = checks.filter(({ status }) => status === 'unknown');
    expect(Object.fromEntries(unknown.map(({ name, operation }) => [name, operation]))).toEqual(lab.unknown);
    expect(unknown.filter(({ reason }) => reason !== 'malformed')).toEqual([]);
    expect(checks.filter(({ status }) => status === 'waiting').map(({ name }) => name)).toEqual(lab.waiting ?? []);
    const stopped = new Set(checks.filter(({ status }) => status !== 'passed').map(({ name }) => name));
    const others = checks.filter(({ status }) => !['passed', 'unknown', 'waiting'].includes(status));
    expect(shown(others.filter(({ status, task, blockedBy }) => status !== 'blocked' || !stopped.has(`${task}/${blockedBy}`)))).toEqual([]);
    // What the endpoint lacks was really met.
    for (const operation of Object.values(lab.unknown).filter((one) => /GetFile|ListBranches|LookupEvents/.test(one))) {
      expect(notWritten).toContain(operation);
    }
  });

  test('nothing of it counts as cleaned up', async () => {
    const { outcomes } = await look(lab.id, lab.complete, ['cleanup']);
    expect(outcomes[0]?.status).toBe('failed');
    expect(shown(allOf(outcomes).filter(({ status }) => status === 'unknown'))).toEqual([]);
  });

  test.each(lab.wrong)('one thing is wrong: $fails', async ({ account, fails }) => {
    const { outcomes } = await look(lab.id, account);
    const failed = allOf(outcomes.filter(({ task }) => task !== 'cleanup')).filter(({ status }) => status === 'failed');
    expect(failed.map(({ name }) => name)).toEqual([fails]);
  });

  test('a cleaned account is clean', async () => {
    const { outcomes } = await look(lab.id, lab.cleaned);
    const checks = allOf(outcomes);
    expect(shown(checks.filter(({ task, status }) => task === 'cleanup' && status !== 'passed'))).toEqual([]);
    // What was done before is seen as far as deleted stacks and builds prove it.
    expect(shown(checks.filter((check) => check.status === 'failed' || (check.status === 'unknown' && !lacksHistory(check))))).toEqual([]);
  });

  test('an account that was never used is not begun', async () => {
    const { outcomes } = await look(lab.id, { region: lab.complete.region });
    const begun = allOf(outcomes).filter(({ status }) => status !== 'not-started' && status !== 'blocked');
    expect(shown(begun.filter((check) => !lacksHistory(check)))).toEqual([]);
  });
});
