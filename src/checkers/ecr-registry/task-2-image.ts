import type { Bound } from '../../aws/reader.ts';
import { ecr } from '../../aws/services/ecr.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, notStarted, passed, undecided, waiting } from '../engine/verdict.ts';
import { imageUriOf, NAME, ofRepository, TAG } from './names.ts';
import { place, pushImage } from './student.ts';

const reads = { images: ecr.images, scan: ecr.scanFindings } as const;

const observe = (aws: Bound<typeof reads>) => ({ images: aws.images(NAME), scan: aws.scan(NAME, { tag: TAG }) });

const ofImage = { ...ofRepository, resource: (_fact: unknown, context: TaskContext) => `${imageUriOf(context)}:${TAG}` } as const;

/** Makes the scan of the pushed image end in another way. */
function scanAs(account: PracticeAccount, status: 'IN_PROGRESS' | 'FAILED' | 'UNSUPPORTED_IMAGE'): void {
  const { ecr } = place(account);
  const image = ecr.images(NAME).find(({ imageTags = [] }) => imageTags.includes(TAG));
  ecr.setScan(NAME, image?.imageDigest ?? '', { imageScanStatus: { status } });
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-2',
  title: { ko: '이미지 빌드와 푸시', ja: 'イメージのビルドとプッシュ', en: 'Build and push the image' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'push-latest',
    title: {
      ko: '이미지를 빌드해 latest로 푸시한다',
      ja: 'イメージをビルドして latest でプッシュする',
      en: 'Build the image and push it as latest',
    },
    play: (account) => pushImage(account),
  },
  expectations: [
    on.images({
      ...ofImage,
      id: 'image-pushed',
      title: { ko: 'latest 이미지가 ECR에 있다', ja: 'latest のイメージが ECR にある', en: 'The image latest is in ECR' },
      step: 5,
      expected: TAG,
      judge(images) {
        if (images === undefined) return blocked('task-1');
        const image = images.find(({ tags }) => tags.includes(TAG));
        if (image !== undefined) return passed({ observed: { digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
        if (images.length === 0) return notStarted(['imageMissing', { repository: NAME, tag: TAG }]);
        const tags = images.flatMap((one) => one.tags);
        return failed(['imageOtherTag', { repository: NAME, tag: TAG, found: tags.slice(0, 5).join(', ') || '-' }]);
      },
      observed: (images) => images?.flatMap(({ tags }) => tags).slice(0, 50),
      says: {
        imageMissing: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 이미지를 빌드하고 "{tag}" 태그로 푸시합니다.',
          ja: 'リポジトリ "{repository}" は空です。イメージをビルドし、タグ "{tag}" でプッシュしてください。',
          en: 'The repository "{repository}" is empty. Build the image and push it with the tag "{tag}".',
        },
        imageOtherTag: {
          ko: '"{repository}" 리포지토리에 "{tag}" 태그가 없고 다른 태그만 있습니다: {found}. `docker tag`로 태그를 붙이고 다시 푸시합니다.',
          ja: 'リポジトリ "{repository}" にタグ "{tag}" がなく、ほかのタグだけがあります: {found}。`docker tag` でタグを付けて、もう一度プッシュしてください。',
          en: 'The repository "{repository}" has no tag "{tag}", only others: {found}. Add the tag with `docker tag` and push again.',
        },
      },
      breaks: {
        'other-tag': {
          title: { ko: '다른 태그로 푸시한다', ja: '別のタグでプッシュする', en: 'Push under another tag' },
          says: 'imageOtherTag',
          instead: (account) => pushImage(account, 'v1'),
        },
      },
    }),
    on.scan({
      ...ofImage,
      id: 'image-scanned',
      title: { ko: '이미지의 스캔이 끝났다', ja: 'イメージのスキャンが終わった', en: 'The image has been scanned' },
      step: 7,
      after: 'image-pushed',
      expected: 'COMPLETE',
      judge(found) {
        const status = found?.status;
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
      },
      observed: (found) => found?.status ?? null,
      says: {
        scanMissing: {
          ko: '"{repository}" 리포지토리의 "{tag}" 이미지를 스캔한 적이 없습니다. `aws ecr start-image-scan`으로 스캔을 시작합니다.',
          ja: 'リポジトリ "{repository}" のイメージ "{tag}" は一度もスキャンされていません。`aws ecr start-image-scan` で始めてください。',
          en: 'The image "{tag}" of "{repository}" was never scanned. Start a scan with `aws ecr start-image-scan`.',
        },
        scanUnsupported: {
          ko: '"{tag}" 이미지는 스캔할 수 없는 종류입니다. `docker build --provenance=false`로 다시 빌드하고 푸시합니다.',
          ja: 'イメージ "{tag}" はスキャンできない種類です。`docker build --provenance=false` でビルドし直してプッシュしてください。',
          en: 'The image "{tag}" is of a kind that cannot be scanned. Build it again with `docker build --provenance=false` and push it.',
        },
        scanRunning: {
          ko: '이미지를 스캔하는 중입니다({status}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'イメージをスキャン中です ({status})。終わるまで待ってから、もう一度確認してください。',
          en: 'The image is being scanned ({status}). Wait until it has ended and check again.',
        },
        scanEnded: {
          ko: '스캔이 {status} 상태로 끝나 결과를 알 수 없습니다. 여러분의 실수가 아닐 수 있습니다. 스캔을 다시 시작하고 확인합니다.',
          ja: 'スキャンは {status} で終わり、結果は分かりません。あなたの誤りとは限りません。スキャンをやり直して確認してください。',
          en: 'The scan ended as {status}, so its result is not known. This need not be your mistake. Start the scan again and check.',
        },
      },
      breaks: {
        'pushed-before-scanning': {
          title: { ko: '스캔을 켜기 전에 푸시한다', ja: 'スキャンを有効にする前にプッシュする', en: 'Push before scanning is turned on' },
          says: 'scanMissing',
          instead(account) {
            place(account).ecr.updateRepository(NAME, { scanOnPush: false });
            pushImage(account);
          },
        },
        'manifest-list': {
          title: {
            ko: '스캔할 수 없는 매니페스트 목록을 푸시한다',
            ja: 'スキャンできないマニフェストリストをプッシュする',
            en: 'Push a manifest list, which cannot be scanned',
          },
          says: 'scanUnsupported',
          play: (account) => scanAs(account, 'UNSUPPORTED_IMAGE'),
        },
      },
      moments: {
        'scan-running': {
          title: { ko: '스캔이 아직 끝나지 않았다', ja: 'スキャンがまだ終わらない', en: 'The scan is still running' },
          says: 'scanRunning',
          play: (account) => scanAs(account, 'IN_PROGRESS'),
        },
        'scan-failed': {
          title: { ko: '스캔이 실패로 끝났다', ja: 'スキャンが失敗に終わった', en: 'The scan itself failed' },
          says: 'scanEnded',
          play: (account) => scanAs(account, 'FAILED'),
        },
      },
    }),
  ],
});
