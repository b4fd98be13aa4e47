import { z } from 'zod';
import { type Build, readers, type Stack, type StackCompletion, type TrailEvent } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import type { Json } from './result.ts';
import type { Evidence } from './task.ts';

/** What AWS keeps of a lab after its resources are gone: deleted stacks and management events for 90 days, builds for about a year. */

export const pastStackReads = {
  deletedStacks: readers.cloudformation.deletedStacks,
  pastStack: readers.cloudformation.stack,
  completion: readers.cloudformation.stackCompletion,
} as const;

export interface PastStack {
  readonly stack: Stack;
  readonly completion: StackCompletion;
}

// A student who starts over a few times is found; more tries than this say nothing new.
const MOST_TRIES = 3;

/** The newest deleted stack of this name that had once been complete. */
export async function pastStack(aws: Bound<typeof pastStackReads>, name: string): Promise<PastStack | undefined> {
  const tries = (await aws.deletedStacks(name)).slice(0, MOST_TRIES);
  const found = await Promise.all(
    tries.map(async ({ id }): Promise<PastStack | undefined> => {
      const [stack, completion] = await Promise.all([aws.pastStack(id), aws.completion(id)]);
      return stack && completion && { stack, completion };
    }),
  );
  return found.find((one) => one !== undefined);
}

/** The stack of this name: as it is, or as it was when it was deleted after it had been complete. */
export async function lastStack(aws: Bound<typeof pastStackReads>, name: string): Promise<Stack | undefined> {
  const [live, past] = await Promise.all([aws.pastStack(name), pastStack(aws, name)]);
  return live ?? past?.stack;
}

export const provenByStack = ({ stack, completion }: PastStack, observed: Json): Evidence => ({
  event: { at: completion.at.toISOString(), id: completion.eventId },
  observed,
  resource: stack.id,
});

export const pastBuildReads = {
  allBuildIds: readers.codebuild.buildIds,
  pastBuilds: readers.codebuild.builds,
} as const;

const MOST_BUILDS = 50;

/** The builds of a project, newest first, whether or not the project still exists. */
export async function pastBuilds(aws: Bound<typeof pastBuildReads>, project: string): Promise<readonly Build[]> {
  return aws.pastBuilds(await aws.allBuildIds({ project, limit: MOST_BUILDS }));
}

export const provenByBuild = (build: Build, observed: Json): Evidence => ({
  event: { at: build.startedAt.toISOString(), id: build.id },
  observed,
  resource: build.arn,
});

export const pastEventReads = { trail: readers.cloudtrail.lookUp } as const;

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

/** How an image repository was made. Members are unset when whoever made it left them to AWS. */
export interface MadeRepository {
  readonly event: TrailEvent;
  /** `AES256`, `KMS` or `KMS_DSSE`. */
  readonly encryption?: string | undefined;
  readonly scanOnPush?: boolean | undefined;
}

const creation = z.object({
  encryptionConfiguration: z.object({ encryptionType: z.string() }).optional(),
  imageScanningConfiguration: z.object({ scanOnPush: z.boolean() }).optional(),
});

/** How a repository of this name was made, newest first, whether or not it is still there. */
export async function pastRepositories(aws: Bound<typeof pastEventReads>, name: string): Promise<readonly MadeRepository[]> {
  const events = await pastRepositoryCalls(aws, { operation: 'CreateRepository', repository: name });
  return events.map((event) => {
    // Parameters of another shape say nothing of how it was made.
    const { encryptionConfiguration, imageScanningConfiguration } = creation.catch({}).parse(event.requestParameters);
    return { event, encryption: encryptionConfiguration?.encryptionType, scanOnPush: imageScanningConfiguration?.scanOnPush };
  });
}

export const provenByEvent = ({ id, at }: TrailEvent, observed: Json): Evidence => ({ event: { at: at.toISOString(), id }, observed });
