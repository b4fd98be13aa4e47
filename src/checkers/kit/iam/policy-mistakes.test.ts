import { expect, it } from 'vitest';
import { createAccount } from '../../../practice/account.ts';
import { changeStatement, denyAction, dropActions, dropStatements, putStatements } from './policy-mistakes.ts';

const POLICY = { role: 'a-role', policy: 'inline' };
const READ = { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };
const WRITE = { Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' };

function begin() {
  const account = createAccount('123456789012');
  account.iam.createRole({ name: POLICY.role });
  putStatements(account, POLICY, [READ, WRITE]);
  const statements = (policy = POLICY.policy): unknown => {
    const document = account.iam.role(POLICY.role)?.inline.get(policy);
    return document && Reflect.get(document, 'Statement');
  };
  return { account, statements };
}

it('changes, and leaves out, the statement that is named', () => {
  const { account, statements } = begin();
  changeStatement(account, POLICY, 'Write', () => ({ Resource: 'arn:aws:s3:::a/*' }));
  expect(statements()).toEqual([READ, { ...WRITE, Resource: 'arn:aws:s3:::a/*' }]);
  dropStatements(account, POLICY, 'Read');
  expect(statements()).toEqual([{ ...WRITE, Resource: 'arn:aws:s3:::a/*' }]);
});

it('leaves actions out wherever they stand, and statements that have none left', () => {
  const { account, statements } = begin();
  dropActions(account, POLICY, 's3:ListBucket', 's3:PutObject');
  expect(statements()).toEqual([{ ...READ, Action: ['s3:GetObject'] }]);
});

it('denies an action by a second policy', () => {
  const { account, statements } = begin();
  denyAction(account, POLICY.role, 's3:PutObject');
  expect(statements('deny-PutObject')).toEqual([{ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }]);
  expect(statements()).toEqual([READ, WRITE]);
});

it('is never silently no mistake', () => {
  const { account } = begin();
  expect(() => dropStatements(account, { role: POLICY.role, policy: 'other' }, 'Read')).toThrow('has no inline policy "other"');
  expect(() => dropStatements(account, POLICY, 'Raed')).toThrow('changes nothing');
  expect(() => dropActions(account, POLICY, 's3:PutObjects')).toThrow('changes nothing');
});
