import { BatchGetProjectsCommand, CodeBuildClient, DeleteProjectCommand } from '@aws-sdk/client-codebuild';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallEvent } from './call.ts';
import { CannotLook } from './errors.ts';
import type { OperationId } from './reader.ts';
import { defineService } from './service.ts';
import { boundedTransport } from './transport.ts';
import {
  identity,
  json,
  jsonError,
  type Reply,
  SHORT_ATTEMPT_MS,
  testSession,
  type WireEndpoint,
  wireEndpoint,
  xmlError,
} from './wire-endpoint.test-support.ts';

const codebuild = defineService({ name: 'codebuild', client: () => CodeBuildClient });
const allowed = new Set<OperationId>(['codebuild:BatchGetProjects']);
const answer = z.object({ projects: z.array(z.object({ name: z.string() })) });
const good = json({ projects: [{ name: 'p' }] });

/** An endpoint whose BatchGetProjects gives these replies in turn, the last one for ever. */
const replying = (...replies: readonly Reply[]) =>
  wireEndpoint(({ operation, nth }) =>
    operation === 'GetCallerIdentity' ? identity : (replies[Math.min(nth, replies.length) - 1] ?? 'hang'),
  );

const asked = (endpoint: WireEndpoint) => endpoint.requests.filter(({ operation }) => operation === 'BatchGetProjects').length;

/** Only silence is waited out. */
const attemptMsFor = (reply: Reply) => (reply === 'hang' || reply === 'hang-in-body' ? SHORT_ATTEMPT_MS : 30_000);

async function ask(
  endpoint: WireEndpoint,
  options: {
    signal?: AbortSignal;
    until?: number;
    onCall?: (call: CallEvent) => void;
    absent?: readonly string[];
    attemptMs?: number;
  } = {},
) {
  const { absent, attemptMs = 30_000, ...run } = options;
  const session = await testSession(endpoint, { timeouts: { attemptMs, backoffMs: 1 } });
  const caller = session.caller({ allowed, ...run });
  const command = new BatchGetProjectsCommand({ names: ['p'] });
  return absent ? caller.send(codebuild, command, { answer, absent }) : caller.send(codebuild, command, { answer });
}

const failure = (asking: Promise<unknown>): Promise<CannotLook> =>
  asking.then(
    (value) => expect.fail(`answered ${JSON.stringify(value)}`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(CannotLook);
      return error as CannotLook;
    },
  );

describe('an answer', () => {
  test('comes back with the members that were asked for', async () => {
    await using endpoint = await replying(good);
    expect(await ask(endpoint)).toEqual({ projects: [{ name: 'p' }] });
  });

  test('is asked for again when the first one was no good', async () => {
    const bad: Record<string, Reply> = {
      empty: json({}),
      'without a body': {},
      html: { type: 'text/html', body: '<html>sign in</html>' },
      'half a document': { body: '{"projects":[{"na' },
      'cut off': 'cut-off',
      'late from the start': 'hang',
      'late in the middle': 'hang-in-body',
    };
    for (const [name, reply] of Object.entries(bad)) {
      await using endpoint = await replying(reply, good);
      expect(await ask(endpoint, { attemptMs: attemptMsFor(reply) }), name).toEqual({ projects: [{ name: 'p' }] });
      expect(asked(endpoint), name).toBe(2);
    }
  });

  test('is retried by the SDK after throttling, 5xx and lost connections', async () => {
    const passing: readonly Reply[] = [jsonError('ThrottlingException'), { status: 503, type: 'text/html', body: '<html>' }, 'reset'];
    for (const reply of passing) {
      await using endpoint = await replying(reply, reply, good);
      expect(await ask(endpoint)).toEqual({ projects: [{ name: 'p' }] });
      expect(asked(endpoint)).toBe(3);
    }
  });
});

describe('trouble that stays', () => {
  const lasting: readonly (readonly [string, Reply, Partial<CannotLook>])[] = [
    ['an empty 200', json({}), { reason: 'malformed' }],
    ['a list where a record was due', json([]), { reason: 'malformed' }],
    ['null members', json({ projects: null }), { reason: 'malformed' }],
    ['a login page', { type: 'text/html', body: '<html>sign in</html>' }, { reason: 'malformed', httpStatus: 200 }],
    ['a cut-off body', 'cut-off', { reason: 'malformed' }],
    ['half a document', { body: '{"projects":[{"na' }, { reason: 'malformed' }],
    ['silence', 'hang', { reason: 'network' }],
    ['silence in the middle of the body', 'hang-in-body', { reason: 'network' }],
    ['a reset', 'reset', { reason: 'network', code: 'ECONNRESET' }],
    ['503 with HTML', { status: 503, type: 'text/html', body: '<html>' }, { reason: 'network', httpStatus: 503 }],
    ['500 with HTML', { status: 500, type: 'text/html', body: '<html>' }, { reason: 'malformed', httpStatus: 500 }],
    ['501 without a body', { status: 501 }, { reason: 'malformed', httpStatus: 501 }],
    ['a proxy’s 404 page', { status: 404, type: 'text/html', body: '<html>' }, { reason: 'malformed', httpStatus: 404 }],
    ['a redirect', { status: 302, headers: { location: 'http://login.invalid/' } }, { reason: 'malformed', httpStatus: 302 }],
    ['500 from AWS', jsonError('InternalFailure', 'oops', 500), { reason: 'network', code: 'InternalFailure', httpStatus: 500 }],
    ['throttling', jsonError('ThrottlingException', 'Rate exceeded'), { reason: 'throttled', code: 'ThrottlingException' }],
    ['denial', jsonError('AccessDeniedException'), { reason: 'access', code: 'AccessDeniedException', httpStatus: 400 }],
    ['an expired token', jsonError('ExpiredTokenException'), { reason: 'expired', code: 'ExpiredTokenException' }],
    ['an unknown operation', jsonError('UnknownOperationException', ''), { reason: 'malformed', code: 'UnknownOperationException' }],
    [
      'an error that nobody named',
      jsonError('ResourceNotFoundException'),
      { reason: 'bug', code: 'ResourceNotFoundException', requestId: 'request-1' },
    ],
    ['an error in another protocol', xmlError('AccessDenied', 'no', 403), { reason: 'malformed', httpStatus: 403 }],
  ];
  test.each(lasting)('%s', async (_name, reply, expected) => {
    await using endpoint = await replying(reply);
    const seen = await failure(ask(endpoint, { attemptMs: attemptMsFor(reply) }));
    expect(seen).toMatchObject({ ...expected, operation: 'codebuild:BatchGetProjects' });
    expect(seen.message).toMatch(/^codebuild:BatchGetProjects in ap-northeast-2 /);
  });

  test('is not retried where asking again cannot help', async () => {
    await using endpoint = await replying(jsonError('AccessDeniedException'));
    await failure(ask(endpoint));
    expect(asked(endpoint)).toBe(1);
  });

  test('a server that is not there', async () => {
    const endpoint = await replying(good);
    const session = await testSession(endpoint);
    await endpoint[Symbol.asyncDispose]();
    const asking = session.caller({ allowed }).send(codebuild, new BatchGetProjectsCommand({ names: ['p'] }), { answer });
    expect(await failure(asking)).toMatchObject({ reason: 'network', code: 'ECONNREFUSED' });
  });
});

describe('absence', () => {
  const absent = ['ResourceNotFoundException'];

  test('is the error that the question names', async () => {
    await using endpoint = await replying(jsonError('ResourceNotFoundException'));
    expect(await ask(endpoint, { absent })).toBeUndefined();
  });

  test('is no other error, and no empty answer', async () => {
    const others: readonly Reply[] = [
      jsonError('InvalidInputException'),
      jsonError('ResourceNotFoundException', 'broken', 500),
      { status: 404, type: 'text/html', body: '<html>' },
      json({}, 404),
      json({}),
      {},
    ];
    for (const reply of others) {
      await using endpoint = await replying(reply);
      await failure(ask(endpoint, { absent }));
    }
  });
});

describe('the guard', () => {
  test('stops an operation that the run was not opened for before it leaves the process', async () => {
    await using endpoint = await replying(good);
    const caller = (await testSession(endpoint)).caller({ allowed });
    const seen = await failure(caller.send(codebuild, new DeleteProjectCommand({ name: 'p' }), { answer: z.object({}) }));
    expect(seen).toMatchObject({ reason: 'bug', operation: 'codebuild:DeleteProject' });
    expect(endpoint.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });
});

describe('a run', () => {
  test('is told of every attempt', async () => {
    await using endpoint = await replying(jsonError('ThrottlingException'), json({}), good);
    const calls: CallEvent[] = [];
    await ask(endpoint, { onCall: (call) => calls.push(call) });
    expect(calls).toEqual([1, 2, 3].map((attempt) => ({ operation: 'codebuild:BatchGetProjects', attempt })));
  });

  test('that ends cuts its calls', async () => {
    const run = new AbortController();
    await using endpoint = await wireEndpoint(({ operation }) => {
      if (operation === 'GetCallerIdentity') return identity;
      run.abort();
      return 'hang';
    });
    expect(await failure(ask(endpoint, { signal: run.signal }))).toMatchObject({ reason: 'network' });
    expect(asked(endpoint)).toBe(1);
  });

  test('that has ended makes no call', async () => {
    await using endpoint = await replying(good);
    expect(await failure(ask(endpoint, { signal: AbortSignal.abort() }))).toMatchObject({ reason: 'network' });
    expect(asked(endpoint)).toBe(0);
  });
});

test('calls in flight are limited per account', async () => {
  let inFlight = 0;
  let most = 0;
  await using endpoint = await replying(good);
  const session = await testSession(endpoint, { concurrency: 3 });
  const caller = session.caller({
    allowed,
    onCall: () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
    },
  });
  const one = async () => {
    await caller.send(codebuild, new BatchGetProjectsCommand({ names: ['p'] }), {
      // Runs while the call still holds its place.
      answer: answer.transform((value) => {
        inFlight -= 1;
        return value;
      }),
    });
  };
  await Promise.all(Array.from({ length: 12 }, one));
  expect(most).toBe(3);
});

describe('a throttled read', () => {
  const throttled = jsonError('ThrottlingException', 'Rate exceeded');
  /** More than the SDK asks by itself. */
  const often = Array.from({ length: 9 }, () => throttled);

  test('is put back while the run has time, and answered in the end', async () => {
    await using endpoint = await replying(...often, good);
    expect(await ask(endpoint, { until: Date.now() + 60_000 })).toEqual({ projects: [{ name: 'p' }] });
    expect(asked(endpoint)).toBe(10);
  });

  test('is told as throttled when the run has no time left', async () => {
    await using endpoint = await replying(...often, good);
    expect(await failure(ask(endpoint, { until: Date.now() }))).toMatchObject({ reason: 'throttled' });
  });

  test('is not asked for without end', async () => {
    await using endpoint = await replying(throttled);
    expect(await failure(ask(endpoint, { until: Number.MAX_SAFE_INTEGER }))).toMatchObject({ reason: 'throttled' });
  });

  test('makes room for others while it waits', async () => {
    let throttles = 0;
    await using endpoint = await wireEndpoint(({ operation, body }) => {
      if (operation === 'GetCallerIdentity') return identity;
      if (!body.includes('slow') || throttles === 5) return good;
      throttles += 1;
      return throttled;
    });
    // One call at a time: a wait inside the limit would hold up the other read until the end.
    const session = await testSession(endpoint, { concurrency: 1 });
    const caller = session.caller({ allowed, until: Date.now() + 60_000 });
    const finished: string[] = [];
    const read = (name: string) =>
      caller.send(codebuild, new BatchGetProjectsCommand({ names: [name] }), { answer }).then(() => finished.push(name));
    await Promise.all([read('slow'), read('quick')]);
    expect(finished).toEqual(['quick', 'slow']);
  });

  test('is not waited for after the run has ended', async () => {
    await using endpoint = await replying(throttled);
    const run = new AbortController();
    const session = await testSession(endpoint, { timeouts: { attemptMs: 30_000 } });
    const caller = session.caller({ allowed, until: Date.now() + 3_600_000, signal: run.signal, onCall: () => run.abort() });
    const asking = caller.send(codebuild, new BatchGetProjectsCommand({ names: ['p'] }), { answer });
    expect(await failure(asking)).toMatchObject({ reason: 'network', trouble: 'stopped' });
  });
});

test('nothing is sent to a host that is neither of AWS nor named', async () => {
  await using endpoint = await replying(good);
  const session = await testSession(endpoint, { endpoint: 'http://127.0.0.1:9' }).catch((error: unknown) => error);
  expect(session).toMatchObject({ reason: 'network' });
  const transport = boundedTransport(1_000, { environment: { AWS_ENDPOINT_URL_ECR: 'http://named.example' } });
  const request = (hostname: string) => ({ hostname }) as Parameters<typeof transport.handle>[0];
  for (const hostname of ['127.0.0.1', 'evil.example', 'amazonaws.com.evil.example', 'notamazonaws.com', '169.254.169.254']) {
    await expect(transport.handle(request(hostname))).rejects.toThrow(`${hostname} is not an endpoint of AWS`);
  }
  expect(endpoint.requests).toEqual([]);
});

test('another region is looked at with the same credentials, and says so', async () => {
  await using endpoint = await replying(good);
  const session = (await testSession(endpoint)).inRegion('us-east-1');
  const caller = session.caller({ allowed });
  await caller.send(codebuild, new BatchGetProjectsCommand({ names: ['p'] }), { answer });
  expect([session.region, session.account, caller.region]).toEqual(['us-east-1', '111122223333', 'us-east-1']);
  expect(endpoint.requests.at(-1)?.authorization).toContain('/us-east-1/codebuild/');
});

test('an account that was not expected is refused', async () => {
  await using endpoint = await replying(good);
  const opening = testSession(endpoint, { expectedAccount: '999999999999' });
  expect(await failure(opening)).toMatchObject({
    reason: 'access',
    trouble: 'wrong-account',
    message: 'The credentials lead to account 111122223333, not to 999999999999: nothing was looked at.',
  });
  await expect(testSession(endpoint, { expectedAccount: '111122223333' })).resolves.toMatchObject({ account: '111122223333' });
});
