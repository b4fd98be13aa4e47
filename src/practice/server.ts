import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRegionName, stateOf } from './account.ts';
import { authenticate } from './authenticate.ts';
import { faultReply, type Reply } from './fault-answer.ts';
import type { PracticeFault } from './faults.ts';
import { SessionTokens, userCredentials } from './identity.ts';
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

export interface PracticeOptions {
  /** Most accounts kept; the one unused for longest goes first. Default 2000. */
  readonly maxAccounts?: number;
  /** Told of an error that is the endpoint's own fault (the client gets `InternalFailure`). Default: stderr. */
  readonly onBug?: (error: unknown, operation: string) => void;
}

/** A running endpoint: give `url` as `endpoint` to any SDK client, with `credentials(id)`. */
export type PracticeEndpoint = Awaited<ReturnType<typeof startPractice>>;

/**
 * Serves emulated AWS accounts to real AWS clients on loopback, over AWS's own wire protocols.
 *
 * The access key names the account and the credential scope the region. Signatures are not checked and IAM policies are
 * not enforced: it is for practising and testing, and holds nothing worth guarding.
 */
export async function startPractice({ maxAccounts = 2000, onBug = reportBug }: PracticeOptions = {}) {
  let latencyMs = 0;
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
  // Any free port.
  await once(server.listen(0, HOST), 'listening');
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };

  return {
    /** E.g. `http://127.0.0.1:40123`. */
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    /** The account, made on demand. Only accounts asked for here or by `credentials` can be called. @throws RangeError unless 12 digits. */
    account: (id: string) => accounts.open(id),
    /** Long-lived keys of a user of that account; the same for the same id. @throws RangeError unless `id` is 12 digits. */
    credentials: (id: string) => userCredentials(accounts.open(id).id),
    /** Arms a fault for one account. */
    arm: (id: string, fault: PracticeFault) => accounts.open(id).faults.arm(fault),
    /** Delays every answer of the endpoint by `ms` milliseconds from now on. */
    latency(ms: number) {
      if (!(ms >= 0 && ms <= LONGEST_LATENCY_MS)) throw new RangeError(`A latency is a number of milliseconds from 0: received ${ms}.`);
      latencyMs = ms;
    },
    /** Stops serving: hung requests are ended, connections closed. Safe to call twice. */
    close,
    [Symbol.asyncDispose]: close,
  };

  async function serve(request: IncomingMessage, response: ServerResponse, gone: AbortSignal): Promise<void> {
    const requestId = randomUUID();
    const body = await readBody(request);
    const { headers, method, url = '/' } = request;
    const { wire, name, found } = route(request, body ?? '');
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

/** The error alone: requests hold credentials. */
function reportBug(error: unknown, operation: string): void {
  console.error(`Practice endpoint: ${operation} failed.`, error);
}
