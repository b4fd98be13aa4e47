import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetProjectsCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import { GetBucketLocationCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { CannotLook } from './errors.ts';
import { defineService } from './service.ts';
import { type AccountSession, openSession } from './session.ts';
import {
  identity,
  json,
  type Reply,
  SHORT_ATTEMPT_MS,
  testSession,
  type WireRequest,
  wireEndpoint,
  xml,
  xmlError,
} from './wire-endpoint.test-support.ts';

const codebuild = defineService({ name: 'codebuild', client: () => CodeBuildClient });
const s3 = defineService({ name: 's3', client: () => S3Client });

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const roleArn = 'arn:aws:iam::444455556666:role/LabproofReadOnly';
const EXPIRES = '2030-01-01T00:00:00Z';
const roleCredentials = `<Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${EXPIRES}</Expiration></Credentials>`;
const assumed = (account = '444455556666') =>
  xml(
    'AssumeRole',
    `<AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/LabproofReadOnly/labproof</Arn></AssumedRoleUser>${roleCredentials}`,
  );

/** STS answers with this; every other service with a project. */
const endpointWhere = (sts: (request: WireRequest) => Reply) =>
  wireEndpoint((request) => (request.operation === 'BatchGetProjects' ? json({ projects: [{ name: 'p' }] }) : sts(request)));

const look = (session: AccountSession) =>
  session.caller({ allowed: new Set(['codebuild:BatchGetProjects']) }).send(codebuild, new BatchGetProjectsCommand({ names: ['p'] }), {
    answer: z.object({ projects: z.array(z.object({ name: z.string() })) }),
  });

const failure = (opening: Promise<unknown>): Promise<CannotLook> =>
  opening.then(
    () => expect.fail('the session was opened'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(CannotLook);
      return error as CannotLook;
    },
  );

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the account of the credentials themselves', () => {
  test('is what STS says', async () => {
    await using endpoint = await endpointWhere(() => identity);
    const session = await testSession(endpoint);
    expect(session).toMatchObject({
      account: '111122223333',
      region: 'ap-northeast-2',
      partition: 'aws',
      principal: 'arn:aws:iam::111122223333:user/tester',
    });
    expect(session.expiresAt).toBeUndefined();
    expect(session.caller({ allowed: new Set() })).toMatchObject({ account: '111122223333', region: 'ap-northeast-2', partition: 'aws' });
    expect(endpoint.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test('may be in another partition', async () => {
    await using endpoint = await endpointWhere(() =>
      xml('GetCallerIdentity', '<Account>111122223333</Account><Arn>arn:aws-cn:sts::111122223333:assumed-role/r/s</Arn>'),
    );
    expect(await testSession(endpoint, { region: 'cn-north-1' })).toMatchObject({ partition: 'aws-cn' });
  });

  test.each<readonly [string, Reply, Partial<CannotLook>]>([
    ['an answer without an account', xml('GetCallerIdentity', '<Arn>arn:aws:iam::111122223333:user/u</Arn>'), { reason: 'malformed' }],
    [
      'an account that is none',
      xml('GetCallerIdentity', '<Account>1</Account><Arn>arn:aws:iam::111122223333:user/u</Arn>'),
      { reason: 'malformed' },
    ],
    ['a web page', { type: 'text/html', body: '<html><body>sign in</body></html>' }, { reason: 'malformed' }],
    ['an empty answer', {}, { reason: 'malformed' }],
    ['an unknown key', xmlError('InvalidClientTokenId', 'no', 403), { reason: 'access', code: 'InvalidClientTokenId' }],
    ['a wrong secret', xmlError('SignatureDoesNotMatch', 'no', 403), { reason: 'access' }],
    ['an old token', xmlError('ExpiredToken', 'no', 403), { reason: 'expired' }],
    ['throttling', xmlError('Throttling', 'Rate exceeded'), { reason: 'throttled' }],
    ['silence', 'hang', { reason: 'network' }],
  ])('is not opened by %s', async (_name, reply, expected) => {
    await using endpoint = await endpointWhere(() => reply);
    const timeouts = { attemptMs: reply === 'hang' ? SHORT_ATTEMPT_MS : 30_000, backoffMs: 1 };
    expect(await failure(testSession(endpoint, { timeouts }))).toMatchObject({ ...expected, operation: 'sts:GetCallerIdentity' });
  });

  test('a region that must be enabled first is named as the likely reason', async () => {
    await using endpoint = await endpointWhere(() => xmlError('InvalidClientTokenId', 'no', 403));
    expect(await failure(testSession(endpoint, { region: 'me-south-1' }))).toMatchObject({ reason: 'region' });
  });
});

describe('the usual AWS variables', () => {
  const files = async (credentials: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'labproof-aws-'));
    const file = join(folder, 'credentials');
    await writeFile(file, credentials);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'none'));
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_PROFILE',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    ])
      vi.stubEnv(name, undefined);
    return { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
  };
  const timeouts = { attemptMs: 30_000, backoffMs: 1 };

  test('AWS_ENDPOINT_URL leads STS and the services, keys come from the environment', async () => {
    await using _ = await files('');
    await using endpoint = await endpointWhere(() => identity);
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const session = await openSession({ region: 'ap-northeast-2', timeouts });
    expect(await look(session)).toEqual({ projects: [{ name: 'p' }] });
    expect(endpoint.requests.map(({ operation, authorization }) => [operation, authorization.includes(`Credential=${KEY}/`)])).toEqual([
      ['GetCallerIdentity', true],
      ['BatchGetProjects', true],
    ]);
  });

  test('an endpoint for S3 alone gets bucket names in the path: its host has no subdomains', async () => {
    await using _ = await files('');
    await using endpoint = await endpointWhere(() => identity);
    const named = endpoint.url.replace('127.0.0.1', 'localhost');
    for (const name of ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_S3']) vi.stubEnv(name, named);
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const session = await openSession({ region: 'ap-northeast-2', timeouts });
    const caller = session.caller({ allowed: new Set(['s3:GetBucketLocation']) });
    await caller.send(s3, new GetBucketLocationCommand({ Bucket: 'my-bucket' }), { answer: z.unknown() }).catch(() => {});
    expect(endpoint.requests.at(-1)?.url).toBe('/my-bucket/?location=');
  });

  test('AWS_PROFILE, or a profile by name, chooses the credentials', async () => {
    await using _ = await files(
      '[class]\naws_access_key_id = AKIACLASSCLASSCLASS1\naws_secret_access_key = s\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\naws_secret_access_key = s\n',
    );
    await using endpoint = await endpointWhere(() => identity);
    vi.stubEnv('AWS_PROFILE', 'class');
    await openSession({ region: 'ap-northeast-2', endpoint: endpoint.url, timeouts });
    await openSession({ region: 'ap-northeast-2', endpoint: endpoint.url, profile: 'other', timeouts });
    expect(endpoint.requests.map(({ authorization }) => /Credential=(\w+)\//.exec(authorization)?.[1])).toEqual([
      'AKIACLASSCLASSCLASS1',
      'AKIAOTHEROTHEROTHER1',
    ]);
  });

  test('no credentials anywhere is said so, and nothing is sent', async () => {
    await using _ = await files('');
    await using endpoint = await endpointWhere(() => identity);
    const seen = await failure(openSession({ region: 'ap-northeast-2', endpoint: endpoint.url, timeouts }));
    expect(seen.reason).toBe('access');
    expect(seen.message).toMatchInlineSnapshot(
      `"sts:GetCallerIdentity in ap-northeast-2 was not sent: no usable AWS credentials were found; sign in, or choose a profile with AWS_PROFILE (Could not load credentials from any providers)."`,
    );
    expect(endpoint.requests).toEqual([]);
  });

  test('an AWS_ENDPOINT_URL that is no address is refused', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'localhost:4566');
    expect((await failure(openSession({ region: 'ap-northeast-2' }))).message).toBe('AWS_ENDPOINT_URL is not an http or https address.');
  });
});

describe('the account of a role', () => {
  test('comes from the answer of AssumeRole, whose credentials then look', async () => {
    await using endpoint = await endpointWhere(() => assumed());
    const session = await testSession(endpoint, { roleArn, externalId: 'class-7', sessionName: '김학생 1' });
    expect(session).toMatchObject({
      account: '444455556666',
      partition: 'aws',
      principal: 'arn:aws:sts::444455556666:assumed-role/LabproofReadOnly/labproof',
      expiresAt: new Date(EXPIRES),
    });
    await look(session);
    expect(endpoint.requests.map(({ operation, authorization }) => [operation, /Credential=(\w+)\//.exec(authorization)?.[1]])).toEqual([
      ['AssumeRole', 'key'],
      ['BatchGetProjects', 'ASIAIOSFODNN7EXAMPLE'],
    ]);
    const sent = Object.fromEntries(new URLSearchParams(endpoint.requests[0]?.body));
    expect(sent).toMatchObject({ RoleArn: roleArn, ExternalId: 'class-7', RoleSessionName: '----1', DurationSeconds: '3600' });
  });

  test('that AWS refuses is explained with everything it can be', async () => {
    await using endpoint = await endpointWhere(() =>
      xmlError('AccessDenied', 'User: arn:aws:iam::111122223333:user/tester is not authorized to perform: sts:AssumeRole', 403),
    );
    const withId = await failure(testSession(endpoint, { roleArn, externalId: 'class-7' }));
    const without = await failure(testSession(endpoint, { roleArn }));
    expect(withId).toMatchObject({ reason: 'access', operation: 'sts:AssumeRole', code: 'AccessDenied', httpStatus: 403 });
    expect([withId.message, without.message]).toMatchInlineSnapshot(`
      [
        "arn:aws:iam::444455556666:role/LabproofReadOnly could not be assumed: there is no such role, its trust policy does not name these credentials, or it demands another ExternalId, or these credentials may not call sts:AssumeRole on it. sts:AssumeRole in ap-northeast-2 was refused: the credentials that look have no permission for it (AccessDenied: User: arn:aws:iam::111122223333:user/tester is not authorized to perform: sts:AssumeRole).",
        "arn:aws:iam::444455556666:role/LabproofReadOnly could not be assumed: there is no such role, its trust policy does not name these credentials or demands an ExternalId, or these credentials may not call sts:AssumeRole on it. sts:AssumeRole in ap-northeast-2 was refused: the credentials that look have no permission for it (AccessDenied: User: arn:aws:iam::111122223333:user/tester is not authorized to perform: sts:AssumeRole).",
      ]
    `);
  });

  test.each<readonly [string, Reply]>([
    [
      'credentials are missing',
      xml('AssumeRole', '<AssumedRoleUser><Arn>arn:aws:sts::444455556666:assumed-role/r/s</Arn></AssumedRoleUser>'),
    ],
    ['the account is missing', xml('AssumeRole', roleCredentials)],
    ['the account is another', assumed('999999999999')],
    ['it is empty', {}],
  ])('is not opened by an answer in which %s', async (_name, reply) => {
    await using endpoint = await endpointWhere(() => reply);
    expect(await failure(testSession(endpoint, { roleArn }))).toMatchObject({ reason: 'malformed', operation: 'sts:AssumeRole' });
  });
});

test('bad options are refused before any call, in one sentence', async () => {
  await using endpoint = await endpointWhere(() => identity);
  const messages = await Promise.all(
    [{ region: 'Seoul' }, { roleArn: 'arn:aws:iam::1:role/x' }, { endpoint: 'ftp://localhost' }].map((options) =>
      failure(testSession(endpoint, options)).then(({ reason, message }) => `${reason}: ${message}`),
    ),
  );
  expect(messages).toMatchInlineSnapshot(`
    [
      "region: "Seoul" is not the name of a region, such as ap-northeast-2.",
      "access: "arn:aws:iam::1:role/x" is not the ARN of a role, such as arn:aws:iam::123456789012:role/LabproofReadOnly.",
      "network: endpoint is not an http or https address.",
    ]
  `);
  expect(endpoint.requests).toEqual([]);
});

test('an opening that is stopped ends', async () => {
  const stop = new AbortController();
  await using endpoint = await endpointWhere(() => {
    stop.abort();
    return 'hang';
  });
  expect(await failure(testSession(endpoint, { signal: stop.signal }))).toMatchObject({ reason: 'network' });
});
