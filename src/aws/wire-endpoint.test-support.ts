import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSession, type SessionOptions } from './session.ts';

/** One HTTP answer, byte for byte, or a way of not answering. */
export type Reply =
  | { readonly status?: number; readonly type?: string; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'cut-off'
  | 'hang'
  | 'hang-in-body';

export interface WireRequest {
  /** `GetRepository`, from the target header or the form's Action; empty where neither names it. */
  readonly operation: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  readonly authorization: string;
  /** 1 for the first request of this operation. */
  readonly nth: number;
}

export interface WireEndpoint extends AsyncDisposable {
  readonly url: string;
  /** Operations in the order in which they arrived. */
  readonly requests: readonly WireRequest[];
}

/** A server on loopback that answers exactly the bytes a test wants. Tells nothing about AWS. */
export async function wireEndpoint(answer: (request: WireRequest) => Reply): Promise<WireEndpoint> {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    incoming.on('end', () => {
      const target = incoming.headers['x-amz-target'];
      const operation = (typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action')) ?? '';
      const nth = requests.filter((request) => request.operation === operation).length + 1;
      const request = { operation, url: incoming.url ?? '', body, nth, authorization: incoming.headers.authorization ?? '' };
      requests.push(request);
      give(outgoing, answer(request));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function give(outgoing: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  if (reply === 'cut-off' || reply === 'hang-in-body') {
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' });
    outgoing.write('{"projects":', () => {
      if (reply === 'cut-off') outgoing.destroy();
    });
    return;
  }
  const { status = 200, type = 'application/x-amz-json-1.1', body = '', headers = {} } = reply;
  outgoing.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

/** An answer of a JSON service. */
export const json = (body: unknown, status = 200): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'x-amzn-requestid': 'request-1' },
});

/** An error of a JSON service. */
export const jsonError = (code: string, message = 'no', status = 400): Reply => json({ __type: code, message }, status);

/** An answer of a Query service: the members of `<OperationResult>`. */
export const xml = (operation: string, members: string): Reply => ({
  type: 'text/xml',
  body: `<${operation}Response><${operation}Result>${members}</${operation}Result><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></${operation}Response>`,
});

/** An error of a Query service. */
export const xmlError = (code: string, message = 'no', status = 400): Reply => ({
  status,
  type: 'text/xml',
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`,
});

/** An answer of S3: the members of its root element. */
export const s3Xml = (root: string, members: string): Reply => ({
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${members}</${root}>`,
});

/** An error of S3. */
export const s3Error = (code: string, status = 400, message = 'no'): Reply => ({
  status,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>request-1</RequestId></Error>`,
});

export const identity: Reply = xml(
  'GetCallerIdentity',
  '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/tester</Arn><UserId>AIDA</UserId>',
);

/** Long enough for loopback on a busy machine, short enough to wait for. */
export const SHORT_ATTEMPT_MS = 700;

/** A session of an endpoint that waits between retries for no time that could be noticed. */
export const testSession = (endpoint: WireEndpoint, options: Partial<SessionOptions> = {}) =>
  openSession({
    region: 'ap-northeast-2',
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    timeouts: { attemptMs: 30_000, backoffMs: 1 },
    ...options,
  });
