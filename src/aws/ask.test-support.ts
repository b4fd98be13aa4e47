import { CannotLook } from './errors.ts';
import type { Reader } from './reader.ts';
import { identity, type Reply, testSession, type WireRequest, wireEndpoint } from './wire-endpoint.test-support.ts';

/** Asks a reader over the wire, with only its own declared calls allowed. */
export async function read<Args extends readonly unknown[], Facts>(
  reader: Reader<Args, Facts>,
  args: Args,
  answer: (request: WireRequest) => Reply,
): Promise<{ facts: Facts; bodies: readonly string[]; urls: readonly string[] }> {
  await using endpoint = await wireEndpoint((request) => (request.operation === 'GetCallerIdentity' ? identity : answer(request)));
  const caller = (await testSession(endpoint)).caller({ allowed: new Set(reader.calls) });
  const facts = await reader.read(caller, ...args);
  const requests = endpoint.requests.slice(1);
  return { facts, bodies: requests.map(({ body }) => body), urls: requests.map(({ url }) => url) };
}

/** What a reader makes of these answers, given one after another for each operation. */
export const factsOf = async <Args extends readonly unknown[], Facts>(
  reader: Reader<Args, Facts>,
  args: Args,
  ...replies: readonly Reply[]
) => (await read(reader, args, ({ nth }) => replies[nth - 1] ?? 'reset')).facts;

/** Why a reading failed. @throws Error when it did not, or failed with anything but CannotLook. */
export async function failure(reading: Promise<unknown>): Promise<CannotLook> {
  const outcome = await reading.then(
    (facts) => ({ facts }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof CannotLook) return outcome.error;
  throw new Error('error' in outcome ? 'Failed with another error.' : `Gave ${JSON.stringify(outcome.facts)}.`, {
    cause: 'error' in outcome ? outcome.error : undefined,
  });
}
