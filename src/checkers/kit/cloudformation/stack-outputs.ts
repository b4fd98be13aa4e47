import type { Bound } from '../../../aws/reader.ts';
import { type Evidence, expectation } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { failed, passed } from '../../engine/verdict.ts';
import { OTHER_ACCOUNT } from '../student/mistakes.ts';
import type { PastStack, pastStackReads } from './past-stack.ts';
import { changeOutput, ofStack, outputRemoved } from './stack-checks.ts';
import { isImageUriOf, isRoleOf, type StackCreation } from './stack-creation.ts';

const MISSING = says({
  outputMissing: {
    ko: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
    ja: 'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
    en: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
  },
});

interface OutputsOfLab {
  readonly name: string;
  readonly region: string;
  /** The step of the text that looks at the outputs. */
  readonly step: number;
  /** Of the checks of the same stack. */
  fromPast(
    right: (past: PastStack, context: TaskContext) => Evidence['observed'],
  ): (aws: Bound<typeof pastStackReads>, context: TaskContext) => Promise<Evidence | undefined>;
}

/** Checks of what a stack that is complete says in its outputs. The ids are those of the check and of its mistakes. */
export function outputChecks({ name, region, step, fromPast }: OutputsOfLab) {
  const at = { name, region };
  const common = { ...ofStack, step, after: 'stack-complete' } as const;
  const outputOf = ({ stack }: Pick<StackCreation, 'stack'>, output: string) => stack?.outputs[output] || undefined;
  const missing = (output: string) => failed(['outputMissing', { stack: name, output }] as const);
  return {
    imageRepository: (
      output: string,
      ids: { readonly check: string; readonly removed: string; readonly elsewhere: string },
      title: Texts = {
        ko: '스택 출력에 이 계정의 ECR 리포지토리 URI가 있습니다',
        ja: 'スタックの出力にこのアカウントの ECR リポジトリの URI がある',
        en: 'The stack outputs hold the URI of an ECR repository of this account',
      },
    ) =>
      expectation<StackCreation, Bound<typeof pastStackReads>>()({
        ...common,
        id: ids.check,
        title,
        expected: (_creation, context) => `${context.account}.dkr.ecr.${context.region}.amazonaws.com/…`,
        judge(fact, { account, region: here }) {
          const uri = outputOf(fact, output);
          if (uri === undefined) return missing(output);
          return isImageUriOf(uri, account, here) ? passed() : failed(['imageRepositoryElsewhere', { uri, account, region: here }]);
        },
        observed: (fact) => outputOf(fact, output),
        past: fromPast((past, { account, region: here }) => {
          const uri = outputOf(past, output);
          return uri !== undefined && isImageUriOf(uri, account, here) ? uri : undefined;
        }),
        says: {
          ...MISSING,
          imageRepositoryElsewhere: {
            ko: '스택 출력의 "{uri}" 주소는 {region} 리전의 계정 {account}에 있는 ECR 리포지토리가 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
            ja: 'スタックの出力にある ECR リポジトリ "{uri}" は、アカウント {account} の {region} リージョンにありません。演習ファイルのテンプレートでスタックを作り直してください。',
            en: 'The ECR repository "{uri}" in the stack outputs is not in account {account}, region {region}. Create the stack again from the template of the lab files.',
          },
        },
        breaks: {
          [ids.removed]: outputRemoved(at, output),
          [ids.elsewhere]: {
            title: {
              ko: '템플릿에 다른 계정의 ECR 주소를 적습니다',
              ja: 'テンプレートに別のアカウントの ECR を書く',
              en: 'Write the ECR address of another account into the template',
            },
            says: 'imageRepositoryElsewhere',
            play: changeOutput(at, output, (uri, { id }) => uri.replace(id, OTHER_ACCOUNT)),
          },
        },
      }),
    sourceRepository: (output: string, ids: { readonly removed: string }) =>
      expectation<StackCreation, Bound<typeof pastStackReads>>()({
        ...common,
        id: 'output-source-repository',
        title: {
          ko: '스택 출력에 CodeCommit 리포지토리 이름이 있습니다',
          ja: 'スタックの出力に CodeCommit リポジトリの名前がある',
          en: 'The stack outputs hold the name of the CodeCommit repository',
        },
        judge: (fact) => (outputOf(fact, output) === undefined ? missing(output) : passed()),
        observed: (fact) => outputOf(fact, output),
        past: fromPast((past) => outputOf(past, output)),
        says: MISSING,
        breaks: { [ids.removed]: outputRemoved(at, output) },
      }),
    role: (output: string, ids: { readonly removed: string; readonly elsewhere: string }) =>
      expectation<StackCreation, Bound<typeof pastStackReads>>()({
        ...common,
        id: 'output-role',
        title: {
          ko: '스택 출력에 이 계정의 CodeBuild 역할 ARN이 있습니다',
          ja: 'スタックの出力にこのアカウントの CodeBuild ロールの ARN がある',
          en: 'The stack outputs hold the ARN of a CodeBuild role of this account',
        },
        expected: (_creation, { account, partition }) => `arn:${partition}:iam::${account}:role/…`,
        judge(fact, { account }) {
          const role = outputOf(fact, output);
          if (role === undefined) return missing(output);
          return isRoleOf(role, account) ? passed() : failed(['roleElsewhere', { role, account }]);
        },
        observed: (fact) => outputOf(fact, output),
        past: fromPast((past, { account }) => {
          const role = outputOf(past, output);
          return role !== undefined && isRoleOf(role, account) ? role : undefined;
        }),
        says: {
          ...MISSING,
          roleElsewhere: {
            ko: '스택 출력의 "{role}" 역할은 계정 {account}의 역할이 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
            ja: 'スタックの出力にあるロール "{role}" は、アカウント {account} のものではありません。演習ファイルのテンプレートでスタックを作り直してください。',
            en: 'The role "{role}" in the stack outputs does not belong to account {account}. Create the stack again from the template of the lab files.',
          },
        },
        breaks: {
          [ids.removed]: outputRemoved(at, output),
          [ids.elsewhere]: {
            title: {
              ko: '템플릿에 다른 계정의 역할을 적습니다',
              ja: 'テンプレートに別のアカウントのロールを書く',
              en: 'Write a role of another account into the template',
            },
            says: 'roleElsewhere',
            play: changeOutput(at, output, (role, { id }) => role.replace(id, OTHER_ACCOUNT)),
          },
        },
      }),
  } as const;
}
