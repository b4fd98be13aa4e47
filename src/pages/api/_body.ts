import { badRequest, Problem } from './_problem.ts';

const MOST_BYTES = 16 * 1024;

/**
 * The JSON body of a request.
 * @param empty the value of a missing body; without it, a missing body is refused
 * @throws Problem 413 when it is larger than 16 KiB, 400 when it is not JSON.
 */
export async function boundedJson(request: Request, empty?: unknown): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Problem(413, 'Body too large', 'The body of this request may have at most 16 KiB.');
    chunks.push(chunk);
  }
  if (bytes === 0 && empty !== undefined) return empty;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw badRequest('The body of this request is not JSON.');
  }
}
