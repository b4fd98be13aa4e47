import { newAccountId } from './account-id.ts';

import { type PracticeEndpoint, startPractice } from './server.ts';

export const REGION = 'ap-northeast-2';
export const ACCOUNT = newAccountId('tests');

/** An endpoint whose own bugs fail the test that meets them. */
export async function startTestEndpoint() {
  const bugs: unknown[] = [];
  const endpoint = await startPractice({ onBug: (error) => bugs.push(error) });
  const account = endpoint.account(ACCOUNT);
  return { endpoint, account, region: account.region(REGION), bugs, config: clientConfig(endpoint, ACCOUNT) };
}

/** The configuration of an SDK client of `account` that shows every error instead of retrying. */
export function clientConfig(endpoint: PracticeEndpoint, account: string, region = REGION) {
  return { endpoint: endpoint.url, region, credentials: endpoint.credentials(account), maxAttempts: 1 };
}

/** What a promise is rejected with. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<Error & { $metadata?: { httpStatusCode?: number; requestId?: string } }> {
  const outcome = await promise.then(
    () => new Error('The promise was fulfilled.'),
    (error: unknown) => error,
  );
  return outcome as Error;
}
