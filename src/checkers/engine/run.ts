import { unlessAborted } from '../../aws/abort.ts';
import { bindReaders, type Memo, operationsOf } from '../../aws/bind.ts';
import { CannotLook, type Trouble } from '../../aws/errors.ts';
import type { AccountSession } from '../../aws/session.ts';
import { COMMON_SAYS } from './common-texts.ts';
import type { AnyExpectation, Evidence, Facts } from './expectation.ts';
import { type CheckResult, combineStatuses, type TaskResult } from './result.ts';
import type { Task } from './task.ts';
import type { TaskContext } from './task-context.ts';
import { type AnySaying, type Said, said, type Texts } from './texts.ts';
import type { Verdict } from './verdict.ts';

/** One check's outcome before a language is chosen. */
export interface CheckOutcome extends Omit<CheckResult, 'title' | 'message' | 'operatorMessage'> {
  readonly title: Texts;
  readonly says?: Said;
  /** What the operator's message is made of, when we could not look. */
  readonly look?: Look;
}

/** Where and how looking failed. */
export interface Look {
  readonly trouble: Trouble;
  readonly account: string;
  readonly region: string;
  /** AWS's error code. */
  readonly code?: string;
}

/** One task's outcome before a language is chosen. Two people may read the same run in two languages. */
export interface TaskOutcome extends Pick<TaskResult, 'task' | 'status' | 'account' | 'region' | 'checkedAt' | 'values'> {
  readonly checks: readonly CheckOutcome[];
}

export interface RunOptions {
  /** Ends calls in flight; the run then rejects with the signal's reason and no verdict is given. */
  readonly signal?: AbortSignal;
  readonly recordedPass?: Date;
  /** Most time for the whole task, in milliseconds; what is not decided by then is `unknown`. @default 45 000 */
  readonly deadlineMs?: number;
  /** Answers already read in this run: tasks of one lab that share it read each thing once. */
  readonly memo?: Memo;
  /** Called for each check as soon as it is decided, in the order in which they are decided. */
  onCheck?(check: CheckOutcome): void;
}

const DEADLINE_MS = 45_000;

/** The part of the deadline in which throttled reads are put back; the rest is for what depends on them. */
const PATIENCE = 0.5;

/** What every check of one run shares. */
interface Run {
  readonly task: Task;
  readonly session: AccountSession;
  readonly context: TaskContext;
  readonly memo: Memo;
  /** Ends with the watcher or at the deadline. */
  readonly signal: AbortSignal;
  readonly until: number;
}

/**
 * Runs one task against one account: observe, judge, combine.
 * Whatever goes wrong with looking or with the checker itself ends as `unknown` in the checks it touches, never as the student's failure.
 * @throws the abort reason when `signal` fires; nothing else.
 */
export async function runTask(task: Task, session: AccountSession, options: RunOptions = {}): Promise<TaskOutcome> {
  const { signal, recordedPass, memo = new Map(), deadlineMs = DEADLINE_MS, onCheck } = options;
  const { account, region, partition } = session;
  const now = new Date();
  const context: TaskContext = { account, region, partition, now, ...(recordedPass && { recordedPass }) };
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLate(deadlineMs)), deadlineMs);
  const run: Run = {
    task,
    session,
    context,
    memo,
    signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    until: now.getTime() + deadlineMs * PATIENCE,
  };
  try {
    const facts = observe(run);
    const decided = new Map<string, Promise<CheckOutcome>>();
    for (const expectation of task.expectations) {
      const outcome = decide(expectation, facts, decided, run);
      decided.set(expectation.id, outcome);
      if (onCheck) void outcome.then((check) => signal?.aborted || onCheck(check));
    }
    const [checks, values] = await Promise.all([Promise.all(decided.values()), publish(facts, run)]);
    signal?.throwIfAborted();
    return {
      task: task.id,
      status: combineStatuses(checks.map(({ status }) => status)),
      account,
      region,
      checkedAt: now.toISOString(),
      values,
      checks,
    };
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(deadlineMs: number): CannotLook {
  return new CannotLook(`Not everything was seen within ${deadlineMs / 1000} s.`, { trouble: 'no-answer' });
}

/** The task's readers, bound to the account in one region. */
function bind({ memo, signal, until }: Run, session: AccountSession, reads: Task['reads']) {
  const caller = session.caller({ allowed: operationsOf(Object.values(reads)), signal, until });
  return bindReaders(reads, caller, memo);
}

/** The same for an expectation's own questions: `defineTask` has checked that the task's readers are those it asks. */
const bound = (...args: Parameters<typeof bind>) => bind(...args) as never;

function observe(run: Run): Facts {
  try {
    const facts = run.task.observe(bind(run, run.session, run.task.reads), run.context);
    // A fact nobody awaits yet must not end the process when it cannot be read.
    for (const fact of Object.values(facts)) fact.catch(() => {});
    return facts;
  } catch (cause) {
    return new Proxy({}, { get: () => Promise.reject(cause) });
  }
}

async function decide(
  expectation: AnyExpectation,
  facts: Facts,
  decided: ReadonlyMap<string, Promise<CheckOutcome>>,
  run: Run,
): Promise<CheckOutcome> {
  const base = {
    id: expectation.id,
    title: expectation.title,
    source: 'live' as const,
    ...(expectation.step !== undefined && { step: expectation.step }),
  };
  try {
    let onlyHistory: string | undefined;
    for (const earlier of [expectation.after ?? []].flat()) {
      const outcome = await decided.get(earlier);
      if (outcome?.status !== 'passed') return { ...base, ...outcomeOf(expectation, { status: 'blocked', by: earlier }) };
      // What it was judged by is gone, so nothing live is left to judge here.
      if (outcome.event !== undefined) onlyHistory = earlier;
    }
    if (onlyHistory !== undefined) {
      const past = await recall(expectation, run);
      return { ...base, ...(past ?? outcomeOf(expectation, { status: 'blocked', by: onlyHistory })) };
    }
    if (!(expectation.of in facts)) throw new Error(`observe() returned no fact called "${expectation.of}"`);
    const fact = await unlessAborted(run.signal, Promise.resolve(facts[expectation.of]));
    const verdict = judge(expectation, fact, run.context);
    if (verdict.status === 'not-started' || verdict.status === 'blocked') {
      const past = await recall(expectation, run);
      if (past !== undefined) return { ...base, ...past };
    }
    const found = verdict.status === 'not-started' ? await findElsewhere(expectation, run) : undefined;
    return { ...base, ...describe(expectation, fact, run.context, verdict), ...outcomeOf(expectation, verdict), ...found };
  } catch (trouble) {
    return { ...base, ...unknown(trouble, run.session) };
  }
}

/** A pass from what AWS keeps. @throws CannotLook when that could not be read: then it is not known whether there is anything. */
async function recall({ past }: AnyExpectation, run: Run): Promise<(Partial<CheckOutcome> & Pick<CheckOutcome, 'status'>) | undefined> {
  if (past === undefined) return undefined;
  const evidence: Evidence | undefined = await unlessAborted(run.signal, past(bound(run, run.session, run.task.reads), run.context));
  if (evidence === undefined) return undefined;
  const { event, observed, resource } = evidence;
  return {
    status: 'passed',
    source: 'history',
    event,
    ...(observed !== undefined && { observed }),
    ...(resource !== undefined && { resource }),
  };
}

/** A failure that says where the missing thing is. Regions that cannot be looked at say nothing: this is a hint, not a verdict of its own. */
async function findElsewhere({ elsewhere }: AnyExpectation, run: Run): Promise<Partial<CheckOutcome> | undefined> {
  if (elsewhere === undefined) return undefined;
  const { session, context, signal } = run;
  const reads = Object.fromEntries(Object.entries(run.task.reads).filter(([name]) => elsewhere.reads.includes(name)));
  const others = elsewhere.regions.filter((region) => region !== session.region);
  const found = await Promise.all(
    others.map(async (region) => {
      try {
        const there = session.inRegion(region);
        const resource = await unlessAborted(signal, elsewhere.find(bound(run, there, reads), { ...context, region }));
        return resource === undefined ? [] : [{ region, resource }];
      } catch {
        return [];
      }
    }),
  );
  const [first] = found.flat();
  if (first === undefined) return undefined;
  return {
    status: 'failed',
    says: said(COMMON_SAYS, ['foundElsewhere', { found: first.region, region: session.region }]),
    expected: session.region,
    observed: first.region,
    resource: first.resource,
  };
}

function judge(expectation: AnyExpectation, fact: unknown, context: TaskContext): Verdict<AnySaying> {
  if (expectation.judge) return expectation.judge(fact, context);
  // Strictly true: an undefined member of a malformed fact is no evidence.
  if (expectation.holds?.(fact, context) === true) return { status: 'passed' };
  const { otherwise } = expectation;
  if (otherwise === undefined) throw new Error(`"${expectation.id}" has nothing to say when it does not hold`);
  return { status: 'failed', says: typeof otherwise === 'function' ? otherwise(fact, context) : otherwise };
}

function outcomeOf(
  { says }: AnyExpectation,
  verdict: Verdict<AnySaying>,
): Pick<CheckOutcome, 'status' | 'reason' | 'says' | 'retryAfter' | 'blockedBy'> {
  switch (verdict.status) {
    case 'passed':
      return { status: 'passed' };
    case 'blocked':
      return { status: 'blocked', blockedBy: verdict.by };
    case 'unknown':
      return { status: 'unknown', reason: 'malformed', says: said(says, verdict.says) };
    case 'waiting':
      return { status: 'waiting', says: said(says, verdict.says), retryAfter: verdict.retryAfter };
    default:
      return { status: verdict.status, says: said(says, verdict.says) };
  }
}

/** The evidence beside a verdict. A `blocked` check has none of its own. */
function describe(
  { expected, observed, resource, console, fix, order }: AnyExpectation,
  fact: unknown,
  context: TaskContext,
  verdict: Verdict<AnySaying>,
): Partial<CheckOutcome> {
  if (verdict.status === 'blocked') return {};
  const removal = verdict.status === 'passed' ? undefined : fix?.(fact, context);
  const evidence = {
    expected: typeof expected === 'function' ? expected(fact, context) : expected,
    observed: (verdict.status === 'passed' ? verdict.observed : undefined) ?? observed?.(fact, context),
    resource: resource?.(fact, context),
    consoleUrl: console?.(fact, context),
    fix: removal && { ...removal, ...(order !== undefined && { order }) },
    source: verdict.status === 'passed' ? verdict.source : undefined,
  };
  return Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined));
}

/** A check that could not be looked at, and everything that is known of why. */
export function unknown(
  thrown: unknown,
  { account, region }: { readonly account: string; readonly region: string },
): Pick<CheckOutcome, 'status' | 'reason' | 'operation' | 'requestId' | 'look'> {
  if (!(thrown instanceof CannotLook)) return { status: 'unknown', reason: 'bug', look: { trouble: 'bug', account, region } };
  const { reason, trouble, operation, requestId, code } = thrown;
  return {
    status: 'unknown',
    reason,
    look: { trouble, account, region, ...(code !== undefined && { code }) },
    ...(operation !== undefined && { operation }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** Values of facts that could be read. A value that is not there is left out, never invented. */
async function publish(facts: Facts, { task, context, signal }: Run): Promise<Record<string, string>> {
  const all = await Promise.all(
    task.publishes.map(async ({ of, values }) => {
      try {
        return values(await unlessAborted(signal, Promise.resolve(facts[of])), context);
      } catch {
        // The fact's own checks already say why it could not be read.
        return {};
      }
    }),
  );
  return Object.assign({}, ...all);
}
