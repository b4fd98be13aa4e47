import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as it came over the wire. */
export interface Ask {
  /** E.g. `codebuild`, from the signature. */
  readonly service: string;
  readonly region: string;
  /** E.g. `BatchGetProjects`; of S3 `GET` and the name of the sub-resource. */
  readonly operation: string;
  /** Members of the JSON body, or fields of the form. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly url: URL;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a server of a web framework answers when nobody has written the operation: a page, with 500. */
const NOT_WRITTEN: Reply = {
  status: 500,
  type: 'text/html; charset=utf-8',
  body: '<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>Something in the application broke.</p>\n',
};

// Such servers leave the type of JSON to the framework, which says HTML.
export const json = (body: unknown): Reply => ({ status: 200, type: 'text/html; charset=utf-8', body: JSON.stringify(body) });
export const jsonError = (code: string, message: string): Reply => ({ ...json({ message, __type: code }), status: 400 });

export const escaped = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
/** `<Name>value</Name>`; a value that is not there has no element. */
export const element = (name: string, value: string | undefined) => (value === undefined ? '' : `<${name}>${escaped(value)}</${name}>`);
export const xml = (operation: string, members: string): Reply => ({
  status: 200,
  type: 'text/xml',
  body: `<${operation}Response><${operation}Result>${members}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`,
});
export const xmlError = (code: string, message: string, status = 400): Reply => ({
  status,
  type: 'text/xml',
  body: `<?xml version="1.0"?>\n<ErrorResponse><Error><Type>Sender</Type>${element('Code', code)}${element('Message', message)}</Error><RequestId>r</RequestId></ErrorResponse>`,
});

async function askOf(incoming: IncomingMessage): Promise<Ask> {
  const body = await text(incoming);
  const [, region = '', service = ''] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
  const url = new URL(incoming.url ?? '/', 'http://foreign');
  const target = incoming.headers['x-amz-target'];
  if (typeof target === 'string') {
    return { service, region, url, operation: target.split('.').at(-1) ?? '', input: body === '' ? {} : JSON.parse(body) };
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  if (form['Action'] !== undefined) return { service, region, url, operation: form['Action'], input: form };
  const asked = ['location', 'publicAccessBlock', 'encryption', 'versioning', 'versions'].find((name) => url.searchParams.has(name));
  return { service, region, url, operation: `${incoming.method} ${asked ?? ''}`.trim(), input: Object.fromEntries(url.searchParams) };
}

export interface ForeignEndpoint extends AsyncDisposable {
  readonly url: string;
  /** `service:Operation` of everything that nobody has written. */
  readonly notWritten: ReadonlySet<string>;
}

/** A server on loopback that speaks AWS's protocols as well as somebody once needed. */
export async function serve(answer: (ask: Ask) => Reply | undefined): Promise<ForeignEndpoint> {
  const notWritten = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const ask = await askOf(incoming);
    const reply = answer(ask) ?? NOT_WRITTEN;
    if (reply === NOT_WRITTEN) notWritten.add(`${ask.service}:${ask.operation}`);
    outgoing.writeHead(reply.status, { 'content-type': reply.type, 'x-amzn-requestid': 'foreign' }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notWritten,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
