import { defaultCredentials, openSession } from '../aws/session.ts';
import type { OpenAccount } from './grade-account.ts';

type Credentials = NonNullable<Parameters<typeof openSession>[0]['credentials']>;

export interface OpenAccountsOptions {
  /** Endpoint of practice accounts. Default: AWS, or AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** Credentials that assume the roles. Default: the default credential chain, or that of an entry's profile. */
  readonly credentials?: Credentials;
}

/**
 * Opens the accounts of a roster by assuming the role of each entry. The credentials for that are loaded once for each profile, because
 * loading them for each student would ask an SSO or instance provider hundreds of times.
 */
export function createOpenAccount({ endpoint, credentials }: OpenAccountsOptions = {}): OpenAccount {
  const chains = new Map<string, Credentials>();
  const ownCredentials = (profile: string | undefined, region: string): Credentials => {
    const key = profile ?? '';
    const chain = chains.get(key) ?? defaultCredentials({ region, profile });
    chains.set(key, chain);
    return chain;
  };
  return ({ region, roleArn, externalId, profile }, signal) =>
    openSession({
      region,
      roleArn,
      externalId,
      profile,
      endpoint,
      signal,
      credentials: credentials ?? ownCredentials(profile, region),
      sessionName: 'labproof-grade',
    });
}
