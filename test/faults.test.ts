import { describe, expect, it } from 'vitest';
import { defineReader } from '../src/aws/index.ts';
import { ecr } from '../src/aws/services/ecr.ts';
import { defineTask, failed, notStarted, passed } from '../src/checkers/core/index.ts';
import type { Lab } from '../src/checkers/core/lab.ts';
import { defineMessages } from '../src/checkers/core/messages.ts';
import { labs } from '../src/checkers/index.ts';
import { runMatrix, usualStates } from './faults/matrix.ts';

/** A part of what `npm run test:faults` looks at: the first task and the cleanup of every lab, done. */
const part = (lab: Lab): Lab => ({ ...lab, tasks: lab.tasks.filter((_task, index, all) => index === 0 || index === all.length - 1) });

describe('the fault matrix', () => {
  it.each(labs)('finds no wrong verdict, no hang and no crash in a part of $id', { timeout: 240_000 }, async (lab) => {
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
    const text = { tasks: { 'task-0': 'x' }, checks: { exists: 'x' }, says: { missing: 'x', wrong: 'x' }, moves: {} } as const;
    const messages = defineMessages({ ko: text, ja: text, en: text });
    const { repository } = ecr;
    const careless = defineReader({
      ...repository,
      name: 'careless',
      read: (aws, name: string) => repository.read(aws, name).catch(() => undefined),
    });
    const task = defineTask({
      id: 'task-0',
      messages,
      reads: { repository: careless },
      observe: (aws) => ({ repository: aws.repository('app') }),
      expectations: {
        repository: [
          {
            id: 'exists',
            judge: (found) => (found === undefined ? notStarted('missing') : found.name === 'app' ? passed() : failed('wrong')),
          },
        ],
      },
    });
    const region = 'ap-northeast-2';
    const cases = await runMatrix({
      labs: [{ id: 'careless', region, tasks: [task], messages, moves: [] }],
      states: () => [{ name: 'done', prepare: (account) => void account.region(region).ecr.createRepository('app') }],
    });
    const wrong = cases.filter(({ task: of, result }) => of === 'task-0' && result === 'wrong').map(({ fault }) => fault);
    expect(wrong).toEqual(expect.arrayContaining(['denied', 'empty 200', 'HTML 200', 'expired', 'throttled always', 'truncated']));
  });
});
