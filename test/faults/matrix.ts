import pLimit from 'p-limit';
import { CannotLook } from '../../src/aws/errors.ts';
import { type AccountSession, openSession } from '../../src/aws/session.ts';
import type { Lab } from '../../src/checkers/engine/lab.ts';
import { playMove } from '../../src/checkers/engine/play.ts';
import { runTask, type TaskOutcome } from '../../src/checkers/engine/run.ts';
import type { Task } from '../../src/checkers/engine/task.ts';
import type { PracticeAccount } from '../../src/practice/account.ts';
import { newAccountId } from '../../src/practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../../src/practice/server.ts';
import { FAULTS, type Fault } from './kinds.ts';
import { type FaultProxy, startFaultProxy } from './proxy.ts';

/** What became of one case: a task of an account in one state, looked at while one operation has one fault. */
export interface Case {
  readonly lab: string;
  readonly task: string;
  readonly state: string;
  readonly operation: string;
  readonly fault: string;
  /** `right`: the same verdict as without the fault. `unknown`: said that it could not look, for a reason that fits. */
  readonly result: 'right' | 'unknown' | 'wrong' | 'hang' | 'crash';
  /** What was wrong. */
  readonly detail?: string;
}

export interface MatrixOptions {
  readonly labs: readonly Lab[];
  /** Which states of a task are tried. */
  readonly states: (lab: Lab, task: Task) => readonly State[];
  /** Cases looked at at once. */
  readonly concurrency?: number;
  onCase?(one: Case): void;
}

export interface State {
  readonly name: string;
  prepare(account: PracticeAccount): void;
}

/** Long enough for loopback on a busy machine; silence is waited out often. */
const SILENT_ATTEMPT_MS = 250;
const ATTEMPT_MS = 20_000;
/** So long it is tried to open a session for a silent case, which is no part of the case. */
const OPEN_MS = 30_000;
/** A case that takes longer is counted as a hang. */
const HANG_MS = 60_000;

/** Untouched, done, with the first mistake of the task, and cleaned up. */
export function usualStates(lab: Lab, task: Task): State[] {
  const { moves } = lab;
  const solves = moves.filter(({ kind }) => kind === 'solve');
  const play = (id: string): State[] => {
    const move = moves.find((one) => one.id === id);
    return move ? [{ name: id, prepare: (account) => void playMove(lab, move, account) }] : [];
  };
  const own = solves.find((move) => move.task === task.id);
  const last = solves.at(-1);
  const mistake = moves.find((move) => move.kind === 'mistake' && move.task === task.id);
  return [
    { name: 'untouched', prepare: () => {} },
    ...[own, mistake, last].flatMap((move, index, all) => (move && all.indexOf(move) === index ? play(move.id) : [])),
  ];
}

/** Runs every operation that each task calls in each state against every fault. */
export async function runMatrix({ labs, states, concurrency = 12, onCase = () => {} }: MatrixOptions): Promise<readonly Case[]> {
  await using endpoint = await startPractice({ maxAccounts: 5_000 });
  await using proxy = await startFaultProxy(endpoint.url);
  const limit = pLimit(concurrency);
  const cases: Case[] = [];
  const note = (one: Case) => {
    cases.push(one);
    onCase(one);
  };
  const work = labs.flatMap((lab) =>
    lab.tasks.flatMap((task) => states(lab, task).map((state) => ({ lab, task, state, where: { endpoint, proxy } }))),
  );
  await Promise.all(work.map((one) => everyFault(one, limit, note)));
  const openings = OPENINGS.flatMap((operation) => FAULTS.map((fault) => ({ operation, fault })));
  await Promise.all(openings.map(({ operation, fault }) => limit(async () => note(await opening(operation, fault, { endpoint, proxy })))));
  return cases;
}

interface Where {
  readonly endpoint: PracticeEndpoint;
  readonly proxy: FaultProxy;
}

interface Work {
  readonly lab: Lab;
  readonly task: Task;
  readonly state: State;
  readonly where: Where;
}

async function everyFault(work: Work, limit: ReturnType<typeof pLimit>, note: (one: Case) => void): Promise<void> {
  const { lab, task, state, where } = work;
  const { endpoint } = where;
  const accountOf = (seed: string) => {
    const id = newAccountId(`${lab.id} ${task.id} ${state.name} ${seed}`);
    state.prepare(endpoint.account(id));
    return id;
  };
  const { expected, operations } = await limit(async () => {
    const id = accountOf('no fault');
    const outcome = await runTask(task, await sessionOf(where, id, lab.region, ATTEMPT_MS));
    const called = endpoint.account(id).calls.map(({ operation }) => operation);
    return { expected: outcome, operations: [...new Set(called)].filter((operation) => !operation.startsWith('sts:')) };
  });
  const met = new Set<string>();
  // Faults are armed per account, so each fault has an account of its own and the operations take turns.
  await Promise.all(
    FAULTS.map((fault) =>
      limit(async () => {
        const id = accountOf(fault.name);
        for (const operation of operations) {
          const one = await look(work, id, operation, fault, expected);
          if (one === undefined) continue;
          met.add(operation);
          note(one);
        }
      }),
    ),
  );
  for (const operation of operations.filter((called) => !met.has(called))) {
    const about = { lab: lab.id, task: task.id, state: state.name, operation, fault: 'any' };
    note({ ...about, result: 'crash', detail: 'no fault has met a request: the proxy does not know this operation' });
  }
}

/** A session from before the fault. With the short patience of silent cases a busy machine may need more than one try. */
async function sessionOf({ proxy, endpoint }: Where, id: string, region: string, attemptMs: number): Promise<AccountSession> {
  const options = {
    region,
    endpoint: proxy.url,
    credentials: endpoint.credentials(id),
    timeouts: { attemptMs, backoffMs: 1 },
    paced: false,
  };
  const patience = Date.now() + OPEN_MS;
  for (;;) {
    try {
      return await openSession(options);
    } catch (thrown) {
      if (attemptMs === ATTEMPT_MS || Date.now() > patience) throw thrown;
    }
  }
}

const attemptMsOf = (fault: Fault) => (fault.mishap('json').kind.startsWith('hang') ? SILENT_ATTEMPT_MS : ATTEMPT_MS);

/**
 * One case, or undefined when the fault met no request: where it does not apply to the operation, such as page tokens where there are no pages,
 * or where a call was taken back before it was made because another had told enough.
 */
async function look(
  { lab, task, state, where }: Work,
  id: string,
  operation: string,
  fault: Fault,
  expected: TaskOutcome,
): Promise<Case | undefined> {
  const about = { lab: lab.id, task: task.id, state: state.name, operation, fault: fault.name };
  try {
    const session = await sessionOf(where, id, lab.region, attemptMsOf(fault));
    where.proxy.arm(id, operation, fault);
    const outcome = await within(HANG_MS, runTask(task, session));
    if (where.proxy.met(id) === 0) return undefined;
    return outcome === 'hang' ? { ...about, result: 'hang' } : { ...about, ...compare(outcome, expected, fault) };
  } catch (crash) {
    return { ...about, result: 'crash', detail: String(crash) };
  } finally {
    where.proxy.arm(id, operation, undefined);
  }
}

const OPENINGS = ['sts:GetCallerIdentity', 'sts:AssumeRole'] as const;

/** Opening an account under a fault of STS: the right account, or a refusal with a reason that fits. */
async function opening(operation: (typeof OPENINGS)[number], fault: Fault, { endpoint, proxy }: Where): Promise<Case> {
  const about = { lab: '-', task: 'opening', state: 'untouched', operation, fault: fault.name };
  const id = newAccountId(`opening ${operation} ${fault.name}`);
  const trust = { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' }] };
  const role = endpoint.account(id).iam.createRole({ name: 'LabproofReadOnly', trust });
  proxy.arm(id, operation, fault);
  try {
    const opened = openSession({
      region: 'ap-northeast-2',
      endpoint: proxy.url,
      credentials: endpoint.credentials(id),
      timeouts: { attemptMs: attemptMsOf(fault), backoffMs: 1 },
      paced: false,
      ...(operation === 'sts:AssumeRole' && { roleArn: role.Arn }),
    });
    const session = await within(HANG_MS, opened);
    if (session === 'hang') return { ...about, result: 'hang' };
    return session.account === id ? { ...about, result: 'right' } : { ...about, result: 'wrong', detail: `opened ${session.account}` };
  } catch (thrown) {
    if (thrown instanceof CannotLook && fault.reasons.includes(thrown.reason)) return { ...about, result: 'unknown' };
    return { ...about, result: thrown instanceof CannotLook ? 'wrong' : 'crash', detail: String(thrown) };
  } finally {
    proxy.arm(id, operation, undefined);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | 'hang'> {
  const late = Promise.withResolvers<'hang'>();
  const timer = setTimeout(() => late.resolve('hang'), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Every check as without the fault, or unknown for a reason that fits, or blocked by one that is unknown. */
function compare(outcome: TaskOutcome, expected: TaskOutcome, fault: Fault): Pick<Case, 'result' | 'detail'> {
  const wrong: string[] = [];
  for (const check of outcome.checks) {
    const { status } = expected.checks.find(({ id }) => id === check.id) ?? {};
    if (check.status === status) continue;
    const saysWhy = check.status === 'unknown' && check.reason !== undefined && fault.reasons.includes(check.reason);
    const follows =
      check.status === 'blocked' && outcome.checks.some(({ id, status: other }) => id === check.blockedBy && other !== 'passed');
    if (!saysWhy && !follows) wrong.push(`${check.id}: ${check.status} ${check.reason ?? ''} instead of ${status}`);
  }
  // The two looked at accounts of their own, alike but for their numbers.
  for (const [name, value] of Object.entries(outcome.values)) {
    const right = expected.values[name]?.replaceAll(expected.account, outcome.account);
    if (right !== value) wrong.push(`value ${name}: ${value} instead of ${right}`);
  }
  if (wrong.length > 0) return { result: 'wrong', detail: wrong.join('; ') };
  const same = outcome.checks.every(({ id, status }) => expected.checks.find((check) => check.id === id)?.status === status);
  if (!same && fault.passes) return { result: 'wrong', detail: 'it was not asked for again until the trouble had passed' };
  return { result: same ? 'right' : 'unknown' };
}
