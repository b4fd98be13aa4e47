import { ACCOUNT_ID } from './account-id.ts';
import { createClock } from './clock.ts';
import { ArmedFaults } from './faults.ts';
import { createMint } from './mint.ts';
import type { AccountSettings, GlobalService, RegionalService, Service } from './service.ts';
import { SERVICES } from './services/index.ts';
import { keepNewest, type Scope, type StateFactory } from './state/scope.ts';

export interface PracticeCall {
  /** As in `codebuild:BatchGetProjects`. */
  readonly operation: string;
  readonly region: string;
}

type Services = typeof SERVICES;

/** The states of those services that are of one kind. */
type StatesOf<Kind> = {
  readonly [Id in keyof Services as Services[Id] extends Kind ? Id : never]: StateOf<Services[Id]>;
};

type StateOf<S> = S extends { readonly state: StateFactory<infer State> } ? State : never;

/**
 * What is in one region of an account: the state of every service that has one there, by the service's name.
 * Objects it returns are read-only: change them through its functions.
 */
export type PracticeRegion = StatesOf<RegionalService<unknown>> & { readonly name: string };

/**
 * An emulated AWS account, with the state of every global service by the service's name.
 * Its ids, ARNs and digests follow from its id and the sequence of moves.
 */
export type PracticeAccount = ReturnType<typeof createAccount>;

// A closed set of words, so that a caller cannot make an account grow by inventing regions.
const REGION = /^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$/;
const MOST_CALLS = 2000;

export function isRegionName(name: string): boolean {
  return REGION.test(name);
}

/** What `account` has of the service called `id`, in a region when it is no global service; `undefined` when that keeps nothing. */
export function stateOf(account: PracticeAccount, id: string, region: PracticeRegion): unknown {
  const states: { readonly [id: string]: unknown } = id in region ? { ...region } : { ...account };
  return states[id];
}

/** @throws RangeError when `id` is not 12 digits. */
export function createAccount(id: string, { realNow = Date.now }: { readonly realNow?: () => number } = {}) {
  if (!ACCOUNT_ID.test(id)) throw new RangeError(`An account id has 12 digits: received "${id}".`);
  let contents = newContents(id, realNow);
  const itself = {
    /** 12 digits. */
    id,
    // One object for the account's life: who holds it sees the time after a reset.
    clock: { now: () => contents.clock.now(), tick: (seconds: number) => contents.clock.tick(seconds) },
    /** Created empty on first use. @throws RangeError when the name is not spelled like a region. */
    region: (name: string) => contents.region(name),
    /** The regions used so far. */
    get regions(): readonly PracticeRegion[] {
      return contents.regions();
    },
    get settings() {
      return contents.settings;
    },
    get faults() {
      return contents.faults;
    },
    /** The calls received, oldest first; the newest 2,000. */
    get calls(): readonly PracticeCall[] {
      return contents.calls;
    },
    /** Empties the account and its settings; armed faults and recorded calls stay. What a move does before it sets its own scene. */
    wipe() {
      const { faults, calls } = contents;
      contents = { ...newContents(id, realNow), faults, calls };
    },
    /** Back to an account that has never been used. Faults, settings and recorded calls go too. */
    reset() {
      contents = newContents(id, realNow);
    },
    /** The endpoint notes every call here. */
    recordCall(call: PracticeCall) {
      contents.calls.push(call);
      keepNewest(contents.calls, MOST_CALLS);
    },
  };
  const states = Object.keys(contents.states).map((service) => [service, { enumerable: true, get: () => contents.states[service] }]);
  // The names come from the list that `StatesOf` is made from.
  return Object.defineProperties(itself, Object.fromEntries(states)) as StatesOf<GlobalService<unknown>> & Readonly<typeof itself>;
}

function newContents(account: string, realNow: () => number) {
  const clock = createClock(realNow);
  const mint = createMint(account);
  const regions = new Map<string, { readonly scope: Scope; readonly region: PracticeRegion }>();
  const calls: PracticeCall[] = [];
  const settings: AccountSettings = { codecommitAvailable: true };

  function scopeOf(region: string): Scope {
    const made = new Map<StateFactory<unknown>, unknown>();
    const scope: Scope = {
      ...{ account, region, clock, mint },
      of<State>(factory: StateFactory<State>) {
        if (!made.has(factory)) made.set(factory, factory(scope));
        return made.get(factory) as State;
      },
      inRegion: (name) => inRegion(name).scope,
    };
    return scope;
  }

  function inRegion(name: string) {
    const known = regions.get(name);
    if (known) return known;
    if (!isRegionName(name)) throw new RangeError(`A region is spelled like ap-northeast-2: received "${name}".`);
    const scope = scopeOf(name);
    // The names come from the list that `PracticeRegion` is made from.
    const made = { scope, region: { name, ...statesIn(scope, false) } as PracticeRegion };
    regions.set(name, made);
    return made;
  }

  return {
    clock,
    calls,
    settings,
    faults: new ArmedFaults(),
    states: statesIn(scopeOf('aws-global'), true),
    regions: () => Array.from(regions.values(), ({ region }) => region),
    region: (name: string) => inRegion(name).region,
  };
}

function statesIn(scope: Scope, global: boolean): Record<string, unknown> {
  const services: [string, Service<unknown>][] = Object.entries(SERVICES);
  const own = services.filter(([, service]) => (service.global ?? false) === global);
  return Object.fromEntries(own.flatMap(([id, { state }]) => (state ? [[id, scope.of(state)]] : [])));
}
