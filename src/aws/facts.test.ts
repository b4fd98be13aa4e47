import { expect, test } from 'vitest';
import type { z } from 'zod';
import { facts, flag, from, jsonDocument, list, listOf, maybeText, pairs, text, textOrNone, within } from './facts.ts';

/** The facts, or what is wrong with the answer. */
function read<T>(type: z.ZodType<T>, answer: unknown) {
  const { data, error } = type.safeParse(answer);
  return error === undefined ? data : error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('facts have their own names, defaults and shape, and nothing else is taken over', () => {
  const build = facts({
    id: text,
    privileged: from('privilegedMode', flag),
    logs: { group: from('logs.groupName', maybeText), s3: { enabled: from('logs.s3.enabled', flag) } },
    phases: list(facts({ type: from('phaseType', text) })),
  });
  const answer = { id: 'p:1', privilegedMode: true, logs: { groupName: 'g' }, phases: [{ phaseType: 'BUILD', start: 1 }], arn: 'a' };
  expect(read(build, answer)).toEqual({
    id: 'p:1',
    privileged: true,
    logs: { group: 'g', s3: { enabled: false } },
    phases: [{ type: 'BUILD' }],
  });
  expect(read(build, { id: 'p:1' })).toEqual({ id: 'p:1', privileged: false, logs: { s3: { enabled: false } }, phases: [] });
});

test('what is wrong is told by the member as AWS spells it', () => {
  const build = facts({ id: text, status: from('state.code', text), phases: list(facts({ type: from('phaseType', text) })) });
  expect(read(build, { id: '', phases: [{ phaseType: 'BUILD' }, {}] })).toEqual([
    'id: Too small: expected string to have >=1 characters',
    'state.code: Invalid input: expected string, received undefined',
    'phases.1.phaseType: Invalid input: expected string, received undefined',
  ]);
  expect(read(build, 'sign in')).toEqual(expect.arrayContaining([': Invalid input: expected object, received string']));
});

test('a part that is no object is no answer, even when nothing in it has to be there', () => {
  const logs = facts({ group: from('logs.groupName', maybeText) });
  expect(read(logs, { logs: 'none' })).toEqual(['logs: Invalid input: expected object, received string']);
  expect(read(logs, {})).toEqual({});
  expect(read(logs, undefined)).toEqual([': Invalid input: expected object, received undefined']);
});

test('parts, lists and pairs', () => {
  expect(read(within('project', facts({ name: text })), { project: { name: 'p' } })).toEqual({ name: 'p' });
  expect(read(within('project', facts({ name: text })), {})).toEqual(['project: Invalid input: expected object, received undefined']);
  expect(read(listOf('name'), [{ name: 'a' }, { name: 'b' }])).toEqual(['a', 'b']);
  expect(read(pairs('Key', 'Value'), [{ Key: 'Week', Value: '9-2' }, { Key: 'Empty' }])).toEqual({ Week: '9-2', Empty: '' });
  expect(read(pairs('Key', 'Value'), undefined)).toEqual({});
});

test('text and documents', () => {
  expect(read(facts({ buildspec: textOrNone }), { buildspec: '' })).toEqual({});
  expect(read(jsonDocument, '{"a":1}')).toEqual({ a: 1 });
  expect(read(jsonDocument, '{')).toBe('{');
});
