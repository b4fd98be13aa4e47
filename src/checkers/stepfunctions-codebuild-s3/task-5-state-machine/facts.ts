import type { Bound } from '../../../aws/reader.ts';
import { iam } from '../../../aws/services/iam.ts';
import { type StateMachine, states, statesConsole } from '../../../aws/services/states.ts';
import { type Policy, rolePolicies } from '../../dialects/iam/document.ts';
import { type ReadStateMachine, readStateMachine } from '../../dialects/state-machine/read.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import { closest } from '../../engine/similar-names.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { MACHINE, MACHINE_ROLE } from '../names.ts';

export interface OfMachine {
  readonly machine: StateMachine | undefined;
}

export interface Defined extends OfMachine {
  /** Unset when there is none that can be read. */
  readonly definition: ReadStateMachine | undefined;
}

interface Found extends OfMachine {
  /** A state machine of another name that works with the lab's role. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

export interface Traced extends OfMachine {
  /** Of its role, once they are needed: nobody needs any while nothing is traced. `undefined` when there is no role. */
  readonly policies: readonly Policy[] | undefined;
}

// The closest names only: an account may hold hundreds of state machines that have nothing to do with the lab.
const MOST_CANDIDATES = 5;

export const ofMachine = {
  resource: ({ machine }: OfMachine) => machine?.arn,
  console: ({ machine }: OfMachine, place: TaskContext) =>
    machine ? statesConsole.stateMachine(place, machine.arn) : statesConsole.stateMachines(place),
} as const;

export const reads = {
  machine: states.stateMachine,
  machines: states.stateMachines,
  policies: iam.rolePolicies,
} as const;

export function observe(aws: Bound<typeof reads>) {
  const machine = aws.machine(MACHINE);
  const found = machine.then(async (known): Promise<Found> => {
    if (known !== undefined) return { machine: known, namedOtherwise: undefined };
    const names = (await aws.machines()).map(({ name }) => name);
    const others = await Promise.all(closest(MACHINE, names, MOST_CANDIDATES).map((name) => aws.machine(name)));
    return { machine: undefined, namedOtherwise: others.find((other) => other?.role.endsWith(`/${MACHINE_ROLE}`))?.name };
  });
  const defined = machine.then((known): Defined => {
    const read = known && readStateMachine(known.definition);
    return { machine: known, definition: read?.state === 'read' ? read : undefined };
  });
  const traced = machine.then(async (known): Promise<Traced> => {
    const policies = known?.tracing ? await aws.policies(known.role) : undefined;
    return { machine: known, policies: policies && rolePolicies(policies) };
  });
  return { found, defined, traced };
}

export const on = expectationsOn<typeof observe>();
