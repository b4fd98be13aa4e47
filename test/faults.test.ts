import { describe, expect, it } from 'vitest';
import { defineReader } from '../src/aws/reader.test-support.ts';
import type { Bound } from '../src/aws/reader.ts';
import { ecr } from '../src/aws/services/ecr.ts';
import { expectationsOn } from '../src/checkers/engine/expectation.ts';
import { defineLab, type Lab } from '../src/checkers/engine/lab.ts';
import { defineTask } from '../src/checkers/engine/task.ts';
import { failed, notStarted, passed } from '../src/checkers/engine/verdict.ts';
import { findLab } from '../src/checkers/index.ts';
import { OUR_LABS } from '../src/content/our-labs.ts';
import { runMatrix, usualStates } from './faults/matrix.ts';

/** A part of what `npm run test:faults` looks at: the first task and the cleanup of one lab, done. */
const part = (lab: Lab): Lab => ({ ...lab, tasks: lab.tasks.filter((_task, index, all) => index === 0 || index === all.length - 1) });

describe('the fault matrix', () => {
  it('finds no wrong verdict, no hang and no crash in a part of a lab', { timeout: 240_000 }, async () => {
    const lab = findLab(OUR_LABS[0]) ?? expect.fail('no lab');
    const isDone = (task: string, state: string) =>
      lab.moves.some(({ id, kind, task: of }) => id === state && kind === 'solve' && of === task);
    const cases = await runMatrix({
      labs: [part(lab)],
      states: (_lab, task) => usualStates(lab, task).filter(({ name }) => isDone(task.id, name)),
    });
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(({ result }) => result !== 'right' && result !== 'unknown')).toEqual([]);
  });

  it('notices a task that takes trouble for absence', { timeout: 120_000 }, async () => {
    const { repository } = ecr;
    const careless = defineReader({
      ...repository,
      name: 'careless',
      read: (aws, name: string) => repository.read(aws, name).catch(() => undefined),
    });
    const text = { ko: 'x', ja: 'x', en: 'x' };
    const reads = { repository: careless };
    const observe = (aws: Bound<typeof reads>) => ({ repository: aws.repository('app') });
    const task = defineTask({
      id: 'task-0',
      title: text,
      reads,
      observe,
      solve: { id: 'make', title: text, play: () => {} },
      expectations: [
        expectationsOn<typeof observe>().repository({
          id: 'exists',
          title: text,
          judge: (found) => (found === undefined ? notStarted('missing') : found.name === 'app' ? passed() : failed('wrong')),
          says: { missing: text, wrong: text },
          breaks: {},
        }),
      ],
    });
    const region = 'ap-northeast-2';
    const cases = await runMatrix({
      labs: [defineLab({ id: 'careless', region, tasks: [task] })],
      states: () => [{ name: 'done', prepare: (account) => void account.region(region).ecr.createRepository('app') }],
    });
    const wrong = cases.filter(({ task: of, result }) => of === 'task-0' && result === 'wrong').map(({ fault }) => fault);
    expect(wrong).toEqual(expect.arrayContaining(['denied', 'empty 200', 'HTML 200', 'expired', 'throttled always', 'truncated']));
  });
});
