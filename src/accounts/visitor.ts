import type { AccountSession } from '../aws/index.ts';
import { defaultStorePath, openStore, type PassStore } from '../store/index.ts';
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

const localPasses = () => processWide('local-passes', () => openStore(defaultStorePath()));

/** @param secret the browser's practice cookie; ignored in local mode. */
export async function visitorOf(secret: string): Promise<Visitor> {
  if (accountMode() === 'local') {
    return { mode: 'local', passes: localPasses(), session: localSession, expired: forgetLocalSessions };
  }
  const practice = await practiceVisitor(secret);
  return { mode: 'practice', practice, passes: practice.passes, session: practice.session, expired: () => {} };
}
