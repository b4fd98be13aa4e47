import {
  type Bucket,
  blocked,
  bytesOf,
  defineTask,
  deletion,
  type EventRule,
  everDone,
  failed,
  gone,
  type ImageRepository,
  type Left,
  leftover,
  leftWith,
  mustBeGone,
  type ObjectVersion,
  passed,
  readers,
  type StateMachineFacts,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_PREFIX, BUILD_ROLE, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REPOSITORY } from './names.ts';

interface RuleLeft extends Left<EventRule> {
  /** Whether other state machines are there, which may use the rule as well. */
  readonly shared: boolean;
  readonly machine: boolean;
}

interface Filled extends Left<Bucket> {
  /** Of the bucket: the first thousand of its versions and delete markers. */
  readonly versions: readonly ObjectVersion[];
  /** Whether the bucket is in the region looked at. */
  readonly here: boolean;
  /** How many of the lab's buckets there are. */
  readonly count: number;
}

interface Registry extends Left<ImageRepository> {
  readonly bytes: number;
}

function judgeMachine(fact: Left<StateMachineFacts>): Verdict<Says> {
  // Step Functions deletes a state machine only after its last execution has ended.
  if (fact.found?.status === 'DELETING') return waiting(['machineDeleting', { machine: MACHINE }], 20);
  return mustBeGone(({ name }: StateMachineFacts) => ['machineLeft', { machine: name }])(fact);
}

function judgeRule(fact: RuleLeft): Verdict<Says> {
  if (fact.machine) return blocked('state-machine');
  if (fact.found !== undefined && fact.shared) return passed({ observed: { rule: fact.found.name, usedByOthers: true } });
  return mustBeGone(({ name }: EventRule) => ['ruleLeft', { rule: name }])(fact);
}

const current = ({ versions }: Filled) => versions.filter(({ latest, deleteMarker }) => latest && !deleteMarker);

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
    const proof = everDone(context, () => aws.buildIds({ project: PROJECT, limit: 1 }));
    const left = leftWith(proof);
    const machine = aws.machine(MACHINE);
    const rule = Promise.all([aws.rule(MANAGED_RULE), machine, proof]).then(async ([found, own, { done }]): Promise<RuleLeft> => {
      // Nobody else needs a rule that is gone.
      const others = found === undefined ? [] : (await aws.machines()).filter(({ name }) => name !== MACHINE);
      return { found, done, machine: own !== undefined, shared: others.length > 0 };
    });
    // One at a time: each that is deleted uncovers the next.
    // All are listed, as other tasks of the lab need them: one list does for a whole run.
    const bucket = Promise.all([aws.buckets(''), proof]).then(async ([every, { done }]): Promise<Filled> => {
      const all = every.filter(({ name }) => name.startsWith(BUCKET_PREFIX));
      const [found] = all;
      // One in another region answers only there.
      const here = found?.region === undefined || found.region === context.region;
      const versions = found && here ? await aws.versions(found.name) : [];
      return { found, done, here, versions: versions ?? [], count: all.length };
    });
    const registry = Promise.all([aws.repository(REPOSITORY), proof]).then(async ([found, { done }]): Promise<Registry> => {
      const images = found && (await aws.images(REPOSITORY));
      return { found, done, bytes: bytesOf(images ?? []) };
    });
    return {
      machine: left(machine),
      rule,
      project: left(aws.project(PROJECT)),
      bucket,
      registry,
      logGroup: left(aws.logGroup(LOG_GROUP)),
      buildRole: left(aws.role(BUILD_ROLE)),
      machineRole: left(aws.role(MACHINE_ROLE)),
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
    project: [leftover.project({ id: 'project', step: 3, order: 3 })],
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
          fact.found && fact.versions.length > 0
            ? deletion.bucketWithObjects(fact.found.name, region, bytesOf(fact.versions), 4)
            : undefined,
      },
      {
        id: 'bucket',
        step: 6,
        expected: null,
        judge: (fact) =>
          fact.versions.length > 0 ? blocked('bucket-contents') : mustBeGone(({ name }: Bucket) => ['bucketLeft', { bucket: name }])(fact),
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
        judge: mustBeGone(({ name }: ImageRepository) => ['imageRepositoryLeft', { repository: name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.ecrRepository(found.name) : console.ecrRepositories()),
        fix: ({ found, bytes }, { region }) => found && deletion.imageRepositoryWithImages(found.name, region, bytes, 6),
      },
    ],
    logGroup: [leftover.logGroup({ id: 'log-group', step: 8, order: 7 })],
    buildRole: [leftover.role({ id: 'build-role', step: 9, order: 8 })],
    machineRole: [leftover.role({ id: 'machine-role-gone', step: 9, order: 9 })],
  },
});
