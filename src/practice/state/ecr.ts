import type { ImageDetail, ImageTagMutability, RegistryScanningConfiguration, Repository, ScanStatus } from '@aws-sdk/client-ecr';
import { ImpossibleMove, keepNewest, type Scope } from './scope.ts';

const MOST_IMAGES = 2000;

export interface NewEcrRepository {
  readonly imageTagMutability?: ImageTagMutability;
  readonly scanOnPush?: boolean;
  readonly encryptionType?: 'AES256' | 'KMS';
  /** ARN of the key. Default with `KMS`: ECR's own. */
  readonly kmsKey?: string;
}

export interface ImageScan {
  readonly status: ScanStatus;
  readonly description?: string;
  /** Number of findings by severity, e.g. `CRITICAL`. */
  readonly severities?: Readonly<Record<string, number>>;
  readonly completedAt?: Date;
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
  /**
   * Pushes an image. A tag it carries is taken away from the image that had it. Where pushes are scanned, by the repository's setting,
   * nothing is found. @throws ImpossibleMove without the repository.
   */
  putImage(repository: string, image: NewImage): ImageDetail;
  /** Deletes every image of the repository. @throws ImpossibleMove without the repository. */
  deleteImages(repository: string): void;
  /** Deletes the repository and its images (`--force`). @throws ImpossibleMove when there is none. */
  deleteRepository(name: string): void;
  /** Changes settings of a repository. @throws ImpossibleMove without the repository. */
  updateRepository(name: string, patch: Pick<NewEcrRepository, 'imageTagMutability' | 'scanOnPush'>): void;
  /** As an object or as text; `undefined` takes it away. @throws ImpossibleMove without the repository. */
  setRepositoryPolicy(repository: string, policy: object | string | undefined): void;
  /** As an object or as text; `undefined` takes it away. @throws ImpossibleMove without the repository. */
  setLifecyclePolicy(repository: string, policy: object | string | undefined): void;
  /** The registry's own setting for scans. */
  setRegistryScanning(configuration: RegistryScanningConfiguration): void;
  /** What the scan of an image says. @throws ImpossibleMove without the repository. */
  setScan(repository: string, digest: string, scan: ImageScan): void;
  repository(name: string): Repository | undefined;
  /** JSON text. @throws ImpossibleMove without the repository. */
  repositoryPolicy(repository: string): string | undefined;
  /** JSON text. @throws ImpossibleMove without the repository. */
  lifecyclePolicy(repository: string): string | undefined;
  registryScanning(): RegistryScanningConfiguration;
  /** @throws ImpossibleMove without the repository. */
  scan(repository: string, digest: string): ImageScan | undefined;
  /** In the order they were created. */
  repositories(): readonly Repository[];
  /** In the order they were pushed. @throws ImpossibleMove without the repository. */
  images(repository: string): readonly ImageDetail[];
}

interface Entry {
  repository: Repository;
  images: ImageDetail[];
  policy: string | undefined;
  lifecyclePolicy: string | undefined;
  /** By digest. */
  readonly scans: Map<string, ImageScan>;
}

const textOf = (policy: object | string | undefined) => (typeof policy === 'object' ? JSON.stringify(policy) : policy);

export function createEcrState({ account, region, clock, mint }: Scope): EcrState {
  const repositories = new Map<string, Entry>();
  let scanning: RegistryScanningConfiguration = { scanType: 'BASIC', rules: [] };
  const known = (name: string) => {
    const entry = repositories.get(name);
    if (!entry) throw new ImpossibleMove(`The repository with name '${name}' does not exist in the registry with id '${account}'.`);
    return entry;
  };
  // The key that ECR makes for itself in an account.
  const ownKey = () => `arn:aws:kms:${region}:${account}:key/${mint.uuid()}`;
  return {
    createRepository(name, { imageTagMutability = 'MUTABLE', scanOnPush = false, encryptionType = 'AES256', kmsKey } = {}) {
      if (repositories.has(name)) throw new ImpossibleMove(`The repository with name '${name}' already exists.`);
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
      repositories.set(name, { repository, images: [], policy: undefined, lifecyclePolicy: undefined, scans: new Map() });
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
      const scanned = entry.repository.imageScanningConfiguration?.scanOnPush;
      if (scanned && !manifest.includes('index') && !manifest.includes('list')) {
        entry.scans.set(digest, { status: 'COMPLETE', severities: {}, completedAt: clock.now() });
      }
      return image;
    },
    deleteImages(repository) {
      const entry = known(repository);
      entry.images = [];
      entry.scans.clear();
      clock.tick(1);
    },
    deleteRepository(name) {
      known(name);
      repositories.delete(name);
      clock.tick(1);
    },
    updateRepository(name, { imageTagMutability, scanOnPush }) {
      const entry = known(name);
      entry.repository = {
        ...entry.repository,
        ...(imageTagMutability !== undefined && { imageTagMutability }),
        ...(scanOnPush !== undefined && { imageScanningConfiguration: { scanOnPush } }),
      };
      clock.tick(1);
    },
    setRepositoryPolicy(name, policy) {
      known(name).policy = textOf(policy);
      clock.tick(1);
    },
    setLifecyclePolicy(name, policy) {
      known(name).lifecyclePolicy = textOf(policy);
      clock.tick(1);
    },
    setRegistryScanning(configuration) {
      scanning = structuredClone(configuration);
      clock.tick(1);
    },
    setScan(name, digest, scan) {
      known(name).scans.set(digest, structuredClone(scan));
    },
    repository: (name) => repositories.get(name)?.repository,
    repositoryPolicy: (name) => known(name).policy,
    lifecyclePolicy: (name) => known(name).lifecyclePolicy,
    registryScanning: () => scanning,
    scan: (name, digest) => known(name).scans.get(digest),
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
