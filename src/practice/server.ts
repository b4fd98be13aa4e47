import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRegionName, stateOf } from './account.ts';
import { authenticate } from './authenticate.ts';
import type { PracticeEndpoint, PracticeOptions } from './endpoint.ts';
import { faultReply, type Reply } from './fault-answer.ts';
import { readScope, SessionTokens, userCredentials } from './identity.ts';
import { createPager } from './paging.ts';
import { AwsError, CommonFailure } from './protocol/aws-error.ts';
import type { Answer } from './protocol/wire.ts';
import { AccountRegistry } from './registry.ts';
import { readBody } from './request-body.ts';
import { createRouter } from './route.ts';
import type { Neighbours } from './service.ts';
import { SERVICES } from './services/index.ts';

const HOST = '127.0.0.1';
// Longer than any client keeps an idle connection, so that none is closed just as it is used again.
const KEEP_ALIVE_MS = 120_000;
// What a timer can hold.
const LONGEST_LATENCY_MS = 2 ** 30;

/**
 * Serves emulated AWS accounts to real AWS clients on loopback, over AWS's own wire protocols.
 *
 * The access key names the account and the credential scope the region. Signatures are not checked and IAM policies are
 * not enforced: it is for practising and testing, and holds nothing worth guarding.
 */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeEndpoint> {
  const { port = 0, maxAccounts = 2000, onBug = reportBug } = options;
  let latencyMs = checkedLatency(options.latencyMs ?? 0);
  const accounts = new AccountRegistry(maxAccounts);
  const tokens = new SessionTokens(randomBytes(32));
  const route = createRouter(SERVICES);
  const neighbours: Neighbours = {
    account: (id) => accounts.find(id),
    accounts: () => accounts.all(),
    issueToken: (session) => tokens.issue(session),
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    serve(request, response, gone.signal).catch((error: unknown) => {
      // A client that leaves makes pending reads and waits fail: there is no one left to answer.
      if (!gone.signal.aborted && !request.destroyed) onBug(error, 'practice endpoint');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };

  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    account: (id) => accounts.open(id),
    credentials: (id) => userCredentials(accounts.open(id).id),
    arm: (id, fault) => accounts.open(id).faults.arm(fault),
    latency(ms) {
      latencyMs = checkedLatency(ms);
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  async function serve(request: IncomingMessage, response: ServerResponse, gone: AbortSignal): Promise<void> {
    const requestId = randomUUID();
    const body = await readBody(request);
    const { headers, method = '', url = '/' } = request;
    const target = headers['x-amz-target'];
    const routed = route({
      ...{ method, url, body: body ?? '', contentType: headers['content-type'] },
      service: readScope(headers.authorization ?? '')?.service,
      target: typeof target === 'string' ? target : undefined,
    });
    const { wire, name, found } = routed;
    const refused = (error: unknown, operation: string): Answer => {
      if (error instanceof AwsError || error instanceof CommonFailure) return wire.refuse(error, requestId);
      onBug(error, operation);
      return wire.refuse(new CommonFailure('bug', 'The practice endpoint failed to answer.'), requestId);
    };

    async function reply(): Promise<Reply> {
      if (wire.method !== 'any' && method !== wire.method)
        throw new CommonFailure('malformed', 'AWS JSON and Query requests are sent with POST.');
      const { account, caller, scope } = authenticate(headers, accounts, tokens);
      if (body === undefined) throw new CommonFailure('tooLarge', 'A request body has at most 1 MiB.');
      if (name === undefined) throw new CommonFailure('malformed', 'The request names no operation, in X-Amz-Target, Action or path.');
      const { region } = scope;
      const operation = `${scope.service}:${name}`;
      account.recordCall({ operation, region });
      const fault = account.faults.take(operation);
      const wait = latencyMs + (fault?.latencyMs ?? 0);
      if (wait > 0) await sleep(wait, undefined, { signal: gone });

      const answered = (): Answer => {
        if (found?.id !== scope.service)
          throw new CommonFailure('unknownOperation', `${operation} is not served by the practice endpoint.`);
        const input = wire.read(found.operation, { url, body });
        if (!isRegionName(region)) throw new CommonFailure('unknownKey', 'The security token included in the request is invalid.');
        const state = stateOf(account, found.id, account.region(region));
        const page = createPager(name, input, found.paging);
        return wire.answer(found.operation, found.operation.handle(input, { state, account, region, caller, neighbours, page }), requestId);
      };
      const answer = () => {
        try {
          return answered();
        } catch (error) {
          return refused(error, operation);
        }
      };
      if (fault?.fault === undefined) return { kind: 'answer', answer: answer() };
      return faultReply(fault.fault, { wire, requestId, operation, region, caller, answer });
    }

    try {
      send(response, await reply(), body === undefined);
    } catch (error) {
      if (gone.aborted) throw error;
      send(response, { kind: 'answer', answer: refused(error, name ?? 'a request') }, body === undefined);
    }
  }
}

function send(response: ServerResponse, reply: Reply, lastOfConnection: boolean): void {
  if (reply.kind === 'hang') return;
  const { status, headers, body } = reply.answer;
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.byteLength, ...(lastOfConnection && { connection: 'close' }) });
  if (reply.kind === 'answer') response.end(bytes);
  else response.write(bytes.subarray(0, bytes.byteLength >> 1), () => response.socket?.destroy());
}

function checkedLatency(ms: number): number {
  if (ms >= 0 && ms <= LONGEST_LATENCY_MS) return ms;
  throw new RangeError(`A latency is a number of milliseconds from 0: received ${ms}.`);
}

/** The error alone: requests hold credentials. */
function reportBug(error: unknown, operation: string): void {
  console.error(`Practice endpoint: ${operation} failed.`, error);
}
