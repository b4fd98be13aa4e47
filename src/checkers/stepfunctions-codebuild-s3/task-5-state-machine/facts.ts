import type { Bound } from '../../../aws/reader.ts';
import { iam } from '../../../aws/services/iam.ts';
import { type StateMachine, states, statesConsole } from '../../../aws/services/states.ts';
import { rolePolicies } from '../../dialects/iam/document.ts';
import { readStateMachine } from '../../dialects/state-machine/read.ts';
import { expectationsOn, type FactsOf } from '../../engine/expectation.ts';
import { closest } from '../../engine/similar-names.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { MACHINE, MACHINE_ROLE } from '../names.ts';
import { about } from '../titles.ts';

interface OfMachine {
  readonly machine: StateMachine | undefined;
}

// The closest names only: an account may hold hundreds of state machines that have nothing to do with the lab.
const MOST_CANDIDATES = 5;

export const machineTitle = about('상태 머신이', 'ステートマシンが', 'The state machine');

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
  /** With a state machine of another name that works with the lab's role: only looked for when there is none of the right name. */
  const found = machine.then(async (known) => {
    if (known !== undefined) return { machine: known, namedOtherwise: undefined };
    const names = (await aws.machines()).map(({ name }) => name);
    const others = await Promise.all(closest(MACHINE, names, MOST_CANDIDATES).map((name) => aws.machine(name)));
    return { machine: undefined, namedOtherwise: others.find((other) => other?.role.endsWith(`/${MACHINE_ROLE}`))?.name };
  });
  /** With its definition; unset when there is none that can be read. */
  const defined = machine.then((known) => {
    const read = known && readStateMachine(known.definition);
    return { machine: known, definition: read?.state === 'read' ? read : undefined };
  });
  /** With the policies of its role, once they are needed: nobody needs any while nothing is traced. */
  const traced = machine.then(async (known) => {
    const policies = known?.tracing ? await aws.policies(known.role) : undefined;
    return { machine: known, policies: policies && rolePolicies(policies) };
  });
  return { found, defined, traced };
}

export type Fact = FactsOf<typeof observe>;
export const on = expectationsOn<typeof observe>();
