import type { Image } from '../../aws/services/ecr.ts';
import { says } from '../engine/texts.ts';
import { failed } from '../engine/verdict.ts';
import { NAME, TAG } from './names.ts';

/** What checks say when there is no image under the tag of the lab. */
export const PUSHED_IMAGE_SAYS = says({
  registryGone: {
    ko: '"{repository}" ECR 리포지토리가 없습니다. 태스크 4를 다시 하고 빌드합니다.',
    ja: 'ECR リポジトリ "{repository}" がありません。タスク 4 をやり直し、もう一度ビルドしてください。',
    en: 'There is no ECR repository "{repository}". Do task 4 again and build.',
  },
  imageMissing: {
    ko: '"{repository}" 리포지토리에 {tag} 태그의 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
    ja: 'リポジトリ "{repository}" に {tag} タグのイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
    en: 'The repository "{repository}" has no image tagged {tag}. Check that buildspec.yml pushes that tag, and build again.',
  },
});

export const pushedImage = (images: readonly Image[] | undefined) => images?.find(({ tags }) => tags.includes(TAG));

/** Why there is no image. @param images of the repository; `undefined` when there is no repository */
export const noImage = (images: readonly Image[] | undefined) =>
  images === undefined
    ? failed(['registryGone', { repository: NAME }] as const)
    : failed(['imageMissing', { repository: NAME, tag: TAG }] as const);
