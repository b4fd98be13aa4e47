import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { labs } from '../checkers/index.ts';
import type { Readiness } from './dry-run.ts';
import { optionsOf } from './fixtures.test-support.ts';
import type { GradeOptions } from './options.ts';
import { runGrade } from './run.ts';

const lab = labs.find(({ id }) => id === 'week9-2-codebuild') ?? expect.fail('no lab');

async function run(more: Partial<GradeOptions>) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const options = optionsOf({
    lab,
    tasks: lab.tasks,
    region: lab.region,
    dryRun: true,
    out: '/nowhere/at/all',
    source: { kind: 'practice', size: 5 },
    ...more,
  });
  const code = await runGrade(options, { stdout, stderr }).finally(() => {
    stdout.end();
    stderr.end();
  });
  return { code, out: await out, err: await err };
}

it('looks whether each account can be graded, grades nobody and writes nothing', async () => {
  const { code, out, err } = await run({ format: 'json' });
  const all = JSON.parse(out) as Readiness[];
  expect(all).toHaveLength(5);
  // One role refuses. One student worked in Virginia first, so the name of the stack's role is taken.
  expect(all.map(({ preflight }) => preflight.status).sort()).toEqual(['failed', 'passed', 'passed', 'passed', 'unknown']);
  const refused = all.find(({ preflight }) => preflight.status === 'unknown')?.preflight.checks[0];
  expect(refused).toMatchObject({ id: 'account', reason: 'access', operation: 'sts:AssumeRole' });
  expect(refused?.operatorMessage).toMatch(/\d{12}/);
  expect(code).toBe(1);
  expect(err).toContain('3 of 5 accounts are ready. Nobody was graded.');
});

it('tells people under each account what has to be settled first', async () => {
  const { out } = await run({ format: 'table', language: 'en' });
  const lines = out.trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(3);
  const notes = lines.filter((line) => line.startsWith('    '));
  expect(notes.some((line) => line.includes('week9-2-codebuild-role'))).toBe(true);
  expect(notes.some((line) => line.includes('trust policy'))).toBe(true);
});
