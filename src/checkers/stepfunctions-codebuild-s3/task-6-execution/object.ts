import { s3Console } from '../../../aws/services/s3.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, passed, waiting } from '../../engine/verdict.ts';
import { believed } from '../../kit/codebuild/build-record.ts';
import { BUCKET_PREFIX, BUCKET_VARIABLE, KEY, KEY_VARIABLE } from '../names.ts';
import { BUCKET, createBucket, execute } from '../student.ts';
import { RUNNING_SAYS } from './execution.ts';
import { type Fact, on } from './facts.ts';

type Stored = Fact['stored'];

const MEGABYTE = 1024 * 1024;
/** S3 tells times in whole seconds, and the clocks of two services may differ. */
const CLOCK_SECONDS = 5;

function judgeObject({ target, object, build }: Stored) {
  if (target === undefined) {
    if (build !== undefined) believed(build);
    return failed(['targetUnknown', { bucket: BUCKET_VARIABLE, key: KEY_VARIABLE }]);
  }
  if (!target.bucket.startsWith(BUCKET_PREFIX)) return failed(['targetOtherBucket', { found: target.bucket, prefix: BUCKET_PREFIX }]);
  return object === undefined ? failed(['objectMissing', { ...target }]) : passed();
}

function judgeTime({ execution, running, build, object }: Stored) {
  if (object === undefined || build === undefined || execution === undefined) return blocked('object-exists');
  const slack = CLOCK_SECONDS * 1000;
  const written = object.modifiedAt.getTime();
  const end = (execution.stoppedAt ?? build.endedAt)?.getTime() ?? Number.POSITIVE_INFINITY;
  if (written < build.startedAt.getTime() - slack) return failed(['objectTooOld', { key: object.key, execution: execution.name }]);
  if (written <= end + slack) return passed();
  // An execution that is still running writes the same key again before it ends.
  if (running !== undefined) return waiting(['executionRunning', { execution: running.name }], 20);
  return failed(['objectTooNew', { key: object.key, execution: execution.name }]);
}

const objectUri = ({ target }: Stored) => target && `s3://${target.bucket}/${target.key}`;
const ofObject = {
  resource: objectUri,
  console: ({ target }: Stored, place: TaskContext) =>
    target ? s3Console.object(place, target.bucket, target.key) : s3Console.buckets(place),
} as const;

const byHand = (account: PracticeAccount) => account.s3.putObject(BUCKET, KEY, { sizeInBytes: 2 ** 21 });

/** What the build uploaded. */
export const object = [
  on.stored({
    ...ofObject,
    id: 'object-exists',
    title: {
      ko: '실행이 정한 버킷과 키에 객체가 있습니다',
      ja: '実行の指定したバケットとキーにオブジェクトがある',
      en: 'The object is in the bucket and key of the execution',
    },
    step: 6,
    after: 'build-succeeded',
    expected: objectUri,
    judge: judgeObject,
    observed: ({ object }) => object?.key ?? null,
    says: {
      targetUnknown: {
        ko: '빌드의 {bucket} 변수와 {key} 변수가 비어 있어 어디에 올렸는지 알 수 없습니다. 입력을 넘겨 다시 실행합니다.',
        ja: 'ビルドの変数 {bucket} と {key} が空なので、どこにアップロードしたか分かりません。入力を渡して、もう一度実行してください。',
        en: 'The variables {bucket} and {key} of the build are empty, so it is not known where it uploaded. Start another execution with its input.',
      },
      targetOtherBucket: {
        ko: '실행이 "{found}" 버킷에 올렸습니다. 이름이 "{prefix}"(으)로 시작하는 실습의 버킷을 입력에 적고 다시 실행합니다.',
        ja: '実行はバケット "{found}" にアップロードしました。名前が "{prefix}" で始まる演習のバケットを入力に書き、もう一度実行してください。',
        en: 'The execution uploaded to the bucket "{found}". Write the bucket of the lab, whose name begins with "{prefix}", into the input and start another one.',
      },
      objectMissing: {
        ko: '"{bucket}" 버킷에 "{key}" 객체가 없습니다. 삭제했거나 올리지 않았으므로 다시 실행합니다.',
        ja: 'バケット "{bucket}" に "{key}" がありません。削除したか、アップロードされていません。もう一度実行してください。',
        en: 'The bucket "{bucket}" does not hold "{key}". It was deleted or never uploaded: start another execution.',
      },
    },
    breaks: {
      'target-empty': {
        title: { ko: '버킷과 키 없이 빌드합니다', ja: 'バケットとキーなしでビルドする', en: 'Build without bucket and key' },
        says: 'targetUnknown',
        instead: (account) => execute(account, { input: { artifactBucket: '', artifactKey: '' } }),
      },
      'target-other-bucket': {
        title: { ko: '다른 버킷에 올립니다', ja: '別のバケットにアップロードする', en: 'Upload to another bucket' },
        says: 'targetOtherBucket',
        instead(account) {
          createBucket(account, 'some-other-bucket');
          execute(account, { input: { artifactBucket: 'some-other-bucket', artifactKey: KEY } });
        },
      },
      'object-deleted': {
        title: { ko: '객체를 삭제합니다', ja: 'オブジェクトを削除する', en: 'Delete the object' },
        says: 'objectMissing',
        play: (account) => account.s3.deleteObject(BUCKET, KEY),
      },
    },
  }),
  on.stored({
    ...ofObject,
    id: 'object-size',
    title: { ko: '객체가 1 MB보다 큽니다', ja: 'オブジェクトが 1 MB より大きい', en: 'The object is larger than 1 MB' },
    step: 6,
    after: 'object-exists',
    expected: `> ${MEGABYTE}`,
    holds: ({ object }) => object !== undefined && object.sizeBytes > MEGABYTE,
    otherwise: ({ object }) => ['objectTooSmall', { key: object?.key ?? '-', bytes: object?.sizeBytes ?? 0 }],
    observed: ({ object }) => object?.sizeBytes,
    says: {
      objectTooSmall: {
        ko: '"{key}" 객체가 {bytes}바이트뿐입니다. 이미지의 tar 파일이 아니므로 buildspec을 확인하고 다시 실행합니다.',
        ja: '"{key}" は {bytes} バイトしかありません。イメージの tar ファイルではないので、buildspec を確かめ、もう一度実行してください。',
        en: '"{key}" has only {bytes} bytes, which is no tar of an image. Look at the buildspec and start another execution.',
      },
    },
    breaks: {
      'object-empty': {
        title: { ko: '아주 작은 파일을 올립니다', ja: 'とても小さいファイルをアップロードする', en: 'Upload a tiny file' },
        says: 'objectTooSmall',
        instead: (account) => execute(account, { bytes: 512 }),
      },
    },
  }),
  on.stored({
    ...ofObject,
    id: 'object-time',
    title: {
      ko: '객체가 그 실행 중에 쓰였습니다',
      ja: 'オブジェクトがその実行のあいだに書かれた',
      en: 'The object was written during the execution',
    },
    step: 6,
    after: 'object-exists',
    expected: ({ build, execution }) =>
      build && { from: build.startedAt.toISOString(), to: (execution?.stoppedAt ?? build.endedAt)?.toISOString() ?? null },
    judge: judgeTime,
    observed: ({ object }) => object?.modifiedAt.toISOString(),
    says: {
      ...RUNNING_SAYS,
      objectTooOld: {
        ko: '"{key}" 객체는 "{execution}" 실행보다 먼저 쓰였습니다. 실행이 올린 것이 아니므로 다시 실행합니다.',
        ja: '"{key}" は実行 "{execution}" より前に書かれたものです。実行がアップロードしたものではないので、もう一度実行してください。',
        en: '"{key}" was written before the execution "{execution}", so it is not what that uploaded. Start another one.',
      },
      objectTooNew: {
        ko: '"{key}" 객체는 "{execution}" 실행이 끝난 뒤에 쓰였습니다. 손으로 올린 것일 수 있으므로 다시 실행합니다.',
        ja: '"{key}" は実行 "{execution}" が終わった後に書かれたものです。手でアップロードしたものかもしれません。もう一度実行してください。',
        en: '"{key}" was written after the execution "{execution}" had ended; it may have been uploaded by hand. Start another one.',
      },
    },
    breaks: {
      'object-before': {
        title: {
          ko: '실행 전에 손으로 올린 객체만 있습니다',
          ja: '実行の前に手でアップロードしたものだけがある',
          en: 'Only an object from before the execution is there',
        },
        says: 'objectTooOld',
        instead(account) {
          byHand(account);
          account.clock.tick(300);
          execute(account, { bytes: 0 });
        },
      },
      'object-by-hand': {
        title: { ko: '실행 뒤에 손으로 다시 올립니다', ja: '実行の後に手でアップロードし直す', en: 'Upload it again by hand' },
        says: 'objectTooNew',
        play(account) {
          account.clock.tick(300);
          byHand(account);
        },
      },
    },
  }),
];
