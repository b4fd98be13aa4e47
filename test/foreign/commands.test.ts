import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSite } from '../support/site.ts';
import { week9 } from './accounts/week9.ts';
import { startForeign } from './endpoint.ts';
import { ACCOUNT } from './state.ts';
import type { ForeignEndpoint } from './wire.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-foreign-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What one sets to look at an endpoint of one's own. */
const environment = (endpoint: ForeignEndpoint) => ({
  ...{ AWS_ENDPOINT_URL: endpoint.url, AWS_ACCESS_KEY_ID: 'foreign', AWS_SECRET_ACCESS_KEY: 'foreign' },
  ...{ AWS_SESSION_TOKEN: '', AWS_PROFILE: '', AWS_REGION: '' },
});

test('a site with local credentials looks at whatever AWS_ENDPOINT_URL names', async () => {
  await using endpoint = await startForeign(week9.complete);
  await using site = await startSite({ ...environment(endpoint), LABPROOF_ACCOUNT: 'local', LABPROOF_DATA: folder });
  const check = async (task: string) => {
    const answer = await fetch(`${site.url}/api/check/${week9.id}/${task}?lang=en`, { method: 'POST' });
    expect(answer.status).toBe(200);
    return answer.json();
  };
  expect(await check('task-0')).toMatchObject({ status: 'passed', account: ACCOUNT, region: week9.complete.region });
  const project = await check('task-3');
  expect(project).toMatchObject({ status: 'unknown' });
  expect(project.checks.filter(({ status }: { status: string }) => status !== 'passed')).toEqual([
    expect.objectContaining({
      ...{ id: 'source-branch', status: 'unknown', reason: 'malformed', operation: 'codecommit:ListBranches' },
      operatorMessage: expect.stringContaining('codecommit:ListBranches'),
    }),
  ]);
  // What the lab needs and nobody answers is told before the first task, and what is there is found.
  const preflight = await check('preflight');
  expect(preflight.status).toBe('unknown');
  expect(preflight.checks).toContainEqual(expect.objectContaining({ id: 'account', status: 'passed' }));
});

test('a class there is graded, each account through its role', async () => {
  await using endpoint = await startForeign(week9.cleaned);
  const roster = join(folder, 'class.csv');
  writeFileSync(roster, `student,account\ns01,${ACCOUNT}\n`);
  const words = [
    '--lab',
    week9.id,
    '--roster',
    roster,
    '--task',
    'task-0',
    '--task',
    'cleanup',
    '--format',
    'json',
    '--out',
    join(folder, 'run'),
  ];
  const script = join(import.meta.dirname, '../../scripts/grade.ts');
  const child = spawn(process.execPath, [script, ...words], { env: { ...process.env, ...environment(endpoint) } });
  const [out] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(JSON.parse(out)).toEqual([
    expect.objectContaining({
      ...{ student: 's01', account: ACCOUNT, status: 'passed' },
      tasks: [
        expect.objectContaining({ task: 'task-0', status: 'passed' }),
        expect.objectContaining({ task: 'cleanup', status: 'passed' }),
      ],
    }),
  ]);
});
