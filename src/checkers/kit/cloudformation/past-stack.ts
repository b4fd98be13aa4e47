import type { Bound } from '../../../aws/reader.ts';
import { cloudformation, type Stack, type StackCompletion } from '../../../aws/services/cloudformation.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';

/** AWS keeps deleted stacks and their events for 90 days. */
export const pastStackReads = {
  deletedStacks: cloudformation.deletedStacks,
  pastStack: cloudformation.stack,
  completion: cloudformation.stackCompletion,
} as const;

export interface PastStack {
  readonly stack: Stack;
  readonly completion: StackCompletion;
}

// Students start over a few times; looking at more deleted stacks than this finds nothing new.
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
