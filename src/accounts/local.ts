import { type AccountSession, openSession } from '../aws/index.ts';
import { processWide } from './process-wide.ts';

/** Signing in again, or another profile's login, is noticed after this long at the latest. */
const FRESH_FOR_MS = 5 * 60 * 1000;

interface Opened {
  readonly session: Promise<AccountSession>;
  readonly at: number;
}

const sessions = () => processWide('local-sessions', () => new Map<string, Opened>());

/**
 * A session with the credentials of whoever runs the site: the SDK's default chain, `AWS_PROFILE`, `AWS_ENDPOINT_URL`.
 * @param region `AWS_REGION` wins over it: who sets that variable means it.
 * `LABPROOF_EXPECTED_ACCOUNT` refuses every other account.
 * @throws CannotLook when there are no credentials, AWS refuses them, or they lead to another account.
 */
export function localSession(region: string): Promise<AccountSession> {
  const place = process.env['AWS_REGION'] || region;
  const known = sessions().get(place);
  if (known && Date.now() - known.at < FRESH_FOR_MS) return known.session;
  const session = openSession({ region: place, expectedAccount: process.env['LABPROOF_EXPECTED_ACCOUNT'] || undefined });
  sessions().set(place, { session, at: Date.now() });
  session.catch(() => forgetLocalSessions());
  return session;
}

/** Called when AWS says that the credentials have expired, so that the next click asks for them anew. */
export function forgetLocalSessions(): void {
  sessions().clear();
}
