import type { Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, notStarted, passed, waiting } from '../engine/verdict.ts';
import { pastStack, pastStackReads, provenByStack } from '../kit/cloudformation/past-stack.ts';
import {
  isImageUriOf,
  isRoleOf,
  progressOf,
  STACK_COMPLETE,
  type StackCreation,
  stackCreation,
  stackCreationReads,
} from '../kit/cloudformation/stack-creation.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { DEFAULTS, OTHER_REGIONS, outputsOf, STACK, TAGS } from './names.ts';
import {
  CANCELLED,
  CODECOMMIT_RESOURCE,
  created,
  createStack,
  ECR_RESOURCE,
  imageUri,
  notCreated,
  outputs,
  ROLE_EXISTS,
  ROLE_RESOURCE,
  stackInstead,
  startOver,
  updateStack,
  withoutOutput,
} from './student.ts';

/** What to say of a stack that is not complete. */
function judgeProgress(creation: StackCreation) {
  const progress = progressOf(creation);
  switch (progress.at) {
    case 'complete':
      return passed();
    case 'absent':
    case 'not-executed':
      return blocked('stack-created');
    case 'working':
      return waiting(['stackInProgress', { stack: STACK, status: progress.status }], 20);
    case 'codecommit-closed':
      return failed(['codeCommitClosed', { resource: progress.resource }]);
    default: {
      const { status, resource, reason } = progress;
      if (progress.at === 'rolling-back') return waiting(['stackRollingBack', { stack: STACK, resource, reason }], 20);
      if (progress.at === 'rolled-back') return failed(['stackRolledBack', { stack: STACK, resource, reason }]);
      if (progress.at === 'update-rolled-back') return failed(['stackUpdateRolledBack', { stack: STACK, resource, reason }]);
      return failed(['stackBroken', { stack: STACK, status, resource, reason }]);
    }
  }
}

const wrongTags = (stack: Stack | undefined) => Object.entries(TAGS).filter(([key, value]) => stack?.tags[key] !== value);

const reads = { ...stackCreationReads, ...pastStackReads } as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const creation = stackCreation(aws, STACK, stack);
  return { stack, creation };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-0',
  title: { ko: '실습 환경 구축', ja: '演習環境の構築', en: 'Set up the lab environment' },

  reads,
  observe,
  solve: {
    id: 'create-stack',
    title: { ko: '스택을 생성합니다', ja: 'スタックを作成する', en: 'Create the stack' },
    play: (account) => createStack(account),
  },
  expectations: [
    on.stack({
      id: 'stack-created',
      title: {
        ko: 'CloudFormation 스택을 만들었습니다',
        ja: 'CloudFormation スタックを作成した',
        en: 'The CloudFormation stack has been created',
      },
      step: 17,
      expected: STACK,
      judge(stack, { region }) {
        if (stack === undefined) return notStarted(['stackMissing', { stack: STACK, region }]);
        if (stack.status === 'REVIEW_IN_PROGRESS') return failed(['stackNotExecuted', { stack: STACK }]);
        return passed();
      },
      observed: (stack) => stack?.status,
      resource: (stack) => stack?.id,
      console: (stack, { console }) => (stack ? console.stack(stack.id) : console.stacks(STACK)),
      says: {
        stackNotExecuted: {
          ko: '"{stack}" 스택이 REVIEW_IN_PROGRESS 상태입니다. 변경 세트만 만들고 실행하지 않았습니다. 스택의 Change sets 탭에서 변경 세트를 실행하거나, 스택을 삭제하고 다시 생성합니다.',
          ja: 'スタック "{stack}" は REVIEW_IN_PROGRESS です。変更セットを作っただけで実行していません。Change sets タブで変更セットを実行するか、スタックを削除して作り直してください。',
          en: 'The stack "{stack}" is in REVIEW_IN_PROGRESS: its change set was made but not executed. Execute it on the Change sets tab, or delete the stack and create it again.',
        },
      },
      past: async (aws) => {
        const past = await pastStack(aws, STACK);
        return past && provenByStack(past, past.completion.status);
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['stack'], find: async (aws) => (await aws.stack(STACK))?.id },
      breaks: {
        'stack-in-virginia': {
          title: {
            ko: '버지니아(us-east-1) 리전에서 스택을 생성합니다',
            ja: 'バージニア(us-east-1)リージョンでスタックを作成します',
            en: 'Create the stack in Virginia (us-east-1)',
          },
          says: 'foundElsewhere',
          instead(account) {
            startOver(account, undefined);
            createStack(account, 'us-east-1');
          },
        },
        'stack-not-executed': {
          title: {
            ko: '변경 세트만 만들고 실행하지 않습니다',
            ja: '変更セットを作るだけで実行しない',
            en: 'Make a change set and do not execute it',
          },
          says: 'stackNotExecuted',
          instead: (account) => stackInstead(account, { status: 'REVIEW_IN_PROGRESS' }),
        },
      },
    }),
    on.creation({
      id: 'stack-complete',
      title: { ko: '스택 생성이 끝났습니다', ja: 'スタックの作成が完了した', en: 'The stack is complete' },
      step: 19,
      after: 'stack-created',
      expected: STACK_COMPLETE,
      judge: judgeProgress,
      observed: ({ stack }) => stack?.status,
      resource: ({ stack }) => stack?.id,
      console: ({ stack }, { console }) => stack && console.stack(stack.id),
      says: {
        stackRolledBack: {
          ko: '"{stack}" 스택이 만들어지지 않았습니다(ROLLBACK_COMPLETE). 처음 실패한 리소스는 "{resource}"입니다: {reason} 원인을 고치고, 스택을 삭제한 뒤 다시 생성합니다.',
          ja: 'スタック "{stack}" を作成できませんでした(ROLLBACK_COMPLETE)。最初に失敗したリソースは "{resource}" です: {reason} 原因を直し、スタックを削除してから作り直してください。',
          en: 'The stack "{stack}" could not be created (ROLLBACK_COMPLETE). The first resource that failed is "{resource}": {reason} Mend the cause, delete the stack and create it again.',
        },
        codeCommitClosed: {
          ko: 'CodeCommit이 이 계정에서 리포지토리를 만들 수 없다고 응답했습니다("{resource}", OperationNotAllowed). 이것은 계정의 제한이며 여러분의 실수가 아닙니다. 강사에게 알리고, CodeCommit을 쓸 수 있는 계정에서 스택을 다시 생성합니다.',
          ja: 'CodeCommit が、このアカウントではリポジトリを作れないと応答しました("{resource}"、OperationNotAllowed)。これはアカウントの制限であり、あなたの間違いではありません。講師に知らせ、CodeCommit を使えるアカウントでスタックを作り直してください。',
          en: 'CodeCommit answered that this account cannot create repositories ("{resource}", OperationNotAllowed). This is a limit of the account, not a mistake of yours. Tell your instructor and create the stack again in an account that has CodeCommit.',
        },
        stackUpdateRolledBack: {
          ko: '"{stack}" 스택의 마지막 업데이트가 취소되었습니다(UPDATE_ROLLBACK_COMPLETE). 처음 실패한 리소스는 "{resource}"입니다: {reason} 원인을 고치고 다시 업데이트하거나, 스택을 삭제하고 다시 생성합니다.',
          ja: 'スタック "{stack}" の最後の更新は取り消されました(UPDATE_ROLLBACK_COMPLETE)。最初に失敗したリソースは "{resource}" です: {reason} 原因を直して更新し直すか、スタックを削除して作り直してください。',
          en: 'The last update of the stack "{stack}" was rolled back (UPDATE_ROLLBACK_COMPLETE). The first resource that failed is "{resource}": {reason} Mend the cause and update again, or delete the stack and create it again.',
        },
        stackBroken: {
          ko: '"{stack}" 스택이 완료 상태가 아닙니다({status}). 문제가 된 리소스는 "{resource}"입니다: {reason} 스택을 삭제하고 다시 생성합니다.',
          ja: 'スタック "{stack}" は完了していません({status})。問題のあるリソースは "{resource}" です: {reason} スタックを削除して作り直してください。',
          en: 'The stack "{stack}" is not complete ({status}). The resource in trouble is "{resource}": {reason} Delete the stack and create it again.',
        },
        stackInProgress: {
          ko: '"{stack}" 스택의 작업이 진행 중입니다({status}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'スタック "{stack}" は処理中です({status})。終わるまで待ってから、もう一度確認してください。',
          en: 'The stack "{stack}" is still being worked on ({status}). Wait until it is done and check again.',
        },
        stackRollingBack: {
          ko: '"{stack}" 스택이 되돌려지는 중입니다. 처음 실패한 리소스는 "{resource}"입니다: {reason}',
          ja: 'スタック "{stack}" はロールバック中です。最初に失敗したリソースは "{resource}" です: {reason}',
          en: 'The stack "{stack}" is being rolled back. The first resource that failed is "{resource}": {reason}',
        },
      },
      past: async (aws) => {
        const past = await pastStack(aws, STACK);
        return past && provenByStack(past, past.completion.status);
      },
      breaks: {
        'stack-rolled-back': {
          title: {
            ko: '같은 이름의 역할이 이미 있어 스택 생성이 실패합니다',
            ja: '同じ名前のロールがあり、スタックの作成が失敗する',
            en: 'The stack fails because a role of that name exists already',
          },
          says: 'stackRolledBack',
          instead(account) {
            stackInstead(account, {
              status: 'ROLLBACK_COMPLETE',
              statusReason: `The following resource(s) failed to create: [${ROLE_RESOURCE.logicalId}].`,
              events: [created(CODECOMMIT_RESOURCE), notCreated(ROLE_RESOURCE, ROLE_EXISTS), notCreated(ECR_RESOURCE, CANCELLED)],
            });
            account.iam.createRole({ name: DEFAULTS.role });
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
            const reason =
              'CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS Organization ' +
              '(Service: AWSCodeCommit; Status Code: 400; Error Code: OperationNotAllowedException)';
            stackInstead(account, {
              status: 'ROLLBACK_COMPLETE',
              events: [notCreated(ECR_RESOURCE, CANCELLED), notCreated(CODECOMMIT_RESOURCE, reason), notCreated(ROLE_RESOURCE, CANCELLED)],
            });
            account.settings.codecommitAvailable = false;
          },
        },
        'stack-update-rolled-back': {
          title: { ko: '스택을 업데이트하다가 실패합니다', ja: 'スタックの更新が失敗する', en: 'An update of the stack fails' },
          says: 'stackUpdateRolledBack',
          play: (account) =>
            updateStack(account, {
              status: 'UPDATE_ROLLBACK_COMPLETE',
              events: [{ ...ECR_RESOURCE, status: 'UPDATE_FAILED', reason: 'Resource of type AWS::ECR::Repository already exists.' }],
            }),
        },
        'stack-broken': {
          title: {
            ko: '실패한 리소스를 그대로 둔 채 스택 생성이 끝납니다',
            ja: '失敗したリソースを残したままスタックの作成が終わる',
            en: 'The stack ends with a failed resource left as it is',
          },
          says: 'stackBroken',
          instead: (account) => stackInstead(account, { status: 'CREATE_FAILED', events: [notCreated(ROLE_RESOURCE, ROLE_EXISTS)] }),
        },
      },
      moments: {
        'stack-in-progress': {
          title: { ko: '스택이 생성되는 중입니다', ja: 'スタックを作成している最中', en: 'The stack is being created' },
          says: 'stackInProgress',
          instead: (account) => stackInstead(account, { status: 'CREATE_IN_PROGRESS', events: [created(ECR_RESOURCE)] }),
        },
        'stack-rolling-back': {
          title: { ko: '스택이 되돌려지는 중입니다', ja: 'スタックをロールバックしている最中', en: 'The stack is being rolled back' },
          says: 'stackRollingBack',
          instead: (account) => stackInstead(account, { status: 'ROLLBACK_IN_PROGRESS', events: [notCreated(ROLE_RESOURCE, ROLE_EXISTS)] }),
        },
      },
    }),
    on.creation({
      id: 'output-image-repository',
      title: {
        ko: '스택 출력에 이 계정의 ECR 리포지토리 URI가 있습니다',
        ja: 'スタックの出力にこのアカウントの ECR リポジトリの URI がある',
        en: 'The stack outputs hold the URI of an ECR repository of this account',
      },
      step: 20,
      after: 'stack-complete',
      expected: (_creation, { account, region }) => `${account}.dkr.ecr.${region}.amazonaws.com/…`,
      judge({ stack }, { account, region }) {
        const uri = outputsOf(stack).imageUri;
        if (uri === undefined) return failed(['outputMissing', { stack: STACK, output: 'ECRRepositoryUri' }]);
        if (!isImageUriOf(uri, account, region)) return failed(['imageRepositoryElsewhere', { uri, account, region }]);
        return passed();
      },
      observed: ({ stack }) => outputsOf(stack).imageUri,
      resource: ({ stack }) => stack?.id,
      console: ({ stack }, { console }) => stack && console.stack(stack.id),
      says: {
        outputMissing: {
          ko: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
          ja: 'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
          en: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
        },
        imageRepositoryElsewhere: {
          ko: '스택 출력의 "{uri}" 주소는 {region} 리전의 계정 {account}에 있는 ECR 리포지토리가 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
          ja: 'スタックの出力にある ECR リポジトリ "{uri}" は、アカウント {account} の {region} リージョンにありません。演習ファイルのテンプレートでスタックを作り直してください。',
          en: 'The ECR repository "{uri}" in the stack outputs is not in account {account}, region {region}. Create the stack again from the template of the lab files.',
        },
      },
      past: async (aws, { account, region }) => {
        const past = await pastStack(aws, STACK);
        const uri = outputsOf(past?.stack).imageUri;
        return past && uri !== undefined && isImageUriOf(uri, account, region) ? provenByStack(past, uri) : undefined;
      },
      breaks: {
        'ecr-output-removed': {
          title: {
            ko: '템플릿에서 ECRRepositoryUri 출력을 지웁니다',
            ja: 'テンプレートから ECRRepositoryUri の出力を消す',
            en: 'Remove the output ECRRepositoryUri from the template',
          },
          says: 'outputMissing',
          play: (account) => withoutOutput(account, 'ECRRepositoryUri'),
        },
        'ecr-of-another-account': {
          title: {
            ko: '템플릿에 다른 계정의 ECR 주소를 적습니다',
            ja: 'テンプレートに別のアカウントの ECR を書く',
            en: 'Write the ECR address of another account into the template',
          },
          says: 'imageRepositoryElsewhere',
          play: (account) =>
            updateStack(account, {
              outputs: { ...outputs(account), ECRRepositoryUri: imageUri(account).replace(account.id, OTHER_ACCOUNT) },
            }),
        },
      },
    }),
    on.creation({
      id: 'output-source-repository',
      title: {
        ko: '스택 출력에 CodeCommit 리포지토리 이름이 있습니다',
        ja: 'スタックの出力に CodeCommit リポジトリの名前がある',
        en: 'The stack outputs hold the name of the CodeCommit repository',
      },
      step: 20,
      after: 'stack-complete',
      holds: ({ stack }) => outputsOf(stack).sourceRepository !== undefined,
      otherwise: ['outputMissing', { stack: STACK, output: 'CodeCommitRepositoryName' }],
      observed: ({ stack }) => outputsOf(stack).sourceRepository,
      resource: ({ stack }) => stack?.id,
      console: ({ stack }, { console }) => stack && console.stack(stack.id),
      says: {
        outputMissing: {
          ko: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
          ja: 'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
          en: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
        },
      },
      past: async (aws) => {
        const past = await pastStack(aws, STACK);
        const name = outputsOf(past?.stack).sourceRepository;
        return past && name !== undefined ? provenByStack(past, name) : undefined;
      },
      breaks: {
        'repository-output-removed': {
          title: {
            ko: '템플릿에서 CodeCommitRepositoryName 출력을 지웁니다',
            ja: 'テンプレートから CodeCommitRepositoryName の出力を消す',
            en: 'Remove the output CodeCommitRepositoryName from the template',
          },
          says: 'outputMissing',
          play: (account) => withoutOutput(account, 'CodeCommitRepositoryName'),
        },
      },
    }),
    on.creation({
      id: 'output-role',
      title: {
        ko: '스택 출력에 이 계정의 CodeBuild 역할 ARN이 있습니다',
        ja: 'スタックの出力にこのアカウントの CodeBuild ロールの ARN がある',
        en: 'The stack outputs hold the ARN of a CodeBuild role of this account',
      },
      step: 20,
      after: 'stack-complete',
      expected: (_creation, { account, partition }) => `arn:${partition}:iam::${account}:role/…`,
      judge({ stack }, { account }) {
        const arn = outputsOf(stack).roleArn;
        if (arn === undefined) return failed(['outputMissing', { stack: STACK, output: 'CodeBuildRoleArn' }]);
        if (!isRoleOf(arn, account)) return failed(['roleElsewhere', { role: arn, account }]);
        return passed();
      },
      observed: ({ stack }) => outputsOf(stack).roleArn,
      resource: ({ stack }) => stack?.id,
      console: ({ stack }, { console }) => stack && console.stack(stack.id),
      says: {
        outputMissing: {
          ko: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
          ja: 'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
          en: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
        },
        roleElsewhere: {
          ko: '스택 출력의 "{role}" 역할은 계정 {account}의 역할이 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
          ja: 'スタックの出力にあるロール "{role}" は、アカウント {account} のものではありません。演習ファイルのテンプレートでスタックを作り直してください。',
          en: 'The role "{role}" in the stack outputs does not belong to account {account}. Create the stack again from the template of the lab files.',
        },
      },
      past: async (aws, { account }) => {
        const past = await pastStack(aws, STACK);
        const arn = outputsOf(past?.stack).roleArn;
        return past && arn !== undefined && isRoleOf(arn, account) ? provenByStack(past, arn) : undefined;
      },
      breaks: {
        'role-output-removed': {
          title: {
            ko: '템플릿에서 CodeBuildRoleArn 출력을 지웁니다',
            ja: 'テンプレートから CodeBuildRoleArn の出力を消す',
            en: 'Remove the output CodeBuildRoleArn from the template',
          },
          says: 'outputMissing',
          play: (account) => withoutOutput(account, 'CodeBuildRoleArn'),
        },
        'role-of-another-account': {
          title: {
            ko: '템플릿에 다른 계정의 역할을 적습니다',
            ja: 'テンプレートに別のアカウントのロールを書く',
            en: 'Write a role of another account into the template',
          },
          says: 'roleElsewhere',
          play: (account) =>
            updateStack(account, {
              outputs: { ...outputs(account), CodeBuildRoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/${DEFAULTS.role}` },
            }),
        },
      },
    }),
    on.creation({
      id: 'stack-tags',
      title: { ko: '스택에 태그 세 개가 있습니다', ja: 'スタックに 3 つのタグがある', en: 'The stack has its three tags' },
      step: 13,
      after: 'stack-created',
      expected: TAGS,
      judge({ stack }) {
        const wrong = wrongTags(stack);
        if (wrong.length === 0) return passed();
        return failed(['tagsWrong', { stack: STACK, tags: wrong.map(([key, value]) => `${key}=${value}`).join(', ') }]);
      },
      observed: ({ stack }) => stack?.tags,
      resource: ({ stack }) => stack?.id,
      console: ({ stack }, { console }) => stack && console.stack(stack.id),
      says: {
        tagsWrong: {
          ko: '"{stack}" 스택에 없거나 값이 다른 태그가 있습니다: {tags}. 스택을 업데이트하면서 태그를 추가합니다.',
          ja: 'スタック "{stack}" に、ないタグまたは値の違うタグがあります: {tags}。スタックを更新してタグを追加してください。',
          en: 'Tags of the stack "{stack}" are missing or have another value: {tags}. Add them by updating the stack.',
        },
      },
      past: async (aws) => {
        const past = await pastStack(aws, STACK);
        return past && wrongTags(past.stack).length === 0 ? provenByStack(past, past.stack.tags) : undefined;
      },
      breaks: {
        'tags-forgotten': {
          title: { ko: '스택에 태그를 붙이지 않습니다', ja: 'スタックにタグを付けない', en: 'Leave out the tags of the stack' },
          says: 'tagsWrong',
          play: (account) => updateStack(account, { tags: { Project: TAGS.Project } }),
        },
      },
    }),
  ],
  publishes: {
    stack: (stack, { account, region }) => {
      const { ECRRepositoryUri, CodeCommitRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
      const outputs = { ECRRepositoryUri, CodeCommitRepositoryName, CodeBuildRoleArn };
      const known = Object.entries(outputs).filter((entry): entry is [string, string] => Boolean(entry[1]));
      return { ...Object.fromEntries(known), AccountId: account, Region: region };
    },
  },
});
