import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, ecrDeletion } from '../../aws/services/ecr.ts';
import { type EventRule, events, eventsConsole, eventsDeletion } from '../../aws/services/events.ts';
import { iam } from '../../aws/services/iam.ts';
import { logs } from '../../aws/services/logs.ts';
import { type Bucket, s3, s3Console, s3Deletion } from '../../aws/services/s3.ts';
import { type StateMachine, states, statesConsole, statesDeletion } from '../../aws/services/states.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn, type FactsOf } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed, waiting } from '../engine/verdict.ts';
import { cleanupBy } from '../kit/cleanup/cleanup-by.ts';
import { bytesOf, deleting, everDone, gone, leftover, leftoverKind, leftWith, mustBeGone, NEVER_USED } from '../kit/cleanup/leftovers.ts';
import { BUCKET_PREFIX, BUILD_ROLE, KEY, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REPOSITORY } from './names.ts';
import { BUCKET, cleanUp, deletingMachine, type Kept } from './student.ts';

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
  const rule = Promise.all([aws.rule(MANAGED_RULE), machine, proof]).then(async ([found, own, { done }]) => {
    // Other state machines may use the rule as well; nobody else needs one that is gone.
    const others = found === undefined ? [] : (await aws.machines()).filter(({ name }) => name !== MACHINE);
    return { found, done, machine: own !== undefined, shared: others.length > 0 };
  });
  // One bucket at a time: when it is deleted, the next one shows up. Other tasks list all buckets too, so one answer serves the whole run.
  const bucket = Promise.all([aws.buckets(''), proof]).then(async ([every, { done }]) => {
    const all = every.filter(({ name }) => name.startsWith(BUCKET_PREFIX));
    const [found] = all;
    // One in another region answers only there.
    const here = found?.region === undefined || found.region === context.region;
    // The first thousand, delete markers included.
    const versions = (found && here && (await aws.versions(found.name))) || [];
    const objects = versions.filter(({ latest, deleteMarker }) => latest && !deleteMarker).length;
    return { found, done, here, versions, objects, count: all.length };
  });
  const registry = Promise.all([aws.repository(REPOSITORY), proof]).then(async ([found, { done }]) => {
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

type Fact = FactsOf<typeof observe>;

function judgeMachine(fact: Fact['machine']) {
  // Step Functions deletes a state machine only after its last execution has ended.
  if (fact.found?.status === 'DELETING') return waiting(['machineDeleting', { machine: MACHINE }], 20);
  return mustBeGone(({ name }: StateMachine) => ['left', { name }])(fact);
}

function judgeRule(fact: Fact['rule']) {
  if (fact.machine) return blocked('state-machine');
  if (fact.found !== undefined && fact.shared) return passed({ observed: { rule: fact.found.name, usedByOthers: true } });
  return mustBeGone(({ name }: EventRule) => ['left', { name }])(fact);
}

function judgeContents(fact: Fact['bucket']) {
  const { found, here, versions, objects } = fact;
  if (found === undefined) return gone(fact);
  // A bucket in another region cannot be looked into from here; its own check reports it.
  if (!here) return blocked('bucket');
  if (versions.length === 0) return gone(fact);
  if (objects > 0) return failed(['objectsLeft', { bucket: found.name, count: objects }]);
  return failed(['versionsLeft', { bucket: found.name, count: versions.length }]);
}

const judgeBucket = (fact: Fact['bucket']) =>
  fact.versions.length > 0 ? blocked('bucket-contents') : mustBeGone(({ name }: Bucket) => ['left', { name }])(fact);

const bucketLink = (place: TaskContext, found: Bucket | undefined) =>
  found ? s3Console.bucket(place, found.name) : s3Console.buckets(place);

/** The kinds of leftovers that only this lab has. */
const kinds = {
  machine: leftoverKind<StateMachine>({
    ...deleting('상태 머신을', 'ステートマシン', 'state machine'),
    left: {
      ko: '"{name}" 상태 머신이 남아 있습니다. 삭제합니다.',
      ja: 'ステートマシン "{name}" が残っています。削除してください。',
      en: 'The state machine "{name}" is left. Delete it.',
    },
    link: (place, found) => (found ? statesConsole.stateMachine(place, found.arn) : statesConsole.stateMachines(place)),
    fix: (place, { arn }) => statesDeletion.stateMachine(place, arn),
  }),
  rule: leftoverKind<EventRule>({
    ...deleting('관리형 규칙을', 'マネージドルール', 'managed rule'),
    left: {
      ko: '"{name}" 규칙이 남아 있습니다. Step Functions가 만든 규칙이므로 대상을 먼저 지우고 --force로 삭제합니다.',
      ja: 'ルール "{name}" が残っています。Step Functions が作ったものなので、ターゲットを外してから --force で削除してください。',
      en: 'The rule "{name}" is left. Step Functions made it: remove its targets first, then delete it with --force.',
    },
    link: (place) => eventsConsole.rule(place, MANAGED_RULE),
    fix: (place, { name }) => eventsDeletion.rule(place, name, { managed: true }),
  }),
  bucket: leftoverKind<Bucket>({
    ...deleting('S3 버킷을', 'S3 バケット', 'S3 bucket'),
    left: {
      ko: '"{name}" 버킷이 남아 있습니다. 비어 있으므로 버킷을 삭제합니다.',
      ja: 'バケット "{name}" が残っています。削除してください。',
      en: 'The bucket "{name}" is left. Delete it.',
    },
    link: bucketLink,
    fix: (place, { name, region = place.region }) => s3Deletion.bucketWithObjects({ ...place, region }, name, 0),
  }),
} as const;

/** The move that cleans up everything but this. */
const leave = (id: string, kept: Kept) => ({ id, instead: (account: PracticeAccount) => cleanUp(account, kept) });

/** The check of one of the two roles. */
const role = (id: string, order: number, left: ReturnType<typeof leave>, texts: ReturnType<typeof deleting>) =>
  leftover.role({ id, title: texts.title, step: 9, order, leave: { ...left, title: texts.leave } });

const on = expectationsOn<typeof observe>();
const machine = kinds.machine({ id: 'state-machine', step: 1, order: 1, leave: leave('machine-left', 'machine') });

export default defineTask({
  ...cleanupBy((account) => cleanUp(account)),
  reads,
  observe,
  expectations: [
    on.machine({
      ...machine,
      judge: judgeMachine,
      observed: ({ found }) => found?.status ?? found?.name ?? null,
      says: {
        ...machine.says,
        machineDeleting: {
          ko: '"{machine}" 상태 머신을 삭제하는 중입니다. 실행 중인 것이 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ステートマシン "{machine}" を削除しています。実行中のものが終わるまで待ってから、もう一度確認してください。',
          en: 'The state machine "{machine}" is being deleted. Wait until its last execution has ended and check again.',
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
    on.rule({ ...kinds.rule({ id: 'event-rule', step: 2, order: 2, leave: leave('rule-left', 'rule') }), judge: judgeRule }),
    on.project(leftover.project({ id: 'project', step: 3, order: 3, leave: leave('project-left', 'project') })),
    on.bucket({
      id: 'bucket-contents',
      title: { ko: '버킷을 비웠습니다', ja: 'バケットを空にした', en: 'The bucket is emptied' },
      step: 5,
      expected: 0,
      judge: judgeContents,
      observed: ({ objects, versions }) => ({ objects, versions: versions.length }),
      resource: ({ found }) => found?.name,
      console: ({ found }, place) => bucketLink(place, found),
      order: 4,
      fix: ({ found, versions }, place) =>
        found && versions.length > 0 ? s3Deletion.bucketWithObjects(place, found.name, bytesOf(versions)) : undefined,
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
          instead: (account) => cleanUp(account, 'objects'),
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
      ...kinds.bucket({
        id: 'bucket',
        step: 6,
        order: 5,
        leave: {
          ...leave('bucket-left', 'bucket'),
          title: { ko: '빈 버킷을 남깁니다', ja: '空のバケットを残す', en: 'Leave the empty bucket' },
        },
      }),
      judge: judgeBucket,
      observed: ({ found, count }) => (found ? { bucket: found.name, count } : null),
    }),
    on.registry({
      ...leftover.imageRepository({ id: 'image-repository-gone', step: 7, order: 6, leave: leave('repository-left', 'repository') }),
      fix: ({ found, bytes }, place) => found && ecrDeletion.repositoryWithImages(place, found.name, bytes),
    }),
    on.logGroup(leftover.logGroup({ id: 'log-group', step: 8, order: 7, leave: leave('log-group-left', 'logs') })),
    on.buildRole(role('build-role', 8, leave('build-role-left', BUILD_ROLE), deleting('빌드 역할을', 'ビルドのロール', 'build role'))),
    on.machineRole(
      role('machine-role-gone', 9, leave('machine-role-left', MACHINE_ROLE), deleting('실행 역할을', '実行のロール', 'execution role')),
    ),
  ],
});
