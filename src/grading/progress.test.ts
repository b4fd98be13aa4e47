import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { entryOf, resultOf } from './fixtures.test-support.ts';
import { showProgress } from './progress.ts';

const kim = entryOf(1, { student: '김민준\u001b[2J' });
const lee = entryOf(2, { student: 'lee' });
const passed = resultOf(kim, { 'task-0': { status: 'passed' } });
const refused = resultOf(lee, { 'task-0': { status: 'unknown', reason: 'access' } });

function captured(terminal?: { columns: number }) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), terminal && { isTTY: true, ...terminal });
  return { stream, text: () => String(stream.read() ?? '') };
}

it('is a line per finished student where there is no terminal', () => {
  const { stream, text } = captured();
  const progress = showProgress(stream, 2);
  progress.started(kim);
  progress.finished(passed);
  progress.finished(refused);
  progress.stop();
  expect(text()).toBe('[1/2] 김민준 000000000001 passed 1/1\n[2/2] lee 000000000002 unknown ?/1\n');
});

it('names on a terminal who is being looked at', () => {
  const { stream, text } = captured({ columns: 80 });
  const progress = showProgress(stream, 2);
  progress.started(kim);
  progress.started(lee);
  progress.finished(passed);
  progress.stop();
  const shown = text();
  expect(shown).toContain('1/2 lee');
  expect(shown).not.toContain('\u001b[2J');
});

it('cuts the names to the width of the terminal', () => {
  const { stream, text } = captured({ columns: 40 });
  const progress = showProgress(stream, 30);
  for (let number = 0; number < 30; number += 1) progress.started(entryOf(number, { student: '아주 긴 이름' }));
  progress.stop();
  expect(text()).toMatch(/0\/30 아주 .*…/);
});
