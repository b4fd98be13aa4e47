import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { jsonOrText } from './json-text.ts';
import { allPages } from './pages.ts';

export interface ImageRepository {
  readonly name: string;
  readonly arn: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly uri: string;
  readonly createdAt?: Date | undefined;
  /** `MUTABLE`, `IMMUTABLE`, ... */
  readonly tagMutability?: string | undefined;
  readonly scanOnPush?: boolean | undefined;
  /** `AES256`, `KMS`, ... */
  readonly encryption?: string | undefined;
  /** ARN of the key, with KMS encryption; ECR fills in its own key when none was chosen. */
  readonly kmsKey?: string | undefined;
}

export interface RegistryScanning {
  /** `BASIC` or `ENHANCED`. */
  readonly type: string;
  /** Which repositories are scanned, and when. */
  readonly rules: readonly {
    /** `SCAN_ON_PUSH`, `CONTINUOUS_SCAN` or `MANUAL`. */
    readonly frequency: string;
    /** Names with `*` as wildcard. */
    readonly repositories: readonly string[];
  }[];
}

export interface ScanFindings {
  /** `COMPLETE`, `IN_PROGRESS`, `FAILED`, `ACTIVE` (enhanced scanning), `UNSUPPORTED_IMAGE`, ... */
  readonly status: string;
  readonly description?: string | undefined;
  readonly completedAt?: Date | undefined;
  /** Number of findings by severity, e.g. `CRITICAL`. */
  readonly severities: Readonly<Record<string, number>>;
}

export interface Image {
  /** `sha256:<64 hexadecimal digits>`. */
  readonly digest: string;
  /** Empty for untagged images, such as the per-platform parts of a multi-architecture image. */
  readonly tags: readonly string[];
  readonly pushedAt: Date;
  readonly sizeBytes?: number | undefined;
  readonly mediaType?: string | undefined;
}

const NO_REPOSITORY = ['RepositoryNotFoundException'];

/** The image repository of this name. */
const repository = defineReader({
  name: 'ecr.repository',
  finds: 'image-repository',
  calls: ['ecr:DescribeRepositories'],
  async read(aws, name: string): Promise<ImageRepository | undefined> {
    const answer = z.object({
      repositories: z.tuple([
        z.object({
          repositoryName: z.literal(name),
          repositoryArn: z.string().min(1),
          repositoryUri: z.string().min(1),
          createdAt: z.date().optional(),
          imageTagMutability: z.string().optional(),
          imageScanningConfiguration: z.object({ scanOnPush: z.boolean().optional() }).optional(),
          encryptionConfiguration: z.object({ encryptionType: z.string().optional(), kmsKey: z.string().optional() }).optional(),
        }),
      ]),
    });
    const found = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.DescribeRepositoriesCommand({ repositoryNames: [name] }), {
      answer,
      absent: NO_REPOSITORY,
    });
    if (found === undefined) return undefined;
    const [shape] = found.repositories;
    return {
      name: shape.repositoryName,
      arn: shape.repositoryArn,
      uri: shape.repositoryUri,
      createdAt: shape.createdAt,
      tagMutability: shape.imageTagMutability,
      scanOnPush: shape.imageScanningConfiguration?.scanOnPush,
      encryption: shape.encryptionConfiguration?.encryptionType,
      kmsKey: shape.encryptionConfiguration?.kmsKey,
    };
  },
});

/** The names of all image repositories in the region. */
const repositoryNames = defineReader({
  name: 'ecr.repositoryNames',
  calls: ['ecr:DescribeRepositories'],
  async read(aws): Promise<readonly string[]> {
    const answer = z.object({ repositories: z.array(z.object({ repositoryName: z.string().min(1) })), nextToken: z.string().optional() });
    const found = await allPages<{ readonly repositoryName: string }>(
      async (nextToken) => {
        const page = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.DescribeRepositoriesCommand({ nextToken, maxResults: 1000 }), {
          answer,
        });
        return { items: page.repositories, next: page.nextToken };
      },
      { operation: 'ecr:DescribeRepositories', maxPages: 20 },
    );
    return found.map(({ repositoryName }) => repositoryName);
  },
});

const imageShape = z
  .object({
    imageDigest: z.string().min(1),
    imageTags: z.array(z.string()).optional(),
    imagePushedAt: z.date(),
    imageSizeInBytes: z.number().optional(),
    imageManifestMediaType: z.string().optional(),
  })
  .transform(
    ({ imageDigest, imageTags = [], imagePushedAt, imageSizeInBytes, imageManifestMediaType }): Image => ({
      digest: imageDigest,
      tags: imageTags,
      pushedAt: imagePushedAt,
      sizeBytes: imageSizeInBytes,
      mediaType: imageManifestMediaType,
    }),
  );

const imagesAnswer = z.object({ imageDetails: z.array(imageShape), nextToken: z.string().optional() });

/** Every image of a repository, tagged or not, in no particular order. `undefined` when there is no such repository. */
const images = defineReader({
  name: 'ecr.images',
  calls: ['ecr:DescribeImages'],
  async read(aws, repositoryName: string): Promise<readonly Image[] | undefined> {
    return allPages<Image>(
      async (nextToken) => {
        const command = new sdk.ecr.DescribeImagesCommand({ repositoryName, nextToken, maxResults: 1000 });
        const page = await aws.send(sdk.ecr.ECRClient, command, { answer: imagesAnswer, absent: NO_REPOSITORY });
        return page && { items: page.imageDetails, next: page.nextToken };
      },
      { operation: 'ecr:DescribeImages', maxPages: 20 },
    );
  },
});

const policyText = z.string().min(1).transform(jsonOrText);

/** The policy of a repository, parsed, or its text when it is no JSON. `undefined` when it has none, or there is no such repository. */
const repositoryPolicy = defineReader({
  name: 'ecr.repositoryPolicy',
  calls: ['ecr:GetRepositoryPolicy'],
  async read(aws, repositoryName: string): Promise<{ readonly document: unknown } | undefined> {
    const answer = z.object({ repositoryName: z.literal(repositoryName).optional(), policyText });
    const found = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.GetRepositoryPolicyCommand({ repositoryName }), {
      answer,
      absent: ['RepositoryPolicyNotFoundException', ...NO_REPOSITORY],
    });
    return found && { document: found.policyText };
  },
});

/** The lifecycle policy of a repository, parsed, or its text when it is no JSON. `undefined` when it has none, or there is no such repository. */
const lifecyclePolicy = defineReader({
  name: 'ecr.lifecyclePolicy',
  calls: ['ecr:GetLifecyclePolicy'],
  async read(aws, repositoryName: string): Promise<{ readonly document: unknown } | undefined> {
    const answer = z.object({ repositoryName: z.literal(repositoryName).optional(), lifecyclePolicyText: policyText });
    const found = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.GetLifecyclePolicyCommand({ repositoryName }), {
      answer,
      absent: ['LifecyclePolicyNotFoundException', ...NO_REPOSITORY],
    });
    return found && { document: found.lifecyclePolicyText };
  },
});

/** How the registry of this account and region scans images, besides what each repository says. */
const registryScanning = defineReader({
  name: 'ecr.registryScanning',
  calls: ['ecr:GetRegistryScanningConfiguration'],
  async read(aws): Promise<RegistryScanning> {
    const answer = z.object({
      scanningConfiguration: z.object({
        scanType: z.string().min(1),
        rules: z
          .array(z.object({ scanFrequency: z.string(), repositoryFilters: z.array(z.object({ filter: z.string() })).optional() }))
          .optional(),
      }),
    });
    const { scanningConfiguration } = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.GetRegistryScanningConfigurationCommand({}), {
      answer,
    });
    const { scanType, rules = [] } = scanningConfiguration;
    return {
      type: scanType,
      rules: rules.map(({ scanFrequency, repositoryFilters = [] }) => ({
        frequency: scanFrequency,
        repositories: repositoryFilters.map(({ filter }) => filter),
      })),
    };
  },
});

/** What the scan of an image found. `undefined` when the image was never scanned, or there is no such image or repository. */
const scanFindings = defineReader({
  name: 'ecr.scanFindings',
  calls: ['ecr:DescribeImageScanFindings'],
  probe: (name) => [name, { tag: 'latest' }],
  async read(
    aws,
    repositoryName: string,
    image: { readonly digest: string } | { readonly tag: string },
  ): Promise<ScanFindings | undefined> {
    const imageId = 'digest' in image ? { imageDigest: image.digest } : { imageTag: image.tag };
    const answer = z.object({
      imageScanStatus: z.object({ status: z.string().min(1), description: z.string().optional() }),
      imageScanFindings: z
        .object({ imageScanCompletedAt: z.date().optional(), findingSeverityCounts: z.record(z.string(), z.number()).optional() })
        .optional(),
    });
    const found = await aws.send(sdk.ecr.ECRClient, new sdk.ecr.DescribeImageScanFindingsCommand({ repositoryName, imageId }), {
      answer,
      absent: ['ScanNotFoundException', 'ImageNotFoundException', ...NO_REPOSITORY],
    });
    if (found === undefined) return undefined;
    return {
      status: found.imageScanStatus.status,
      description: found.imageScanStatus.description,
      completedAt: found.imageScanFindings?.imageScanCompletedAt,
      severities: found.imageScanFindings?.findingSeverityCounts ?? {},
    };
  },
});

export const ecr = { repository, repositoryNames, images, repositoryPolicy, lifecyclePolicy, registryScanning, scanFindings };
