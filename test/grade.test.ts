import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labs } from '../src/checkers/index.ts';
import type { AccountResult } from '../src/grading/account-result.ts';
import { type PracticeStudent, practiceClass } from '../src/grading/practice-class.ts';
import { type PracticeEndpoint, startPractice } from '../src/practice/server.ts';

const ROOT = join(import.meta.dirname, '..');
const INSTRUCTOR = '123456789012';
const LAB = 'week9-2-codebuild';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-grade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Hears what is said so far, and may interrupt. */
  onSaid?(said: string, interrupt: (signal: NodeJS.Signals) => void): void;
  /** Largest file the process may write, in KiB. */
  readonly largestFile?: number;
}

/** Runs the command as an instructor's machine would: without anybody's credentials unless `env` has some. */
async function grade(words: readonly string[], { env = {}, onSaid, largestFile }: RunOptions = {}): Promise<Ran> {
  const command = [process.execPath, join(ROOT, 'scripts/grade.ts'), ...words];
  const [file = '', ...args] =
    largestFile === undefined ? command : ['bash', '-c', `ulimit -f ${largestFile}; exec "$@"`, 'bash', ...command];
  const clean = { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(file, args, { cwd: ROOT, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
    onSaid?.(said, (signal) => child.kill(signal));
  });
  const ended = Promise.withResolvers<number | null>();
  child.on('error', ended.reject);
  child.on('close', ended.resolve);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise]);
  return { code, out, err };
}

const journal = (name: string) =>
  readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AccountResult);

describe('what an instructor types', () => {
  it('is explained by --help', async () => {
    const { code, out } = await grade(['--help']);
    expect(code).toBe(0);
    for (const flag of 'lab roster practice task out resume concurrency deadline region role external-id lang format'.split(' ')) {
      expect(out).toContain(`--${flag}`);
    }
    expect(out).toContain('130');
    expect(out).toContain(LAB);
  });

  it.each([
    ['no lab', [], `--lab is missing: name the lab to grade (${labs.map(({ id }) => id).join(', ')}).`],
    ['an unknown lab', ['--lab', 'week1', '--practice', '3'], '--lab "week1" is not a lab'],
    ['an unknown task', ['--lab', LAB, '--practice', '3', '--task', 'task-9'], 'its tasks are task-0, task-1'],
    ['an unknown flag', ['--lab', LAB, '--practise', '3'], "Unknown option '--practise'. The flags are --lab"],
    ['a flag without its value', ['--lab', LAB, '--roster'], "Option '--roster <value>' argument missing"],
    ['no roster', ['--lab', LAB, '--roster', '/nowhere/class.csv'], 'The roster /nowhere/class.csv cannot be read'],
  ])('with %s ends as one sentence and exit 2', async (_case, words, sentence) => {
    const { code, out, err } = await grade(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('with a bad roster makes no call and no folder', async () => {
    await using practice = await startPractice();
    const account = practice.account('111111111111');
    const roster = join(folder, 'class.csv');
    writeFileSync(roster, 'student,account\nkim,111111111111\n\u001b[2Jlee,11111111111\n');
    const { code, err } = await grade(['--lab', LAB, '--roster', roster, '--out', join(folder, 'run')], { env: awsEnvironment(practice) });
    expect(code).toBe(2);
    expect(err).toContain('class.csv line 3, column "account": "11111111111" has 11 digits');
    expect(err).not.toContain('\u001b');
    expect(account.calls).toEqual([]);
    expect(() => journal('run')).toThrow('ENOENT');
  });
});

describe('a practice class', () => {
  it('is graded without any credentials, the same each time', async () => {
    const words = ['--lab', LAB, '--practice', '10', '--format', 'json', '--lang', 'en'];
    const first = await grade([...words, '--out', join(folder, 'first')]);
    const second = await grade([...words, '--out', join(folder, 'second')]);
    expect(first.code).toBe(1); // one role refuses
    const verdicts = ({ out }: Ran) =>
      (JSON.parse(out) as AccountResult[]).map(({ student, account, status, score, tasks }) => [
        student,
        account,
        status,
        score,
        tasks.map(({ checks }) => checks.map((check) => [check.id, check.status, check.message])),
      ]);
    expect(verdicts(first)).toHaveLength(10);
    expect(verdicts(second)).toEqual(verdicts(first));
  });

  it('exits 0 when nothing kept us from looking, however wrong the work is', async () => {
    const { code, out } = await grade(['--lab', LAB, '--practice', '3', '--out', join(folder, 'run')]);
    expect(code).toBe(0);
    expect(out).toContain('student-03');
  });

  it('is told in one sentence when the disk is full; the results still come out', async () => {
    const { code, out, err } = await grade(['--lab', LAB, '--practice', '3', '--format', 'json', '--out', join(folder, 'run')], {
      largestFile: 1,
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toHaveLength(3);
    expect(err.match(/could not be written/g)).toHaveLength(1);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

function awsEnvironment(practice: PracticeEndpoint): Record<string, string> {
  const { accessKeyId, secretAccessKey } = practice.credentials(INSTRUCTOR);
  return { AWS_ENDPOINT_URL: practice.url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/** A class at an endpoint that is reached as any AWS endpoint is, and its roster. */
function classAt(practice: PracticeEndpoint, size: number): { students: readonly PracticeStudent[]; roster: string } {
  const lab = labs.find(({ id }) => id === LAB);
  if (!lab) throw new Error(`There is no lab ${LAB}.`);
  const students = practiceClass(lab, size, {
    region: lab.region,
    roleName: 'Grader',
    externalId: 'class-9',
    language: 'en',
    instructor: INSTRUCTOR,
  });
  for (const { entry, prepare } of students) prepare(practice.account(entry.account));
  const roster = join(folder, 'class.csv');
  const lines = students.map(({ entry: { student, account, region } }) => [student, account, region, 'class-9'].join(','));
  writeFileSync(roster, ['student,account,region,external_id', ...lines, ''].join('\r\n'));
  return { students, roster };
}

describe('a class at an AWS endpoint', () => {
  it('gets the verdict each student’s work deserves, and unknown where we could not look', async () => {
    await using practice = await startPractice();
    const { students, roster } = classAt(practice, 10);
    const [broken] = students.filter(({ move }) => move?.kind === 'solve');
    practice.arm(broken?.entry.account ?? '', { operation: '*', fault: 'denied', times: 1000 });
    const out = join(folder, 'run');
    const ran = await grade(['--lab', LAB, '--roster', roster, '--role', 'Grader', '--format', 'json', '--lang', 'en', '--out', out], {
      env: awsEnvironment(practice),
    });
    expect(ran.code).toBe(1);
    const results = JSON.parse(ran.out) as AccountResult[];
    expect(results.map(({ student }) => student)).toEqual(students.map(({ entry }) => entry.student));

    for (const [index, { entry, move }] of students.entries()) {
      const result = results[index];
      const refused = practice.account(entry.account).iam.role('Grader')?.AssumeRolePolicyDocument?.includes(INSTRUCTOR) !== true;
      if (refused || entry === broken?.entry) {
        expect(result).toMatchObject({ status: 'unknown', reason: 'access', score: 0 });
        expect(result?.tasks.map(({ status }) => status)).not.toContain('failed');
        continue;
      }
      expect(result?.status).not.toBe('unknown');
      if (move === undefined) {
        expect(result?.score).toBe(0);
        continue;
      }
      const task = result?.tasks.find((one) => one.task === move.task);
      if (move.kind === 'solve') expect([entry.name, task?.status]).toEqual([entry.name, 'passed']);
      else {
        const check = task?.checks.find(({ id }) => id === move.check);
        expect([entry.name, check?.status]).toEqual([entry.name, move.kind === 'mistake' ? 'failed' : 'waiting']);
      }
    }

    const gradebook = parseCsv(readFileSync(join(out, 'gradebook.csv')), { bom: true, columns: true }) as Record<string, string>[];
    expect(gradebook.map(({ score }) => score)).toEqual(results.map(({ status, score }) => (status === 'unknown' ? '?' : String(score))));
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    for (const { entry } of students) expect(page).toContain(entry.account);
  });

  it('lets an account that hangs delay nobody, and ends it as unknown', async () => {
    await using practice = await startPractice();
    const { students, roster } = classAt(practice, 3);
    practice.arm(students[0]?.entry.account ?? '', { operation: '*', fault: 'hang', times: 1000 });
    const words = ['--lab', LAB, '--roster', roster, '--role', 'Grader', '--deadline', '3', '--concurrency', '2', '--format', 'json'];
    const { code, out } = await grade([...words, '--out', join(folder, 'run')], { env: awsEnvironment(practice) });
    expect(code).toBe(1);
    const [hung, ...others] = JSON.parse(out) as AccountResult[];
    expect(hung).toMatchObject({ status: 'unknown', reason: 'network' });
    for (const { status } of others) expect(status).not.toBe('unknown');
    expect(journal('run').at(-1)?.student).toBe(hung?.student);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s with a whole journal, and the command it prints finishes the class',
    async (signal) => {
      await using practice = await startPractice();
      const { students, roster } = classAt(practice, 6);
      const env = awsEnvironment(practice);
      const stuck = practice.account(students[2]?.entry.account ?? '');
      stuck.faults.arm({ operation: '*', fault: 'hang', times: 1000 });
      const out = join(folder, 'run');
      const interrupted = await grade(
        ['--lab', LAB, '--roster', roster, '--role', 'Grader', '--concurrency', '1', '--format', 'json', '--out', out],
        {
          env,
          onSaid(said, interrupt) {
            if (said.includes('[2/6]')) interrupt(signal);
          },
        },
      );
      expect(interrupted.code).toBe(130);
      expect(journal('run').map(({ student }) => student)).toEqual(['student-01', 'student-02']);
      expect(JSON.parse(interrupted.out)).toEqual(journal('run'));
      const [, command = ''] = /Continue with: npm run grade -- (.*)\n/.exec(interrupted.err) ?? [];

      stuck.faults.clear();
      const callsBefore = practice.account(students[0]?.entry.account ?? '').calls.length;
      const resumed = await grade(command.split(' '), { env });
      expect(resumed.code).toBe(1); // one role refuses
      expect((JSON.parse(resumed.out) as AccountResult[]).map(({ student }) => student)).toEqual(
        students.map(({ entry }) => entry.student),
      );
      expect(new Set(journal('run').map(({ student }) => student)).size).toBe(6);
      expect(practice.account(students[0]?.entry.account ?? '').calls).toHaveLength(callsBefore);
    },
  );
});
