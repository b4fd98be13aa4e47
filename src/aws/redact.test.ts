import { expect, test } from 'vitest';
import { CannotLook } from './errors.ts';
import { redact, redactDeep } from './redact.ts';

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
  'aws_secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY lost',
  `-----BEGIN RSA PRIVATE KEY-----\nshort-secret\n-----END RSA PRIVATE KEY-----`,
  '-----BEGIN OPENSSH PRIVATE KEY-----\nshort-secret, cut off',
  'DB_PASSWORD=short-secret',
  '{"apiKey": "short-secret"}',
  'docker login --password short-secret',
  'export GITHUB_TOKEN="short-secret"',
  'postgres://app:short-secret@db.internal/x',
  `token ghp_${'a1B2'.repeat(9)} rejected`,
  'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.short-secret',
])('takes secrets out of: %s', (text) => {
  const clean = redact(text);
  expect(clean).toContain('[redacted]');
  for (const secret of [KEY, SESSION_KEY, TOKEN, 'short-secret', 'wJalrXUtnFEMI', 'a1B2a1B2']) expect(clean).not.toContain(secret);
});

test.each([
  'arn:aws:iam::123456789012:role/LabproofReadOnly',
  '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/week9-2-app:0a1b2c3',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'The security token included in the request is expired',
  'codebuild:BatchGetProjects',
  'docker login --username AWS --password-stdin 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com',
  'commit 0123456789abcdef0123456789abcdef01234567',
  'https://git-codecommit.ap-northeast-2.amazonaws.com/v1/repos/week9-2-codebuild-repo',
  'arn:aws:cloudformation:ap-northeast-2:123456789012:stack/week9-2-codebuild-stack/0a1b2c3d-0000-1111-2222-333344445555',
  'The session token has expired; sign in again.',
  'AWS_ACCOUNT_ID=123456789012',
])('leaves alone: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('every CannotLook is redacted', () => {
  expect(new CannotLook(`key ${KEY}`, { reason: 'access' }).message).toBe('key [redacted]');
});

test('evidence loses what is called like a secret, and what a secret store keeps', () => {
  expect(
    redactDeep({
      AWS_ACCOUNT_ID: '123456789012',
      DB_PASSWORD: 'x',
      variables: [
        { name: 'API_TOKEN', value: 'x', type: 'PLAINTEXT' },
        { name: 'PLACE', value: '/lab/place', type: 'PARAMETER_STORE' },
        { name: 'CONTAINER_NAME', value: 'app', type: 'PLAINTEXT' },
      ],
      nested: [[`key ${KEY}`, 7, true, null]],
    }),
  ).toEqual({
    AWS_ACCOUNT_ID: '123456789012',
    DB_PASSWORD: '[redacted]',
    variables: [
      { name: 'API_TOKEN', value: '[redacted]', type: 'PLAINTEXT' },
      { name: 'PLACE', value: '[redacted]', type: 'PARAMETER_STORE' },
      { name: 'CONTAINER_NAME', value: 'app', type: 'PLAINTEXT' },
    ],
    nested: [['key [redacted]', 7, true, null]],
  });
});

test('a link with a secret inside goes whole, other links stay', () => {
  const link = (name: string) => `https://console.aws.amazon.com/x?stackId=${encodeURIComponent(name)}`;
  const log = (name: string) => `https://console.aws.amazon.com/logs/${encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$')}`;
  expect(redactDeep([link(`s DB_PASSWORD=short-secret`), log(`/a DB_PASSWORD=short-secret`)])).toEqual(['[redacted]', '[redacted]']);
  const plain = [link('arn:aws:x/y 한글'), log('/aws/codebuild/lab'), '100% done, $25 a month'];
  expect(redactDeep(plain)).toEqual(plain);
});
