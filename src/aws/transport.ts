import type { HttpResponse } from '@smithy/core/protocols';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest, RequestHandler } from '@smithy/types';
import { sdkModule } from './sdk-module.ts';

const http = sdkModule<typeof import('@smithy/node-http-handler')>('@smithy/node-http-handler');

/** The connection gave no whole answer. Not an SDK error, so the SDK does not retry it by itself. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly kind: 'timeout' | 'cut-off' | 'too-large';

  constructor(kind: NoAnswer['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A request for a host that is not AWS and was not named by whoever runs this. */
export class ForeignHost extends Error {
  override readonly name = 'ForeignHost';
}

/** The domains of AWS's endpoints and sign-in in all its partitions. */
const AWS_HOST =
  /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|aws\.amazon\.com|api\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/** Hosts that are named for us: by the caller, or in AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>. */
function namedHosts(endpoint: string | undefined, environment: NodeJS.ProcessEnv): ReadonlySet<string> {
  const fromEnvironment = Object.entries(environment).flatMap(([name, url]) => (/^AWS_ENDPOINT_URL(_|$)/.test(name) && url ? [url] : []));
  const urls = [...fromEnvironment, ...(endpoint === undefined ? [] : [endpoint])].filter((url) => URL.canParse(url));
  return new Set(urls.map((url) => new URL(url).hostname));
}

/** The largest answer that is read, in bytes. The largest of our reads, GetFile, is below 9 MB. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const CONNECT_MS = 3_000;

// One pool for the process: clients are cheap, connection pools are not.
let shared: NodeHttpHandler | undefined;
function pool(): NodeHttpHandler {
  shared ??= new http.NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    throwOnRequestTimeout: true,
    // The last net, for a socket that falls silent without anybody waiting on it; deadlines below are what ends a slow call.
    socketTimeout: 120_000,
    httpAgent: { maxSockets: 512 },
    httpsAgent: { maxSockets: 512 },
  });
  return shared;
}

/**
 * The way out of the process, over the shared pool. Each attempt has `attemptMs` from connecting to the last byte of the body,
 * so a server that stops in the middle of its answer cannot hold a call. Bodies arrive whole or not at all.
 * Nothing leaves for a host that is neither AWS's nor `endpoint`'s nor named in AWS_ENDPOINT_URL.
 *
 * @throws NoAnswer when the attempt took too long, or the body was cut off or too large
 * @throws ForeignHost before anything is sent
 */
export function boundedTransport(
  attemptMs: number,
  { endpoint, environment = process.env }: { endpoint?: string | undefined; environment?: NodeJS.ProcessEnv } = {},
): RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  const named = namedHosts(endpoint, environment);
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal } = {}) {
      if (!named.has(request.hostname) && !AWS_HOST.test(request.hostname)) {
        throw new ForeignHost(`${request.hostname} is not an endpoint of AWS; name it in AWS_ENDPOINT_URL if it is meant`);
      }
      // One controller for both ends, as AbortSignal.any() costs more than the rest of this function.
      const end = new AbortController();
      const stop = () => end.abort();
      if (abortSignal?.aborted) stop();
      else if (abortSignal instanceof AbortSignal) abortSignal.addEventListener('abort', stop, { once: true });
      const { signal } = end;
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        stop();
      }, attemptMs);
      try {
        // The pool wants the SDK's own request class, which is what a client hands over.
        const { response } = await pool().handle(request as Parameters<NodeHttpHandler['handle']>[0], { abortSignal: signal });
        response.body = await readWhole(response.body, signal);
        return { response };
      } catch (error) {
        if (late) throw new NoAnswer('timeout', `no whole answer within ${attemptMs} ms`);
        // The pool calls resets TimeoutError too; they carry a code, a connection that takes too long does not.
        if (error instanceof Error && error.name === 'TimeoutError' && !('code' in error))
          throw new NoAnswer('timeout', `no connection within ${CONNECT_MS} ms`);
        throw error;
      } finally {
        clearTimeout(timer);
        if (abortSignal instanceof AbortSignal) abortSignal.removeEventListener('abort', stop);
      }
    },
    // The pool belongs to the process, never to one client.
    destroy() {},
  };
}

/** The whole body. The pool ends it with an error when `signal` aborts. */
async function readWhole(body: AsyncIterable<unknown>, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const part = Buffer.from(chunk as Uint8Array);
      bytes += part.byteLength;
      if (bytes > MAX_ANSWER_BYTES) throw new NoAnswer('too-large', `an answer of more than ${MAX_ANSWER_BYTES} bytes`);
      chunks.push(part);
    }
  } catch (error) {
    if (error instanceof NoAnswer || signal.aborted) throw error;
    throw new NoAnswer('cut-off', 'the connection ended in the middle of the answer');
  }
  return Buffer.concat(chunks);
}
