import {
  blocked,
  defineTask,
  failed,
  type Image,
  notStarted,
  passed,
  readers,
  type TaskContext,
  undecided,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { imageUriOf, NAME, TAG } from './names.ts';

/** `undefined` when there is no repository. */
type Images = readonly Image[] | undefined;

interface Scan {
  /** `undefined` when the image was never scanned. */
  readonly status: string | undefined;
}

const taggedImage = (images: Images) => images?.find(({ tags }) => tags.includes(TAG));

function judgeImage(images: Images): Verdict<Says> {
  if (images === undefined) return blocked('task-1');
  const image = taggedImage(images);
  if (image !== undefined) return passed({ observed: { digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
  const tags = images.flatMap((one) => one.tags);
  if (images.length === 0) return notStarted(['imageMissing', { repository: NAME, tag: TAG }]);
  return failed(['imageOtherTag', { repository: NAME, tag: TAG, found: tags.slice(0, 5).join(', ') || '-' }]);
}

function judgeScan({ status }: Scan): Verdict<Says> {
  switch (status) {
    case 'COMPLETE':
    case 'ACTIVE':
      return passed();
    case 'IN_PROGRESS':
    case 'PENDING':
      return waiting(['scanRunning', { status }], 20);
    case undefined:
      return failed(['scanMissing', { repository: NAME, tag: TAG }]);
    case 'UNSUPPORTED_IMAGE':
      return failed(['scanUnsupported', { tag: TAG }]);
    default:
      return undecided(['scanEnded', { status }]);
  }
}

const link = (_fact: unknown, { console }: TaskContext) => console.ecrRepository(NAME);

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-1'],
  reads: { images: readers.ecr.images, scan: readers.ecr.scanFindings },
  observe(aws) {
    const [images, scan] = [aws.images(NAME), aws.scan(NAME, { tag: TAG })];
    return { images, scan: scan.then((found): Scan => ({ status: found?.status })) };
  },
  expectations: {
    images: [
      {
        id: 'image-pushed',
        step: 5,
        expected: TAG,
        judge: judgeImage,
        observed: (images) => images?.flatMap(({ tags }) => tags).slice(0, 50),
        resource: (_fact, context) => `${imageUriOf(context)}:${TAG}`,
        console: link,
      },
    ],
    scan: [
      {
        id: 'image-scanned',
        step: 7,
        after: 'image-pushed',
        expected: 'COMPLETE',
        judge: judgeScan,
        observed: ({ status }) => status ?? null,
        resource: (_fact, context) => `${imageUriOf(context)}:${TAG}`,
        console: link,
      },
    ],
  },
});
