import { describe, expect, it, vi } from 'vitest';
import { CannotLook } from '../../aws/errors.ts';
import type { Bound } from '../../aws/reader.ts';
import { type AnyExpectation, expectationsOn } from './expectation.ts';
import { plain, type Repository, readerOf, session, solve, text } from './fixtures.test-support.ts';
import { renderTask } from './render.ts';
import { type CheckOutcome, runTask } from './run.ts';
import { defineTask } from './task.ts';
import { failed, notStarted, passed, waiting } from './verdict.ts';

type Answers = { repository: () => Repository | 'busy' | undefined; tags?: () => string[] | Promise<string[]> };

const task = { id: 'task-0', title: text('A task'), solve } as const;

function repositoryTask({ repository, tags = () => ['latest'] }: Answers) {
  const reads = { repository: readerOf('repository', repository), tags: readerOf('tags', tags) };
  const observe = (aws: Bound<typeof reads>) => ({ repository: aws.repository('app'), tags: aws.tags('app') });
  const on = expectationsOn<typeof observe>();
  return defineTask({
    ...task,
    reads,
    observe,
    expectations: [
      on.repository({
        ...plain,
        id: 'exists',
        step: 3,
        judge(repository) {
          if (repository === undefined) return notStarted('missing');
          return repository === 'busy' ? waiting('busy', 7) : passed();
        },
      }),
      on.repository({
        ...plain,
        id: 'named',
        after: 'exists',
        expected: 'app',
        observed: (repository) => (repository === 'busy' ? undefined : repository?.name),
        console: (_repository, { region }) => `https://${region}.console.aws.amazon.com/ecr`,
        judge: (repository) =>
          repository !== undefined && repository !== 'busy' && repository.name !== 'app'
            ? failed(['misnamed', { name: repository.name }])
            : passed(),
      }),
      on.tags({ ...plain, id: 'tagged', holds: (tags) => tags.length > 0, otherwise: 'missing' }),
    ],
    publishes: {
      repository: (repository): Record<string, string> => (repository && repository !== 'busy' ? { Name: repository.name } : {}),
    },
  });
}

/** A task over a repository that is not there any more. */
function goneTask(checks: (on: ReturnType<typeof onGone>) => readonly AnyExpectation[]) {
  return defineTask({ ...task, reads: goneReads, observe: observeGone, expectations: checks(onGone()) });
}
const goneReads = { repository: readerOf('repository', () => undefined) };
const observeGone = (aws: Bound<typeof goneReads>) => ({ repository: aws.repository('app') });
const onGone = () => expectationsOn<typeof observeGone>();

const statuses = (checks: readonly CheckOutcome[]) => Object.fromEntries(checks.map(({ id, status }) => [id, status]));
const app = (): Repository => ({ name: 'app', tags: [] });

describe('runTask', () => {
  it('passes when every expectation is seen to hold, and publishes the values', async () => {
    const outcome = await runTask(repositoryTask({ repository: app }), session);
    expect(outcome).toMatchObject({ task: 'task-0', status: 'passed', account: session.account, values: { Name: 'app' } });
    expect(statuses(outcome.checks)).toEqual({ exists: 'passed', named: 'passed', tagged: 'passed' });
  });

  it('fails with expected, observed, step, console link and the message of what was found', async () => {
    const outcome = await runTask(repositoryTask({ repository: () => ({ name: 'ap', tags: [] }) }), session);
    expect(outcome.status).toBe('failed');
    expect(outcome.checks[1]).toEqual({
      id: 'named',
      status: 'failed',
      source: 'live',
      expected: 'app',
      observed: 'ap',
      title: plain.title,
      consoleUrl: 'https://ap-northeast-2.console.aws.amazon.com/ecr',
      says: { key: 'misnamed', texts: plain.says.misnamed, parameters: { name: 'ap' } },
    });
  });

  it('blocks what depends on a check that has not passed, without a message', async () => {
    const outcome = await runTask(repositoryTask({ repository: () => undefined }), session);
    expect(statuses(outcome.checks)).toEqual({ exists: 'not-started', named: 'blocked', tagged: 'passed' });
    expect(outcome.checks[1]).toEqual({ id: 'named', title: plain.title, status: 'blocked', blockedBy: 'exists', source: 'live' });
    expect(outcome.status).toBe('not-started');
  });

  it('waits with the seconds until looking again makes sense', async () => {
    const outcome = await runTask(repositoryTask({ repository: () => 'busy' }), session);
    expect(outcome.checks[0]).toMatchObject({ status: 'waiting', retryAfter: 7 });
    expect(outcome.status).toBe('waiting');
  });

  it('says unknown for exactly the checks whose fact could not be read', async () => {
    const denied = new CannotLook('no', { reason: 'access', operation: 'ecr:tags', requestId: 'r-1' });
    const task = repositoryTask({
      repository: app,
      tags: () => {
        throw denied;
      },
    });
    const outcome = await runTask(task, session);
    expect(statuses(outcome.checks)).toEqual({ exists: 'passed', named: 'passed', tagged: 'unknown' });
    expect(outcome.checks[2]).toMatchObject({ reason: 'access', operation: 'ecr:tags', requestId: 'r-1' });
    expect(outcome.status).toBe('unknown');
  });

  it('lets a failure that was seen decide over what could not be looked at', async () => {
    const task = repositoryTask({
      repository: () => ({ name: 'ap', tags: [] }),
      tags: () => {
        throw new CannotLook('no', { reason: 'network' });
      },
    });
    expect((await runTask(task, session)).status).toBe('failed');
  });

  it('turns a checker that throws into unknown, never into a failure', async () => {
    const task = repositoryTask({ repository: app, tags: () => undefined as unknown as string[] });
    const outcome = await runTask(task, session);
    expect(outcome.checks[2]).toMatchObject({ id: 'tagged', status: 'unknown', reason: 'bug' });
  });

  it('turns an observe that throws at once into unknown for every check', async () => {
    const task = {
      ...repositoryTask({ repository: app }),
      observe() {
        throw new TypeError('a mistake of ours');
      },
    };
    const outcome = await runTask(task, session);
    expect(outcome.checks.map(({ status, reason }) => [status, reason])).toEqual([
      ['unknown', 'bug'],
      ['blocked', undefined],
      ['unknown', 'bug'],
    ]);
    expect(outcome.values).toEqual({});
  });

  it('takes a fact that observe forgot as a bug, not as absence', async () => {
    const task = { ...repositoryTask({ repository: app }), observe: () => ({}) };
    const outcome = await runTask(task, session);
    expect(outcome.checks[0]).toMatchObject({ status: 'unknown', reason: 'bug' });
  });

  it('does not take anything but true for a pass', async () => {
    const reads = { tags: readerOf('tags', () => ({ length: undefined as unknown as boolean })) };
    const observe = (aws: Bound<typeof reads>) => ({ tags: aws.tags('app') });
    const on = expectationsOn<typeof observe>();
    const expectations = [on.tags({ ...plain, id: 'tagged', holds: ({ length }) => length, otherwise: 'missing' })];
    expect((await runTask(defineTask({ ...task, reads, observe, expectations }), session)).status).toBe('failed');
  });

  it('emits each check as soon as it is decided, not when the slowest is', async () => {
    const slow = Promise.withResolvers<string[]>();
    const seen: string[] = [];
    const onCheck = vi.fn(({ id }: CheckOutcome) => {
      seen.push(id);
      if (seen.length === 2) slow.resolve(['latest']);
    });
    const task = repositoryTask({ repository: app, tags: () => slow.promise as unknown as string[] });
    await runTask(task, session, { onCheck });
    expect(seen).toEqual(['exists', 'named', 'tagged']);
  });

  it('gives no verdict after an abort', async () => {
    const abort = new AbortController();
    const task = repositoryTask({
      repository: () => {
        abort.abort(new Error('the reader has gone'));
        return app();
      },
    });
    await expect(runTask(task, session, { signal: abort.signal })).rejects.toThrow('the reader has gone');
  });

  it('reads once what two tasks of a run share', async () => {
    const repository = vi.fn(app);
    const memo = new Map();
    const task = repositoryTask({ repository });
    await runTask(task, session, { memo });
    await runTask(task, session, { memo });
    expect(repository).toHaveBeenCalledTimes(1);
  });
});

describe('renderTask', () => {
  const lab = { id: 'fixture' };

  it('speaks the language asked for', async () => {
    const outcome = await runTask(repositoryTask({ repository: () => ({ name: 'ap', tags: [] }) }), session);
    const texts = (['ko', 'ja', 'en'] as const).map((language) => renderTask(lab, outcome, language).checks[1]?.message);
    expect(texts).toEqual(['"ap" 저장소의 이름이 다릅니다.', '"ap" という名前は違います。', 'The repository is called "ap".']);
  });

  it('tells reason and waiting time of the whole, and says in words that we could not look', async () => {
    const task = repositoryTask({
      repository: app,
      tags: () => {
        throw new CannotLook('slow down', { reason: 'throttled', operation: 'ecr:DescribeImages' });
      },
    });
    const result = renderTask(lab, await runTask(task, session), 'en');
    expect(result.reason).toBe('throttled');
    expect(result.checks[2]?.message).toMatchInlineSnapshot(
      `"We could not look: AWS is busy and did not answer ecr:DescribeImages. Check again in a moment."`,
    );
    const busy = renderTask(lab, await runTask(repositoryTask({ repository: () => 'busy' }), session), 'en');
    expect(busy.retryAfter).toBe(7);
  });

  it('inserts what AWS says as text: braces and tags in a name are not parsed', async () => {
    const outcome = await runTask(repositoryTask({ repository: () => ({ name: '{evil} <b>', tags: [] }) }), session);
    expect(renderTask(lab, outcome, 'en').checks[1]?.message).toBe('The repository is called "{evil} <b>".');
  });
});

describe('history', () => {
  const event = { at: '2026-11-20T10:00:00.000Z', id: 'build-1' };
  type Recalled = () => Promise<{ event: typeof event } | undefined>;
  const gone = (exists: Recalled, named: Recalled = async () => undefined) =>
    goneTask((on) => [
      on.repository({
        ...plain,
        id: 'exists',
        judge: (repository) => (repository === undefined ? notStarted('missing') : passed()),
        past: exists,
      }),
      on.repository({ ...plain, id: 'named', after: 'exists', judge: () => failed('missing'), past: named }),
    ]);

  it('passes what is gone, with the event that proves it', async () => {
    const { status, checks } = await runTask(
      gone(
        async () => ({ event }),
        async () => ({ event }),
      ),
      session,
    );
    expect(status).toBe('passed');
    expect(checks).toMatchObject([
      { id: 'exists', status: 'passed', source: 'history', event },
      { id: 'named', status: 'passed', source: 'history', event },
    ]);
  });

  it('fails nobody: what it does not prove stays as it was, and what came after it is blocked', async () => {
    expect(
      statuses(
        (
          await runTask(
            gone(async () => undefined),
            session,
          )
        ).checks,
      ),
    ).toEqual({ exists: 'not-started', named: 'blocked' });
    expect(
      statuses(
        (
          await runTask(
            gone(async () => ({ event })),
            session,
          )
        ).checks,
      ),
    ).toEqual({ exists: 'passed', named: 'blocked' });
  });

  it('that cannot be read leaves the check unknown, for something may be there', async () => {
    const denied = async () => Promise.reject(new CannotLook('no', { reason: 'access', operation: 'cloudtrail:LookupEvents' }));
    const outcome = await runTask(gone(denied), session);
    expect(outcome.checks[0]).toMatchObject({ status: 'unknown', reason: 'access', operation: 'cloudtrail:LookupEvents' });
  });
});

describe('looking elsewhere', () => {
  const missing = (where: Readonly<Record<string, string | Error | undefined>>) =>
    goneTask((on) => [
      on.repository({
        ...plain,
        id: 'exists',
        judge: () => notStarted('missing'),
        elsewhere: {
          regions: ['us-east-1', session.region, 'ap-northeast-1'],
          reads: [],
          find: async (_aws, { region }) => {
            const found = where[region];
            if (found instanceof Error) throw found;
            return found;
          },
        },
      }),
    ]);
  const messageIn = (outcome: Awaited<ReturnType<typeof runTask>>) => renderTask({ id: 'lab' }, outcome, 'en').checks[0]?.message;

  it('says where the missing thing is, and which region the lab uses', async () => {
    const outcome = await runTask(missing({ 'ap-northeast-1': 'arn:there' }), session);
    expect(outcome.checks[0]).toMatchObject({
      status: 'failed',
      expected: 'ap-northeast-2',
      observed: 'ap-northeast-1',
      resource: 'arn:there',
    });
    expect(messageIn(outcome)).toContain('It was found in ap-northeast-1; this lab uses ap-northeast-2.');
  });

  it('is a hint: what is not found or cannot be read there changes nothing', async () => {
    const outcome = await runTask(
      missing({ 'us-east-1': new CannotLook('no', { reason: 'access' }), [session.region]: 'arn:here' }),
      session,
    );
    expect(outcome.checks[0]).toMatchObject({ status: 'not-started' });
  });
});

describe('a run', () => {
  const never = () => new Promise<never>(() => {});

  it('ends at its deadline even when what it asks never answers, with what it could see', async () => {
    const outcome = await runTask(repositoryTask({ repository: app, tags: never }), session, { deadlineMs: 50 });
    expect(statuses(outcome.checks)).toEqual({ exists: 'passed', named: 'passed', tagged: 'unknown' });
    expect(outcome.checks[2]).toMatchObject({ reason: 'network', look: { trouble: 'no-answer' } });
  });

  it('tells the operator which call failed, in which account and region, and what to do', async () => {
    const denied = new CannotLook('no', {
      reason: 'access',
      operation: 'ecr:DescribeImages',
      code: 'AccessDeniedException',
      requestId: 'r-1',
    });
    const tags = () => {
      throw denied;
    };
    const outcome = await runTask(repositoryTask({ repository: app, tags }), session);
    for (const language of ['ko', 'ja', 'en'] as const) {
      const { operatorMessage } = renderTask({ id: 'lab' }, outcome, language).checks[2] ?? {};
      for (const part of ['123456789012', 'ap-northeast-2', 'ecr:DescribeImages', 'AccessDeniedException', 'r-1', 'npm run role']) {
        expect(operatorMessage).toContain(part);
      }
    }
  });
});
