import type { DescribeImageScanFindingsResponse, ImageDetail, RegistryScanningConfiguration, Repository } from '@aws-sdk/client-ecr';
import { impossible, keepNewest, Named, type Scope, textOf } from './scope.ts';

const MOST_IMAGES = 2000;

export interface NewEcrRepository {
  readonly imageTagMutability?: Repository['imageTagMutability'];
  readonly scanOnPush?: boolean;
  readonly encryptionType?: 'AES256' | 'KMS';
  /** ARN of the key. Default with `KMS`: ECR's own. */
  readonly kmsKey?: string;
}

/** What the scan of an image says, as `DescribeImageScanFindings` answers it. */
export type ImageScan = Pick<DescribeImageScanFindingsResponse, 'imageScanStatus' | 'imageScanFindings'>;

export interface NewImage {
  /** None: an untagged image, such as the child manifest of a multi-architecture image. */
  readonly tags?: readonly string[];
  /** `sha256:` and 64 hex digits; made up when left out. A digest that is already there gains the tags. */
  readonly digest?: string;
  readonly sizeInBytes?: number;
  readonly pushedAt?: Date;
  readonly mediaType?: string;
}

interface Entry {
  readonly repository: Repository;
  images: ImageDetail[];
  /** JSON text. */
  readonly policy?: string | undefined;
  /** JSON text. */
  readonly lifecyclePolicy?: string | undefined;
  /** By digest. */
  readonly scans: Map<string, ImageScan>;
}

export type EcrState = ReturnType<typeof createEcrState>;

export function createEcrState({ account, region, clock, mint }: Scope) {
  const missing = (name: string) => `The repository with name '${name}' does not exist in the registry with id '${account}'.`;
  const repositories = new Named<Entry>(clock, missing);
  let scanning: RegistryScanningConfiguration = { scanType: 'BASIC', rules: [] };
  // The key that ECR makes for itself in an account.
  const ownKey = () => `arn:aws:kms:${region}:${account}:key/${mint.uuid()}`;
  return {
    createRepository(
      name: string,
      { imageTagMutability = 'MUTABLE', scanOnPush = false, encryptionType = 'AES256', kmsKey }: NewEcrRepository = {},
    ): Repository {
      if (repositories.has(name)) impossible(`The repository with name '${name}' already exists.`);
      const repository: Repository = {
        repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
        registryId: account,
        repositoryName: name,
        repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
        createdAt: clock.tick(1),
        imageTagMutability,
        imageScanningConfiguration: { scanOnPush },
        encryptionConfiguration: { encryptionType, ...(encryptionType === 'KMS' && { kmsKey: kmsKey ?? ownKey() }) },
      };
      repositories.set(name, { repository, images: [], scans: new Map() });
      return repository;
    },
    /**
     * Pushes an image. A tag it carries is taken away from the image that had it. Where the repository scans pushes, nothing is found.
     */
    putImage(repository: string, image: NewImage): ImageDetail {
      const { tags = [], digest = `sha256:${mint.hex(64)}`, sizeInBytes = 61_234_567, pushedAt, mediaType } = image;
      const entry = repositories.known(repository);
      const same = entry.images.find(({ imageDigest }) => imageDigest === digest);
      const allTags = [...new Set([...(same?.imageTags ?? []), ...tags])];
      const manifest = mediaType ?? same?.imageManifestMediaType ?? 'application/vnd.docker.distribution.manifest.v2+json';
      const pushed: ImageDetail = {
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
      entry.images.push(pushed);
      keepNewest(entry.images, MOST_IMAGES);
      const scanned = entry.repository.imageScanningConfiguration?.scanOnPush;
      if (scanned && !manifest.includes('index') && !manifest.includes('list')) {
        const nothing = { imageScanCompletedAt: clock.now(), findingSeverityCounts: {}, findings: [] };
        entry.scans.set(digest, { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: nothing });
      }
      return pushed;
    },
    /** Deletes every image of the repository. */
    deleteImages: (repository: string) => repositories.change(repository, { images: [], scans: new Map() }),
    /** Deletes the repository and its images (`--force`). */
    deleteRepository: (name: string) => repositories.remove(name),
    /** Changes settings of a repository. */
    updateRepository(name: string, { imageTagMutability, scanOnPush }: Pick<NewEcrRepository, 'imageTagMutability' | 'scanOnPush'>): void {
      const repository = {
        ...repositories.known(name).repository,
        ...(imageTagMutability !== undefined && { imageTagMutability }),
        ...(scanOnPush !== undefined && { imageScanningConfiguration: { scanOnPush } }),
      };
      repositories.change(name, { repository });
    },
    /** As an object or as text; `undefined` takes it away. */
    setRepositoryPolicy: (name: string, policy: object | string | undefined) =>
      repositories.change(name, { policy: policy && textOf(policy) }),
    /** As an object or as text; `undefined` takes it away. */
    setLifecyclePolicy: (name: string, policy: object | string | undefined) =>
      repositories.change(name, { lifecyclePolicy: policy && textOf(policy) }),
    /** The registry's own setting for scans. */
    setRegistryScanning(configuration: RegistryScanningConfiguration): void {
      scanning = structuredClone(configuration);
      clock.tick(1);
    },
    /** What the scan of an image says. */
    setScan(name: string, digest: string, scan: ImageScan): void {
      repositories.known(name).scans.set(digest, structuredClone(scan));
    },
    repository: (name: string): Repository | undefined => repositories.get(name)?.repository,
    /** JSON text. */
    repositoryPolicy: (name: string): string | undefined => repositories.known(name).policy,
    /** JSON text. */
    lifecyclePolicy: (name: string): string | undefined => repositories.known(name).lifecyclePolicy,
    registryScanning: (): RegistryScanningConfiguration => scanning,
    scan: (name: string, digest: string): ImageScan | undefined => repositories.known(name).scans.get(digest),
    /** In the order they were created. */
    repositories: (): readonly Repository[] => Array.from(repositories.values(), ({ repository }) => repository),
    /** In the order they were pushed. */
    images: (repository: string): readonly ImageDetail[] => repositories.known(repository).images,
  };
}

/** An image that lost its last tag has no `imageTags` at all, as ECR reports it. */
function withoutTags(image: ImageDetail, tags: readonly string[]): ImageDetail {
  if (!image.imageTags?.some((tag) => tags.includes(tag))) return image;
  const { imageTags, ...rest } = image;
  const left = imageTags.filter((tag) => !tags.includes(tag));
  return left.length > 0 ? { ...rest, imageTags: left } : rest;
}
