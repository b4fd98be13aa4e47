import { z } from 'zod';
import type { Bound } from '../../../aws/reader.ts';
import type { TrailEvent } from '../../../aws/services/cloudtrail.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import type { pastEventReads } from '../cloudtrail/past-events.ts';

/** The successful calls of an operation of ECR on a repository, newest first, whether or not it is still there. */
export async function pastRepositoryCalls(
  aws: Bound<typeof pastEventReads>,
  { operation, repository }: { readonly operation: string; readonly repository: string },
): Promise<readonly TrailEvent[]> {
  const calls = await aws.trail({ by: 'EventName', value: operation });
  return calls.filter(
    ({ source, errorCode, requestParameters }) =>
      source === 'ecr.amazonaws.com' && errorCode === undefined && requestParameters?.['repositoryName'] === repository,
  );
}

/** The push of an image under this tag while a build ran, whether or not the image is still there. */
export async function pastPush(
  aws: Bound<typeof pastEventReads>,
  { repository, tag, build }: { readonly repository: string; readonly tag: string; readonly build: Build },
): Promise<TrailEvent | undefined> {
  const pushes = await aws.trail({ by: 'EventName', value: 'PutImage', from: build.startedAt });
  return pushes.find(
    ({ at, errorCode, requestParameters }) =>
      errorCode === undefined &&
      at >= build.startedAt &&
      (build.endedAt === undefined || at <= build.endedAt) &&
      requestParameters?.['repositoryName'] === repository &&
      requestParameters['imageTag'] === tag,
  );
}

const creation = z.object({
  encryptionConfiguration: z.object({ encryptionType: z.string() }).optional(),
  imageScanningConfiguration: z.object({ scanOnPush: z.boolean() }).optional(),
});

/**
 * How a repository of this name was made, newest first, whether or not it is still there. What its maker left to AWS is unset.
 * `encryption`: `AES256`, `KMS` or `KMS_DSSE`.
 */
export async function pastRepositories(aws: Bound<typeof pastEventReads>, name: string) {
  const events = await pastRepositoryCalls(aws, { operation: 'CreateRepository', repository: name });
  return events.map((event) => {
    // Parameters of another shape say nothing of how it was made.
    const { encryptionConfiguration, imageScanningConfiguration } = creation.catch({}).parse(event.requestParameters);
    return { event, encryption: encryptionConfiguration?.encryptionType, scanOnPush: imageScanningConfiguration?.scanOnPush };
  });
}

export type MadeRepository = Awaited<ReturnType<typeof pastRepositories>>[number];
