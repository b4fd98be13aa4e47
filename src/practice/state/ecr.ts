import type { ImageDetail, ImageTagMutability, Repository } from '@aws-sdk/client-ecr';
import { ImpossibleMove, keepNewest, type Scope } from './scope.ts';

const MOST_IMAGES = 2000;

export interface NewEcrRepository {
  readonly imageTagMutability?: ImageTagMutability;
  readonly scanOnPush?: boolean;
  readonly encryptionType?: 'AES256' | 'KMS';
}

export interface NewImage {
  /** None: an untagged image, such as the child manifest of a multi-architecture image. */
  readonly tags?: readonly string[];
  /** `sha256:` and 64 hex digits; made up when left out. A digest that is already there gains the tags. */
  readonly digest?: string;
  readonly sizeInBytes?: number;
  readonly pushedAt?: Date;
  readonly mediaType?: string;
}

export interface EcrState {
  /** @throws ImpossibleMove when the repository exists. */
  createRepository(name: string, options?: NewEcrRepository): Repository;
  /** Pushes an image. A tag it carries is taken away from the image that had it. @throws ImpossibleMove without the repository. */
  putImage(repository: string, image: NewImage): ImageDetail;
  /** Deletes every image of the repository. @throws ImpossibleMove without the repository. */
  deleteImages(repository: string): void;
  /** Deletes the repository and its images (`--force`). @throws ImpossibleMove when there is none. */
  deleteRepository(name: string): void;
  repository(name: string): Repository | undefined;
  /** In the order they were created. */
  repositories(): readonly Repository[];
  /** In the order they were pushed. @throws ImpossibleMove without the repository. */
  images(repository: string): readonly ImageDetail[];
}

export function createEcrState({ account, region, clock, mint }: Scope): EcrState {
  const repositories = new Map<string, { readonly repository: Repository; images: ImageDetail[] }>();
  const known = (name: string) => {
    const entry = repositories.get(name);
    if (!entry) throw new ImpossibleMove(`The repository with name '${name}' does not exist in the registry with id '${account}'.`);
    return entry;
  };
  return {
    createRepository(name, { imageTagMutability = 'MUTABLE', scanOnPush = false, encryptionType = 'AES256' } = {}) {
      if (repositories.has(name)) throw new ImpossibleMove(`The repository with name '${name}' already exists.`);
      const repository: Repository = {
        repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
        registryId: account,
        repositoryName: name,
        repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
        createdAt: clock.tick(1),
        imageTagMutability,
        imageScanningConfiguration: { scanOnPush },
        encryptionConfiguration: { encryptionType },
      };
      repositories.set(name, { repository, images: [] });
      return repository;
    },
    putImage(repository, { tags = [], digest = `sha256:${mint.hex(64)}`, sizeInBytes = 61_234_567, pushedAt, mediaType }) {
      const entry = known(repository);
      const same = entry.images.find((image) => image.imageDigest === digest);
      const allTags = [...new Set([...(same?.imageTags ?? []), ...tags])];
      const manifest = mediaType ?? same?.imageManifestMediaType ?? 'application/vnd.docker.distribution.manifest.v2+json';
      const image: ImageDetail = {
        registryId: account,
        repositoryName: repository,
        imageDigest: digest,
        imageSizeInBytes: sizeInBytes,
        imagePushedAt: pushedAt ?? same?.imagePushedAt ?? clock.tick(5),
        imageManifestMediaType: manifest,
        artifactMediaType: 'application/vnd.docker.container.image.v1+json',
        ...(allTags.length > 0 && { imageTags: allTags }),
      };
      entry.images = entry.images.filter((other) => other !== same).map((other) => withoutTags(other, tags));
      entry.images.push(image);
      keepNewest(entry.images, MOST_IMAGES);
      return image;
    },
    deleteImages(repository) {
      known(repository).images = [];
      clock.tick(1);
    },
    deleteRepository(name) {
      known(name);
      repositories.delete(name);
      clock.tick(1);
    },
    repository: (name) => repositories.get(name)?.repository,
    repositories: () => Array.from(repositories.values(), ({ repository }) => repository),
    images: (repository) => known(repository).images,
  };
}

/** An image that lost its last tag has no `imageTags` at all, as ECR reports it. */
function withoutTags(image: ImageDetail, tags: readonly string[]): ImageDetail {
  if (!image.imageTags?.some((tag) => tags.includes(tag))) return image;
  const { imageTags, ...rest } = image;
  const left = imageTags.filter((tag) => !tags.includes(tag));
  return left.length > 0 ? { ...rest, imageTags: left } : rest;
}
