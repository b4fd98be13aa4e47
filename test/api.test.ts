import { describe, expect, inject, it } from 'vitest';
import type { CheckResult, TaskResult } from '../src/checkers/engine/result.ts';
import { labs } from '../src/checkers/index.ts';
import { startSite } from './support/site.ts';
import { createVisitor } from './support/visitor.ts';

const site = inject('site');

const LAB = 'week9-2-codebuild';

/** The events of a `text/event-stream`, in order. */
async function eventsOf(response: Response): Promise<{ event: string; data: unknown }[]> {
  const text = await response.text();
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((block) => ({ event: /^event: (.*)$/m.exec(block)?.[1] ?? '', data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') }));
}

describe.each(labs.map(({ id }) => id))('every move of %s, as a stranger plays them', (lab) => {
  it('shows each mistake as its own failure, and each solve as passed', async () => {
    const visitor = createVisitor(site);
    const { moves } = await visitor.practice(lab);
    expect(moves.length).toBeGreaterThan(0);
    for (const move of moves) {
      await visitor.play(lab, move.id);
      const result = await visitor.check(lab, move.task);
      if (move.kind === 'solve') {
        expect([move.id, result.status]).toEqual([move.id, 'passed']);
      } else {
        const failures = result.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
        expect([move.id, failures]).toEqual([move.id, [move.breaks]]);
        expect(result.checks.filter(({ status }) => !['failed', 'passed', 'blocked'].includes(status))).toEqual([]);
      }
    }
  });
});

describe('the check API', () => {
  it('answers the contract: values, evidence, links and steps', async () => {
    const visitor = createVisitor(site);
    const { account } = await visitor.play(LAB, (await visitor.practice(LAB)).moves[0]?.id ?? '');
    const result = await visitor.check(LAB, 'task-0', 'ko');
    expect(result).toMatchObject({ lab: LAB, task: 'task-0', status: 'passed', account, region: 'ap-northeast-2' });
    expect(Date.parse(result.checkedAt)).not.toBeNaN();
    expect(result.values).toMatchObject({
      AccountId: account,
      Region: 'ap-northeast-2',
      CodeCommitRepositoryName: 'week9-2-codebuild-repo',
    });
    for (const check of result.checks) expect(check).toMatchObject({ title: expect.stringMatching(/\S/), source: 'live' });
  });

  it('streams the same checks one by one, then the whole', async () => {
    const visitor = createVisitor(site);
    const whole = await visitor.check(LAB, 'task-3');
    const response = await visitor.request('POST', `/api/check/${LAB}/task-3?lang=en`, { headers: { accept: 'text/event-stream' } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = await eventsOf(response);
    const last = events.pop();
    expect(last?.event).toBe('task');
    expect({ ...(last?.data as TaskResult), checkedAt: '' }).toEqual({ ...whole, checkedAt: '' });
    const byId = (checks: readonly CheckResult[]) => Object.fromEntries(checks.map((check) => [check.id, check]));
    expect(events.every(({ event }) => event === 'check')).toBe(true);
    expect(byId(events.map(({ data }) => data as CheckResult))).toEqual(byId(whole.checks));
  });

  it.each([
    ['an unknown lab', `/api/check/nope/task-0`, 404],
    ['an unknown task', `/api/check/${LAB}/task-9`, 404],
    ['a path in a name', `/api/check/..%2F..%2Fetc/task-0`, 404],
    ['an unknown language', `/api/check/${LAB}/task-0?lang=fr`, 400],
    ['an unknown move', `/api/practice/${LAB}/nope`, 404],
  ])('refuses %s as a problem in plain words', async (_what, path, status) => {
    const response = await createVisitor(site).request('POST', path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.stringMatching(/\.$/) });
  });

  it('refuses what another site sends', async () => {
    const response = await createVisitor(site).request('POST', '/api/practice/reset', { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  it('keeps browsers apart', async () => {
    const [one, two] = [createVisitor(site), createVisitor(site)];
    const solve = (await one.practice(LAB)).moves.find(({ kind }) => kind === 'solve');
    await one.play(LAB, solve?.id ?? '');
    expect((await one.check(LAB, 'task-0')).status).toBe('passed');
    expect((await two.check(LAB, 'task-0')).status).toBe('not-started');
  });

  it('forgets everything at a reset', async () => {
    const visitor = createVisitor(site);
    const { moves } = await visitor.practice(LAB);
    for (const move of moves.filter(({ kind, task }) => kind === 'solve' && task === 'task-0')) await visitor.play(LAB, move.id);
    expect((await visitor.check(LAB, 'task-0')).status).toBe('passed');
    await visitor.reset();
    expect((await visitor.check(LAB, 'cleanup')).status).toBe('not-started');
  });
});

describe('faults on demand', () => {
  it('refuses a fault it does not know, naming what it knows', async () => {
    const response = await createVisitor(site).request('POST', '/api/practice/faults', { body: { operation: 'x', fault: 'fire' } });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain('codebuild:BatchGetProjects');
  });

  it('refuses a body that is too large', async () => {
    const response = await createVisitor(site).request('POST', '/api/practice/faults', { body: { operation: 'x'.repeat(20_000) } });
    expect(response.status).toBe(413);
  });

  it('never turns being denied into a failure of the student', async () => {
    const visitor = createVisitor(site);
    await visitor.arm({ operation: 'cloudformation:DescribeStacks', fault: 'denied', times: 50 });
    const result = await visitor.check(LAB, 'task-0');
    expect(result).toMatchObject({ status: 'unknown', reason: 'access' });
    expect(result.checks.find(({ status }) => status === 'unknown')?.operation).toBe('cloudformation:DescribeStacks');
  });

  it('retries a throttle to the right answer', async () => {
    const visitor = createVisitor(site);
    const solve = (await visitor.practice(LAB)).moves.find(({ kind, task }) => kind === 'solve' && task === 'task-0');
    await visitor.play(LAB, solve?.id ?? '');
    await visitor.arm({ operation: 'cloudformation:DescribeStacks', fault: 'throttle', times: 1 });
    expect((await visitor.check(LAB, 'task-0')).status).toBe('passed');
  });
});

describe('starting', () => {
  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc"; it must be a number from 0 to 65535.'],
    [{ LABPROOF_ACCOUNT: 'cloud' }, 'LABPROOF_ACCOUNT is "cloud"; this version knows "practice" and "local".'],
    [{ HOST: '203.0.113.9' }, 'HOST is "203.0.113.9", which is not an address of this machine.'],
  ])('%j is refused in one sentence', async (environment, sentence) => {
    await expect(startSite(environment)).rejects.toThrow(sentence);
  });

  it('says which port is taken and how to choose another', async () => {
    const port = new URL(site).port;
    await expect(startSite({ PORT: port })).rejects.toThrow(`Something else already listens at 127.0.0.1:${port}`);
  });
});
