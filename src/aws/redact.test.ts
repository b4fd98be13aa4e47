import { expect, test } from 'vitest';
import { CannotLook } from './errors.ts';
import { redact } from './redact.ts';

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SESSION_KEY = 'ASIAIOSFODNN7EXAMPLE';
const TOKEN = `IQoJb3JpZ2luX2VjEJr${'A1b2/+'.repeat(20)}==`;

test.each([
  `The key ${KEY} is unknown`,
  `"AccessKeyId":"${SESSION_KEY}"`,
  `token ${TOKEN}.`,
  `X-Amz-Security-Token: short-secret`,
  `X-Amz-Security-Token=short-secret&X=1`,
  `{"SessionToken": "short-secret"}`,
  `aws_secret_access_key = short-secret`,
  `<SecretAccessKey>short-secret</SecretAccessKey>`,
  `Authorization: AWS4-HMAC-SHA256 Credential=${KEY}/20261120/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=short-secret`,
  `got AWS4-HMAC-SHA256 Credential=x, Signature=short-secret`,
])('takes secrets out of: %s', (text) => {
  const clean = redact(text);
  expect(clean).toContain('[redacted]');
  for (const secret of [KEY, SESSION_KEY, TOKEN, 'short-secret']) expect(clean).not.toContain(secret);
});

test.each([
  'arn:aws:iam::123456789012:role/LabproofReadOnly',
  '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/week9-2-app:0a1b2c3',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'The security token included in the request is expired',
  'codebuild:BatchGetProjects',
])('leaves alone: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('every CannotLook is redacted', () => {
  expect(new CannotLook(`key ${KEY}`, { reason: 'access' }).message).toBe('key [redacted]');
});
