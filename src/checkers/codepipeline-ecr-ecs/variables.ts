import type { Build } from '../../aws/index.ts';
import { expectation, type Mistake } from '../engine/expectation.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { says, type Texts } from '../engine/texts.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { type OfProject, ofProject } from '../kit/codebuild/find-project.ts';
import { expectedVariables, type VariableName } from './names.ts';

const VARIABLE_SAYS = says({
  variableMissing: {
    ko: '환경 변수 {name} 항목이 없습니다. "{expected}" 값으로 추가합니다.',
    ja: '環境変数 {name} がありません。値を "{expected}" にして追加してください。',
    en: 'The environment variable {name} is missing. Add it with the value "{expected}".',
  },
  variableNotPlain: {
    ko: '환경 변수 {name} 항목의 유형이 {type}입니다. 일반 텍스트로 바꾸고 값을 그대로 적습니다.',
    ja: '環境変数 {name} のタイプが {type} です。プレーンテキストに変え、値をそのまま書いてください。',
    en: 'The type of the environment variable {name} is {type}. Change it to plaintext and write the value itself.',
  },
  variableSpaces: {
    ko: '환경 변수 {name} 값의 앞뒤에 공백이 있습니다. 공백을 지우고 "{expected}"만 남깁니다.',
    ja: '環境変数 {name} の値の前後に空白があります。空白を消し、"{expected}" だけにしてください。',
    en: 'There are spaces around the value of the environment variable {name}. Remove them; only "{expected}" must be left.',
  },
  variableWrong: {
    ko: '환경 변수 {name} 값이 "{found}"입니다. "{expected}" 값으로 고칩니다.',
    ja: '環境変数 {name} の値が "{found}" です。"{expected}" に直してください。',
    en: 'The value of the environment variable {name} is "{found}". Change it to "{expected}".',
  },
});

function judgeVariable({ project }: OfProject, name: VariableName, expected: string) {
  if (project === undefined) return blocked('project-exists');
  const found = project.environment.variables.find((variable) => variable.name === name);
  if (found === undefined) return failed(['variableMissing', { name, expected }]);
  if (found.type !== 'PLAINTEXT') return failed(['variableNotPlain', { name, type: found.type }]);
  if (found.value === expected) return passed();
  if (found.value.trim() === expected) return failed(['variableSpaces', { name, expected }]);
  return failed(['variableWrong', { name, found: found.value, expected }]);
}

interface VariableOfProject {
  readonly id: string;
  readonly name: VariableName;
  readonly title: Texts;
  readonly step: number;
  readonly breaks: Readonly<Record<string, Mistake<keyof typeof VARIABLE_SAYS>>>;
}

/** The check that a variable of the project holds its value, in plain text. */
export const projectVariable = ({ name, ...declared }: VariableOfProject) =>
  expectation<OfProject>()({
    ...ofProject,
    ...declared,
    expected: (_fact, context) => expectedVariables(context)[name],
    judge: (fact, context) => judgeVariable(fact, name, expectedVariables(context)[name]),
    observed({ project }) {
      const found = project?.environment.variables.find((variable) => variable.name === name);
      return found && { value: found.value, type: found.type };
    },
    says: VARIABLE_SAYS,
  });

/** The first variable that a build did not get as it must. */
export function wrongVariable({ environment }: Build, context: TaskContext) {
  const values = new Map(environment.variables.map(({ name, value }) => [name, value]));
  const wrong = Object.entries(expectedVariables(context)).find(([name, expected]) => values.get(name) !== expected);
  return wrong && { name: wrong[0], expected: wrong[1], found: values.get(wrong[0]) ?? '-' };
}
