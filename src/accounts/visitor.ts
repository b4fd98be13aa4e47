import { join } from 'node:path';
import type { AccountSession } from '../aws/index.ts';
import { createMemoryStore, openStore, type PassStore } from '../store/index.ts';
import { forgetLocalSessions, localSession } from './local.ts';
import { accountMode } from './mode.ts';
import { type PracticeVisitor, practiceVisitor } from './practice.ts';
import { processWide } from './process-wide.ts';

/** Who asks, as far as the site needs to know: which account to look at and what it remembers. */
export interface Visitor {
  readonly mode: 'practice' | 'local';
  /** Present in practice mode only. */
  readonly practice?: PracticeVisitor;
  readonly passes: PassStore;
  /** @throws CannotLook when the account cannot be reached. */
  session(region: string): Promise<AccountSession>;
  /** What this visitor was looking with has expired. */
  expired(): void;
}

const practicePasses = () => processWide('practice-passes', createMemoryStore);
const localPasses = () =>
  processWide('local-passes', () => openStore(join(process.env['LABPROOF_DATA'] || '.labproof', 'labproof.sqlite')));

/** @param secret the browser's practice cookie; ignored in local mode. */
export async function visitorOf(secret: string): Promise<Visitor> {
  if (accountMode() === 'local') {
    return { mode: 'local', passes: localPasses(), session: localSession, expired: forgetLocalSessions };
  }
  const practice = await practiceVisitor(secret);
  return {
    mode: 'practice',
    practice: forgettingPasses(practice),
    passes: practicePasses(),
    session: (region) => practice.session(region),
    expired: () => {},
  };
}

/** A move or a reset rewrites the account's past, so what it once passed proves nothing any more. */
function forgettingPasses(practice: PracticeVisitor): PracticeVisitor {
  const forget = () => practicePasses().forget(practice.account);
  return {
    ...practice,
    play(lab, move) {
      forget();
      practice.play(lab, move);
    },
    reset() {
      forget();
      practice.reset();
    },
  };
}
