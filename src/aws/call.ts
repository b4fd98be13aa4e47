import { setTimeout as sleep } from 'node:timers/promises';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import type { LimitFunction } from 'p-limit';
import { z } from 'zod';
import { unlessAborted } from './abort.ts';
import { classify, isServiceException, Misfit } from './classify.ts';
import { CannotLook } from './errors.ts';
import type { TakeTurn } from './rate.ts';
import type { AbsentWhen, AnyCommand, Caller, ClientClass, OperationId, Question, Service } from './reader.ts';
import { NoAnswer } from './transport.ts';

// Many of our schemas are made for one question; compiling them costs more than it saves.
z.config({ jitless: true });

export interface CallEvent {
  readonly operation: OperationId;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

export interface CallerOptions {
  /** The only operations this run may make. */
  readonly allowed: ReadonlySet<OperationId>;
  /** Ends the run: calls in flight are cut, later ones refused. */
  readonly signal?: AbortSignal | undefined;
  /** Told of every attempt before it leaves the process. */
  readonly onCall?: ((call: CallEvent) => void) | undefined;
  /**
   * Until when, as `Date.now()` counts, a read that AWS throttles is put back and asked for again. Other reads go on meanwhile.
   * Default: it is not put back.
   */
  readonly until?: number | undefined;
}

/** What calls of one account share. */
export interface Line {
  readonly region: string;
  readonly limit: LimitFunction;
  readonly takeTurn: TakeTurn;
  /** The first wait before a throttled read is asked for again, in milliseconds; it doubles. */
  readonly putBackMs: number;
  clientOf(service: Service): AnyClient;
}

export type AnyClient = InstanceType<ClientClass>;

/**
 * How often one question is put when the answer is no good (late, cut off, unreadable, empty).
 * The SDK retries throttles, 5xx and lost connections by itself, inside each of these.
 */
const TRIES = 2;

/** How often a throttled read is put back at most, and the longest wait before it is asked for again, in milliseconds. */
const PUT_BACKS = 6;
const LONGEST_PUT_BACK_MS = 10_000;

/** Makes `Caller.send`: guard, then limit, then ask, then look at the answer. */
export function createSend(line: Line, { allowed, signal, onCall, until = 0 }: CallerOptions): Caller['send'] {
  const { region, limit, takeTurn, putBackMs, clientOf } = line;

  async function send<Answer>(service: Service, command: AnyCommand, question: Question<Answer>): Promise<Answer | undefined> {
    const client = clientOf(service);
    const operation = operationOf(client, command);
    let attempt = 0;
    const eachAttempt: FinalizeRequestMiddleware<object, object> = (next) => async (args) => {
      const turn = takeTurn(service, signal);
      if (turn !== undefined) await turn;
      attempt += 1;
      onCall?.({ operation, attempt });
      return next(args);
    };
    command.middlewareStack.addRelativeTo(eachAttempt, {
      relation: 'after',
      toMiddleware: 'retryMiddleware',
      name: 'labproofAttempts',
      override: true,
    });

    const answerOrThrow = async () => {
      // Before the client looks for credentials.
      if (!allowed.has(operation)) throw notAllowed(operation);
      if (signal?.aborted) throw runHasEnded();
      return accept(question, await unlessAborted(signal, client.send(command, { abortSignal: signal }), runHasEnded));
    };
    const ask = async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await answerOrThrow();
        } catch (error) {
          if (isAbsence(error, question.absent)) return undefined;
          if (tries < TRIES && isNoGood(error) && !signal?.aborted) continue;
          throw classify(error, { operation, region });
        }
      }
    };
    for (let putBack = 0; ; putBack += 1) {
      try {
        return await limit(ask);
      } catch (trouble) {
        const wait = Math.min(putBackMs * 2 ** putBack, LONGEST_PUT_BACK_MS) * (0.5 + Math.random() / 2);
        const again = putBack < PUT_BACKS && !signal?.aborted && Date.now() + wait < until;
        if (!again || !(trouble instanceof CannotLook) || trouble.reason !== 'throttled') throw trouble;
        // An end of the run while waiting is found by the next attempt, which says so.
        await sleep(wait, undefined, signal && { signal }).catch(() => {});
      }
    }
  }
  // `undefined` is only reached with `absent`.
  return send as Caller['send'];
}

const notAllowed = (operation: OperationId) =>
  new CannotLook(`${operation} is not among the operations this run was opened for, so it was not sent.`, { reason: 'bug', operation });

/** The operation a command makes, as IAM spells it: the service's signing name and the operation's name in its schema. */
function operationOf(client: AnyClient, command: AnyCommand): OperationId {
  const service: unknown = client.config.defaultSigningName;
  const name: unknown = command.schema?.[2];
  if (typeof service !== 'string' || typeof name !== 'string') {
    throw new CannotLook('A command without an operation schema cannot be guarded, so it was not sent.', { reason: 'bug' });
  }
  return `${service}:${name}`;
}

function accept<Answer>({ answer: schema, misfit }: Question<Answer>, answer: unknown): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) {
    const wrong = misfit?.(parsed.data);
    if (wrong !== undefined) throw new Misfit(`the answer ${wrong}`);
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new Misfit(`${issue?.path.join('.') || 'the answer'}: ${issue?.message}`);
}

/** An error of the service itself that the question named as absence. A proxy's 404 page has no AWS code and is none. */
function isAbsence(error: unknown, absent: AbsentWhen | undefined): boolean {
  if (absent === undefined || !isServiceException(error)) return false;
  const { httpStatusCode } = error.$metadata;
  if (httpStatusCode !== 400 && httpStatusCode !== 404) return false;
  return typeof absent === 'function' ? absent(error) : absent.includes(error.name);
}

/** All our calls only read, so asking again is safe. */
function isNoGood(error: unknown): boolean {
  if (error instanceof NoAnswer || error instanceof Misfit) return true;
  // The SDK could not read the body of a success.
  return (
    error instanceof Error &&
    !isServiceException(error) &&
    (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 200
  );
}

const runHasEnded = () => Object.assign(new Error('the run has ended'), { name: 'AbortError' });
