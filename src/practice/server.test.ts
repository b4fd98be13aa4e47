import { connect } from 'node:net';
import { CloudFormationClient, DescribeStacksCommand, ListStackSetsCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchGetProjectsCommand, CodeBuildClient, ListProjectsCommand, ListReportsCommand } from '@aws-sdk/client-codebuild';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccountId } from './account-id.ts';
import { ACCOUNT, clientConfig, REGION, rejection, startTestEndpoint } from './endpoint.test-support.ts';
import type { FaultKind } from './faults.ts';

let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
beforeAll(async () => {
  practice = await startTestEndpoint();
});
beforeEach(() => practice.account.reset());
afterAll(async () => {
  await practice.endpoint.close();
  expect(practice.bugs).toEqual([]);
});

const overJson = (options: { maxAttempts?: number; abortSignal?: AbortSignal } = {}) =>
  new CodeBuildClient({ ...practice.config, maxAttempts: options.maxAttempts ?? 1 }).send(
    new BatchGetProjectsCommand({ names: ['app'] }),
    options.abortSignal && { abortSignal: options.abortSignal },
  );
const overQuery = (options: { maxAttempts?: number; abortSignal?: AbortSignal } = {}) =>
  new CloudFormationClient({ ...practice.config, maxAttempts: options.maxAttempts ?? 1 }).send(
    new DescribeStacksCommand({}),
    options.abortSignal && { abortSignal: options.abortSignal },
  );
const arm = (operation: string, fault: FaultKind, times = 1) => practice.endpoint.arm(ACCOUNT, { operation, fault, times });

describe.each([
  { protocol: 'JSON', operation: 'codebuild:BatchGetProjects', call: overJson },
  { protocol: 'Query', operation: 'cloudformation:DescribeStacks', call: overQuery },
])('faults over $protocol', ({ protocol, operation, call }) => {
  const json = protocol === 'JSON';

  it('throttle: the client sees throttling and gets through on a retry', async () => {
    arm(operation, 'throttle');
    const error = await rejection(call());
    expect(error).toMatchObject({
      name: json ? 'ThrottlingException' : 'Throttling',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    arm(operation, 'throttle');
    await expect(call({ maxAttempts: 2 })).resolves.toBeDefined();
    expect(practice.account.calls.map((made) => made.operation)).toEqual([operation, operation, operation]);
  });

  it('denied: the message names the caller and the action', async () => {
    arm(operation, 'denied');
    const error = await rejection(call());
    expect(error).toMatchObject({
      name: json ? 'AccessDeniedException' : 'AccessDenied',
      $metadata: { httpStatusCode: json ? 400 : 403 },
      message: expect.stringContaining(
        `User: arn:aws:iam::${ACCOUNT}:user/practice is not authorized to perform: ${operation} on resource: arn:`,
      ),
    });
  });

  it('expired: the error of an expired token', async () => {
    arm(operation, 'expired');
    expect(await rejection(call())).toMatchObject({ name: json ? 'ExpiredTokenException' : 'ExpiredToken' });
  });

  it('5xx: 503 with a page that is not of the protocol', async () => {
    arm(operation, '5xx');
    expect(await rejection(call())).toMatchObject({ $metadata: { httpStatusCode: 503 } });
    arm(operation, '5xx');
    await expect(call({ maxAttempts: 2 })).resolves.toBeDefined();
  });

  it('html200: a sign-in page, which breaks a JSON client and looks like an empty result to an XML client', async () => {
    arm(operation, 'html200');
    const response = await signedFetch(operation);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await response.text()).toContain('<title>Sign in</title>');
    arm(operation, 'html200');
    if (json) expect(await rejection(call())).toMatchObject({ name: 'SyntaxError', $metadata: { httpStatusCode: 200 } });
    else expect(await call()).toEqual({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
  });

  it('empty200: a success without a result, which the client takes for an empty output', async () => {
    arm(operation, 'empty200');
    const { $metadata, ...output } = await call();
    expect($metadata.httpStatusCode).toBe(200);
    expect(output).toEqual({});
  });

  it('truncate: half of the body, then the connection ends', async () => {
    arm(operation, 'truncate');
    const error = await rejection(call());
    expect(error.message).not.toBe('The promise was fulfilled.');
    await expect(call()).resolves.toBeDefined();
  });

  it('hang: no answer until the client gives up', async () => {
    arm(operation, 'hang');
    const leave = new AbortController();
    const hanging = rejection(call({ abortSignal: leave.signal }));
    await expect.poll(() => practice.account.calls.length).toBe(1);
    leave.abort();
    expect((await hanging).name).toBe('AbortError');
    await expect(call()).resolves.toBeDefined();
  });

  it('meets as many calls as it was armed for, of its operation only', async () => {
    arm(operation, 'denied', 2);
    await expect((json ? overQuery : overJson)()).resolves.toBeDefined();
    for (const fails of [true, true, false]) expect((await rejection(call())).name.startsWith('AccessDenied')).toBe(fails);
  });
});

it('arms every operation with *, and forgets faults at a reset', async () => {
  arm('*', 'denied', 10);
  expect((await rejection(overJson())).name).toBe('AccessDeniedException');
  expect((await rejection(overQuery())).name).toBe('AccessDenied');
  practice.account.reset();
  await expect(overJson()).resolves.toBeDefined();
  expect(practice.account.calls).toEqual([{ operation: 'codebuild:BatchGetProjects', region: REGION }]);
});

it('delays calls by the latency of a fault and of the endpoint without changing the answer', async () => {
  practice.endpoint.arm(ACCOUNT, { operation: '*', latencyMs: 5 });
  practice.endpoint.latency(5);
  await expect(overJson()).resolves.toMatchObject({ projectsNotFound: ['app'] });
  practice.endpoint.latency(0);
  expect(() => practice.endpoint.latency(-1)).toThrow('A latency is a number of milliseconds from 0: received -1.');
});

it('ends hung requests when it closes', async () => {
  const own = await startTestEndpoint();
  own.account.faults.arm({ operation: '*', fault: 'hang' });
  const hanging = rejection(new CodeBuildClient(own.config).send(new ListProjectsCommand({})));
  await expect.poll(() => own.account.calls.length).toBe(1);
  await own.endpoint.close();
  await own.endpoint.close();
  expect((await hanging).message).not.toBe('The promise was fulfilled.');
  expect(own.bugs).toEqual([]);
});

it('ends calls that are being delayed when it closes', async () => {
  const own = await startTestEndpoint();
  own.endpoint.latency(60_000);
  const delayed = rejection(new CodeBuildClient(own.config).send(new ListProjectsCommand({})));
  await expect.poll(() => own.account.calls.length).toBe(1);
  await own.endpoint.close();
  expect((await delayed).message).not.toBe('The promise was fulfilled.');
  expect(own.bugs).toEqual([]);
});

describe('accounts', () => {
  it('are told apart by their keys, and regions by the scope', async () => {
    const other = newAccountId('another');
    practice.endpoint.account(other).region('us-east-1').codebuild.createProject({ name: 'app' });
    const look = async (account: string, region: string) => {
      const client = new CodeBuildClient(clientConfig(practice.endpoint, account, region));
      return (await client.send(new BatchGetProjectsCommand({ names: ['app'] }))).projects?.length;
    };
    expect(await look(other, 'us-east-1')).toBe(1);
    expect(await look(other, REGION)).toBe(0);
    expect(await look(ACCOUNT, 'us-east-1')).toBe(0);
  });

  it('exist only when they were opened', async () => {
    const stranger = { accessKeyId: `AKIAPRAC${newAccountId('never opened')}`, secretAccessKey: 'x' };
    const real = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    for (const credentials of [stranger, real]) {
      const json = new CodeBuildClient({ ...practice.config, credentials });
      expect(await rejection(json.send(new ListProjectsCommand({})))).toMatchObject({
        name: 'UnrecognizedClientException',
        $metadata: { httpStatusCode: 400 },
      });
      const query = new IAMClient({ ...practice.config, credentials });
      const call = query.send(new GetRoleCommand({ RoleName: 'x' }));
      expect(await rejection(call)).toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
    }
  });

  it('answer a region that does not exist as AWS answers one that is switched off', async () => {
    const client = new CloudWatchLogsClient(clientConfig(practice.endpoint, ACCOUNT, 'ap-nowhere-1'));
    expect((await rejection(client.send(new DescribeLogGroupsCommand({})))).name).toBe('UnrecognizedClientException');
  });
});

it('says so when an operation is not served', async () => {
  const report = new CodeBuildClient(practice.config).send(new ListReportsCommand({}));
  expect(await rejection(report)).toMatchObject({ name: 'UnknownOperationException', $metadata: { httpStatusCode: 400 } });
  const sets = new CloudFormationClient(practice.config).send(new ListStackSetsCommand({}));
  expect(await rejection(sets)).toMatchObject({ name: 'InvalidAction', $metadata: { httpStatusCode: 400 } });
  expect(practice.account.calls.map(({ operation }) => operation)).toEqual(['codebuild:ListReports', 'cloudformation:ListStackSets']);
});

describe('hostile requests', () => {
  const target = 'CodeBuild_20161006.BatchGetProjects';

  it.each([
    ['not JSON', 'codebuild', { 'x-amz-target': target }, '{"names": [', 400, 'SerializationException'],
    ['JSON that is no object', 'codebuild', { 'x-amz-target': target }, '[]', 400, 'SerializationException'],
    ['null', 'codebuild', { 'x-amz-target': target }, 'null', 400, 'SerializationException'],
    ['a string for a list', 'codebuild', { 'x-amz-target': target }, '{"names":"app"}', 400, 'SerializationException'],
    ['an object for a string', 'codebuild', { 'x-amz-target': target }, '{"names":[{}]}', 400, 'SerializationException'],
    ['a member missing', 'codebuild', { 'x-amz-target': target }, '{}', 400, 'ValidationException'],
    ['deep nesting', 'codebuild', { 'x-amz-target': target }, `${'['.repeat(200_000)}`, 400, 'SerializationException'],
    [
      'the wrong content type',
      'codebuild',
      { 'x-amz-target': target, 'content-type': 'text/plain' },
      '{"names":["a"]}',
      400,
      'UnknownOperationException',
    ],
    ['no operation', 'codebuild', {}, '{}', 400, 'SerializationException'],
    ['an operation that is no name', 'codebuild', { 'x-amz-target': 'CodeBuild_20161006.../../x' }, '{}', 400, 'SerializationException'],
    ['a key of another service', 'ecr', { 'x-amz-target': target }, '{"names":["a"]}', 400, 'UnknownOperationException'],
  ])('JSON: %s', async (_what, service, headers, body, status, code) => {
    const response = await raw(service, { 'content-type': 'application/x-amz-json-1.1', ...headers }, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ __type: code, message: expect.any(String) });
  });

  it.each([
    ['no action', '', 400, 'MalformedInput'],
    ['another version', 'Action=DescribeStacks&Version=1999-01-01', 400, 'InvalidAction'],
    ['a number that is none', 'Action=ListRolePolicies&Version=2010-05-08&RoleName=a&MaxItems=many', 400, 'MalformedInput', 'iam'],
    ['a member missing', 'Action=GetRole&Version=2010-05-08', 400, 'ValidationError', 'iam'],
    ['a list where a string belongs', 'Action=GetRole&Version=2010-05-08&RoleName.member.1=a', 400, 'MalformedInput', 'iam'],
    ['markup in a name', 'Action=GetRole&Version=2010-05-08&RoleName=%3Cb%3E%26', 404, 'NoSuchEntity', 'iam'],
    [
      'a key a hundred thousand levels deep',
      `Action=DescribeStacks&Version=2010-05-15&${'a.'.repeat(100_000)}=1`,
      200,
      'DescribeStacksResult',
    ],
  ])('Query: %s', async (_what, body, status, code, service = 'cloudformation') => {
    const response = await raw(service, { 'content-type': 'application/x-www-form-urlencoded' }, body);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).toContain(code);
    expect(text).not.toContain('<b>');
  });

  it('a body over 1 MiB', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const response = await raw('codebuild', headers, 'x'.repeat(1024 * 1024 + 1));
    expect(response.status).toBe(413);
    await expect(overJson()).resolves.toBeDefined();
  });

  it('a request that is not signed, or not signed in a way that can be read', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const unsigned = await fetch(practice.endpoint.url, { method: 'POST', headers, body: '{"names":["a"]}' });
    expect([unsigned.status, await unsigned.json()]).toMatchObject([400, { __type: 'MissingAuthenticationTokenException' }]);
    const basic = await fetch(practice.endpoint.url, { method: 'POST', headers: { ...headers, authorization: 'Basic eA==' }, body: '{}' });
    expect([basic.status, await basic.json()]).toMatchObject([400, { __type: 'IncompleteSignatureException' }]);
    expect((await fetch(practice.endpoint.url)).status).toBe(400);
  });

  it('bytes that are no HTTP', async () => {
    const socket = connect(Number(new URL(practice.endpoint.url).port), '127.0.0.1');
    socket.end('\x16\x03\x01 hello\r\n\r\n');
    const chunks: string[] = [];
    for await (const chunk of socket) chunks.push(String(chunk));
    expect(chunks.join('')).toMatch(/^HTTP\/1\.1 400 /);
    await expect(overJson()).resolves.toBeDefined();
  });
});

function raw(service: string, headers: Record<string, string>, body: string): Promise<Response> {
  const { accessKeyId } = practice.endpoint.credentials(ACCOUNT);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return fetch(practice.endpoint.url, { method: 'POST', headers: { authorization, ...headers }, body });
}

function signedFetch(operation: string): Promise<Response> {
  if (operation.startsWith('cloudformation:')) {
    return raw('cloudformation', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=DescribeStacks&Version=2010-05-15');
  }
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'CodeBuild_20161006.BatchGetProjects' };
  return raw('codebuild', headers, '{"names":["app"]}');
}
