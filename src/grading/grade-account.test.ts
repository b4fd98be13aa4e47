import { expect, it } from 'vitest';
import { CannotLook } from '../aws/errors.ts';
import type { Caller } from '../aws/reader.ts';
import type { AccountSession } from '../aws/session.ts';
import { entryOf, smallLab } from './fixtures.test-support.ts';
import { type GradeAccountOptions, gradeAccount } from './grade-account.ts';

const entry = entryOf(1);
const never = new Promise<never>(() => {});

/** A session in which every call is answered by `send`. */
function sessionOf(send: () => Promise<unknown>, account = entry.account): AccountSession {
  const { region } = entry;
  const place = { account, region, partition: 'aws' };
  // The types of these answers depend on the reader that asks.
  const caller = (): Caller => ({ ...place, send: send as never, ask: send as never, at: () => caller() });
  const session = { ...place, principal: 'arn:aws:sts::000000000001:assumed-role/LabproofReadOnly/x', caller };
  return { ...session, inRegion: () => sessionOf(send, account) };
}

const options = (more: Partial<GradeAccountOptions> & Pick<GradeAccountOptions, 'open'>): GradeAccountOptions => ({
  lab: smallLab,
  tasks: smallLab.tasks,
  language: 'en',
  deadlineMs: 60_000,
  ...more,
});
const absent = async () => undefined;

it('runs the tasks of the lab and counts those that passed', async () => {
  const result = await gradeAccount(entry, options({ open: async () => sessionOf(absent) }));
  expect(result).toMatchObject({
    student: 'student-1',
    account: '000000000001',
    region: 'ap-northeast-2',
    lab: 'small-lab',
    status: 'not-started',
    score: 1,
    maxScore: 3,
  });
  expect(result.tasks.map(({ task, status }) => [task, status])).toEqual([
    ['task-0', 'not-started'],
    ['task-1', 'not-started'],
    ['cleanup', 'passed'],
  ]);
  expect(result).not.toHaveProperty('reason');
});

it('reads for all tasks what they share once', async () => {
  let calls = 0;
  const count = async () => {
    calls += 1;
    return undefined;
  };
  await gradeAccount(entry, options({ open: async () => sessionOf(count) }));
  expect(calls).toBe(2);
});

it('ends as unknown, every check with the reason, when the role refuses', async () => {
  const refused = new CannotLook('arn:aws:iam::000000000001:role/LabproofReadOnly could not be assumed AKIAIOSFODNN7EXAMPLE\u001b[2J', {
    reason: 'access',
    operation: 'sts:AssumeRole',
    requestId: 'r-1',
  });
  const result = await gradeAccount(entry, options({ open: () => Promise.reject(refused) }));
  expect(result).toMatchObject({ status: 'unknown', reason: 'access', score: 0, maxScore: 3 });
  expect(result.trouble).toBe('arn:aws:iam::000000000001:role/LabproofReadOnly could not be assumed [redacted]');
  for (const task of result.tasks) {
    expect(task).toMatchObject({ status: 'unknown', reason: 'access', account: entry.account, lab: 'small-lab' });
    expect(task.checks).not.toEqual([]);
    for (const check of task.checks)
      expect(check).toMatchObject({ status: 'unknown', reason: 'access', operation: 'sts:AssumeRole', requestId: 'r-1' });
  }
  expect(result.tasks[0]?.checks[0]?.message).toContain('sts:AssumeRole');
});

it('looks at nothing in an account that is not the roster’s', async () => {
  const other = sessionOf(() => Promise.reject(new Error('nothing may be asked')), '999999999999');
  const result = await gradeAccount(entry, options({ open: async () => other }));
  expect(result).toMatchObject({ status: 'unknown', reason: 'access', account: entry.account });
  expect(result.trouble).toContain('999999999999');
});

it('turns its own trouble into unknown, never into a failure', async () => {
  const result = await gradeAccount(entry, options({ open: () => Promise.reject(new TypeError('oops')) }));
  expect(result).toMatchObject({ status: 'unknown', reason: 'bug' });
});

it('ends an account that never opens at its deadline', async () => {
  const result = await gradeAccount(entry, options({ open: () => never, deadlineMs: 20 }));
  expect(result).toMatchObject({ status: 'unknown', reason: 'network' });
  expect(result.trouble).toContain('0 s');
});

it('keeps what was decided before the deadline', async () => {
  let calls = 0;
  // The first call belongs to task-0 and cleanup, the second to task-1.
  const session = sessionOf(() => (++calls === 1 ? Promise.resolve(undefined) : never));
  const result = await gradeAccount(entry, options({ open: async () => session, deadlineMs: 50 }));
  expect(result.tasks.map(({ status }) => status)).toEqual(['not-started', 'unknown', 'passed']);
  expect(result).toMatchObject({ status: 'unknown', reason: 'network', score: 1 });
});

it('gives no result when it is interrupted, however deaf the work is', async () => {
  const stop = new AbortController();
  const graded = gradeAccount(entry, options({ open: () => never, signal: stop.signal }));
  stop.abort(new Error('enough'));
  await expect(graded).rejects.toThrow('enough');
});

it('tells what it calls about the deadline and the interruption', async () => {
  const heard = Promise.withResolvers<unknown>();
  const open = (_entry: unknown, signal: AbortSignal) => {
    signal.addEventListener('abort', () => heard.resolve(signal.reason));
    return never;
  };
  await gradeAccount(entry, options({ open, deadlineMs: 10 }));
  expect(await heard.promise).toBeInstanceOf(CannotLook);
});
