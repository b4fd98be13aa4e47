import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { allPages } from './pages.ts';

export interface ImageRepository {
  readonly name: string;
  readonly arn: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly uri: string;
  readonly createdAt?: Date | undefined;
  /** `MUTABLE`, `IMMUTABLE`, ... */
  readonly tagMutability?: string | undefined;
  readonly scanOnPush: boolean;
  /** `AES256`, `KMS`, ... */
  readonly encryption?: string | undefined;
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
          encryptionConfiguration: z.object({ encryptionType: z.string() }).optional(),
        }),
      ]),
    });
    const found = await aws.send(ECRClient, new DescribeRepositoriesCommand({ repositoryNames: [name] }), {
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
      scanOnPush: shape.imageScanningConfiguration?.scanOnPush ?? false,
      encryption: shape.encryptionConfiguration?.encryptionType,
    };
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

/** Every image of a repository, tagged or not, in no particular order. `undefined` when there is no such repository. */
const images = defineReader({
  name: 'ecr.images',
  calls: ['ecr:DescribeImages'],
  async read(aws, repositoryName: string): Promise<readonly Image[] | undefined> {
    const answer = z.object({ imageDetails: z.array(imageShape), nextToken: z.string().optional() });
    return allPages<Image>(
      async (nextToken) => {
        const command = new DescribeImagesCommand({ repositoryName, nextToken, maxResults: 1000 });
        const page = await aws.send(ECRClient, command, { answer, absent: NO_REPOSITORY });
        return page && { items: page.imageDetails, next: page.nextToken };
      },
      { operation: 'ecr:DescribeImages', maxPages: 20 },
    );
  },
});

export const ecr = { repository, images };
