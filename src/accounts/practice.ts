import { LRUCache } from 'lru-cache';
import { type AccountSession, openSession } from '../aws/index.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import type { Move } from '../checkers/engine/move.ts';
import { playMove } from '../checkers/engine/play.ts';
import { newAccountId, type PracticeEndpoint, type PracticeFault, startPractice } from '../practice/index.ts';
import { createMemoryStore, type PassStore } from '../store/index.ts';
import { processWide } from './process-wide.ts';

/** As many browsers as keep their account at a time; the one unused for longest starts afresh. */
const MOST_VISITORS = 1000;

/** One browser's practice account. */
export interface PracticeVisitor {
  /** 12 digits; follows from the browser's cookie, so that a restarted server shows the same account, unused. */
  readonly account: string;
  /** What this account has passed since its last move or reset: both rewrite its past, so earlier passes prove nothing. */
  readonly passes: PassStore;
  session(region: string): Promise<AccountSession>;
  play(lab: Lab, move: Move): void;
  arm(fault: PracticeFault): void;
  /** Back to an account that has never been used. */
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

/** The practice account of the browser that holds `secret` in its cookie; the endpoint starts with the first one. */
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
      // The account holds one lab's work at a time: a move starts from an unused account.
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
