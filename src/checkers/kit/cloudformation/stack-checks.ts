import type { Bound } from '../../../aws/reader.ts';
import { type cloudformation, cloudformationConsole, type Stack } from '../../../aws/services/cloudformation.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { type Evidence, expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { failed, notStarted, passed } from '../../engine/verdict.ts';
import { type PastStack, pastStack, type pastStackReads, provenByStack } from './past-stack.ts';
import { judgeProgress, PROGRESS_SAYS, STACK_COMPLETE, type StackCreation } from './stack-creation.ts';

type Place = ReturnType<PracticeAccount['region']>;
type NewStack = Parameters<Place['cloudformation']['createStack']>[0];
type Resource = NonNullable<NewStack['resources']>[number];
type StackEvent = NonNullable<NewStack['events']>[number];

interface StackOfLab {
  readonly name: string;
  readonly region: string;
  /** Where students end up who did not choose the region. The task reads the stack under the name `stack`. */
  readonly otherRegions: readonly string[];
  /** What the template makes: among it an image repository, a repository of CodeCommit and a role. */
  readonly resources: readonly Resource[];
  /** What the lab tells students to tag the stack with. */
  readonly tags?: NonNullable<NewStack['tags']>;
  /** Creates the stack with all that it makes, in a practice account. */
  create(account: PracticeAccount, region: string): void;
}

type Aws = Bound<typeof pastStackReads> & Bound<{ stack: typeof cloudformation.stack }>;

const CANCELLED = 'Resource creation cancelled';
const CODECOMMIT_CLOSED =
  'CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS Organization ' +
  '(Service: AWSCodeCommit; Status Code: 400; Error Code: OperationNotAllowedException)';

/** What checks of a stack that exists have in common. */
export const ofStack = {
  resource: ({ stack }: StackCreation) => stack?.id,
  console: ({ stack }: StackCreation, place: TaskContext) => stack && cloudformationConsole.stack(place, stack.id),
} as const;

/** Checks of the stack that a lab begins with, up to its completion. `step`: the step of the text that does it. */
export function stackChecks({ name, region, otherRegions, resources, tags = {}, create }: StackOfLab) {
  /** Evidence from the newest stack of this name that was deleted after it had been complete. */
  const fromPast =
    (right: (past: PastStack, context: TaskContext) => Evidence['observed']) =>
    async (aws: Bound<typeof pastStackReads>, context: TaskContext) => {
      const past = await pastStack(aws, name);
      const observed = past && right(past, context);
      return past && observed !== undefined ? provenByStack(past, observed) : undefined;
    };
  const place = (account: PracticeAccount) => account.region(region);
  const instead = (stack: Omit<NewStack, 'name'>) => (account: PracticeAccount) => {
    place(account).cloudformation.createStack({ name, resources, tags, ...stack });
  };
  const ofType = (type: string): Resource => {
    const found = resources.find((resource) => resource.type === type);
    if (found === undefined) throw new Error(`The stack "${name}" makes no ${type}.`);
    return found;
  };
  const role = ofType('AWS::IAM::Role');
  const repository = ofType('AWS::ECR::Repository');
  const happened = ({ logicalId, type }: Resource, status: StackEvent['status'], reason?: string): StackEvent => ({
    logicalId,
    type,
    status,
    ...(reason !== undefined && { reason }),
  });
  const roleExists = happened(
    role,
    'CREATE_FAILED',
    `Resource of type 'AWS::IAM::Role' with identifier '${role.physicalId}' already exists.`,
  );
  /** Nothing is made: one resource fails, and CloudFormation cancels the others. */
  const cancelledBy = (failure: StackEvent) => [
    failure,
    ...resources.filter(({ logicalId }) => logicalId !== failure.logicalId).map((other) => happened(other, 'CREATE_FAILED', CANCELLED)),
  ];
  return {
    fromPast,
    created: (step: number) =>
      expectation<Stack | undefined, Aws>()({
        id: 'stack-created',
        title: {
          ko: 'CloudFormation 스택을 만들었습니다',
          ja: 'CloudFormation スタックを作成した',
          en: 'The CloudFormation stack has been created',
        },
        step,
        expected: name,
        judge(stack, { region: here }) {
          if (stack === undefined) return notStarted(['stackMissing', { stack: name, region: here }]);
          return stack.status === 'REVIEW_IN_PROGRESS' ? failed(['stackNotExecuted', { stack: name }]) : passed();
        },
        observed: (stack) => stack?.status,
        resource: (stack) => stack?.id,
        console: (stack, place) => (stack ? cloudformationConsole.stack(place, stack.id) : cloudformationConsole.stacks(place, name)),
        past: fromPast(({ completion }) => completion.status),
        elsewhere: { regions: otherRegions, reads: ['stack'], find: async (aws) => (await aws.stack(name))?.id },
        says: {
          stackMissing: {
            ko: '{region} 리전에 "{stack}" 스택이 없습니다. 리전과 스택 이름을 확인하고, 아직 만들지 않았다면 스택을 생성합니다.',
            ja: '{region} リージョンにスタック "{stack}" がありません。リージョンとスタック名を確かめ、まだ作っていなければスタックを作成してください。',
            en: 'There is no stack "{stack}" in {region}. Check the region and the stack name; if you have not made it yet, create the stack.',
          },
          stackNotExecuted: {
            ko: '"{stack}" 스택이 REVIEW_IN_PROGRESS 상태입니다. 변경 세트만 만들고 실행하지 않았습니다. 스택의 Change sets 탭에서 변경 세트를 실행하거나, 스택을 삭제하고 다시 생성합니다.',
            ja: 'スタック "{stack}" は REVIEW_IN_PROGRESS です。変更セットを作っただけで実行していません。Change sets タブで変更セットを実行するか、スタックを削除して作り直してください。',
            en: 'The stack "{stack}" is in REVIEW_IN_PROGRESS: its change set was made but not executed. Execute it on the Change sets tab, or delete the stack and create it again.',
          },
        },
        breaks: {
          'stack-in-virginia': {
            title: {
              ko: '버지니아(us-east-1) 리전에서 스택을 생성합니다',
              ja: 'バージニア(us-east-1)リージョンでスタックを作成します',
              en: 'Create the stack in Virginia (us-east-1)',
            },
            says: 'foundElsewhere',
            instead: (account) => create(account, 'us-east-1'),
          },
          'stack-not-executed': {
            title: {
              ko: '변경 세트만 만들고 실행하지 않습니다',
              ja: '変更セットを作るだけで実行しない',
              en: 'Make a change set and do not execute it',
            },
            says: 'stackNotExecuted',
            instead: instead({ status: 'REVIEW_IN_PROGRESS' }),
          },
        },
      }),
    complete: (step: number) =>
      expectation<StackCreation, Aws>()({
        ...ofStack,
        id: 'stack-complete',
        title: { ko: '스택 생성이 끝났습니다', ja: 'スタックの作成が完了した', en: 'The stack is complete' },
        step,
        after: 'stack-created',
        expected: STACK_COMPLETE,
        judge: (creation) => judgeProgress(creation, name),
        observed: ({ stack }) => stack?.status,
        past: fromPast(({ completion }) => completion.status),
        says: PROGRESS_SAYS,
        breaks: {
          'stack-rolled-back': {
            title: {
              ko: '같은 이름의 역할이 이미 있어 스택 생성이 실패합니다',
              ja: '同じ名前のロールがあり、スタックの作成が失敗する',
              en: 'The stack fails because a role of that name exists already',
            },
            says: 'stackRolledBack',
            instead(account) {
              const statusReason = `The following resource(s) failed to create: [${role.logicalId}].`;
              instead({ status: 'ROLLBACK_COMPLETE', statusReason, events: cancelledBy(roleExists) })(account);
              account.iam.createRole({ name: role.physicalId });
            },
          },
          'codecommit-closed': {
            title: {
              ko: 'CodeCommit을 쓸 수 없는 계정에서 스택을 생성합니다',
              ja: 'CodeCommit を使えないアカウントでスタックを作成する',
              en: 'Create the stack in an account without CodeCommit',
            },
            says: 'codeCommitClosed',
            instead(account) {
              const refused = happened(ofType('AWS::CodeCommit::Repository'), 'CREATE_FAILED', CODECOMMIT_CLOSED);
              instead({ status: 'ROLLBACK_COMPLETE', events: cancelledBy(refused) })(account);
              account.settings.codecommitAvailable = false;
            },
          },
          'stack-update-rolled-back': {
            title: { ko: '스택을 업데이트하다가 실패합니다', ja: 'スタックの更新が失敗する', en: 'An update of the stack fails' },
            says: 'stackUpdateRolledBack',
            play: (account) =>
              place(account).cloudformation.updateStack(name, {
                status: 'UPDATE_ROLLBACK_COMPLETE',
                events: [happened(repository, 'UPDATE_FAILED', 'Resource of type AWS::ECR::Repository already exists.')],
              }),
          },
          'stack-broken': {
            title: {
              ko: '실패한 리소스를 그대로 둔 채 스택 생성이 끝납니다',
              ja: '失敗したリソースを残したままスタックの作成が終わる',
              en: 'The stack ends with a failed resource left as it is',
            },
            says: 'stackBroken',
            instead: instead({ status: 'CREATE_FAILED', events: [roleExists] }),
          },
        },
        moments: {
          'stack-in-progress': {
            title: { ko: '스택이 생성되는 중입니다', ja: 'スタックを作成している最中', en: 'The stack is being created' },
            says: 'stackInProgress',
            instead: instead({ status: 'CREATE_IN_PROGRESS', events: [happened(repository, 'CREATE_COMPLETE')] }),
          },
          'stack-rolling-back': {
            title: { ko: '스택이 되돌려지는 중입니다', ja: 'スタックをロールバックしている最中', en: 'The stack is being rolled back' },
            says: 'stackRollingBack',
            instead: instead({ status: 'ROLLBACK_IN_PROGRESS', events: [roleExists] }),
          },
        },
      }),
  } as const;
}

/** An output of the stack, as a practice move changes it; without a value it is removed. */
export const changeOutput =
  ({ name, region }: Pick<StackOfLab, 'name' | 'region'>, output: string, value?: (found: string, account: PracticeAccount) => string) =>
  (account: PracticeAccount): void => {
    const { cloudformation } = account.region(region);
    const outputs = cloudformation.stack(name)?.Outputs ?? [];
    const { [output]: found = '', ...rest } = Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
    cloudformation.updateStack(name, { outputs: value === undefined ? rest : { ...rest, [output]: value(found, account) } });
  };

/** The mistake of a template without an output. */
export const outputRemoved = (stack: Pick<StackOfLab, 'name' | 'region'>, output: string) =>
  ({
    title: {
      ko: `템플릿에서 ${output} 출력을 지웁니다`,
      ja: `テンプレートから ${output} の出力を消す`,
      en: `Remove the output ${output} from the template`,
    },
    says: 'outputMissing',
    play: changeOutput(stack, output),
  }) as const satisfies Mistake;

/** The student's values that a stack reveals: those of its outputs that are there, the account and the region. */
export function valuesOf(stack: Stack | undefined, outputs: readonly string[], { account, region }: TaskContext) {
  const known = outputs.flatMap((output) => (stack?.outputs[output] ? [[output, stack.outputs[output]] as const] : []));
  return { ...Object.fromEntries(known), AccountId: account, Region: region };
}
