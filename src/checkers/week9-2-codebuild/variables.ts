import type { EnvironmentVariable } from '../../aws/index.ts';
import type { Says } from '../engine/texts.ts';
import { failed, passed, type Verdict } from '../engine/verdict.ts';
import { CONTAINER } from './names.ts';

/** The three variables of the project, and what each must hold; unset while the stack cannot tell. */
export function expectedVariables(account: string, imageRepository: string | undefined) {
  return { AWS_ACCOUNT_ID: account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER } as const;
}
export type VariableName = keyof ReturnType<typeof expectedVariables>;

/** The letters of a name, so that spellings with other capitals, dashes or spaces are found again. */
const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** One variable of a project or build against the value it must hold in plain text. */
export function judgeVariable(variables: readonly EnvironmentVariable[], name: VariableName, expected: string) {
  const found = variables.find((variable) => variable.name === name);
  if (found === undefined) {
    const similar = variables.find((variable) => letters(variable.name) === letters(name));
    if (similar !== undefined) return failed(['variableMisnamed', { name, found: similar.name }]);
    return failed(['variableMissing', { name, expected }]);
  }
  if (found.type !== 'PLAINTEXT') return failed(['variableNotPlain', { name, type: found.type }]);
  if (found.value === expected) return passed();
  if (found.value.trim() === expected) return failed(['variableSpaces', { name, expected }]);
  if (name === 'IMAGE_REPO_NAME' && /^[^/]+\.dkr\.ecr\.[^/]+\//.test(found.value.trim())) {
    return failed(['variableWholeUri', { name, found: found.value, expected }]);
  }
  return failed(['variableWrong', { name, found: found.value, expected }]);
}

/** What a variable holds, as evidence. */
export function observedVariable(variables: readonly EnvironmentVariable[], name: VariableName) {
  const found = variables.find((variable) => variable.name === name);
  return found && { value: found.value, type: found.type };
}
