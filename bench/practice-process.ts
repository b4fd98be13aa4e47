import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Prepared, Request } from './practice-child.ts';

export interface PracticeProcess extends Disposable {
  /** An account in which a move of a lab has been played. */
  prepare(lab: string, move: string, seed: string): Promise<Prepared>;
  /** How long every call takes from now on, in milliseconds. */
  latency(ms: number): Promise<void>;
  /** How many calls an account has received so far. */
  calls(account: string): Promise<number>;
}

/** Starts a practice endpoint in a process of its own, so that measuring a client does not measure the server. */
export async function startPracticeProcess(): Promise<PracticeProcess> {
  const child = fork(new URL('./practice-child.ts', import.meta.url));
  // A child that ends by itself has printed why.
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The practice endpoint has ended.')));
  ended.catch(() => {});
  const next = async () => (await Promise.race([once(child, 'message'), ended]))[0] as unknown;
  await next();
  async function ask<Answer>(request: Request): Promise<Answer> {
    const answer = next();
    child.send(request);
    // The child answers each kind of request with its own type; see practice-child.ts.
    return (await answer) as Answer;
  }
  return {
    prepare: (lab, move, seed) => ask<Prepared>({ kind: 'prepare', lab, move, seed }),
    latency: async (ms) => void (await ask<number>({ kind: 'latency', ms })),
    calls: (account) => ask<number>({ kind: 'calls', account }),
    [Symbol.dispose]: () => child.disconnect(),
  };
}
