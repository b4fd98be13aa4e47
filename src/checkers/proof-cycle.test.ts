import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountSession, openSession } from '../aws/session.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { newAccountId } from '../practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../practice/server.ts';
import type { Move } from './engine/move.ts';
import { playMove } from './engine/play.ts';
import { renderTask } from './engine/render.ts';
import { runTask, type TaskOutcome } from './engine/run.ts';
import type { Task } from './engine/task.ts';
import { labs } from './index.ts';

/*
 * The proof cycle of every lab, over the wire: untouched -> not passed; each mistake -> exactly its own check fails with its
 * own message; what AWS is still working on waits; solved -> passed; cleaned up -> clean and proven; never used -> not started.
 */

type Trouble = Extract<Move, { readonly check: string }>;
const isMistake = (move: Move): move is Trouble => move.kind === 'mistake';
const isMoment = (move: Move): move is Trouble => move.kind === 'moment';

let endpoint: PracticeEndpoint;
beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

describe.each(labs)('$id', (lab) => {
  const account = newAccountId(lab.id);
  // A session per look: one that is asked for everything below would slow itself down to spare the account.
  const open = (): Promise<AccountSession> =>
    openSession({ region: lab.region, endpoint: endpoint.url, credentials: endpoint.credentials(account), paced: false });
  const look = async (task: Task): Promise<TaskOutcome> => runTask(task, await open());
  const taskOfMove = (move: Move) => lab.tasks.find(({ id }) => id === move.task) ?? expect.fail(`no task ${move.task}`);
  const play = (move: Move, solvedThrough?: number) => playMove(lab, move, endpoint.account(account), solvedThrough);
  const statuses = ({ checks }: TaskOutcome) => Object.fromEntries(checks.map(({ id, status }) => [id, status]));
  const solves = lab.moves.filter(({ kind }) => kind === 'solve');
  const said = new Set<string>();
  const called = new Map<string, Set<string>>(lab.tasks.map(({ id }) => [id, new Set()]));

  /** Looks, and notes which calls were made and which messages were heard. */
  async function observed(task: Task): Promise<TaskOutcome> {
    const session = await open();
    const before = endpoint.account(account).calls.length;
    const outcome = await runTask(task, session);
    for (const { operation } of endpoint.account(account).calls.slice(before)) called.get(task.id)?.add(operation);
    for (const { says } of outcome.checks) if (says !== undefined) said.add(says.key);
    for (const language of LANGUAGES) {
      for (const check of renderTask(lab, outcome, language).checks) {
        expect(check.title).not.toBe('');
        if (check.status === 'passed' || check.status === 'blocked') expect(check.message).toBe('');
        else expect(check.message).not.toMatch(/^$|undefined|\{\w+\}/);
      }
    }
    return outcome;
  }

  it.each(lab.tasks)('$id does not pass in an account that was never used', async (task) => {
    endpoint.account(account).reset();
    const outcome = await observed(task);
    expect(outcome.checks.map(({ status }) => status)).not.toContain('passed');
    expect(['not-started', 'blocked']).toContain(outcome.status);
  });

  // A lab may have checkers for some of its tasks only.
  const cleanups = lab.tasks.filter(({ id }) => id === 'cleanup');

  it.each(cleanups)('calls the $id of an account that was never used not started', async (cleanup) => {
    endpoint.account(account).reset();
    expect((await observed(cleanup)).status).toBe('not-started');
  });

  it.each(lab.tasks)('$id has one move that solves it', (task) => {
    expect(solves.filter((move) => move.task === task.id)).toHaveLength(1);
  });

  it.each(solves)('$id: $task does not pass before it and passes after it', async (move) => {
    const task = taskOfMove(move);
    const index = lab.tasks.indexOf(task);
    const earlier = solves.find((solve) => solve.task === lab.tasks[index - 1]?.id);
    endpoint.account(account).reset();
    if (earlier) play(earlier);
    expect((await observed(task)).status).not.toBe('passed');
    play(move);
    const outcome = await observed(task);
    expect(statuses(outcome)).toEqual(Object.fromEntries(task.expectations.map(({ id }) => [id, 'passed'])));
    expect(outcome.status).toBe('passed');
  });

  it.each(lab.tasks.filter(({ expectations }) => cleanups.length > 0 && expectations.some(({ past }) => past !== undefined)))(
    '$id is proven from what AWS keeps after the cleanup',
    async (task) => {
      endpoint.account(account).reset();
      play(solves.at(-1) ?? expect.fail('no cleanup'));
      const { checks } = await observed(task);
      const kept = task.expectations.filter(({ past }) => past !== undefined).map(({ id }) => id);
      const remembered = checks.filter(({ id }) => kept.includes(id));
      for (const check of remembered)
        expect(check).toMatchObject({ status: 'passed', source: 'history', event: { id: expect.any(String) } });
      for (const { event } of remembered) expect(Date.parse(event?.at ?? '')).not.toBeNaN();
      expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    },
  );

  it('keeps every earlier task passed while the lab is worked through', async () => {
    endpoint.account(account).reset();
    let done = -1;
    for (const [index, move] of solves.slice(0, -1).entries()) {
      done = play(move, done);
      for (const task of lab.tasks.slice(0, index + 1)) expect((await look(task)).status, `${task.id} after ${move.id}`).toBe('passed');
    }
  });

  it.each(lab.moves.filter(isMistake))('$id: only $check fails, and says $says', async (move) => {
    endpoint.account(account).reset();
    play(move);
    const outcome = await observed(taskOfMove(move));
    const failed = outcome.checks.filter(({ status }) => status !== 'passed' && status !== 'blocked');
    expect(failed.map(({ id, status, says }) => ({ id, status, says: says?.key }))).toEqual([
      { id: move.check, status: move.leaves, says: move.says },
    ]);
    expect(outcome.status).toBe(move.leaves);
  });

  it.each(lab.moves.filter(isMoment))('$id: $check is not decided yet, and says $says', async (move) => {
    endpoint.account(account).reset();
    play(move);
    const outcome = await observed(taskOfMove(move));
    const open = outcome.checks.filter(({ status }) => status !== 'passed' && status !== 'blocked');
    expect(open.map(({ id, says }) => ({ id, says: says?.key }))).toEqual([{ id: move.check, says: move.says }]);
    const [check] = open;
    if (check?.status === 'waiting') expect(check.retryAfter).toBeGreaterThan(0);
    else expect(check?.status).toBe('unknown');
    expect(outcome.status).toBe(check?.status);
  });

  it.each(lab.tasks.flatMap((task) => task.expectations.map(({ id }) => ({ task: task.id, id }))))(
    '$task/$id can fail: a mistake breaks it',
    ({ task, id }) => {
      expect(lab.moves.filter((move) => isMistake(move) && move.task === task && move.check === id)).not.toEqual([]);
    },
  );

  // The following hold for everything the tests above have seen, so they come last.
  it('has heard every message that it can say', () => {
    const keys = lab.tasks.flatMap(({ expectations }) => expectations.flatMap(({ says }) => Object.keys(says)));
    expect([...new Set(keys)].filter((key) => !said.has(key))).toEqual([]);
  });

  it.each(lab.tasks)('$id makes only calls that its readers declare, and uses every reader', (task) => {
    const calls = [...(called.get(task.id) ?? [])];
    const declared = Object.values(task.reads).flatMap((reader): string[] => [...reader.calls]);
    expect(calls.filter((operation) => !declared.includes(operation))).toEqual([]);
    // A reader may know a second way to its answer, for endpoints that lack the first.
    const unused = Object.values(task.reads).filter((reader) => !reader.calls.some((operation) => calls.includes(operation)));
    expect(unused.map(({ name }) => name)).toEqual([]);
  });
});
