import {
  type Bucket,
  blocked,
  defineTask,
  deletion,
  type EventRule,
  failed,
  type ImageRepository,
  type LogGroup,
  notStarted,
  type ObjectVersion,
  type Project,
  passed,
  type Role,
  readers,
  type StateMachineFacts,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_PREFIX, BUILD_ROLE, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REPOSITORY } from './names.ts';

/** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
interface Proof {
  readonly done: boolean;
}

interface Found<T> extends Proof {
  readonly found: T | undefined;
}

interface RuleLeft extends Found<EventRule> {
  /** Whether other state machines are there, which may use the rule as well. */
  readonly shared: boolean;
  readonly machine: boolean;
}

interface Filled extends Found<Bucket> {
  /** Of the bucket: the first thousand of its versions and delete markers. */
  readonly versions: readonly ObjectVersion[];
  /** Whether the bucket is in the region looked at. */
  readonly here: boolean;
  /** How many of the lab's buckets there are. */
  readonly count: number;
}

interface Registry extends Found<ImageRepository> {
  readonly bytes: number;
}

/** Seen to be gone: right if there was something to clean up, and nothing at all otherwise. */
const gone = ({ done }: Proof): Verdict<Says> => (done ? passed({ observed: null }) : notStarted('neverUsed'));

const left =
  <T>(says: (found: T) => Says) =>
  (fact: Found<T>): Verdict<Says> =>
    fact.found === undefined ? gone(fact) : failed(says(fact.found));

function judgeMachine(fact: Found<StateMachineFacts>): Verdict<Says> {
  // Step Functions deletes a state machine only after its last execution has ended.
  if (fact.found?.status === 'DELETING') return waiting(['machineDeleting', { machine: MACHINE }], 20);
  return left<StateMachineFacts>(({ name }) => ['machineLeft', { machine: name }])(fact);
}

function judgeRule(fact: RuleLeft): Verdict<Says> {
  if (fact.machine) return blocked('state-machine');
  if (fact.found !== undefined && fact.shared) return passed({ observed: { rule: fact.found.name, usedByOthers: true } });
  return left<EventRule>(({ name }) => ['ruleLeft', { rule: name }])(fact);
}

const current = ({ versions }: Filled) => versions.filter(({ latest, deleteMarker }) => latest && !deleteMarker);
const bytesOf = ({ versions }: Filled) => versions.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);

function judgeContents(fact: Filled): Verdict<Says> {
  const { found, versions } = fact;
  if (found === undefined) return gone(fact);
  // One in another region was not looked into; that it is there is said by its own check.
  if (!fact.here) return blocked('bucket');
  if (versions.length === 0) return gone(fact);
  const objects = current(fact).length;
  if (objects > 0) return failed(['objectsLeft', { bucket: found.name, count: objects }]);
  return failed(['versionsLeft', { bucket: found.name, count: versions.length }]);
}

const role = <const Id extends string>(id: Id, order: number) =>
  ({
    id,
    step: 9,
    expected: null,
    judge: left<Role>(({ name }) => ['roleLeft', { role: name }]),
    observed: ({ found }: Found<Role>) => found?.name ?? null,
    resource: ({ found }: Found<Role>) => found?.arn,
    console: ({ found }: Found<Role>, { console }: TaskContext) => found && console.role(found.name),
    fix: ({ found }: Found<Role>) => found && deletion.role(found.name, order),
  }) as const;

export default defineTask({
  id: 'cleanup',
  messages,
  reads: {
    machine: readers.states.stateMachine,
    machines: readers.states.stateMachines,
    rule: readers.events.rule,
    project: readers.codebuild.project,
    buildIds: readers.codebuild.buildIds,
    buckets: readers.s3.buckets,
    versions: readers.s3.objectVersions,
    repository: readers.ecr.repository,
    images: readers.ecr.images,
    role: readers.iam.role,
    logGroup: readers.logs.logGroup,
  },
  observe(aws, context) {
    const proof = aws.buildIds({ project: PROJECT, limit: 1 }).then((ids) => ids.length > 0 || context.recordedPass !== undefined);
    const withProof = <T>(question: Promise<T | undefined>) =>
      Promise.all([question, proof]).then(([found, done]): Found<T> => ({ found, done }));
    const machine = aws.machine(MACHINE);
    const rule = Promise.all([aws.rule(MANAGED_RULE), machine, proof]).then(async ([found, own, done]): Promise<RuleLeft> => {
      // Nobody else needs a rule that is gone.
      const others = found === undefined ? [] : (await aws.machines()).filter(({ name }) => name !== MACHINE);
      return { found, done, machine: own !== undefined, shared: others.length > 0 };
    });
    // One at a time: each that is deleted uncovers the next.
    // All are listed, as other tasks of the lab need them: one list does for a whole run.
    const bucket = Promise.all([aws.buckets(''), proof]).then(async ([every, done]): Promise<Filled> => {
      const all = every.filter(({ name }) => name.startsWith(BUCKET_PREFIX));
      const [found] = all;
      // One in another region answers only there.
      const here = found?.region === undefined || found.region === context.region;
      const versions = found && here ? await aws.versions(found.name) : [];
      return { found, done, here, versions: versions ?? [], count: all.length };
    });
    const registry = Promise.all([aws.repository(REPOSITORY), proof]).then(async ([found, done]): Promise<Registry> => {
      const images = found && (await aws.images(REPOSITORY));
      return { found, done, bytes: (images ?? []).reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0) };
    });
    return {
      machine: withProof(machine),
      rule,
      project: withProof(aws.project(PROJECT)),
      bucket,
      registry,
      logGroup: withProof(aws.logGroup(LOG_GROUP)),
      buildRole: withProof(aws.role(BUILD_ROLE)),
      machineRole: withProof(aws.role(MACHINE_ROLE)),
    };
  },
  expectations: {
    machine: [
      {
        id: 'state-machine',
        step: 1,
        expected: null,
        judge: judgeMachine,
        observed: ({ found }) => found?.status ?? found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.stateMachine(found.arn) : console.stateMachines()),
        fix: ({ found }, { region }) => found && deletion.stateMachine(found.arn, region, 1),
      },
    ],
    rule: [
      {
        id: 'event-rule',
        step: 2,
        expected: null,
        judge: judgeRule,
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: (_fact, { console }) => console.eventRule(MANAGED_RULE),
        fix: ({ found }, { region }) => found && deletion.eventRule(found.name, region, 2, { managed: true }),
      },
    ],
    project: [
      {
        id: 'project',
        step: 3,
        expected: null,
        judge: left<Project>(({ name }) => ['projectLeft', { project: name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.codeBuildProject(found.name) : console.codeBuildProjects()),
        fix: ({ found }, { region }) => found && deletion.project(found.name, region, 3),
      },
    ],
    bucket: [
      {
        id: 'bucket-contents',
        step: 5,
        expected: 0,
        judge: judgeContents,
        observed: (fact) => ({ objects: current(fact).length, versions: fact.versions.length }),
        resource: ({ found }) => found?.name,
        console: ({ found }, { console }) => (found ? console.bucket(found.name) : console.buckets()),
        fix: (fact, { region }) =>
          fact.found && fact.versions.length > 0 ? deletion.bucketWithObjects(fact.found.name, region, bytesOf(fact), 4) : undefined,
      },
      {
        id: 'bucket',
        step: 6,
        expected: null,
        judge: (fact) =>
          fact.versions.length > 0 ? blocked('bucket-contents') : left<Bucket>(({ name }) => ['bucketLeft', { bucket: name }])(fact),
        observed: ({ found, count }) => (found ? { bucket: found.name, count } : null),
        resource: ({ found }) => found?.name,
        console: ({ found }, { console }) => (found ? console.bucket(found.name) : console.buckets()),
        fix: ({ found }, { region }) => found && deletion.bucketWithObjects(found.name, found.region ?? region, 0, 5),
      },
    ],
    registry: [
      {
        id: 'image-repository-gone',
        step: 7,
        expected: null,
        judge: left<ImageRepository>(({ name }) => ['imageRepositoryLeft', { repository: name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.ecrRepository(found.name) : console.ecrRepositories()),
        fix: ({ found, bytes }, { region }) => found && deletion.imageRepositoryWithImages(found.name, region, bytes, 6),
      },
    ],
    logGroup: [
      {
        id: 'log-group',
        step: 8,
        expected: null,
        judge: left<LogGroup>(({ name }) => ['logGroupLeft', { group: name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.name,
        console: (_fact, { console }) => console.logGroup(LOG_GROUP),
        fix: ({ found }, { region }) => found && deletion.logGroup(found.name, region, found.storedBytes, 7),
      },
    ],
    buildRole: [role('build-role', 8)],
    machineRole: [role('machine-role-gone', 9)],
  },
});
