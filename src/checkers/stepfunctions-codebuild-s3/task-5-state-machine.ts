import {
  accessOf,
  blocked,
  closest,
  defineTask,
  environmentOverrides,
  failed,
  inputValue,
  judgeRetry,
  notStarted,
  type Policy,
  passed,
  type ReadStateMachine,
  readers,
  readStateMachine,
  rolePolicies,
  type State,
  type StateMachineFacts,
  type TaskContext,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_VARIABLE, KEY_VARIABLE, MACHINE, MACHINE_ROLE, OTHER_REGIONS, PROJECT, roleArnOf } from './names.ts';

interface Found {
  readonly machine: StateMachineFacts | undefined;
  /** A state machine of another name that works with the lab's role. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

interface Traced {
  readonly machine: StateMachineFacts | undefined;
  /** Of the lab's role; `undefined` when there is none. */
  readonly policies: readonly Policy[] | undefined;
}

// The closest names only: an account may hold hundreds of state machines that have nothing to do with the lab.
const MOST_CANDIDATES = 5;
const TRACE = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

const definitionOf = ({ machine }: Pick<Found, 'machine'>): ReadStateMachine | undefined => {
  const read = machine && readStateMachine(machine.definition);
  return read?.state === 'read' ? read : undefined;
};

/** The state that starts the lab's build: one that is reached before one that is not. */
function buildState(definition: ReadStateMachine): State | undefined {
  const starts = definition.states.filter(({ call }) => call?.service === 'codebuild' && call.action === 'startBuild');
  return starts.find(({ reachable }) => reachable) ?? starts[0];
}

/** The name at the end of a project's ARN, or the name itself. */
const projectName = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

function judgeRunsBuild(fact: Found): Verdict<Says> {
  if (fact.machine === undefined) return blocked('machine-exists');
  const definition = definitionOf(fact);
  if (definition === undefined) return undecided(['definitionUnreadable', { machine: MACHINE }]);
  const state = buildState(definition);
  if (state === undefined) return failed(['buildNotCalled', { machine: MACHINE }]);
  if (!state.reachable) return failed(['buildUnreachable', { state: state.name }]);
  const project = inputValue(state.input, 'ProjectName');
  if (project === undefined) return failed(['projectNotNamed', { state: state.name, expected: PROJECT }]);
  // Which project that is shows in the execution.
  if (project.from === 'definition' && projectName(String(project.value)) !== PROJECT)
    return failed(['projectOther', { found: String(project.value), expected: PROJECT }]);
  return definition.canSucceed ? passed() : failed(['neverSucceeds', { machine: MACHINE }]);
}

/** Judges the state that starts the build; there is one when `runs-build` has passed. */
const ofState =
  (judge: (state: State) => Verdict<Says>) =>
  (fact: Found): Verdict<Says> => {
    const definition = definitionOf(fact);
    const state = definition && buildState(definition);
    return state === undefined ? blocked('runs-build') : judge(state);
  };

function judgeTarget(state: State): Verdict<Says> {
  const overrides = environmentOverrides(state.input);
  if (overrides === undefined) return undecided(['overridesUndecided', { state: state.name }]);
  for (const name of [BUCKET_VARIABLE, KEY_VARIABLE]) {
    const value = overrides.find((override) => override.name === name)?.value;
    if (value === undefined) return failed(['targetMissing', { state: state.name, name }]);
    if (value.from === 'definition') return failed(['targetFixed', { name, found: String(value.value) }]);
  }
  return passed();
}

function judgeRetries(state: State): Verdict<Says> {
  const { repeatsFailures, retriesTransient, retriesOther } = judgeRetry(state);
  if (repeatsFailures.length > 0) return failed(['retriesFailures', { errors: repeatsFailures.join(', ') }]);
  if (retriesTransient.length === 0) return failed(['retriesNothing', { state: state.name }]);
  if (retriesOther.length > 0) return failed(['retriesOther', { errors: retriesOther.join(', ') }]);
  return passed();
}

function judgeTracing({ machine, policies }: Traced, context: TaskContext): Verdict<Says> {
  if (machine === undefined) return blocked('machine-exists');
  if (!machine.tracing) return passed();
  if (policies === undefined) return blocked('task-4');
  const access = accessOf(policies, TRACE, '*', context);
  if (access.state === 'undecided')
    return undecided([
      'actionsUndecided',
      { role: MACHINE_ROLE, actions: access.actions.join(', '), policy: access.policy, open: access.open.join(', ') },
    ]);
  return access.state === 'allowed' ? passed() : failed(['tracingForbidden', { role: MACHINE_ROLE, actions: access.actions.join(', ') }]);
}

const ofMachine = {
  resource: ({ machine }: Pick<Found, 'machine'>) => machine?.arn,
  console: ({ machine }: Pick<Found, 'machine'>, { console }: TaskContext) =>
    machine ? console.stateMachine(machine.arn) : console.stateMachines(),
} as const;

const stateSeen =
  <T>(see: (state: State) => T) =>
  (fact: Found) => {
    const definition = definitionOf(fact);
    const state = definition && buildState(definition);
    return state && see(state);
  };

export default defineTask({
  id: 'task-5',
  messages,
  needs: ['task-3', 'task-4'],
  reads: { machine: readers.states.stateMachine, machines: readers.states.stateMachines, policies: readers.iam.rolePolicies },
  observe(aws) {
    const machine = aws.machine(MACHINE);
    const found = machine.then(async (known): Promise<Found> => {
      if (known !== undefined) return { machine: known, namedOtherwise: undefined };
      const names = (await aws.machines()).map(({ name }) => name);
      const others = await Promise.all(closest(MACHINE, names, MOST_CANDIDATES).map((name) => aws.machine(name)));
      return { machine: undefined, namedOtherwise: others.find((other) => other?.role.endsWith(`/${MACHINE_ROLE}`))?.name };
    });
    const traced = machine.then(async (known): Promise<Traced> => {
      // Nobody needs the permission while nothing is traced.
      const policies = known?.tracing ? await aws.policies(known.role) : undefined;
      return { machine: known, policies: policies && rolePolicies(policies) };
    });
    return { found, traced };
  },
  expectations: {
    found: [
      {
        ...ofMachine,
        id: 'machine-exists',
        step: 2,
        expected: MACHINE,
        judge({ machine, namedOtherwise }, { region }) {
          if (machine !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['machineNamedOtherwise', { found: namedOtherwise, expected: MACHINE }]);
          return notStarted(['machineMissing', { machine: MACHINE, region }]);
        },
        observed: ({ machine, namedOtherwise }) => machine?.name ?? namedOtherwise ?? null,
      },
      {
        ...ofMachine,
        id: 'machine-type',
        step: 2,
        after: 'machine-exists',
        expected: 'STANDARD',
        holds: ({ machine }) => machine?.type === 'STANDARD',
        otherwise: ({ machine }) => ['machineNotStandard', { type: machine?.type ?? '-' }],
        observed: ({ machine }) => machine?.type,
      },
      {
        ...ofMachine,
        id: 'machine-role',
        step: 2,
        after: 'machine-exists',
        expected: (_fact, context) => roleArnOf(context, MACHINE_ROLE),
        holds: ({ machine }, context) => machine?.role === roleArnOf(context, MACHINE_ROLE),
        otherwise: ({ machine }, context) => [
          'roleOther',
          { what: MACHINE, found: machine?.role ?? '-', expected: roleArnOf(context, MACHINE_ROLE) },
        ],
        observed: ({ machine }) => machine?.role,
      },
      {
        ...ofMachine,
        id: 'runs-build',
        step: 1,
        after: 'machine-exists',
        expected: PROJECT,
        judge: judgeRunsBuild,
        observed: stateSeen(({ input }) => {
          const project = inputValue(input, 'ProjectName');
          return project?.from === 'definition' ? String(project.value) : (project?.expression ?? null);
        }),
      },
      {
        ...ofMachine,
        id: 'waits-for-build',
        step: 1,
        after: 'runs-build',
        expected: 'arn:aws:states:::codebuild:startBuild.sync',
        judge: ofState(({ call }) => (call?.waitsFor === 'job' ? passed() : failed(['notSync', { found: call?.resource ?? '-' }]))),
        observed: stateSeen(({ call }) => call?.resource ?? null),
      },
      {
        ...ofMachine,
        id: 'passes-target',
        step: 1,
        after: 'runs-build',
        expected: [BUCKET_VARIABLE, KEY_VARIABLE],
        judge: ofState(judgeTarget),
        observed: stateSeen(({ input }) => environmentOverrides(input)?.map(({ name }) => name) ?? null),
      },
      {
        ...ofMachine,
        id: 'retries',
        step: 1,
        after: 'runs-build',
        judge: ofState(judgeRetries),
        observed: stateSeen(({ retry }) => retry.flatMap(({ errors }) => errors)),
      },
    ],
    traced: [
      {
        ...ofMachine,
        id: 'tracing',
        step: 2,
        after: 'machine-role',
        judge: judgeTracing,
        observed: ({ machine }) => machine && { tracing: machine.tracing },
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['machine'],
    find: { 'machine-exists': async (aws) => (await aws.machine(MACHINE))?.arn },
  },
});
