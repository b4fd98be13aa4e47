/** Serves the built site: `npm start` after `npm run build`. PORT (4321) and HOST (127.0.0.1) choose where. */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import compression from 'compression';
import { accountMode } from '../src/accounts/mode.ts';
import { isOwnHost } from '../src/accounts/own-host.ts';
import { recoverSite } from '../src/build/site-folder.ts';

const SITE = new URL('../dist', import.meta.url);
const ENTRY = new URL('../dist/server/entry.mjs', import.meta.url);

/** What the build exports: the site as a request handler. */
interface Entry {
  handler(request: IncomingMessage, response: ServerResponse): void;
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

const port = process.env['PORT'] || '4321';
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) stop(`PORT is "${port}"; it must be a number from 0 to 65535.`);
const host = process.env['HOST'] || '127.0.0.1';
try {
  accountMode();
} catch (trouble) {
  stop((trouble as Error).message);
}
recoverSite(fileURLToPath(SITE));
if (!existsSync(ENTRY)) stop('The site has not been built yet: run "npm start", or "npm run build" first.');

// Otherwise the entry starts a server of its own when it is imported.
process.env['ASTRO_NODE_AUTOSTART'] = 'disabled';
const { handler } = (await import(ENTRY.href)) as Entry;
const compress = compression({
  // For a lab page, level 5 is a tenth smaller than the library's 4 and takes about as long. Higher levels cost more than they save.
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  // Results are streamed check by check. Compression would delay them.
  filter: (request, response) => !/event-stream/.test(String(response.getHeader('Content-Type'))) && compression.filter(request, response),
});
/** Pages of other sites may neither embed ours nor load anything from it, whatever the browser would allow. */
const OWN_PAGES_ONLY = {
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
};
const server = createServer((request, response) => {
  for (const [name, value] of Object.entries(OWN_PAGES_ONLY)) response.setHeader(name, value);
  // A site with credentials answers only under its own name: see src/pages/api/_door.ts.
  if (accountMode() === 'local' && !isOwnHost(request.headers.host ?? '', process.env['HOST'])) {
    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('This site looks at an account with local credentials and answers only at localhost.\n');
    return;
  }
  // The types are Express's, but a plain Node request and response are enough.
  compress(request as never, response as never, () => handler(request, response));
});

server.once('error', (trouble: NodeJS.ErrnoException) => {
  const place = `${host}:${port}`;
  if (trouble.code === 'EADDRINUSE')
    stop(`Something else already listens at ${place}: stop it, or choose another port, e.g. PORT=4400 npm start.`);
  if (trouble.code === 'EACCES') stop(`This user may not listen at ${place}: choose a port above 1023, e.g. PORT=4321 npm start.`);
  if (trouble.code === 'EADDRNOTAVAIL' || trouble.code === 'ENOTFOUND') stop(`HOST is "${host}", which is not an address of this machine.`);
  throw trouble;
});
server.listen(Number(port), host, () => {
  const { port: actual } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const whose =
    accountMode() === 'practice'
      ? 'practice accounts, made for this site; no AWS account is touched'
      : 'your own AWS credentials, read-only';
  if (accountMode() === 'local' && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    console.error(`HOST is ${host}: every program that reaches this machine there can look at your account through the site.`);
  }
  console.log(`Labproof is at http://${name}:${actual}/  (${whose}). Ctrl-C stops it.`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
