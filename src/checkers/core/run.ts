import { type AccountSession, bindReaders, CannotLook, type Memo, operationsOf } from '../../aws/index.ts';
import { consoleLinks } from './console.ts';
import { type Said, said } from './messages.ts';
import { type CheckResult, combineStatuses, type Status } from './result.ts';
import type { AnyExpectation, AnySaying, Facts, Task, TaskContext, Verdict } from './task.ts';

/** One check's outcome before a language is chosen. */
export interface CheckOutcome extends Omit<CheckResult, 'title' | 'message'> {
  readonly says?: Said;
}

/** One task's outcome before a language is chosen. Two people may read the same run in two languages. */
export interface TaskOutcome {
  readonly task: string;
  readonly status: Status;
  readonly account: string;
  readonly region: string;
  readonly checkedAt: string;
  readonly values: Readonly<Record<string, string>>;
  readonly checks: readonly CheckOutcome[];
}

export interface RunOptions {
  /** Ends calls in flight; the run then rejects with the signal's reason and no verdict is given. */
  readonly signal?: AbortSignal;
  readonly recordedPass?: Date;
  /** Answers already read in this run: tasks of one lab that share it read each thing once. */
  readonly memo?: Memo;
  /** Called for each check as soon as it is decided, in the order in which they are decided. */
  onCheck?(check: CheckOutcome): void;
}

/**
 * Runs one task against one account: observe, judge, combine.
 * Whatever goes wrong with looking or with the checker itself ends as `unknown` in the checks it touches, never as the student's failure.
 * @throws the abort reason when `signal` fires; nothing else.
 */
export async function runTask(task: Task, session: AccountSession, options: RunOptions = {}): Promise<TaskOutcome> {
  const { signal, recordedPass, memo = new Map(), onCheck } = options;
  const { account, region, partition } = session;
  const now = new Date();
  const context: TaskContext = {
    account,
    region,
    partition,
    console: consoleLinks(session),
    now,
    ...(recordedPass && { recordedPass }),
  };

  const facts = observe(task, session, context, memo, signal);
  const decided = new Map<string, Promise<CheckOutcome>>();
  for (const expectation of task.expectations) {
    const outcome = decide(expectation, facts, decided, context);
    decided.set(expectation.id, outcome);
    if (onCheck) void outcome.then((check) => signal?.aborted || onCheck(check));
  }
  const [checks, values] = await Promise.all([Promise.all(decided.values()), publish(task, facts, context)]);
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
}

function observe(task: Task, session: AccountSession, context: TaskContext, memo: Memo, signal: AbortSignal | undefined): Facts {
  const caller = session.caller({ allowed: operationsOf(Object.values(task.reads)), ...(signal && { signal }) });
  try {
    const facts = task.observe(bindReaders(task.reads, caller, memo), context);
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
  context: TaskContext,
): Promise<CheckOutcome> {
  const base = {
    id: expectation.id,
    source: 'live' as const,
    ...(expectation.step !== undefined && { step: expectation.step }),
  };
  try {
    for (const earlier of [expectation.after ?? []].flat()) {
      const outcome = await decided.get(earlier);
      if (outcome?.status !== 'passed') return { ...base, ...outcomeOf({ status: 'blocked', by: earlier }) };
    }
    if (!(expectation.of in facts)) throw new Error(`observe() returned no fact called "${expectation.of}"`);
    const fact = await facts[expectation.of];
    const verdict = judge(expectation, fact, context);
    return { ...base, ...describe(expectation, fact, context, verdict), ...outcomeOf(verdict) };
  } catch (trouble) {
    return { ...base, ...unknown(trouble) };
  }
}

function judge(expectation: AnyExpectation, fact: unknown, context: TaskContext): Verdict<AnySaying> {
  if (expectation.judge) return expectation.judge(fact, context);
  // Strictly true: an undefined member of a malformed fact is no evidence.
  if (expectation.holds?.(fact, context) === true) return { status: 'passed' };
  const { otherwise } = expectation;
  if (otherwise === undefined) throw new Error(`"${expectation.id}" has nothing to say when it does not hold`);
  return { status: 'failed', says: typeof otherwise === 'function' ? otherwise(fact, context) : otherwise };
}

function outcomeOf(verdict: Verdict<AnySaying>): Pick<CheckOutcome, 'status' | 'reason' | 'says' | 'retryAfter' | 'blockedBy'> {
  switch (verdict.status) {
    case 'passed':
      return { status: 'passed' };
    case 'blocked':
      return { status: 'blocked', blockedBy: verdict.by };
    case 'unknown':
      return { status: 'unknown', reason: 'malformed', says: said(verdict.says) };
    case 'waiting':
      return { status: 'waiting', says: said(verdict.says), retryAfter: verdict.retryAfter };
    default:
      return { status: verdict.status, says: said(verdict.says) };
  }
}

/** The evidence beside a verdict. A `blocked` check has none of its own. */
function describe(
  { expected, observed, resource, console, fix }: AnyExpectation,
  fact: unknown,
  context: TaskContext,
  verdict: Verdict<AnySaying>,
): Partial<CheckOutcome> {
  if (verdict.status === 'blocked') return {};
  const evidence = {
    expected: typeof expected === 'function' ? expected(fact, context) : expected,
    observed: (verdict.status === 'passed' ? verdict.observed : undefined) ?? observed?.(fact, context),
    resource: resource?.(fact, context),
    consoleUrl: console?.(fact, context),
    fix: verdict.status === 'passed' ? undefined : fix?.(fact, context),
    source: verdict.status === 'passed' ? verdict.source : undefined,
  };
  return Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined));
}

function unknown(trouble: unknown): Pick<CheckOutcome, 'status' | 'reason' | 'operation' | 'requestId'> {
  if (!(trouble instanceof CannotLook)) return { status: 'unknown', reason: 'bug' };
  const { reason, operation, requestId } = trouble;
  return { status: 'unknown', reason, ...(operation !== undefined && { operation }), ...(requestId !== undefined && { requestId }) };
}

/** Values of facts that could be read. A value that is not there is left out, never invented. */
async function publish(task: Task, facts: Facts, context: TaskContext): Promise<Record<string, string>> {
  const all = await Promise.all(
    task.publishes.map(async ({ of, values }) => {
      try {
        return values(await facts[of], context);
      } catch {
        // The fact's own checks already say why it could not be read.
        return {};
      }
    }),
  );
  return Object.assign({}, ...all);
}
