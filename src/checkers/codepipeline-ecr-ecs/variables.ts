import { type Build, type EnvironmentVariable, failed, passed, type TaskContext, type Verdict } from '../core/index.ts';
import type { Says } from './messages/index.ts';
import { expectedVariables, type VariableName } from './names.ts';

/** One variable of the project against the value it must hold in plain text. */
export function judgeVariable(variables: readonly EnvironmentVariable[], name: VariableName, context: TaskContext): Verdict<Says> {
  const expected = expectedVariables(context)[name];
  const found = variables.find((variable) => variable.name === name);
  if (found === undefined) return failed(['variableMissing', { name, expected }]);
  if (found.type !== 'PLAINTEXT') return failed(['variableNotPlain', { name, type: found.type }]);
  if (found.value === expected) return passed();
  if (found.value.trim() === expected) return failed(['variableSpaces', { name, expected }]);
  return failed(['variableWrong', { name, found: found.value, expected }]);
}

/** What a variable holds, as evidence. */
export function observedVariable(variables: readonly EnvironmentVariable[], name: VariableName) {
  const found = variables.find((variable) => variable.name === name);
  return found && { value: found.value, type: found.type };
}

/** The first variable that a build did not get as it must. */
export function wrongVariable(build: Build, context: TaskContext): { name: VariableName; expected: string; found: string } | undefined {
  const expected = expectedVariables(context);
  for (const name of Object.keys(expected) as VariableName[]) {
    const found = build.environment.variables.find((variable) => variable.name === name);
    if (found?.value !== expected[name]) return { name, expected: expected[name], found: found?.value ?? '-' };
  }
  return undefined;
}
