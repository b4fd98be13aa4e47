import { describe, expect, it } from 'vitest';
import { smallLab } from './fixtures.test-support.ts';
import { type GradeFlags, readOptions } from './options.ts';
import { resumeCommand } from './resume-command.ts';
import { UsageError } from './usage-error.ts';

const now = new Date('2026-11-20T12:34:56.789Z');
const read = (flags: GradeFlags) => readOptions(flags, [smallLab], now);

function problemsOf(flags: GradeFlags): readonly string[] {
  try {
    read(flags);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('the flags', () => {
  it('have sensible defaults', () => {
    expect(read({ lab: 'small-lab', roster: 'class.csv' })).toEqual({
      lab: smallLab,
      tasks: smallLab.tasks,
      source: { kind: 'roster', file: 'class.csv' },
      out: 'runs/small-lab-20261120T123456Z',
      resume: false,
      concurrency: 8,
      deadlineMs: 180_000,
      region: 'ap-northeast-2',
      roleName: 'LabproofReadOnly',
      language: 'ko',
      format: 'table',
    });
  });

  it('pick tasks in the order of the lab', () => {
    expect(read({ lab: 'small-lab', practice: '3', task: ['cleanup', 'task-0', 'cleanup'] }).tasks.map(({ id }) => id)).toEqual([
      'task-0',
      'cleanup',
    ]);
  });

  it("take the region from the flag, else from AWS_REGION, else from the lab; practice accounts live in the lab's", () => {
    const regionOf = (flags: GradeFlags, environment: Record<string, string>) => readOptions(flags, [smallLab], now, environment).region;
    const roster = { lab: 'small-lab', roster: 'r' };
    expect(regionOf({ ...roster, region: 'eu-west-1' }, { AWS_REGION: 'us-east-1' })).toBe('eu-west-1');
    expect(regionOf(roster, { AWS_REGION: 'us-east-1' })).toBe('us-east-1');
    expect(regionOf(roster, { AWS_REGION: '' })).toBe('ap-northeast-2');
    expect(regionOf({ lab: 'small-lab', practice: '3' }, { AWS_REGION: 'us-east-1' })).toBe('ap-northeast-2');
    expect(() => regionOf(roster, { AWS_REGION: 'Seoul' })).toThrow(UsageError);
  });

  it.each<[string, GradeFlags]>([
    ['nothing', {}],
    ['an unknown lab', { lab: 'x', roster: 'r' }],
    ['an unknown task', { lab: 'small-lab', roster: 'r', task: ['task-9'] }],
    ['two classes', { lab: 'small-lab', roster: 'r', practice: '3' }],
    ['resume without a folder', { lab: 'small-lab', practice: '3', resume: true }],
    ['no number', { lab: 'small-lab', practice: 'many', concurrency: '0', deadline: '1.5' }],
    [
      'other values',
      { lab: 'small-lab', roster: 'r', region: 'Seoul', role: '/x y', 'external-id': '!', lang: 'fr', format: 'xml', out: '' },
    ],
  ])('are refused with %s', (_case, flags) => {
    expect(problemsOf(flags)).toMatchSnapshot();
  });
});

describe('the command that resumes', () => {
  it('is the same run again', () => {
    const flags: GradeFlags = { lab: 'small-lab', practice: '7', out: 'runs/x', lang: 'ko' };
    expect(resumeCommand(read(flags))).toBe('npm run grade -- --lab small-lab --practice 7 --out runs/x --lang ko --resume');
  });

  it('repeats what was chosen and quotes what a shell would read', () => {
    const flags: GradeFlags = {
      lab: 'small-lab',
      roster: "Kim's class.csv",
      task: ['task-1'],
      out: '$HOME/결과',
      concurrency: '3',
      deadline: '30',
      region: 'us-east-1',
      role: 'Grader',
      'external-id': 'ab',
      lang: 'en',
      format: 'json',
    };
    expect(resumeCommand(read(flags))).toBe(
      "npm run grade -- --lab small-lab --roster 'Kim'\\''s class.csv' --task task-1 --out '$HOME/결과' --concurrency 3 --deadline 30 --region us-east-1 --role Grader --external-id ab --lang en --format json --resume",
    );
  });
});
