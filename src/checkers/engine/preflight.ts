import { actionsOf, bindReaders, operationsOf, scopesOf } from '../../aws/bind.ts';
import { CannotLook } from '../../aws/errors.ts';
import type { AnyReader } from '../../aws/reader.ts';
import type { NamedResource } from '../../aws/scope.ts';
import type { AccountSession } from '../../aws/session.ts';
import { COMMON_SAYS, PREFLIGHT_TITLES } from './common-texts.ts';
import type { Lab } from './lab.ts';
import { combineStatuses, type Json } from './result.ts';
import { roleNeedsOf } from './role-needs.ts';
import { type CheckOutcome, type TaskOutcome, unknown } from './run.ts';
import { type Saying, said } from './texts.ts';

/** The id of pre-flight where tasks are meant. */
export const PREFLIGHT = 'preflight';

export interface PreflightOptions {
  /** The account it should be, 12 digits. */
  readonly expectedAccount?: string | undefined;
  readonly signal?: AbortSignal;
  /** Most time for everything, in milliseconds. @default 30 000 */
  readonly deadlineMs?: number;
  onCheck?(check: CheckOutcome): void;
}

/** One question that a task of the lab will ask, asked now. */
interface Try {
  readonly reader: AnyReader;
  readonly name: string;
  /** Whether a resource of that name exists; `undefined` for readers that do not say. */
  readonly found?: boolean;
  readonly trouble?: unknown;
}

/**
 * Looks whether a student can begin: the account and region are right, the role may read what the tasks will read, the services are there,
 * the names are free and nothing is left from an earlier try. It only reads, and counts for or against nobody.
 * @returns the outcome of a task called {@link PREFLIGHT}: `failed` when something should be settled first
 * @throws the abort reason when `signal` fires; nothing else.
 */
export async function runPreflight(lab: Lab, session: AccountSession, options: PreflightOptions = {}): Promise<TaskOutcome> {
  const { expectedAccount, signal, deadlineMs = 30_000, onCheck } = options;
  const { account, region } = session;
  const began = new Date();
  const checks: CheckOutcome[] = [];
  const say = (id: keyof typeof PREFLIGHT_TITLES, outcome: Outcome) => {
    const check: CheckOutcome = { id, title: PREFLIGHT_TITLES[id], source: 'live', ...outcome };
    checks.push(check);
    if (!signal?.aborted) onCheck?.(check);
  };

  const place = accountCheck(lab, session, expectedAccount);
  say('account', place);
  if (place.status === 'passed') {
    const ended = AbortSignal.timeout(deadlineMs);
    const tries = await tryAll(lab, session, signal ? AbortSignal.any([signal, ended]) : ended, began.getTime() + deadlineMs / 2);
    signal?.throwIfAborted();
    say('permissions', permissionsCheck(tries, session));
    say('services', servicesCheck(tries, session));
    const begun = isBegun(lab, tries);
    say('names-free', namesCheck(lab, tries, session, { outlives: false, otherwise: 'namesTaken', begun }));
    say('leftovers', namesCheck(lab, tries, session, { outlives: true, otherwise: 'leftBehind', begun }));
  }
  return {
    task: PREFLIGHT,
    status: combineStatuses(checks.map(({ status }) => status)),
    account,
    region,
    checkedAt: began.toISOString(),
    values: {},
    checks,
  };
}

type Outcome = Omit<CheckOutcome, 'id' | 'title' | 'source'>;

const failed = (saying: Saying<typeof COMMON_SAYS>, observed: Json): Outcome => ({
  status: 'failed',
  says: said(COMMON_SAYS, saying),
  observed,
});

function accountCheck(lab: Lab, { account, region, principal }: AccountSession, expected: string | undefined): Outcome {
  const observed = { account, region, principal };
  if (expected !== undefined && expected !== account) return failed(['otherAccount', { account, expected }], observed);
  if (region !== lab.region) return failed(['otherRegion', { region, expected: lab.region }], observed);
  return { status: 'passed', observed };
}

/** Asks everything that the tasks may ask, about the names that the lab's text gives. */
function tryAll(lab: Lab, session: AccountSession, signal: AbortSignal, until: number): Promise<Try[]> {
  const { readers, resources } = roleNeedsOf(lab);
  const aws = bindReaders(
    Object.fromEntries(readers.map((reader) => [reader.name, reader])),
    session.caller({ allowed: operationsOf(readers), signal, until }),
  ) as Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
  const questions = readers.flatMap((reader) => namesFor(reader, resources).map((name) => ({ reader, name })));
  return Promise.all(
    questions.map(async ({ reader, name }): Promise<Try> => {
      try {
        const answer = await aws[reader.name]?.(...(reader.probe?.(name) ?? [name]));
        return { reader, name, ...(reader.finds && { found: answer !== undefined }) };
      } catch (trouble) {
        return { reader, name, trouble };
      }
    }),
  );
}

/** Every name for a reader that finds things, one for the others; any name where none matters or none is known. */
function namesFor(reader: AnyReader, resources: readonly NamedResource[]): readonly string[] {
  const [action = ''] = actionsOf([reader]);
  const kind = reader.finds ?? scopesOf([reader])[action]?.kind;
  const names = resources.filter((resource) => resource.kind === kind).map(({ name }) => name);
  if (names.length === 0) return ['labproof-preflight'];
  return reader.finds ? names : names.slice(0, 1);
}

const troubleOf = ({ trouble }: Try) => (trouble instanceof CannotLook ? trouble.trouble : 'bug');
const isDenied = (one: Try) => one.trouble !== undefined && ['denied', 'denied-by-organization', 'denied-key'].includes(troubleOf(one));
const isNotThere = (one: Try) => one.trouble !== undefined && ['no-service', 'region-disabled'].includes(troubleOf(one));
const serviceOf = (operation: string) => operation.slice(0, operation.indexOf(':'));

function permissionsCheck(tries: readonly Try[], session: AccountSession): Outcome {
  const denied = tries.filter(isDenied);
  if (denied.length > 0) {
    const actions = [...new Set(denied.flatMap(missingActions))].sort();
    return failed(['actionsMissing', { actions: actions.join(', ') }], actions);
  }
  const unseen = tries.find((one) => one.trouble !== undefined && !isNotThere(one));
  return unseen ? unknown(unseen.trouble, session) : { status: 'passed' };
}

/** The actions that a refused call needs: those of the call itself where IAM spells them alike. */
function missingActions({ reader, trouble }: Try): readonly string[] {
  const operation = trouble instanceof CannotLook ? trouble.operation : undefined;
  const actions = actionsOf([reader]);
  return operation !== undefined && actions.includes(operation) ? [operation] : actions;
}

function servicesCheck(tries: readonly Try[], session: AccountSession): Outcome {
  const absent = [...new Set(tries.filter(isNotThere).flatMap(({ reader }) => reader.calls.slice(0, 1).map(serviceOf)))].sort();
  if (absent.length > 0) return failed(['servicesMissing', { services: absent.join(', ') }], absent);
  // A refusal comes from a service that is there; of the others nothing is known.
  const unseen = tries.find((one) => one.trouble !== undefined && !isDenied(one));
  return unseen ? unknown(unseen.trouble, session) : { status: 'passed' };
}

/** Whether what a student makes first is there. */
function isBegun({ resources: [first] = [] }: Lab, tries: readonly Try[]): boolean {
  return tries.some(({ reader, name, found }) => found === true && reader.finds === first?.kind && name === first?.name);
}

function namesCheck(
  { resources = [] }: Lab,
  tries: readonly Try[],
  session: AccountSession,
  { outlives, otherwise, begun }: { outlives: boolean; otherwise: 'namesTaken' | 'leftBehind'; begun: boolean },
): Outcome {
  const names = resources.filter((resource) => (resource.outlives ?? false) === outlives && !resource.mayExist);
  const asked = tries.filter(({ reader, name }) => names.some((resource) => resource.kind === reader.finds && resource.name === name));
  const taken = asked.flatMap(({ reader, name, found }) => (found && reader.finds ? [{ kind: reader.finds, name }] : []));
  if (begun) return { status: 'passed', observed: { begun: true, found: taken } };
  if (taken.length > 0) return failed([otherwise, { names: taken.map(({ name }) => name).join(', ') }], taken);
  const unseen = asked.find(({ trouble }) => trouble !== undefined);
  return unseen ? unknown(unseen.trouble, session) : { status: 'passed', observed: [] };
}
