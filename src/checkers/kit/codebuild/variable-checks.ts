import type { Build } from '../../../aws/services/codebuild/build.ts';
import type { EnvironmentVariable } from '../../../aws/services/codebuild/project.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { blocked, failed, passed } from '../../engine/verdict.ts';
import { OTHER_ACCOUNT } from '../student/mistakes.ts';
import { type BuiltProject, LOGIN_COMMAND, practiceBuilds } from './build-checks.ts';
import { type OfProject, ofProject } from './find-project.ts';
import { type PracticeProject, practiceProject } from './practice-project.ts';

/** The environment variables of a project, which hold their values in plain text. */

const VARIABLE_SAYS = says({
  variableMissing: {
    ko: '{name} 환경 변수가 없습니다. 다음 값으로 추가합니다: "{expected}"',
    ja: '環境変数 {name} がありません。値を "{expected}" にして追加してください。',
    en: 'The environment variable {name} is missing. Add it with the value "{expected}".',
  },
  variableMisnamed: {
    ko: '{name} 환경 변수가 없고 "{found}" 변수가 있습니다. 그 변수의 이름을 고칩니다.',
    ja: '環境変数 {name} がなく、"{found}" があります。その変数の名前を直してください。',
    en: 'There is no environment variable {name}, but there is "{found}". Correct the name of that variable.',
  },
  variableNotPlain: {
    ko: '{name} 환경 변수의 유형이 {type}입니다. Plaintext로 바꾸고 값을 직접 적습니다.',
    ja: '環境変数 {name} のタイプが {type} です。プレーンテキスト (Plaintext) に変え、値をそのまま書いてください。',
    en: 'The type of the environment variable {name} is {type}. Change it to Plaintext and write the value itself.',
  },
  variableSpaces: {
    ko: '{name} 환경 변수의 값 앞뒤에 공백이 있습니다. 공백을 지우고 다음 값만 남깁니다: "{expected}"',
    ja: '環境変数 {name} の値の前後に空白があります。空白を消し、"{expected}" だけにしてください。',
    en: 'The value of the environment variable {name} has spaces around it. Remove them and leave only "{expected}".',
  },
  variableWholeUri: {
    ko: '{name} 환경 변수에 URI 전체("{found}")를 적었습니다. `/` 뒤의 이름만 적습니다: "{expected}"',
    ja: '環境変数 {name} に URI 全体("{found}")が入っています。`/` の後の名前だけにしてください: "{expected}"',
    en: 'The environment variable {name} holds the whole URI ("{found}"). Write only the name after the `/`: "{expected}"',
  },
  variableWrong: {
    ko: '{name} 환경 변수의 값이 "{found}"입니다. 다음 값으로 고칩니다: "{expected}"',
    ja: '環境変数 {name} の値が "{found}" です。"{expected}" に直してください。',
    en: 'The value of the environment variable {name} is "{found}". Change it to "{expected}".',
  },
});

/** The letters of a name, so that spellings with other capitals, dashes or spaces are found again. */
const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** One variable of a project or build against the value that it must hold. */
export function judgeVariable(variables: readonly EnvironmentVariable[], name: string, expected: string) {
  const variable = variables.find((each) => each.name === name);
  if (variable === undefined) {
    const similar = variables.find((each) => letters(each.name) === letters(name));
    return similar === undefined
      ? failed(['variableMissing', { name, expected }] as const)
      : failed(['variableMisnamed', { name, found: similar.name }] as const);
  }
  const { type, value: found } = variable;
  if (type !== 'PLAINTEXT') return failed(['variableNotPlain', { name, type }] as const);
  if (found === expected) return passed();
  if (found.trim() === expected) return failed(['variableSpaces', { name, expected }] as const);
  const repository = /^[^/]+\.dkr\.ecr\.[^/]+\/(.+)$/.exec(found.trim())?.[1];
  return failed([repository === expected ? 'variableWholeUri' : 'variableWrong', { name, found, expected }] as const);
}

/** What a variable holds, as evidence. */
export function observedVariable(variables: readonly EnvironmentVariable[], name: string) {
  const found = variables.find((variable) => variable.name === name);
  return found && { value: found.value, type: found.type };
}

/** What checks say of a build that ran with another value. */
export const BUILD_VARIABLE_SAYS = says({
  buildVariableWrong: {
    ko: '{number}번 빌드의 {name} 값이 맞지 않습니다("{found}"). 프로젝트에서 다음 값으로 고치고 다시 빌드합니다: "{expected}"',
    ja: 'ビルド {number} の {name} は "{found}" でした。プロジェクトで "{expected}" に直し、もう一度ビルドしてください。',
    en: 'In build {number}, {name} was "{found}". Change it to "{expected}" in the project and build again.',
  },
  buildFailedVariable: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 환경 변수 {variable}의 값이 맞지 않았습니다. 프로젝트에서 고치고 다시 빌드합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 環境変数 {variable} の値が正しくありませんでした。プロジェクトで直し、もう一度ビルドしてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} The environment variable {variable} had a wrong value. Correct it in the project and build again.',
  },
});

/** The first variable that a build did not get as it must. @param expected by name; unset while that is not known */
export function wrongVariable({ environment: { variables } }: Build, expected: Readonly<Record<string, string | undefined>>) {
  for (const [name, value] of Object.entries(expected)) {
    if (value !== undefined && judgeVariable(variables, name, value).status !== 'passed') {
      return { name, expected: value, found: observedVariable(variables, name)?.value ?? '-' };
    }
  }
  return undefined;
}

type VariableMistake = Mistake<keyof typeof VARIABLE_SAYS>;

interface VariableOfLab<Fact> {
  readonly id: string;
  readonly name: string;
  readonly title: Texts;
  readonly step: number;
  /** What it must hold; unset while that is not known. */
  expected(fact: Fact, context: TaskContext): string | undefined;
  /** What has to be done before the value is known: a task, or the check of the project. */
  readonly made?: string;
  readonly breaks: Readonly<Record<string, VariableMistake>>;
}

/** The check of one variable of a project. */
export const projectVariable = <Fact extends OfProject>({ name, expected, made = 'project-exists', ...declared }: VariableOfLab<Fact>) =>
  expectation<Fact>()({
    ...ofProject,
    ...declared,
    expected,
    judge(fact, context) {
      const value = expected(fact, context);
      return fact.project === undefined || value === undefined
        ? blocked(made)
        : judgeVariable(fact.project.environment.variables, name, value);
    },
    observed: ({ project }) => project && observedVariable(project.environment.variables, name),
    says: VARIABLE_SAYS,
  });

type PracticeVariable = NonNullable<NonNullable<PracticeProject['environment']>['environmentVariables']>[number];

const ACCOUNT = 'AWS_ACCOUNT_ID';

/** What a student gets wrong with the variables of the project of a name, to be listed under the lab's names for the moves. */
export function practiceVariables({ name: project, region, example }: { name: string; region: string; example: string }) {
  const practice = practiceProject({ name: project, region });
  /** A move: changes one variable of the project, or leaves it out. */
  const change = (name: string, changed: (account: PracticeAccount, variable: PracticeVariable) => Partial<PracticeVariable> | undefined) =>
    practice.changeEnvironment(({ environmentVariables = [] }, account) => ({
      environmentVariables: environmentVariables.flatMap((each) => {
        const patch = each.name === name ? changed(account, each) : {};
        return patch === undefined ? [] : { ...each, ...patch };
      }),
    }));
  return {
    change,
    /** What a lab declares of the variable with the account's id, when its text shows an example of one. @param left move id: the example is left */
    accountId: ({ id, step, left }: { readonly id: string; readonly step: number; readonly left: string }) => ({
      id,
      step,
      title: {
        ko: 'AWS_ACCOUNT_ID가 이 계정의 ID입니다',
        ja: 'AWS_ACCOUNT_ID がこのアカウントの ID である',
        en: "AWS_ACCOUNT_ID is this account's ID",
      },
      breaks: {
        [left]: {
          title: {
            ko: '예시의 계정 ID를 그대로 적습니다',
            ja: '例のアカウント ID をそのまま書く',
            en: 'Leave the example account ID as it is',
          },
          says: 'variableWrong',
          play: change(ACCOUNT, ({ id }) => ({ value: id === example ? OTHER_ACCOUNT : example })),
        },
        'account-id-missing': {
          title: { ko: 'AWS_ACCOUNT_ID를 빠뜨립니다', ja: 'AWS_ACCOUNT_ID を忘れる', en: 'Leave out AWS_ACCOUNT_ID' },
          says: 'variableMissing',
          play: change(ACCOUNT, () => undefined),
        },
        'account-id-spaces': {
          title: { ko: '계정 ID 뒤에 공백을 붙입니다', ja: 'アカウント ID の後に空白を付ける', en: 'Put a space after the account ID' },
          says: 'variableSpaces',
          play: change(ACCOUNT, ({ id }) => ({ value: `${id} ` })),
        },
        'account-id-parameter': {
          title: {
            ko: 'AWS_ACCOUNT_ID의 유형을 Parameter로 선택합니다',
            ja: 'AWS_ACCOUNT_ID のタイプに Parameter を選ぶ',
            en: 'Choose the type Parameter for AWS_ACCOUNT_ID',
          },
          says: 'variableNotPlain',
          play: change(ACCOUNT, () => ({ type: 'PARAMETER_STORE' })),
        },
      } satisfies Readonly<Record<string, VariableMistake>>,
    }),
    /** The same of the variable that holds the name of an image repository. Its name must end in a consonant for the Korean title. */
    repository: (name: string, step: number) => ({
      id: 'variable-repository',
      step,
      title: {
        ko: `${name}이 ECR 리포지토리 이름입니다`,
        ja: `${name} が ECR リポジトリの名前である`,
        en: `${name} is the ECR repository's name`,
      },
      breaks: {
        'repository-whole-uri': {
          title: { ko: `${name}에 URI 전체를 적습니다`, ja: `${name} に URI 全体を書く`, en: `Write the whole URI into ${name}` },
          says: 'variableWholeUri',
          play: change(name, ({ id }, { value }) => ({ value: `${id}.dkr.ecr.${region}.amazonaws.com/${value}` })),
        },
      } satisfies Readonly<Record<string, VariableMistake>>,
    }),
    /** The mistake of a build that succeeds with another value. @param run runs a build that pushes its image */
    otherInBuild: (name: string, run: (account: PracticeAccount) => void) =>
      ({
        title: {
          ko: `${name}의 값이 다른 빌드가 성공합니다`,
          ja: `${name} の値が違うビルドが成功する`,
          en: `A build with another value of ${name} succeeds`,
        },
        says: 'buildVariableWrong',
        instead(account: PracticeAccount) {
          change(name, () => ({ value: 'my-app' }))(account);
          run(account);
        },
      }) as const satisfies Mistake,
    /** Without the underscores of its name, which must not end in a vowel for the Korean title. */
    misnamed: (name: string): VariableMistake => ({
      title: {
        ko: `${name}의 이름을 ${name.replaceAll('_', '')}으로 적습니다`,
        ja: `${name} を ${name.replaceAll('_', '')} と書く`,
        en: `Write ${name.replaceAll('_', '')} for ${name}`,
      },
      says: 'variableMisnamed',
      play: change(name, () => ({ name: name.replaceAll('_', '') })),
    }),
  } as const;
}

export type PracticeVariables = ReturnType<typeof practiceVariables>;

/** The mistake that ends a first build because the account id of the project is wrong. */
export const buildFailsByVariable = (project: BuiltProject, variables: PracticeVariables) =>
  ({
    title: { ko: '계정 ID를 잘못 적고 빌드합니다', ja: 'アカウント ID を間違えてビルドする', en: 'Build with a wrong account ID' },
    says: 'buildFailedVariable',
    instead(account: PracticeAccount) {
      variables.change(ACCOUNT, ({ id }) => ({ value: id.slice(0, 11) }))(account);
      practiceBuilds(project).failAt('PRE_BUILD', LOGIN_COMMAND)(account);
    },
  }) as const satisfies Mistake;
