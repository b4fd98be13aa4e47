import { expect, it } from 'vitest';
import type { Stack, StackFailure } from '../../../aws/services/cloudformation.ts';
import { isImageUriOf, isRoleOf, progressOf } from './stack-creation.ts';

const stack = (status: string): Stack => ({
  name: 'lab',
  id: 'arn:aws:cloudformation:ap-northeast-2:123456789012:stack/lab/1',
  status,
  outputs: {},
  tags: {},
});
const failure = (logicalId: string, reason: string, type = 'AWS::IAM::Role'): StackFailure => ({
  logicalId,
  type,
  status: 'CREATE_FAILED',
  reason,
  at: new Date(0),
});
const cancelled = failure('Other', 'Resource creation cancelled');

it.each([
  [undefined, { at: 'absent' }],
  ['REVIEW_IN_PROGRESS', { at: 'not-executed' }],
  ['UPDATE_COMPLETE', { at: 'complete' }],
  ['CREATE_IN_PROGRESS', { at: 'working', status: 'CREATE_IN_PROGRESS' }],
  ['ROLLBACK_IN_PROGRESS', { at: 'rolling-back', resource: 'Role', reason: 'exists.' }],
  ['ROLLBACK_COMPLETE', { at: 'rolled-back', resource: 'Role', reason: 'exists.' }],
  ['UPDATE_ROLLBACK_COMPLETE', { at: 'update-rolled-back', resource: 'Role', reason: 'exists.' }],
  ['ROLLBACK_FAILED', { at: 'broken', status: 'ROLLBACK_FAILED', resource: 'Role', reason: 'exists.' }],
])('%s: what went wrong first is named, not what was cancelled for it', (status, wanted) => {
  const found = status === undefined ? undefined : stack(status);
  expect(progressOf({ stack: found, failures: [cancelled, failure('Role', 'exists')] })).toMatchObject(wanted);
});

it("tells CodeCommit's refusal of an account from a mistake", () => {
  const refused = failure('Source', 'OperationNotAllowedException', 'AWS::CodeCommit::Repository');
  expect(progressOf({ stack: stack('ROLLBACK_COMPLETE'), failures: [cancelled, refused] })).toEqual({
    at: 'codecommit-closed',
    resource: 'Source',
  });
});

it("knows this account's repositories and roles", () => {
  expect(isImageUriOf('123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/a/b', '123456789012', 'ap-northeast-2')).toBe(true);
  expect(isImageUriOf('123456789012.dkr.ecr.us-east-1.amazonaws.com/a', '123456789012', 'ap-northeast-2')).toBe(false);
  expect(isRoleOf('arn:aws:iam::123456789012:role/x/y', '123456789012')).toBe(true);
  expect(isRoleOf('arn:aws:iam::111122223333:role/y', '123456789012')).toBe(false);
});
