import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnknownReason } from '../aws/errors.ts';
import { type AccountSession, openSession } from '../aws/session.ts';
import { newAccountId } from '../practice/account-id.ts';
import { FAULT_KINDS, type FaultKind } from '../practice/faults.ts';
import { type PracticeEndpoint, startPractice } from '../practice/server.ts';
import type { Lab } from './engine/lab.ts';
import type { Move } from './engine/move.ts';
import { playMove } from './engine/play.ts';
import { runTask, type TaskOutcome } from './engine/run.ts';
import type { Task } from './engine/task.ts';
import { labs } from './index.ts';

/*
 * Never wrong because we could not look: every fault, on every operation that a task reads, once and for ever.
 * Where everything is right, the task passes after a retry or is unknown and says why; where something is wrong, it never passes.
 */

const REASONS: Readonly<Record<FaultKind, readonly UnknownReason[]>> = {
  throttle: ['throttled'],
  denied: ['access'],
  '5xx': ['network'],
  html200: ['malformed'],
  empty200: ['malformed'],
  truncate: ['malformed', 'network'],
  hang: ['network'],
  expired: ['expired'],
};
const FOR_EVER = 1000;

let endpoint: PracticeEndpoint;
beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

interface Seen {
  readonly operation: string;
  readonly fault: FaultKind;
  readonly times: number;
  readonly outcome: TaskOutcome;
}

/** Looks at an account once without faults, then once with every fault on every operation that was called. */
async function everyFault(
  lab: Lab,
  task: Task,
  seed: string,
  prepare: (account: string) => void,
  faults: readonly FaultKind[] = FAULT_KINDS,
): Promise<Seen[]> {
  const id = newAccountId(`${lab.id} ${task.id} ${seed}`);
  const account = endpoint.account(id);
  prepare(id);
  const look = async (attemptMs: number): Promise<TaskOutcome> => {
    const open = {
      region: lab.region,
      endpoint: endpoint.url,
      credentials: endpoint.credentials(id),
      timeouts: { attemptMs, backoffMs: 1 },
      paced: false,
    };
    const session: AccountSession = await openSession(open);
    return runTask(task, session);
  };
  await look(5_000);
  const operations = [...new Set(account.calls.map(({ operation }) => operation))].filter((operation) => !operation.startsWith('sts:'));
  const seen: Seen[] = [];
  for (const operation of operations) {
    for (const fault of faults) {
      for (const times of [1, FOR_EVER]) {
        account.faults.clear();
        endpoint.arm(id, { operation, fault, times });
        // A call that hangs is given up soon, so that the tests are not slow; the others have all the time they need.
        seen.push({ operation, fault, times, outcome: await look(fault === 'hang' ? 200 : 5_000) });
      }
    }
  }
  account.faults.clear();
  return seen;
}

const about = ({ operation, fault, times, outcome }: Seen) => ({
  operation,
  fault,
  times,
  status: outcome.status,
  checks: outcome.checks.map(({ id, status, reason }) => [id, status, reason].filter(Boolean).join(' ')),
});

// Each test has an account of its own, so they need not wait for one another.
describe.concurrent.each(labs)('$id', (lab) => {
  const play = (move: Move) => (account: string) => playMove(lab, move, endpoint.account(account));
  const mistakesOf = (task: Task) =>
    task.expectations.flatMap(
      ({ id }) => lab.moves.find((move) => move.kind === 'mistake' && move.task === task.id && move.check === id) ?? [],
    );
  const solveOf = (task: Task) => lab.moves.find((move) => move.kind === 'solve' && move.task === task.id) ?? expect.fail('no solve');

  it.each(lab.tasks)('$id never fails work that is right', { timeout: 600_000 }, async (task) => {
    const seen = await everyFault(lab, task, 'right', play(solveOf(task)));
    expect(seen.length).toBeGreaterThan(0);
    for (const one of seen) {
      const { fault, times, outcome } = one;
      const unknown = outcome.checks.filter(({ status }) => status === 'unknown');
      const wrong = outcome.checks.filter(({ status }) => !['passed', 'unknown', 'blocked'].includes(status));
      expect(wrong, JSON.stringify(about(one))).toEqual([]);
      expect(unknown.every(({ reason }) => reason !== undefined)).toBe(true);
      if (times === 1) expect(['passed', 'unknown']).toContain(outcome.status);
      else {
        expect(outcome.status, JSON.stringify(about(one))).toBe('unknown');
        expect(
          unknown.some(({ reason }) => reason !== undefined && REASONS[fault].includes(reason)),
          JSON.stringify(about(one)),
        ).toBe(true);
      }
    }
  });

  it.each(lab.tasks)('$id is retried to a pass when the trouble was passing', { timeout: 600_000 }, async (task) => {
    const seen = await everyFault(lab, task, 'passing', play(solveOf(task)), ['throttle', '5xx', 'html200', 'empty200', 'truncate']);
    const notPassed = seen.filter(({ times, outcome }) => times === 1 && outcome.status !== 'passed');
    expect(notPassed.map(about)).toEqual([]);
  });

  it.each(lab.tasks)('$id never passes work that is wrong', { timeout: 600_000 }, async (task) => {
    for (const [index, mistake] of mistakesOf(task).entries()) {
      // Every kind for the first mistake; for the others those that could be taken for "there is nothing".
      const kinds = index === 0 ? FAULT_KINDS : (['empty200', 'html200', 'denied'] satisfies FaultKind[]);
      const seen = await everyFault(lab, task, mistake.id, play(mistake), kinds);
      const passed = seen.filter(({ outcome }) => outcome.status === 'passed');
      expect(passed.map(about), mistake.id).toEqual([]);
    }
  });

  it('passes no task in an account that was never used', { timeout: 600_000 }, async () => {
    for (const task of lab.tasks) {
      const seen = await everyFault(lab, task, 'unused', () => {}, ['empty200', 'html200', 'denied', 'truncate']);
      expect(
        seen.filter(({ outcome }) => outcome.checks.some(({ status }) => status === 'passed' || status === 'failed')).map(about),
      ).toEqual([]);
    }
  });
});
