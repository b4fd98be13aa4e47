import { describe, expect, it } from 'vitest';
import { taskOf } from '../checkers/engine/lab.ts';
import { labFile } from '../checkers/engine/lab-files.ts';
import { findLab } from '../checkers/index.ts';
import { OUR_LABS } from '../content/our-labs.ts';
import { judgeFiles, UnjudgeableFile } from './judge-files.ts';

const labAndTask = (lab: string, task: string) => {
  const found = findLab(lab) ?? expect.fail(`no lab ${lab}`);
  return [found, taskOf(found, task) ?? expect.fail(`no task ${task}`)] as const;
};
const judge = (lab: string, task: string, files: Readonly<Record<string, string>>, account?: string) =>
  judgeFiles(...labAndTask(lab, task), new Map(Object.entries(files)), { language: 'en', ...(account !== undefined && { account }) });
const failedOf = ({ checks }: Awaited<ReturnType<typeof judge>>) => checks.filter(({ status }) => status === 'failed').map(({ id }) => id);

const labs = OUR_LABS.map((id) => findLab(id) ?? expect.fail(`no lab ${id}`));
const judged = labs.flatMap((lab) =>
  lab.tasks.flatMap(({ id, files }) => Object.keys(files).map((file) => ({ lab: lab.id, task: id, file }))),
);

describe('the files that checks read', () => {
  it.each(judged)('$file of $lab passes $task as the lab ships it', async ({ lab, task, file }) => {
    const result = await judge(lab, task, { [file]: labFile(lab, file) });
    expect(result.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(result).toMatchObject({ lab, task, status: 'passed' });
  });

  it.each(labs)('are told by $id', ({ tasks }) => {
    expect(tasks.flatMap(({ files }) => Object.keys(files))).not.toEqual([]);
  });
});

describe('judging', () => {
  const lab = 'week9-2-codebuild';
  const buildspec = () => labFile(lab, 'buildspec.yml');

  it('shows only the checks that read the file, with what is wrong', async () => {
    const result = await judge(lab, 'task-2', { 'buildspec.yml': buildspec().replace(/^ +- docker push.*:latest.*\n/m, '') });
    expect(failedOf(result)).toEqual(['push-latest']);
    expect(result.checks.find(({ id }) => id === 'push-latest')?.message).toContain('latest');
  });

  it('judges in the account that the file names', async () => {
    const other = buildspec().replaceAll('$AWS_ACCOUNT_ID.dkr', '210987654321.dkr');
    expect(await judge(lab, 'task-2', { 'buildspec.yml': other })).toMatchObject({ account: '210987654321', status: 'passed' });
    expect(failedOf(await judge(lab, 'task-2', { 'buildspec.yml': other }, '123456789012'))).not.toEqual([]);
  });

  it('says which files there are when it is asked for another', async () => {
    await expect(judge(lab, 'task-2', { 'build.yml': '' })).rejects.toThrow(
      'No check of task-2 reads "build.yml"; its checks read buildspec.yml.',
    );
    await expect(judge(lab, 'task-4', { 'buildspec.yml': '' })).rejects.toThrow(UnjudgeableFile);
  });

  it('says in one sentence that AWS would not take a text', async () => {
    await expect(judge('ecr-registry', 'task-3', { 'lifecycle-policy.json': '{' })).rejects.toThrow(
      /^AWS would not take lifecycle-policy\.json: \S/,
    );
  });
});
