import type { AccountSession } from '../aws/session.ts';
import { defaultStorePath, openStore } from '../store/open-store.ts';
import type { PassStore } from '../store/pass-store.ts';
import { forgetLocalSessions, localSession } from './local.ts';
import { accountMode } from './mode.ts';
import { type PracticeVisitor, practiceVisitor } from './practice.ts';
import { processWide } from './process-wide.ts';

/** What the site needs to know about a visitor: which account to check, and what has passed there. */
export interface Visitor {
  readonly mode: 'practice' | 'local';
  /** Only in practice mode. */
  readonly practice?: PracticeVisitor;
  readonly passes: PassStore;
  /** @throws CannotLook when the account cannot be reached. */
  session(region: string): Promise<AccountSession>;
  /** To be called when the credentials of the session have expired. */
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
