import type { Bound } from '../../aws/reader.ts';
import { ecr, ecrConsole, type Image } from '../../aws/services/ecr.ts';
import { type Bucket, s3, s3Console } from '../../aws/services/s3.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { incomplete } from '../engine/incomplete.ts';
import { closest } from '../engine/similar-names.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { failed, notStarted, passed } from '../engine/verdict.ts';
import { labBucket } from './buckets.ts';
import { BUCKET_PREFIX, imageUriOf, OTHER_REGIONS, REPOSITORY, TAG } from './names.ts';
import { BUCKET, prepare, retag } from './student.ts';
import { inVirginia } from './titles.ts';

interface OfBucket {
  readonly bucket: Bucket | undefined;
}

const SETTINGS = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;
/** As the text and the console spell it. */
const spelled = (setting: string) => `${setting.slice(0, 1).toUpperCase()}${setting.slice(1)}`;

const ofBucket = {
  resource: ({ bucket }: OfBucket) => bucket?.name,
  console: ({ bucket }: OfBucket, place: TaskContext) => (bucket ? s3Console.bucket(place, bucket.name) : s3Console.buckets(place)),
} as const;

const encrypt = (algorithm: 'AES256' | 'aws:kms') => (account: PracticeAccount) =>
  account.s3.putEncryption(BUCKET, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm }, BucketKeyEnabled: false });

function judgeImage(images: readonly Image[] | undefined, context: TaskContext) {
  const tags = (images ?? []).flatMap((image) => image.tags);
  if (tags.includes(TAG)) return passed();
  const [other] = tags;
  if (other !== undefined) return failed(['imageOtherTag', { found: other, expected: TAG, repository: REPOSITORY }]);
  return failed(['imageMissing', { repository: REPOSITORY, image: imageUriOf(context) }]);
}

const reads = {
  buckets: s3.buckets,
  bucketRegion: s3.bucketRegion,
  publicAccessBlock: s3.publicAccessBlock,
  encryption: s3.encryption,
  repository: ecr.repository,
  images: ecr.images,
} as const;

function observe(aws: Bound<typeof reads>, { region }: TaskContext) {
  const buckets = aws.buckets('');
  /** With a bucket whose name is nearly right. */
  const found = buckets.then((all) => {
    const others = all.map(({ name }) => name).filter((name) => /nginx.*tar|tar.*nginx/.test(name) && !name.startsWith(BUCKET_PREFIX));
    return { bucket: labBucket(all), namedOtherwise: closest(BUCKET_PREFIX, others, 1)[0] };
  });
  // A bucket is asked where it is; one that the list puts elsewhere answers only there.
  const ask = <Answer>(question: (name: string) => Promise<Answer>) =>
    found.then(async ({ bucket }) => {
      const isHere = bucket !== undefined && (bucket.region === undefined || bucket.region === region);
      return { bucket, name: bucket?.name ?? '-', answer: isHere ? await question(bucket.name) : undefined };
    });
  return {
    found,
    place: ask(aws.bucketRegion).then((asked) => ({ ...asked, region: asked.answer ?? asked.bucket?.region })),
    block: ask(aws.publicAccessBlock).then((asked) => ({ ...asked, open: SETTINGS.filter((setting) => asked.answer?.[setting] !== true) })),
    encryption: ask(aws.encryption),
    repository: aws.repository(REPOSITORY),
    images: aws.images(REPOSITORY),
  };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-1',
  title: { ko: 'S3 버킷과 이미지 준비', ja: 'S3 バケットとイメージの準備', en: 'S3 bucket and image' },
  reads,
  observe,
  solve: {
    id: 'prepare',
    title: { ko: '버킷과 이미지를 준비합니다', ja: 'バケットとイメージを用意する', en: 'Prepare bucket and image' },
    play: prepare,
  },
  expectations: [
    on.found({
      ...ofBucket,
      id: 'bucket-exists',
      title: { ko: '실습용 S3 버킷을 만들었습니다', ja: '演習用の S3 バケットを作成した', en: 'The S3 bucket exists' },
      step: 6,
      expected: `${BUCKET_PREFIX}…`,
      judge({ bucket, namedOtherwise }, { region }) {
        if (bucket !== undefined) return passed();
        if (namedOtherwise !== undefined) return failed(['bucketNamedOtherwise', { found: namedOtherwise, prefix: BUCKET_PREFIX }]);
        return notStarted(['bucketMissing', { prefix: BUCKET_PREFIX, region }]);
      },
      observed: ({ bucket, namedOtherwise }) => bucket?.name ?? namedOtherwise ?? null,
      says: {
        bucketMissing: {
          ko: '이름이 "{prefix}"(으)로 시작하는 버킷이 없습니다. {region} 리전에 버킷을 만듭니다.',
          ja: '名前が "{prefix}" で始まるバケットがありません。{region} リージョンにバケットを作成してください。',
          en: 'There is no bucket whose name begins with "{prefix}". Make one in {region}.',
        },
        bucketNamedOtherwise: {
          ko: '"{prefix}"(으)로 시작하는 버킷은 없고 "{found}" 버킷이 있습니다. 실습의 이름으로 다시 만듭니다.',
          ja: '"{prefix}" で始まるバケットはなく、"{found}" があります。演習の名前で作り直してください。',
          en: 'There is no bucket whose name begins with "{prefix}", but there is "{found}". Make it again with the name of the lab.',
        },
      },
      breaks: {
        'bucket-other-name': {
          title: { ko: '버킷 이름의 앞부분을 바꿉니다', ja: 'バケット名の先頭を変える', en: 'Begin the name of the bucket differently' },
          says: 'bucketNamedOtherwise',
          instead: (account) => prepare(account, { bucket: 'my-nginx-tars-20261120101530' }),
        },
      },
    }),
    on.place({
      ...ofBucket,
      id: 'bucket-region',
      title: { ko: '버킷이 올바른 리전에 있습니다', ja: 'バケットが正しいリージョンにある', en: 'The bucket is in the right region' },
      step: 6,
      after: 'bucket-exists',
      expected: (_fact, { region }) => region,
      holds: (fact, { region }) => fact.region === region,
      otherwise: ({ name: bucket, region: found = '-' }, { region }) => ['bucketElsewhere', { bucket, found, region }],
      observed: ({ region }) => region ?? null,
      says: {
        bucketElsewhere: {
          ko: '"{bucket}" 버킷이 {found} 리전에 있습니다. 버킷의 리전은 바꿀 수 없으므로 삭제하고 {region} 리전에 다시 만듭니다.',
          ja: 'バケット "{bucket}" は {found} リージョンにあります。リージョンは変えられないので、削除して {region} に作り直してください。',
          en: 'The bucket "{bucket}" is in {found}. A bucket cannot be moved: delete it and make it again in {region}.',
        },
      },
      breaks: {
        'bucket-in-virginia': inVirginia({ ko: '버킷을', ja: 'バケット', en: 'bucket' }, 'bucketElsewhere', (account, bucketRegion) =>
          prepare(account, { bucketRegion }),
        ),
      },
    }),
    on.block({
      ...ofBucket,
      id: 'public-access',
      title: {
        ko: '퍼블릭 액세스를 모두 차단했습니다',
        ja: 'パブリックアクセスをすべてブロックしている',
        en: 'All public access is blocked',
      },
      step: 7,
      after: 'bucket-region',
      expected: Object.fromEntries(SETTINGS.map((setting) => [spelled(setting), true])),
      holds: ({ open }) => open.length === 0,
      otherwise: ({ name: bucket, open }) => ['publicAccessOpen', { bucket, settings: open.map(spelled).join(', ') }],
      observed: ({ answer }) => answer && Object.fromEntries(SETTINGS.map((setting) => [spelled(setting), answer[setting]])),
      says: {
        publicAccessOpen: {
          ko: '"{bucket}" 버킷의 퍼블릭 액세스 차단 설정 가운데 꺼진 것이 있습니다: {settings}. 네 가지를 모두 켭니다.',
          ja: 'バケット "{bucket}" のパブリックアクセスのブロックで、次がオフです: {settings}。4 つともオンにしてください。',
          en: 'The bucket "{bucket}" does not block all public access; these are off: {settings}. Turn all four on.',
        },
      },
      breaks: {
        'public-access-partly': {
          title: {
            ko: '퍼블릭 액세스 차단을 하나 끕니다',
            ja: 'パブリックアクセスのブロックを 1 つオフにする',
            en: 'Turn one of the public access blocks off',
          },
          says: 'publicAccessOpen',
          play: (account) =>
            account.s3.putPublicAccessBlock(BUCKET, { ...account.s3.bucket(BUCKET)?.publicAccessBlock, BlockPublicPolicy: false }),
        },
        'public-access-removed': {
          title: {
            ko: '퍼블릭 액세스 차단 설정을 지웁니다',
            ja: 'パブリックアクセスのブロックの設定を消す',
            en: 'Remove the public access block',
          },
          says: 'publicAccessOpen',
          play: (account) => account.s3.putPublicAccessBlock(BUCKET, undefined),
        },
      },
    }),
    on.encryption({
      ...ofBucket,
      id: 'bucket-encryption',
      title: { ko: 'SSE-KMS 암호화를 선택했습니다', ja: 'SSE-KMS の暗号化を選んでいる', en: 'SSE-KMS encryption was chosen' },
      step: 8,
      after: 'bucket-region',
      expected: 'aws:kms',
      holds: ({ answer }) => answer?.algorithm === 'aws:kms' || answer?.algorithm === 'aws:kms:dsse',
      otherwise: ({ name: bucket, answer }) => ['encryptionDefault', { bucket, algorithm: answer?.algorithm ?? '-' }],
      observed: ({ answer }) => answer?.algorithm ?? null,
      says: {
        encryptionDefault: {
          ko: '"{bucket}" 버킷의 암호화가 {algorithm}입니다. 아무것도 고르지 않았을 때의 값이므로 SSE-KMS(aws:kms)를 선택합니다.',
          ja: 'バケット "{bucket}" の暗号化は {algorithm} です。何も選ばなかったときの値なので、SSE-KMS (aws:kms) を選んでください。',
          en: 'The bucket "{bucket}" is encrypted with {algorithm}, which is what a bucket has when nobody chooses. Choose SSE-KMS (aws:kms).',
        },
      },
      breaks: {
        'encryption-default': {
          title: { ko: 'AES256을 설정합니다', ja: 'AES256 を設定する', en: 'Set AES256' },
          says: 'encryptionDefault',
          play: encrypt('AES256'),
        },
      },
    }),
    on.encryption({
      ...ofBucket,
      id: 'bucket-key',
      title: { ko: '버킷 키가 켜져 있습니다', ja: 'バケットキーが有効になっている', en: 'The bucket key is on' },
      step: 8,
      after: 'bucket-encryption',
      expected: true,
      judge({ name: bucket, answer: encryption }) {
        // Dual-layer encryption knows no bucket keys.
        if (encryption?.bucketKey === true || encryption?.algorithm === 'aws:kms:dsse') return passed();
        if (encryption?.bucketKey === undefined) incomplete('s3:GetBucketEncryption', 'whether there is a bucket key');
        return failed(['bucketKeyOff', { bucket }]);
      },
      observed: ({ answer }) => answer?.bucketKey ?? null,
      says: {
        bucketKeyOff: {
          ko: '"{bucket}" 버킷의 버킷 키가 꺼져 있습니다. 객체마다 KMS를 호출하지 않도록 켭니다.',
          ja: 'バケット "{bucket}" のバケットキーが無効です。オブジェクトごとに KMS を呼び出さないように、有効にしてください。',
          en: 'The bucket key of "{bucket}" is off. Turn it on, so that not every object needs a call to KMS.',
        },
      },
      breaks: {
        'bucket-key-off': {
          title: { ko: '버킷 키를 켜지 않습니다', ja: 'バケットキーを有効にしない', en: 'Leave the bucket key off' },
          says: 'bucketKeyOff',
          play: encrypt('aws:kms'),
        },
      },
    }),
    on.repository({
      id: 'image-repository',
      title: { ko: 'ECR 리포지토리가 있습니다', ja: 'ECR リポジトリがある', en: 'The ECR repository exists' },
      step: 10,
      expected: REPOSITORY,
      judge: (repository, { region }) =>
        repository === undefined ? notStarted(['imageRepositoryMissing', { repository: REPOSITORY, region }]) : passed(),
      observed: (repository) => repository?.name ?? null,
      resource: (repository) => repository?.arn,
      console: (repository, place) => (repository ? ecrConsole.repository(place, repository.name) : ecrConsole.repositories(place)),
      says: {
        imageRepositoryMissing: {
          ko: '{region} 리전에 ECR 리포지토리 "{repository}"이(가) 없습니다. 리포지토리를 만듭니다.',
          ja: '{region} リージョンに ECR リポジトリ "{repository}" がありません。作成してください。',
          en: 'There is no ECR repository "{repository}" in {region}. Make it.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(REPOSITORY))?.arn },
      breaks: {
        'repository-in-virginia': inVirginia(
          { ko: 'ECR 리포지토리를', ja: 'ECR リポジトリ', en: 'ECR repository' },
          'foundElsewhere',
          (account, registryRegion) => prepare(account, { registryRegion }),
        ),
      },
    }),
    on.images({
      id: 'image-pushed',
      title: { ko: '저장할 이미지가 ECR에 있습니다', ja: '保存するイメージが ECR にある', en: 'The image to save is in ECR' },
      step: 12,
      after: 'image-repository',
      expected: TAG,
      judge: judgeImage,
      observed: (images) => images?.flatMap(({ tags }) => tags) ?? null,
      resource: (_images, context) => imageUriOf(context),
      console: (_images, place) => ecrConsole.repository(place, REPOSITORY),
      says: {
        imageMissing: {
          ko: 'ECR 리포지토리 "{repository}"에 이미지가 없습니다. 없는 이미지는 저장할 수 없으므로 먼저 푸시합니다: {image}',
          ja: 'ECR リポジトリ "{repository}" にイメージがありません。ないイメージは保存できないので、先にプッシュしてください: {image}',
          en: 'The ECR repository "{repository}" holds no image. What is not there cannot be saved; push it first: {image}',
        },
        imageOtherTag: {
          ko: 'ECR 리포지토리 "{repository}"에 "{expected}" 태그가 없고 "{found}" 태그가 있습니다. "{expected}" 태그로 푸시합니다.',
          ja: 'ECR リポジトリ "{repository}" にタグ "{expected}" がなく、"{found}" があります。"{expected}" のタグでプッシュしてください。',
          en: 'The ECR repository "{repository}" has no tag "{expected}", but "{found}". Push the image as "{expected}".',
        },
      },
      breaks: {
        'image-not-pushed': {
          title: { ko: '이미지를 푸시하지 않습니다', ja: 'イメージをプッシュしない', en: 'Do not push the image' },
          says: 'imageMissing',
          play: (account) => retag(account),
        },
        'image-other-tag': {
          title: { ko: '이미지를 latest 태그로 푸시합니다', ja: 'イメージを latest のタグでプッシュする', en: 'Push the image as latest' },
          says: 'imageOtherTag',
          play: (account) => retag(account, 'latest'),
        },
      },
    }),
  ],
  publishes: {
    place: ({ bucket }, { account }) => ({ AccountId: account, ...(bucket && { BucketName: bucket.name }) }),
  },
});
