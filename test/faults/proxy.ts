import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Fault, Protocol } from './kinds.ts';
import { isPaged, readPage, withManyItems, withSameToken } from './pages.ts';

export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** From now on `fault` meets `operation` (`*`: every one) in that account; undefined ends it. */
  arm(account: string, operation: string, fault: Fault | undefined): void;
  /** How many requests of that account the armed fault has met. */
  met(account: string): number;
}

interface Armed {
  readonly operation: string;
  readonly fault: Fault;
  met: number;
  spread: boolean;
}

/** Stands between the SDK and a practice endpoint, and lets calls of single accounts go wrong on the wire. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const target = new URL(upstream);
  const armed = new Map<string, Armed>();

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const { account, operation, protocol } = identify(incoming, body);
    const fault = take(armed.get(account), operation);
    if (fault === undefined) return copy(await forward(incoming, body), outgoing);
    const mishap = fault.mishap(protocol);
    if (mishap.kind === 'instead') {
      const { status, type, body: answer } = mishap.answer;
      outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(answer) }).end(answer);
    } else if (mishap.kind === 'reset') incoming.socket.resetAndDestroy();
    else if (mishap.kind === 'truncated' || mishap.kind === 'hang-in-body') {
      const { status, headers, answer } = await forward(incoming, body);
      outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(answer) + 2 });
      outgoing.write(answer.slice(0, answer.length >> 1), () => mishap.kind === 'truncated' && outgoing.destroy());
    } else if (mishap.kind === 'rewrite') {
      const whole = await forward(incoming, body);
      copy({ ...whole, answer: mishap.rewrite(whole.answer, protocol) }, outgoing);
    } else if (mishap.kind !== 'hang') {
      const asked = readPage(body, protocol);
      const { status, headers, answer } = await forward(incoming, asked.body);
      const changed = mishap.kind === 'same-token' ? withSameToken(answer, protocol) : withManyItems(answer, protocol, asked.page);
      copy({ status, headers, answer: status === 200 ? changed : answer }, outgoing);
    }
  }

  function forward(incoming: IncomingMessage, body: string): Promise<Upstream> {
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = incoming.headers;
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          const type = answer.headers['content-type'] ?? 'text/plain';
          const requestId = answer.headers['x-amzn-requestid'];
          const kept = { 'content-type': type, ...(typeof requestId === 'string' && { 'x-amzn-requestid': requestId }) };
          text(answer).then((all) => resolve({ status: answer.statusCode ?? 502, headers: kept, answer: all }), reject);
        },
      );
      call.on('error', reject).end(body);
    });
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm(account, operation, fault) {
      if (fault === undefined) armed.delete(account);
      else armed.set(account, { operation, fault, met: 0, spread: false });
    },
    met: (account) => armed.get(account)?.met ?? 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Upstream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: string;
}

function copy({ status, headers, answer }: Upstream, outgoing: ServerResponse): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(answer) }).end(answer);
}

/** The fault that meets this request, counted. */
function take(armed: Armed | undefined, operation: string): Fault | undefined {
  if (armed === undefined) return undefined;
  const { fault } = armed;
  const meets = operation === armed.operation || armed.operation === '*' || armed.spread;
  if (!meets || armed.met >= (fault.times ?? Number.POSITIVE_INFINITY)) return undefined;
  const { kind } = fault.mishap('json');
  if ((kind === 'same-token' || kind === 'many-items') && !isPaged(operation)) return undefined;
  armed.met += 1;
  if (fault.spreads) armed.spread = true;
  return fault;
}

function identify(
  { headers, method, url = '' }: IncomingMessage,
  body: string,
): { account: string; operation: string; protocol: Protocol } {
  const [, key = '', service = ''] = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const account = key.slice(-12);
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { account, operation: `${service}:${target.split('.').at(-1)}`, protocol: 'json' };
  const action = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(body).get('Action') : null;
  if (action !== null) return { account, operation: `${service}:${action}`, protocol: 'query' };
  const [path = '', query = ''] = url.split('?');
  const asked = new URLSearchParams(query);
  const named = path === '/' ? 'ListBuckets' : SUB_RESOURCES.find(([key]) => asked.has(key))?.[1];
  // One without a name here meets no fault, which the matrix tells.
  return { account, operation: `${service}:${named ?? `${method} ${url}`}`, protocol: 'rest-xml' };
}

/** S3 is the one REST service that is read: its requests name no operation, but a part of the bucket. */
const SUB_RESOURCES: readonly (readonly [key: string, operation: string])[] = [
  ['location', 'GetBucketLocation'],
  ['publicAccessBlock', 'GetPublicAccessBlock'],
  ['encryption', 'GetBucketEncryption'],
  ['versioning', 'GetBucketVersioning'],
  ['versions', 'ListObjectVersions'],
  ['list-type', 'ListObjectsV2'],
];
