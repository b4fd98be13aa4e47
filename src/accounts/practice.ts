import { LRUCache } from 'lru-cache';
import { type AccountSession, openSession } from '../aws/session.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import type { Move } from '../checkers/engine/move.ts';
import { playMove } from '../checkers/engine/play.ts';
import { newAccountId } from '../practice/account-id.ts';
import type { PracticeFault } from '../practice/faults.ts';
import { type PracticeEndpoint, startPractice } from '../practice/server.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { PassStore } from '../store/pass-store.ts';
import { processWide } from './process-wide.ts';

/** How many browsers can have an account at a time. The account that was unused for longest is dropped. */
const MOST_VISITORS = 1000;

/** One browser's practice account. */
export interface PracticeVisitor {
  /** 12 digits. The browser's cookie determines it, so that after a restart the same account is there, unused. */
  readonly account: string;
  /** The tasks that have passed since the last move or reset. Both rewrite the account's history, so earlier passes prove nothing. */
  readonly passes: PassStore;
  session(region: string): Promise<AccountSession>;
  play(lab: Lab, move: Move): void;
  arm(fault: PracticeFault): void;
  /** Turns the account into one that has never been used. */
  reset(): void;
}

interface Practice {
  readonly endpoint: PracticeEndpoint;
  readonly visitors: LRUCache<string, PracticeVisitor>;
}

const start = () =>
  processWide(
    'practice',
    async (): Promise<Practice> => ({
      endpoint: await startPractice({ maxAccounts: MOST_VISITORS }),
      visitors: new LRUCache({ max: MOST_VISITORS }),
    }),
  );

/** The practice account of the browser with this `secret` in its cookie. The first call starts the endpoint. */
export async function practiceVisitor(secret: string): Promise<PracticeVisitor> {
  const { endpoint, visitors } = await start();
  const known = visitors.get(secret);
  if (known) return known;
  const visitor = createVisitor(endpoint, newAccountId(secret));
  visitors.set(secret, visitor);
  return visitor;
}

function createVisitor(endpoint: PracticeEndpoint, account: string): PracticeVisitor {
  const sessions = new Map<string, Promise<AccountSession>>();
  const solvedThrough = new Map<string, number>();
  let passes = createMemoryStore();
  const forget = () => {
    solvedThrough.clear();
    passes = createMemoryStore();
  };
  return {
    account,
    get passes() {
      return passes;
    },
    session(region) {
      const known = sessions.get(region);
      if (known) return known;
      const opened = openSession({ region, endpoint: endpoint.url, credentials: endpoint.credentials(account), paced: false });
      sessions.set(region, opened);
      opened.catch(() => sessions.delete(region));
      return opened;
    },
    play(lab, move) {
      const done = playMove(lab, move, endpoint.account(account), solvedThrough.get(lab.id));
      // An account contains the work of one lab at a time: a move starts with an unused account.
      forget();
      solvedThrough.set(lab.id, done);
    },
    arm: (fault) => endpoint.arm(account, fault),
    reset() {
      forget();
      endpoint.account(account).reset();
    },
  };
}
