import { isObject, listOf, Malformed, type Members, parsedJson, reading } from '../json.ts';

/** A state machine's definition in the Amazon States Language. */
export type StateMachine = ReturnType<typeof readStateMachine>;
export type ReadStateMachine = Extract<StateMachine, { state: 'read' }>;
export type State = ReturnType<typeof stateOf>;

/** The longest definition Step Functions takes is 1 MB. */
const MAX_LENGTH = 1024 * 1024;
const MAX_STATES = 10_000;
/** Branches within branches. */
const MAX_DEPTH = 50;
/** Retriers of a state, and errors of a retrier, that are looked at. */
const MAX_RETRY = 100;
/** `MaxAttempts` when a retrier does not say. Source: Amazon States Language, "Errors". */
const DEFAULT_ATTEMPTS = 3;

/** A set of states with a start of its own: the machine, a branch, a processor. */
interface Scope {
  readonly startAt: unknown;
  readonly states: Members;
  readonly within: readonly string[];
  readonly reachable: boolean;
}

/**
 * Reads a definition. Never throws. It does not look for what Step Functions itself refuses when a state machine is saved.
 * @param definition JSON text, or already parsed
 */
export function readStateMachine(definition: unknown) {
  return reading(() => machineOf(parsedJson(definition, 'definition', MAX_LENGTH)));
}

function machineOf(machine: unknown) {
  if (!isObject(machine) || !isObject(machine['States']) || typeof machine['StartAt'] !== 'string') {
    throw new Malformed('The definition has no StartAt and States.');
  }
  const states: State[] = [];
  let canSucceed = false;
  // A list that grows, not recursion: a megabyte of text has room for very deep nesting.
  const scopes: Scope[] = [{ startAt: machine['StartAt'], states: machine['States'], within: [], reachable: true }];
  for (const scope of scopes) {
    const { within } = scope;
    const reached = reachedIn(scope);
    if (within.length === 0) canSucceed = [...reached].some((name) => endsWell(scope.states[name]));
    for (const [name, body] of Object.entries(scope.states)) {
      if (!isObject(body)) throw new Malformed(`The state ${JSON.stringify(name.slice(0, 80))} is not an object.`);
      const reachable = scope.reachable && reached.has(name);
      states.push(stateOf(name, body, within, reachable));
      if (states.length > MAX_STATES) throw new Malformed(`The definition has more than ${MAX_STATES} states.`);
      if (within.length > MAX_DEPTH) throw new Malformed(`The definition has states within states more than ${MAX_DEPTH} deep.`);
      for (const { StartAt: startAt, States: inner } of innerMachines(body)) {
        if (isObject(inner)) scopes.push({ startAt, states: inner, within: [...within, name], reachable });
      }
    }
  }
  return {
    /** All states, those of `Parallel` branches and `Map` processors included, outer ones first. */
    states: states as readonly State[],
    /** Whether an execution can get from the start to a successful end. */
    canSucceed,
  };
}

function reachedIn({ startAt, states }: Scope): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [startAt];
  for (const name of next) {
    if (typeof name !== 'string' || reached.has(name) || !Object.hasOwn(states, name)) continue;
    reached.add(name);
    for (const successor of successorsOf(states[name])) next.push(successor);
  }
  return reached;
}

function successorsOf(body: unknown): unknown[] {
  if (!isObject(body)) return [];
  const listed = [...listOf(body['Choices']), ...listOf(body['Catch'])].filter(isObject);
  return [body['Next'], body['Default'], ...listed.map((each) => each['Next'])];
}

function endsWell(body: unknown): boolean {
  return isObject(body) && (body['End'] === true || body['Type'] === 'Succeed');
}

/** `Iterator` is the older name of `ItemProcessor`. */
function innerMachines(body: Members): Members[] {
  return [...listOf(body['Branches']), body['ItemProcessor'], body['Iterator']].filter(isObject);
}

/**
 * @param within names of the states it stands in, the outermost first; empty at the top
 * @param reachable whether an execution can get here
 */
function stateOf(name: string, body: Members, within: readonly string[], reachable: boolean) {
  const { Type: type, Resource: resource } = body;
  const input = body['Arguments'] ?? body['Parameters'];
  return {
    name,
    /** `Task`, `Choice`, `Parallel`, ... */
    type: typeof type === 'string' ? type : '',
    within,
    reachable,
    /** What a `Task` calls. */
    call: type === 'Task' && typeof resource === 'string' ? callOf(resource) : undefined,
    /** `Parameters`, or `Arguments` of a state in JSONata. */
    input: isObject(input) ? input : {},
    retry: listOf(body['Retry']).slice(0, MAX_RETRY).filter(isObject).map(retrierOf),
  };
}

function callOf(resource: string) {
  const [, sdk, service, action, suffix] =
    /^arn:aws[\w-]*:states:[\w-]*:\d*:(aws-sdk:)?([\w-]+):(\w+)(\.sync(?::\d+)?|\.waitForTaskToken)?$/.exec(resource) ?? [];
  const waitsFor = suffix === undefined ? 'answer' : suffix.startsWith('.sync') ? 'job' : 'token';
  // `states:::activity:name` and `states:<region>:<account>:activity:name` are not calls of a service.
  const known = service !== undefined && (sdk !== undefined || service !== 'activity');
  return {
    /** As written, an ARN. */
    resource,
    ...(known && {
      /** E.g. `codebuild`; for `aws-sdk:...` the service behind it. Missing for activities and functions named by ARN. */
      service,
      /** E.g. `startBuild`. */
      action,
    }),
    /** `job`: waits until what it started is done (`.sync`). `token`: waits to be called back. */
    waitsFor: known ? waitsFor : 'answer',
  } as const;
}

function retrierOf({ ErrorEquals: errors, MaxAttempts: attempts }: Members) {
  return {
    errors: listOf(errors)
      .slice(0, MAX_RETRY)
      .filter((error) => typeof error === 'string'),
    /** How often the state is run again. */
    attempts: typeof attempts === 'number' ? attempts : DEFAULT_ATTEMPTS,
  };
}
