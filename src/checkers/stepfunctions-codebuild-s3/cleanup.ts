import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, ecrDeletion, type ImageRepository } from '../../aws/services/ecr.ts';
import { type EventRule, events, eventsConsole, eventsDeletion } from '../../aws/services/events.ts';
import { iam } from '../../aws/services/iam.ts';
import { logs } from '../../aws/services/logs.ts';
import { type Bucket, type ObjectVersion, s3, s3Console, s3Deletion } from '../../aws/services/s3.ts';
import { type StateMachine as StateMachineFacts, states, statesConsole, statesDeletion } from '../../aws/services/states.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed, waiting } from '../engine/verdict.ts';
import { bytesOf, everDone, gone, type Left, leftover, leftWith, mustBeGone, NEVER_USED } from '../kit/cleanup/leftovers.ts';
import { BUCKET_PREFIX, BUILD_ROLE, KEY, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REPOSITORY } from './names.ts';
import { BUCKET, cleanUp, deletingMachine, type Kept } from './student.ts';

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

function judgeMachine(fact: Left<StateMachineFacts>) {
  // Step Functions deletes a state machine only after its last execution has ended.
  if (fact.found?.status === 'DELETING') return waiting(['machineDeleting', { machine: MACHINE }], 20);
  return mustBeGone(({ name }: StateMachineFacts) => ['machineLeft', { machine: name }])(fact);
}

function judgeRule(fact: RuleLeft) {
  if (fact.machine) return blocked('state-machine');
  if (fact.found !== undefined && fact.shared) return passed({ observed: { rule: fact.found.name, usedByOthers: true } });
  return mustBeGone(({ name }: EventRule) => ['ruleLeft', { rule: name }])(fact);
}

const current = ({ versions }: Filled) => versions.filter(({ latest, deleteMarker }) => latest && !deleteMarker);

function judgeContents(fact: Filled) {
  const { found, versions } = fact;
  if (found === undefined) return gone(fact);
  // A bucket in another region cannot be looked into from here; its own check reports it.
  if (!fact.here) return blocked('bucket');
  if (versions.length === 0) return gone(fact);
  const objects = current(fact).length;
  if (objects > 0) return failed(['objectsLeft', { bucket: found.name, count: objects }]);
  return failed(['versionsLeft', { bucket: found.name, count: versions.length }]);
}

const reads = {
  machine: states.stateMachine,
  machines: states.stateMachines,
  rule: events.rule,
  project: codebuild.project,
  buildIds: codebuild.buildIds,
  buckets: s3.buckets,
  versions: s3.objectVersions,
  repository: ecr.repository,
  images: ecr.images,
  role: iam.role,
  logGroup: logs.logGroup,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const proof = everDone(context, () => aws.buildIds({ project: PROJECT, limit: 1 }));
  const left = leftWith(proof);
  const machine = aws.machine(MACHINE);
  const rule = Promise.all([aws.rule(MANAGED_RULE), machine, proof]).then(async ([found, own, { done }]): Promise<RuleLeft> => {
    // Nobody else needs a rule that is gone.
    const others = found === undefined ? [] : (await aws.machines()).filter(({ name }) => name !== MACHINE);
    return { found, done, machine: own !== undefined, shared: others.length > 0 };
  });
  // One bucket at a time: when it is deleted, the next one shows up. Other tasks list all buckets too, so one answer serves the whole run.
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
}

const on = expectationsOn<typeof observe>();

/** Cleans up everything but this. */
const allBut = (kept: Kept) => (account: PracticeAccount) => cleanUp(account, kept);

export default defineTask({
  id: 'cleanup',
  title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up' },
  reads,
  observe,
  solve: {
    id: 'clean-up',
    title: { ko: '리소스를 모두 삭제합니다', ja: 'リソースをすべて削除する', en: 'Delete everything' },
    play: (account) => cleanUp(account),
  },
  expectations: [
    on.machine({
      id: 'state-machine',
      title: { ko: '상태 머신을 삭제했습니다', ja: 'ステートマシンを削除した', en: 'The state machine is deleted' },
      step: 1,
      expected: null,
      judge: judgeMachine,
      observed: ({ found }) => found?.status ?? found?.name ?? null,
      resource: ({ found }) => found?.arn,
      console: ({ found }, place) => (found ? statesConsole.stateMachine(place, found.arn) : statesConsole.stateMachines(place)),
      order: 1,
      fix: ({ found }, place) => found && statesDeletion.stateMachine(place, found.arn),
      says: {
        ...NEVER_USED,
        machineLeft: {
          ko: '"{machine}" 상태 머신이 남아 있습니다. 삭제합니다.',
          ja: 'ステートマシン "{machine}" が残っています。削除してください。',
          en: 'The state machine "{machine}" is left. Delete it.',
        },
        machineDeleting: {
          ko: '"{machine}" 상태 머신을 삭제하는 중입니다. 실행 중인 것이 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ステートマシン "{machine}" を削除しています。実行中のものが終わるまで待ってから、もう一度確認してください。',
          en: 'The state machine "{machine}" is being deleted. Wait until its last execution has ended and check again.',
        },
      },
      breaks: {
        'machine-left': {
          title: { ko: '상태 머신을 남깁니다', ja: 'ステートマシンを残す', en: 'Leave the state machine' },
          says: 'machineLeft',
          instead: allBut('machine'),
        },
      },
      moments: {
        'machine-deleting': {
          title: { ko: '상태 머신을 삭제하는 중입니다', ja: 'ステートマシンを削除している最中', en: 'The state machine is being deleted' },
          says: 'machineDeleting',
          instead: deletingMachine,
        },
      },
    }),
    on.rule({
      id: 'event-rule',
      title: { ko: '관리형 규칙을 삭제했습니다', ja: 'マネージドルールを削除した', en: 'The managed rule is deleted' },
      step: 2,
      expected: null,
      judge: judgeRule,
      observed: ({ found }) => found?.name ?? null,
      resource: ({ found }) => found?.arn,
      console: (_fact, place) => eventsConsole.rule(place, MANAGED_RULE),
      order: 2,
      fix: ({ found }, place) => found && eventsDeletion.rule(place, found.name, { managed: true }),
      says: {
        ...NEVER_USED,
        ruleLeft: {
          ko: '"{rule}" 규칙이 남아 있습니다. Step Functions가 만든 규칙이므로 대상을 먼저 지우고 --force로 삭제합니다.',
          ja: 'ルール "{rule}" が残っています。Step Functions が作ったものなので、ターゲットを外してから --force で削除してください。',
          en: 'The rule "{rule}" is left. Step Functions made it: remove its targets first, then delete it with --force.',
        },
      },
      breaks: {
        'rule-left': {
          title: { ko: '관리형 규칙을 남깁니다', ja: 'マネージドルールを残す', en: 'Leave the managed rule' },
          says: 'ruleLeft',
          instead: allBut('rule'),
        },
      },
    }),
    on.project(leftover.project({ id: 'project', step: 3, order: 3, leave: { id: 'project-left', instead: allBut('project') } })),
    on.bucket({
      id: 'bucket-contents',
      title: { ko: '버킷을 비웠습니다', ja: 'バケットを空にした', en: 'The bucket is emptied' },
      step: 5,
      expected: 0,
      judge: judgeContents,
      observed: (fact) => ({ objects: current(fact).length, versions: fact.versions.length }),
      resource: ({ found }) => found?.name,
      console: ({ found }, place) => (found ? s3Console.bucket(place, found.name) : s3Console.buckets(place)),
      order: 4,
      fix: (fact, place) =>
        fact.found && fact.versions.length > 0 ? s3Deletion.bucketWithObjects(place, fact.found.name, bytesOf(fact.versions)) : undefined,
      says: {
        ...NEVER_USED,
        objectsLeft: {
          ko: '"{bucket}" 버킷에 객체가 {count}개 남아 있습니다. 보관하는 동안 비용이 들므로 삭제합니다.',
          ja: 'バケット "{bucket}" にオブジェクトが {count} 個残っています。置いておくと料金がかかるので、削除してください。',
          en: 'The bucket "{bucket}" still holds objects ({count}), which cost money. Delete them.',
        },
        versionsLeft: {
          ko: '"{bucket}" 버킷에 이전 버전과 삭제 마커가 {count}개 남아 있습니다. 객체를 지워도 남으므로 버전까지 삭제합니다.',
          ja: 'バケット "{bucket}" に古いバージョンと削除マーカーが {count} 個残っています。オブジェクトを消しても残るので、バージョンまで削除してください。',
          en: 'The bucket "{bucket}" still holds old versions and delete markers ({count}). Deleting objects leaves them: delete the versions too.',
        },
      },
      breaks: {
        'objects-left': {
          title: { ko: '버킷에 객체를 남깁니다', ja: 'バケットにオブジェクトを残す', en: 'Leave the object in the bucket' },
          says: 'objectsLeft',
          instead: allBut('objects'),
        },
        'versions-left': {
          title: {
            ko: '버전이 있는 버킷에서 객체만 지웁니다',
            ja: 'バージョンのあるバケットでオブジェクトだけを消す',
            en: 'Delete only the objects of a versioned bucket',
          },
          says: 'versionsLeft',
          instead(account) {
            account.s3.putVersioning(BUCKET, 'Enabled');
            account.s3.deleteObject(BUCKET, KEY);
            cleanUp(account, 'objects');
          },
        },
      },
    }),
    on.bucket({
      id: 'bucket',
      title: { ko: 'S3 버킷을 삭제했습니다', ja: 'S3 バケットを削除した', en: 'The S3 bucket is deleted' },
      step: 6,
      expected: null,
      judge: (fact) =>
        fact.versions.length > 0 ? blocked('bucket-contents') : mustBeGone(({ name }: Bucket) => ['bucketLeft', { bucket: name }])(fact),
      observed: ({ found, count }) => (found ? { bucket: found.name, count } : null),
      resource: ({ found }) => found?.name,
      console: ({ found }, place) => (found ? s3Console.bucket(place, found.name) : s3Console.buckets(place)),
      order: 5,
      fix: ({ found }, place) => found && s3Deletion.bucketWithObjects({ ...place, region: found.region ?? place.region }, found.name, 0),
      says: {
        ...NEVER_USED,
        bucketLeft: {
          ko: '"{bucket}" 버킷이 남아 있습니다. 비어 있으므로 버킷을 삭제합니다.',
          ja: 'バケット "{bucket}" が残っています。削除してください。',
          en: 'The bucket "{bucket}" is left. Delete it.',
        },
      },
      breaks: {
        'bucket-left': {
          title: { ko: '빈 버킷을 남깁니다', ja: '空のバケットを残す', en: 'Leave the empty bucket' },
          says: 'bucketLeft',
          instead: allBut('bucket'),
        },
      },
    }),
    on.registry({
      ...leftover.imageRepository({
        id: 'image-repository-gone',
        step: 7,
        order: 6,
        leave: { id: 'repository-left', instead: allBut('repository') },
      }),
      order: 6,
      fix: ({ found, bytes }, place) => found && ecrDeletion.repositoryWithImages(place, found.name, bytes),
    }),
    on.logGroup(leftover.logGroup({ id: 'log-group', step: 8, order: 7, leave: { id: 'log-group-left', instead: allBut('logs') } })),
    on.buildRole(
      leftover.role({
        id: 'build-role',
        title: { ko: '빌드 역할을 삭제했습니다', ja: 'ビルドのロールを削除した', en: 'The build role is deleted' },
        step: 9,
        order: 8,
        leave: {
          id: 'build-role-left',
          title: { ko: '빌드 역할을 남깁니다', ja: 'ビルドのロールを残す', en: 'Leave the build role' },
          instead: allBut(BUILD_ROLE),
        },
      }),
    ),
    on.machineRole(
      leftover.role({
        id: 'machine-role-gone',
        title: { ko: '실행 역할을 삭제했습니다', ja: '実行のロールを削除した', en: 'The execution role is deleted' },
        step: 9,
        order: 9,
        leave: {
          id: 'machine-role-left',
          title: { ko: '실행 역할을 남깁니다', ja: '実行のロールを残す', en: 'Leave the execution role' },
          instead: allBut(MACHINE_ROLE),
        },
      }),
    ),
  ],
});
