import { defaultCredentials, openSession } from '../aws/index.ts';
import type { OpenAccount } from './grade-account.ts';

type Credentials = NonNullable<Parameters<typeof openSession>[0]['credentials']>;

export interface OpenAccountsOptions {
  /** Of practice accounts. Default: AWS itself, or AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** What assumes the roles. Default: the default credential chain, or that of an entry's profile. */
  readonly credentials?: Credentials;
}

/**
 * Opens the accounts of a roster by assuming each entry's role. The credentials that assume them are found once per profile,
 * not once per student: an SSO or instance provider would be asked hundreds of times.
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
