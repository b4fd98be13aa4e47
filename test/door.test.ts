import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccountId } from '../src/practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../src/practice/server.ts';
import { type RunningSite, startSite } from './support/site.ts';

/** A site that holds somebody's credentials, as with `LABPROOF_ACCOUNT=local`, and a page that should not get at them. */
const ACCOUNT = newAccountId('door');
const LAB = 'week9-2-codebuild';
let endpoint: PracticeEndpoint;
let site: RunningSite;
beforeAll(async () => {
  endpoint = await startPractice();
  const { accessKeyId, secretAccessKey } = endpoint.credentials(ACCOUNT);
  site = await startSite({
    LABPROOF_ACCOUNT: 'local',
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_REGION: '',
  });
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await endpoint.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with exactly these headers: `fetch` would not let a test lie about Host and Origin. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const { hostname, port, host } = new URL(site.url);
  return new Promise((resolve, reject) => {
    const call = request(
      { host: hostname, port, method, path, headers: { host, ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        text(answer).then((all) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all }), reject);
      },
    );
    call.on('error', reject).end(body);
  });
}

const check = `/api/check/${LAB}/task-0`;
const doors = [
  ['GET', '/api/account'],
  ['POST', check],
  ['POST', `/api/check/${LAB}/preflight`],
  ['GET', `/api/practice/${LAB}`],
  ['POST', '/api/practice/reset'],
] as const;
const calls = () => endpoint.account(ACCOUNT).calls.length;

describe('the local site', () => {
  it('tells its own page which account and role it looks with, before any check', async () => {
    const { status, body } = await send('GET', `/api/account?lab=${LAB}`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      mode: 'local',
      account: ACCOUNT,
      region: 'ap-northeast-2',
      principal: `arn:aws:iam::${ACCOUNT}:user/practice`,
    });
  });

  it('checks for its own page', async () => {
    const { host } = new URL(site.url);
    const own = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const { status, body } = await send('POST', check, own, '{}');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ task: 'task-0', status: 'not-started', account: ACCOUNT });
  });

  it('answers pre-flight like a check, at once or check by check', async () => {
    const { status, body } = await send('POST', `/api/check/${LAB}/preflight?lang=en`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ task: 'preflight', status: 'passed', checks: [{ id: 'account' }, {}, {}, {}, {}] });
    const stream = await send('POST', `/api/check/${LAB}/preflight`, { accept: 'text/event-stream' });
    expect(stream.body.match(/^event: .*$/gm)).toEqual([...Array.from({ length: 5 }, () => 'event: check'), 'event: task']);
    const other = await send(
      'POST',
      `/api/check/${LAB}/preflight`,
      { 'content-type': 'application/json' },
      '{"expectedAccount":"999999999999"}',
    );
    expect(JSON.parse(other.body)).toMatchObject({ status: 'failed', checks: [{ id: 'account', status: 'failed' }] });
    expect((await send('POST', `/api/check/${LAB}/preflight`, {}, '{"expectedAccount":"1"}')).status).toBe(400);
  });

  const strangers: readonly (readonly [string, Record<string, string>])[] = [
    ['a rebound name', { host: 'evil.example' }],
    ['a rebound name with our port', { host: 'evil.example:4321' }],
    ['a name that begins like ours', { host: 'localhost.evil.example' }],
    ['a name that a URL would take for ours', { host: 'evil.example@localhost' }],
    ['our name with a port that is none', { host: 'localhost:4321@evil.example' }],
    ['another spelling of our address', { host: '0x7f.1' }],
    ['an origin that is not a page', { origin: 'null', 'content-type': 'text/plain' }],
    ['an origin with our host in it', { origin: 'http://localhost.evil.example' }],
    ['a link on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
    ['a frame on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['a forwarded name', { host: 'evil.example', 'x-forwarded-host': 'localhost:4321', forwarded: 'host=localhost' }],
    [
      'a page of another site (fetch)',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
    ],
    ['a page of another site (form)', { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
    ['a script tag', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    ['another name of this machine', { 'sec-fetch-site': 'same-site' }],
  ];

  it.each(strangers)('gives nothing to %s, and calls nothing for it', async (_who, headers) => {
    const before = calls();
    for (const [method, path] of doors) {
      const { status, body, headers: answered } = await send(method, path, headers);
      expect([path, status]).toEqual([path, 403]);
      expect(body).not.toContain(ACCOUNT);
      expect(answered['access-control-allow-origin']).toBeUndefined();
    }
    expect(calls()).toBe(before);
  });

  it('lets no page of another site read an answer or send a header of its own', async () => {
    for (const [, path] of doors) {
      const asked = {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      };
      const { headers } = await send('OPTIONS', path, asked);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await send('GET', '/api/account')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('shows nothing of the account in the pages that a rebound name could read', async () => {
    const { status, body } = await send('GET', `/ko/labs/${LAB}/`, { host: 'evil.example' });
    expect(status).toBe(403);
    expect(body).not.toContain(ACCOUNT);
  });

  it('lets no page of another site frame its pages or load its answers', async () => {
    for (const path of [`/ko/labs/${LAB}/`, '/api/account', `/api/practice/${LAB}`]) {
      const { headers } = await send('GET', path);
      expect(headers).toMatchObject({
        'x-frame-options': 'SAMEORIGIN',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('does nothing for methods that only look', async () => {
    const before = calls();
    for (const path of [check, `/api/check/${LAB}/preflight`, '/api/practice/reset', `/api/practice/${LAB}/create-stack`]) {
      for (const method of ['GET', 'HEAD']) expect([path, (await send(method, path)).status]).toEqual([path, 404]);
    }
    expect(calls()).toBe(before);
  });

  it('reads no more of a body than it needs', async () => {
    const { status } = await send(
      'POST',
      `/api/check/${LAB}/preflight`,
      { 'content-type': 'application/json' },
      JSON.stringify({ x: 'x'.repeat(40_000) }),
    );
    expect(status).toBe(413);
  });

  it('says nothing of its credentials when they are refused', async () => {
    const { accessKeyId, secretAccessKey } = endpoint.credentials(ACCOUNT);
    endpoint.arm(ACCOUNT, { operation: 'cloudformation:DescribeStacks', fault: 'denied', times: 100 });
    const { status, body } = await send('POST', `${check}?lang=en`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ status: 'unknown', reason: 'access' });
    for (const secret of [accessKeyId, secretAccessKey]) expect(`${body}\n${site.output.join('\n')}`).not.toContain(secret);
  });
});
