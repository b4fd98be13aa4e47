import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 1024 * 1024;
// A client reads the refusal only after it has sent its body: so much of a body too large is taken in and thrown away.
const MOST_DISCARDED = 8 * MOST_BYTES;

/** Reads a body of at most 1 MiB. @returns `undefined` for a larger one. Rejects when the client leaves. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_DISCARDED) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MOST_DISCARDED) break;
    if (size <= MOST_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= MOST_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
