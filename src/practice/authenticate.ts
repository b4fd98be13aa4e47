import type { IncomingHttpHeaders } from 'node:http';
import { ownerOf, readScope, type SessionTokens, sessionIdentity, userIdentity } from './identity.ts';
import { CommonFailure } from './protocol/aws-error.ts';
import type { AccountRegistry } from './registry.ts';

/**
 * Finds the account a signed request belongs to.
 * @throws CommonFailure `missingKey`, `incompleteSignature`, `unknownKey` or `expired`
 */
export function authenticate(headers: IncomingHttpHeaders, accounts: AccountRegistry, tokens: SessionTokens) {
  if (headers.authorization === undefined) throw new CommonFailure('missingKey', 'Missing Authentication Token');
  const scope = readScope(headers.authorization);
  if (!scope) throw new CommonFailure('incompleteSignature', 'The Authorization header is not an AWS Signature Version 4 header.');
  const unknown = () => new CommonFailure('unknownKey', 'The security token included in the request is invalid.');

  const owner = ownerOf(scope.accessKeyId);
  const account = owner && accounts.find(owner.account);
  if (!owner || !account) throw unknown();
  const token = headers['x-amz-security-token'];
  if (owner.kind === 'user') {
    if (token !== undefined) throw unknown();
    return { account, caller: userIdentity(account.id), scope };
  }

  const session = typeof token === 'string' ? tokens.read(token) : undefined;
  const role = session && account.iam.role(session.role);
  if (!session || session.account !== account.id || !role) throw unknown();
  if (session.expires.getTime() <= Date.now()) throw new CommonFailure('expired', 'The security token included in the request is expired');
  return { account, caller: sessionIdentity(session, role.RoleId ?? ''), scope };
}
