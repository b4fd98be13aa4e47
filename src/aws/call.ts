import type { Client, FinalizeRequestMiddleware } from '@smithy/types';
import type { LimitFunction } from 'p-limit';
import type { z } from 'zod';
import { classify, isServiceException, Misfit } from './classify.ts';
import { CannotLook } from './errors.ts';
import type { AbsentWhen, AnyCommand, Caller, ClientClass, OperationId, Question } from './reader.ts';
import { NoAnswer } from './transport.ts';

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
}

/** What calls of one account share. */
export interface Line {
  readonly region: string;
  readonly limit: LimitFunction;
  clientOf(client: ClientClass): AnyClient;
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's clients are generic over unions that differ per service
export type AnyClient = Client<any, any, any>;

/**
 * How often one question is put when the answer is no good (late, cut off, unreadable, empty).
 * The SDK retries throttles, 5xx and lost connections by itself, inside each of these.
 */
const TRIES = 2;

/** Makes `Caller.send`: guard, then limit, then ask, then look at the answer. */
export function createSend({ region, limit, clientOf }: Line, { allowed, signal, onCall }: CallerOptions): Caller['send'] {
  async function send<Answer>(clientClass: ClientClass, command: AnyCommand, question: Question<Answer>): Promise<Answer | undefined> {
    const client = clientOf(clientClass);
    const operation = operationOf(client, command);
    if (!allowed.has(operation)) {
      throw new CannotLook(`${operation} is not among the operations this run was opened for, so it was not sent.`, {
        reason: 'bug',
        operation,
      });
    }
    let attempt = 0;
    const countAttempt: FinalizeRequestMiddleware<object, object> = (next) => (args) => {
      attempt += 1;
      onCall?.({ operation, attempt });
      return next(args);
    };
    command.middlewareStack.addRelativeTo(countAttempt, {
      relation: 'after',
      toMiddleware: 'retryMiddleware',
      name: 'labproofAttempts',
      override: true,
    });
    const answerOrThrow = async () =>
      accept(question.answer, await whileRunning(signal, () => client.send(command, { abortSignal: signal })));
    return limit(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await answerOrThrow();
        } catch (error) {
          if (isAbsence(error, question.absent)) return undefined;
          if (tries < TRIES && isNoGood(error) && !signal?.aborted) continue;
          throw classify(error, { operation, region });
        }
      }
    });
  }
  // One implementation for both overloads: `undefined` is only reached with `absent`.
  return send as Caller['send'];
}

/** The operation a command makes, as IAM spells it: the service's signing name and the operation's name in its schema. */
function operationOf(client: AnyClient, command: AnyCommand): OperationId {
  const service: unknown = client.config.defaultSigningName;
  const name: unknown = command.schema?.[2];
  if (typeof service !== 'string' || typeof name !== 'string') {
    throw new CannotLook('A command without an operation schema cannot be guarded, so it was not sent.', { reason: 'bug' });
  }
  return `${service}:${name}`;
}

function accept<Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
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

/** Ends with the run even when what is asked does not listen, such as a credential process that hangs. */
async function whileRunning<T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  if (signal === undefined) return ask();
  const ended = Promise.withResolvers<never>();
  const end = () => ended.reject(Object.assign(new Error('the run has ended'), { name: 'AbortError' }));
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race(signal.aborted ? [ended.promise] : [ended.promise, ask()]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
