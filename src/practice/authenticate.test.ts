import { describe, expect, it } from 'vitest';
import { newAccountId } from './account-id.ts';
import { authenticate } from './authenticate.ts';
import { SessionTokens, sessionCredentials, userCredentials } from './identity.ts';
import { AccountRegistry } from './registry.ts';

const ID = newAccountId('student');
const tokens = new SessionTokens(new Uint8Array(32));
const accounts = new AccountRegistry(10);
accounts.open(ID).iam.createRole({ name: 'Reader' });

const signedBy = (key: string) =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/ap-northeast-2/ecr/aws4_request, SignedHeaders=host, Signature=00`;
const attempt = (authorization?: string, token?: string) =>
  authenticate({ ...(authorization && { authorization }), ...(token && { 'x-amz-security-token': token }) }, accounts, tokens);
const session = (changes: { account?: string; role?: string; expires?: Date } = {}) => {
  const { account = ID, role = 'Reader', expires = new Date(Date.now() + 60_000) } = changes;
  return sessionCredentials(ID, tokens.issue({ account, role, session: 'me', expires }));
};

it('reads the account, region and service from the credential scope', () => {
  const { account, caller, scope } = attempt(signedBy(userCredentials(ID).accessKeyId));
  expect(account.id).toBe(ID);
  expect(caller.arn).toBe(`arn:aws:iam::${ID}:user/practice`);
  expect(scope).toMatchObject({ region: 'ap-northeast-2', service: 'ecr' });
});

it('knows a session', () => {
  const { accessKeyId, sessionToken } = session();
  expect(attempt(signedBy(accessKeyId), sessionToken).caller).toMatchObject({
    arn: `arn:aws:sts::${ID}:assumed-role/Reader/me`,
    role: 'Reader',
  });
});

describe('refuses', () => {
  const old = session({ expires: new Date(0) });
  const elsewhere = session({ account: newAccountId('other') });
  const roleless = session({ role: 'Gone' });
  const { accessKeyId } = userCredentials(ID);
  it.each([
    ['no signature', undefined, undefined, 'missingKey'],
    ['another scheme', 'Basic eA==', undefined, 'incompleteSignature'],
    ['a scope with parts missing', 'AWS4-HMAC-SHA256 Credential=AKIAPRAC1/2026, x', undefined, 'incompleteSignature'],
    ['a key of no practice account', signedBy('AKIAIOSFODNN7EXAMPLE'), undefined, 'unknownKey'],
    ['an account never opened', signedBy(userCredentials(newAccountId('new')).accessKeyId), undefined, 'unknownKey'],
    ['a user key with a token', signedBy(accessKeyId), 'token', 'unknownKey'],
    ['a session key without a token', signedBy(old.accessKeyId), undefined, 'unknownKey'],
    ['a made-up token', signedBy(old.accessKeyId), 'made.up', 'unknownKey'],
    ['a token of another account', signedBy(elsewhere.accessKeyId), elsewhere.sessionToken, 'unknownKey'],
    ['a role that is gone', signedBy(roleless.accessKeyId), roleless.sessionToken, 'unknownKey'],
    ['an expired session', signedBy(old.accessKeyId), old.sessionToken, 'expired'],
  ])('%s', (_what, authorization, token, kind) => {
    expect(() => attempt(authorization, token)).toThrow(expect.objectContaining({ kind }));
  });
});

it('does not accept a token of another endpoint', () => {
  const foreign = new SessionTokens(new Uint8Array(32).fill(1));
  const token = foreign.issue({ account: ID, role: 'Reader', session: 'me', expires: new Date(Date.now() + 60_000) });
  expect(tokens.read(token)).toBeUndefined();
  expect(foreign.read(token)).toMatchObject({ account: ID, role: 'Reader', session: 'me' });
});
