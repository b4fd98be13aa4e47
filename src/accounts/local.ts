import { type AccountSession, openSession } from '../aws/session.ts';
import { processWide } from './process-wide.ts';

/** After this time at the latest, a new login or another profile is noticed. */
const FRESH_FOR_MS = 5 * 60 * 1000;

interface Opened {
  readonly session: Promise<AccountSession>;
  readonly at: number;
}

const sessions = () => processWide('local-sessions', () => new Map<string, Opened>());

/**
 * A session with the credentials of the person who runs the site: the SDK's default chain, `AWS_PROFILE`, `AWS_ENDPOINT_URL`. With
 * `LABPROOF_EXPECTED_ACCOUNT`, every other account is refused.
 * @param region used unless `AWS_REGION` is set
 * @throws CannotLook when there are no credentials, AWS refuses them, or they belong to another account.
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

/** To be called when AWS says that the credentials have expired. The next click then loads them again. */
export function forgetLocalSessions(): void {
  sessions().clear();
}
