/** A state machine's definition in the Amazon States Language. */
export type StateMachine = ReadStateMachine | { readonly state: 'unparsable'; readonly problem: string };

export interface ReadStateMachine {
  readonly state: 'read';
  /** All states, those of `Parallel` branches and `Map` processors included, outer ones first. */
  readonly states: readonly State[];
  /** Whether an execution can get from the start to a successful end. */
  readonly canSucceed: boolean;
}

export interface State {
  readonly name: string;
  /** `Task`, `Choice`, `Parallel`, ... */
  readonly type: string;
  /** Names of the states it stands in, the outermost first; empty at the top. */
  readonly within: readonly string[];
  /** Whether an execution can get here. */
  readonly reachable: boolean;
  /** What a `Task` calls. */
  readonly call?: ServiceCall | undefined;
  /** `Parameters`, or `Arguments` of a state in JSONata. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly retry: readonly Retrier[];
}

export interface ServiceCall {
  /** As written, an ARN. */
  readonly resource: string;
  /** E.g. `codebuild`; for `aws-sdk:...` the service behind it. `undefined` for activities and functions named by ARN. */
  readonly service?: string | undefined;
  /** E.g. `startBuild`. */
  readonly action?: string | undefined;
  /** `job`: waits until what it started is done (`.sync`). `token`: waits to be called back. */
  readonly waitsFor: 'answer' | 'job' | 'token';
}

export interface Retrier {
  readonly errors: readonly string[];
  /** How often the state is run again. */
  readonly attempts: number;
}

/** The longest definition Step Functions takes is 1 MB. */
const MAX_LENGTH = 1024 * 1024;
const MAX_STATES = 10_000;
/** Branches within branches. */
const MAX_DEPTH = 50;
/** Retriers of a state, and errors of a retrier, that are looked at. */
const MAX_RETRY = 100;
/** `MaxAttempts` when a retrier does not say. Source: Amazon States Language, "Errors". */
const DEFAULT_ATTEMPTS = 3;

type Members = Readonly<Record<string, unknown>>;

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
export function readStateMachine(definition: unknown): StateMachine {
  if (typeof definition === 'string' && definition.length > MAX_LENGTH)
    return unparsable(`The definition has more than ${MAX_LENGTH} characters.`);
  let machine = definition;
  try {
    if (typeof definition === 'string') machine = JSON.parse(definition);
  } catch {
    return unparsable('The definition is not JSON.');
  }
  if (!isMembers(machine) || !isMembers(machine['States']) || typeof machine['StartAt'] !== 'string') {
    return unparsable('The definition has no StartAt and States.');
  }
  const states: State[] = [];
  let canSucceed = false;
  // A list that grows, not recursion: a megabyte of text has room for very deep nesting.
  const scopes: Scope[] = [{ startAt: machine['StartAt'], states: machine['States'], within: [], reachable: true }];
  for (const scope of scopes) {
    const reached = reachedIn(scope);
    if (scope.within.length === 0) canSucceed = [...reached].some((name) => endsWell(scope.states[name]));
    for (const [name, body] of Object.entries(scope.states)) {
      if (!isMembers(body)) return unparsable(`The state ${JSON.stringify(name.slice(0, 80))} is not an object.`);
      const reachable = scope.reachable && reached.has(name);
      states.push(stateOf(name, body, scope.within, reachable));
      if (states.length > MAX_STATES) return unparsable(`The definition has more than ${MAX_STATES} states.`);
      if (scope.within.length > MAX_DEPTH) return unparsable(`The definition has states within states more than ${MAX_DEPTH} deep.`);
      for (const inner of innerMachines(body)) {
        if (isMembers(inner['States']))
          scopes.push({ startAt: inner['StartAt'], states: inner['States'], within: [...scope.within, name], reachable });
      }
    }
  }
  return { state: 'read', states, canSucceed };
}

const unparsable = (problem: string) => ({ state: 'unparsable', problem }) as const;

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
  if (!isMembers(body)) return [];
  const listed = [body['Choices'], body['Catch']].flatMap((list) => (Array.isArray(list) ? list : []));
  return [body['Next'], body['Default'], ...listed.filter(isMembers).map((each) => each['Next'])];
}

function endsWell(body: unknown): boolean {
  return isMembers(body) && (body['End'] === true || body['Type'] === 'Succeed');
}

/** `Iterator` is the older name of `ItemProcessor`. */
function innerMachines(body: Members): Members[] {
  const branches = Array.isArray(body['Branches']) ? body['Branches'] : [];
  return [...branches, body['ItemProcessor'], body['Iterator']].filter(isMembers);
}

function stateOf(name: string, body: Members, within: readonly string[], reachable: boolean): State {
  const { Type: type, Resource: resource } = body;
  const input = body['Arguments'] ?? body['Parameters'];
  return {
    name,
    type: typeof type === 'string' ? type : '',
    within,
    reachable,
    call: type === 'Task' && typeof resource === 'string' ? callOf(resource) : undefined,
    input: isMembers(input) ? input : {},
    retry: (Array.isArray(body['Retry']) ? body['Retry'] : []).slice(0, MAX_RETRY).filter(isMembers).map(retrierOf),
  };
}

function callOf(resource: string): ServiceCall {
  const [, sdk, service, action, suffix] =
    /^arn:aws[\w-]*:states:[\w-]*:\d*:(aws-sdk:)?([\w-]+):(\w+)(\.sync(?::\d+)?|\.waitForTaskToken)?$/.exec(resource) ?? [];
  // `states:::activity:name` and `states:<region>:<account>:activity:name` are not calls of a service.
  if (service === undefined || (sdk === undefined && service === 'activity')) return { resource, waitsFor: 'answer' };
  return { resource, service, action, waitsFor: suffix === undefined ? 'answer' : suffix.startsWith('.sync') ? 'job' : 'token' };
}

function retrierOf({ ErrorEquals: errors, MaxAttempts: attempts }: Members): Retrier {
  return {
    errors: (Array.isArray(errors) ? errors : []).slice(0, MAX_RETRY).filter((error): error is string => typeof error === 'string'),
    attempts: typeof attempts === 'number' ? attempts : DEFAULT_ATTEMPTS,
  };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
