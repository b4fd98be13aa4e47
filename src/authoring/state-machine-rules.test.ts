import { expect, test } from 'vitest';
import { validateStateMachine } from './state-machine-rules.ts';

const build = { Type: 'Task', Resource: 'arn:aws:states:::codebuild:startBuild.sync', Parameters: { ProjectName: 'p' }, End: true };
const rules = (definition: unknown) => validateStateMachine(JSON.stringify(definition)).map(({ rule }) => rule);

test('a right definition has no findings', () => {
  expect(rules({ StartAt: 'Build', States: { Build: build } })).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['no start', { States: { Build: build } }, 'schema-validation-failed'],
  ['an unknown kind of state', { StartAt: 'Build', States: { Build: { ...build, Type: 'Job' } } }, 'schema-validation-failed'],
  ['a task without a resource', { StartAt: 'Build', States: { Build: { Type: 'Task', End: true } } }, 'schema-validation-failed'],
  [
    'a next state that is missing',
    { StartAt: 'Build', States: { Build: { ...build, End: undefined, Next: 'Done' } } },
    'missing-transition-target',
  ],
  ['a list', [], 'json'],
])('%s is found', (_, definition, rule) => {
  expect(rules(definition)).toContain(rule);
});

test('text that is no JSON is found', () => {
  expect(validateStateMachine('{ "StartAt": ')).toMatchObject([{ rule: 'json', line: 1 }]);
});

test('a finding names the line of what is wrong', () => {
  const definition = (states: object) => JSON.stringify({ StartAt: 'Build', States: states }, null, 2);
  const lines = (states: object) => validateStateMachine(definition(states)).map(({ line }) => line);
  expect(lines({ Build: { ...build, Type: 'Job' } })).toEqual([5]);
  expect(lines({ Build: { ...build, Parameters: { 'a.$': '$$$.x[' } } })).toEqual([8]);
  expect(lines({ Build: build, Other: build })).toEqual([12]);
  expect(lines({ Build: { ...build, End: undefined, Next: 'Done' } })).toContain(10);
});
