import {
  type Bucket,
  type BucketEncryption,
  closest,
  defineTask,
  failed,
  type Image,
  incomplete,
  notStarted,
  type PublicAccessBlock,
  passed,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { labBucket } from './buckets.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_PREFIX, imageUriOf, OTHER_REGIONS, REPOSITORY, TAG } from './names.ts';

interface OfBucket {
  readonly bucket: Bucket | undefined;
}

interface Found extends OfBucket {
  /** A bucket whose name is nearly right. */
  readonly namedOtherwise: string | undefined;
}

interface Place extends OfBucket {
  readonly region: string | undefined;
}

interface Blocked extends OfBucket {
  readonly block: PublicAccessBlock | undefined;
}

interface Encrypted extends OfBucket {
  readonly encryption: BucketEncryption | undefined;
}

const SETTINGS = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;
const open = ({ block }: Blocked) => SETTINGS.filter((setting) => block?.[setting] !== true);
/** As the text and the console spell it. */
const spelled = (setting: string) => `${setting.slice(0, 1).toUpperCase()}${setting.slice(1)}`;

const usesKms = ({ encryption }: Encrypted) => encryption?.algorithm === 'aws:kms' || encryption?.algorithm === 'aws:kms:dsse';

const ofBucket = {
  resource: ({ bucket }: OfBucket) => bucket?.name,
  console: ({ bucket }: OfBucket, { console }: TaskContext) => (bucket ? console.bucket(bucket.name) : console.buckets()),
} as const;

function judgeImage(images: readonly Image[] | undefined, context: TaskContext): Verdict<Says> {
  const tags = (images ?? []).flatMap((image) => image.tags);
  if (tags.includes(TAG)) return passed();
  const [other] = tags;
  if (other !== undefined) return failed(['imageOtherTag', { found: other, expected: TAG, repository: REPOSITORY }]);
  return failed(['imageMissing', { repository: REPOSITORY, image: imageUriOf(context) }]);
}

export default defineTask({
  id: 'task-1',
  messages,
  reads: {
    buckets: readers.s3.buckets,
    bucketRegion: readers.s3.bucketRegion,
    publicAccessBlock: readers.s3.publicAccessBlock,
    encryption: readers.s3.encryption,
    repository: readers.ecr.repository,
    images: readers.ecr.images,
  },
  observe(aws, { region }) {
    const buckets = aws.buckets('');
    const bucket = buckets.then(labBucket);
    const found = buckets.then((all): Found => {
      const others = all.map(({ name }) => name).filter((name) => /nginx.*tar|tar.*nginx/.test(name) && !name.startsWith(BUCKET_PREFIX));
      return { bucket: labBucket(all), namedOtherwise: closest(BUCKET_PREFIX, others, 1)[0] };
    });
    // A bucket is asked where it is; one that the list puts elsewhere answers only there.
    const here = bucket.then((one) => (one?.region === undefined || one.region === region ? one : undefined));
    const ask = <T>(question: (name: string) => Promise<T>) => here.then((one) => (one === undefined ? undefined : question(one.name)));
    const place = Promise.all([bucket, ask(aws.bucketRegion)]).then(
      ([one, there]): Place => ({ bucket: one, region: there ?? one?.region }),
    );
    const blocked = Promise.all([bucket, ask(aws.publicAccessBlock)]).then(([one, block]): Blocked => ({ bucket: one, block }));
    const encrypted = Promise.all([bucket, ask(aws.encryption)]).then(([one, encryption]): Encrypted => ({ bucket: one, encryption }));
    return { found, place, blocked, encrypted, repository: aws.repository(REPOSITORY), images: aws.images(REPOSITORY) };
  },
  expectations: {
    found: [
      {
        ...ofBucket,
        id: 'bucket-exists',
        step: 6,
        expected: `${BUCKET_PREFIX}…`,
        judge({ bucket, namedOtherwise }, { region }) {
          if (bucket !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['bucketNamedOtherwise', { found: namedOtherwise, prefix: BUCKET_PREFIX }]);
          return notStarted(['bucketMissing', { prefix: BUCKET_PREFIX, region }]);
        },
        observed: ({ bucket, namedOtherwise }) => bucket?.name ?? namedOtherwise ?? null,
      },
    ],
    place: [
      {
        ...ofBucket,
        id: 'bucket-region',
        step: 6,
        after: 'bucket-exists',
        expected: (_fact, { region }) => region,
        holds: (fact, { region }) => fact.region === region,
        otherwise: ({ bucket, region: found = '-' }, { region }) => ['bucketElsewhere', { bucket: bucket?.name ?? '-', found, region }],
        observed: ({ region }) => region ?? null,
      },
    ],
    blocked: [
      {
        ...ofBucket,
        id: 'public-access',
        step: 7,
        after: 'bucket-region',
        expected: Object.fromEntries(SETTINGS.map((setting) => [spelled(setting), true])),
        holds: (fact) => open(fact).length === 0,
        otherwise: (fact) => ['publicAccessOpen', { bucket: fact.bucket?.name ?? '-', settings: open(fact).map(spelled).join(', ') }],
        observed: ({ block }) => block && Object.fromEntries(SETTINGS.map((setting) => [spelled(setting), block[setting]])),
      },
    ],
    encrypted: [
      {
        ...ofBucket,
        id: 'bucket-encryption',
        step: 8,
        after: 'bucket-region',
        expected: 'aws:kms',
        holds: usesKms,
        otherwise: ({ bucket, encryption }) => [
          'encryptionDefault',
          { bucket: bucket?.name ?? '-', algorithm: encryption?.algorithm ?? '-' },
        ],
        observed: ({ encryption }) => encryption?.algorithm ?? null,
      },
      {
        ...ofBucket,
        id: 'bucket-key',
        step: 8,
        after: 'bucket-encryption',
        expected: true,
        judge({ bucket, encryption }) {
          // Dual-layer encryption knows no bucket keys.
          if (encryption?.bucketKey === true || encryption?.algorithm === 'aws:kms:dsse') return passed();
          if (encryption?.bucketKey === undefined) incomplete('s3:GetBucketEncryption', 'whether there is a bucket key');
          return failed(['bucketKeyOff', { bucket: bucket?.name ?? '-' }]);
        },
        observed: ({ encryption }) => encryption?.bucketKey ?? null,
      },
    ],
    repository: [
      {
        id: 'image-repository',
        step: 10,
        expected: REPOSITORY,
        judge: (repository, { region }) =>
          repository === undefined ? notStarted(['imageRepositoryMissing', { repository: REPOSITORY, region }]) : passed(),
        observed: (repository) => repository?.name ?? null,
        resource: (repository) => repository?.arn,
        console: (repository, { console }) => (repository ? console.ecrRepository(repository.name) : console.ecrRepositories()),
      },
    ],
    images: [
      {
        id: 'image-pushed',
        step: 12,
        after: 'image-repository',
        expected: TAG,
        judge: judgeImage,
        observed: (images) => images?.flatMap(({ tags }) => tags) ?? null,
        resource: (_images, context) => imageUriOf(context),
        console: (_images, { console }) => console.ecrRepository(REPOSITORY),
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['repository'],
    find: { 'image-repository': async (aws) => (await aws.repository(REPOSITORY))?.arn },
  },
  publishes: {
    place: ({ bucket }, { account }) => ({ AccountId: account, ...(bucket && { BucketName: bucket.name }) }),
  },
});
