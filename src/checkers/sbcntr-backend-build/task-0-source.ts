import { type Repository, readers, type SourceFile } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, type Verdict, waiting } from '../engine/verdict.ts';
import { type PastStack, pastStack, pastStackReads, provenByStack } from '../kit/cloudformation/past-stack.ts';
import {
  isImageUriOf,
  isRoleOf,
  progressOf,
  STACK_COMPLETE,
  type StackCreation,
  stackCreation,
  stackCreationReads,
} from '../kit/cloudformation/stack-creation.ts';
import { misnamed, nestedCopy, type Survey, survey, surveyReads } from '../kit/codecommit/survey.ts';
import { OTHER_ACCOUNT, utf16 } from '../kit/student/mistakes.ts';
import { DEFAULTS, OTHER_REGIONS, outputsOf, SOURCE_FILES, STACK } from './names.ts';
import {
  BACKEND,
  CANCELLED,
  CODE,
  changeOutput,
  created,
  createStack,
  emptyRepository,
  FRONTEND,
  notCreated,
  place,
  prepareSource,
  push,
  ROLE,
  ROLE_EXISTS,
  removeFile,
  SOURCE,
  stackInstead,
  startOver,
  uri,
} from './student.ts';

const BRANCHES = ['main', 'master'];

type File = (typeof SOURCE_FILES)[number];

interface Pushed {
  /** The name that the stack's output gives; unset while there is none. */
  readonly name: string | undefined;
  readonly repository: Repository | undefined;
}

interface Source extends Pushed {
  readonly files: Readonly<Record<File, SourceFile>> | undefined;
  /** Only when a file is not where it should be. */
  readonly survey: Survey | undefined;
}

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
    case 'rolling-back':
      return waiting(['stackRollingBack', { stack: STACK, resource: progress.resource, reason: progress.reason }], 20);
    default: {
      const { status, resource, reason } = progress;
      return failed(['stackBroken', { stack: STACK, status, resource, reason }]);
    }
  }
}

type ImageOutput = 'BackendRepositoryUri' | 'FrontendRepositoryUri';
const uriOf = (stack: StackCreation['stack'], output: ImageOutput) => {
  const { backendUri, frontendUri } = outputsOf(stack);
  return output === 'BackendRepositoryUri' ? backendUri : frontendUri;
};

const ofStack = {
  step: 8,
  after: 'stack-complete',
  resource: ({ stack }: StackCreation) => stack?.id,
  console: ({ stack }: StackCreation, { console }: TaskContext) => stack && console.stack(stack.id),
} as const;

const imageOutput = <const Id extends string>(id: Id, output: ImageOutput) =>
  ({
    ...ofStack,
    id,
    expected: (_creation: StackCreation, { account, region }: TaskContext) => `${account}.dkr.ecr.${region}.amazonaws.com/…`,
    judge({ stack }: StackCreation, { account, region }: TaskContext) {
      const uri = uriOf(stack, output);
      if (uri === undefined) return failed(['outputMissing', { stack: STACK, output }]);
      return isImageUriOf(uri, account, region) ? passed() : failed(['imageRepositoryElsewhere', { uri, account, region }]);
    },
    observed: ({ stack }: StackCreation) => uriOf(stack, output),
  }) as const;

function judgePushed({ name, repository }: Pushed) {
  if (name === undefined) return blocked('output-source-repository');
  if (repository === undefined) return failed(['repositoryGone', { repository: name }]);
  const { defaultBranch } = repository;
  if (defaultBranch === undefined) return failed(['notPushed', { repository: name }]);
  return BRANCHES.includes(defaultBranch) ? passed() : failed(['branchWrong', { repository: name, branch: defaultBranch }]);
}

function judgeFiles({ name, files, survey: around }: Source) {
  if (name === undefined || files === undefined) return blocked('source-pushed');
  for (const file of SOURCE_FILES) {
    const found = files[file];
    if (found.state === 'present' && found.text.trim() === '') return failed(['fileEmpty', { file }]);
    if (found.state === 'not-text') return failed(['fileNotText', { file }]);
    if (found.state !== 'no-path') continue;
    const other = around && misnamed(around, file);
    if (other !== undefined) return failed(['fileMisnamed', { file, found: other }]);
    const nested = around && nestedCopy(around, file);
    if (nested !== undefined) return failed(['fileNested', { file, found: nested }]);
    const elsewhere = around?.branches.find(({ paths }) => paths.includes(file));
    if (elsewhere !== undefined) return failed(['fileOnOtherBranch', { file, branch: elsewhere.name }]);
    return failed(['fileMissing', { file, repository: name }]);
  }
  return SOURCE_FILES.every((file) => files[file].state === 'present' || files[file].state === 'too-large')
    ? passed()
    : blocked('source-pushed');
}

const sourceLink = ({ name }: Pushed, { console }: TaskContext) => (name === undefined ? undefined : console.codeCommitRepository(name));

/** Evidence from the newest stack of the lab that was deleted after it had been complete. */
const fromPast =
  (right: (past: PastStack, context: TaskContext) => string | undefined) =>
  async (aws: Parameters<typeof pastStack>[0], context: TaskContext) => {
    const past = await pastStack(aws, STACK);
    const observed = past && right(past, context);
    return past && observed !== undefined ? provenByStack(past, observed) : undefined;
  };
const pastImageOutput = (output: ImageOutput) =>
  fromPast(({ stack }, { account, region }) => {
    const uri = uriOf(stack, output);
    return uri !== undefined && isImageUriOf(uri, account, region) ? uri : undefined;
  });

const reads = {
  ...stackCreationReads,
  repository: readers.codecommit.pushedRepository,
  file: readers.codecommit.file,
  ...surveyReads,
  ...pastStackReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const creation = stackCreation(aws, STACK, stack);
  const pushed = stack.then(async (found): Promise<Pushed> => {
    const name = outputsOf(found).source;
    return { name, repository: name === undefined ? undefined : await aws.repository(name) };
  });
  const source = stack.then(async (found): Promise<Source> => {
    const name = outputsOf(found).source;
    if (name === undefined) return { name, repository: undefined, files: undefined, survey: undefined };
    const [repository, server, dockerfile] = await Promise.all([
      aws.repository(name),
      aws.file(name, undefined, 'server.mjs'),
      aws.file(name, undefined, 'Dockerfile'),
    ]);
    const files = { 'server.mjs': server, Dockerfile: dockerfile };
    const lost = SOURCE_FILES.some((file) => files[file].state === 'no-path');
    return { name, repository, files, survey: lost ? await survey(aws, name, repository?.defaultBranch) : undefined };
  });
  return { stack, creation, pushed, source };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-0',
  title: { ko: '리포지토리와 소스 준비', ja: 'リポジトリとソースの準備', en: 'Prepare the repositories and the source' },

  reads,
  observe,
  solve: {
    id: 'prepare-source',
    title: {
      ko: '스택을 만들고 소스를 푸시합니다',
      ja: 'スタックを作り、ソースをプッシュする',
      en: 'Create the stack and push the source',
    },
    play: prepareSource,
  },
  expectations: [
    on.stack({
      id: 'stack-created',
      title: {
        ko: 'CloudFormation 스택을 만들었습니다',
        ja: 'CloudFormation スタックを作った',
        en: 'The CloudFormation stack has been created',
      },
      step: 6,
      expected: STACK,
      judge(stack, { region }) {
        if (stack === undefined) return notStarted(['stackMissing', { stack: STACK, region }]);
        return stack.status === 'REVIEW_IN_PROGRESS' ? failed(['stackNotExecuted', { stack: STACK }]) : passed();
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
      past: fromPast(({ completion }) => completion.status),
      elsewhere: { regions: OTHER_REGIONS, reads: ['stack'], find: async (aws) => (await aws.stack(STACK))?.id },
      breaks: {
        'stack-in-virginia': {
          title: {
            ko: '버지니아(us-east-1) 리전에서 스택을 생성합니다',
            ja: 'バージニア(us-east-1)リージョンでスタックを作る',
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
      ...ofStack,
      id: 'stack-complete',
      title: { ko: '스택 생성이 끝났습니다', ja: 'スタックの作成が終わった', en: 'The stack is complete' },
      step: 7,
      after: 'stack-created',
      expected: STACK_COMPLETE,
      judge: judgeProgress,
      observed: ({ stack }) => stack?.status,
      says: {
        stackBroken: {
          ko: '"{stack}" 스택이 완료 상태가 아닙니다({status}). 문제가 된 리소스는 "{resource}"입니다: {reason} 스택을 삭제하고 다시 생성합니다.',
          ja: 'スタック "{stack}" は完了していません({status})。問題のあるリソースは "{resource}" です: {reason} スタックを削除して作り直してください。',
          en: 'The stack "{stack}" is not complete ({status}). The resource in trouble is "{resource}": {reason} Delete the stack and create it again.',
        },
        codeCommitClosed: {
          ko: 'CodeCommit이 이 계정에서 리포지토리를 만들 수 없다고 응답했습니다("{resource}", OperationNotAllowed). 이것은 계정의 제한이며 여러분의 실수가 아닙니다. 강사에게 알리고, CodeCommit을 쓸 수 있는 계정에서 스택을 다시 생성합니다.',
          ja: 'CodeCommit が、このアカウントではリポジトリを作れないと応答しました("{resource}"、OperationNotAllowed)。これはアカウントの制限であり、あなたの間違いではありません。講師に知らせ、CodeCommit を使えるアカウントでスタックを作り直してください。',
          en: 'CodeCommit answered that this account cannot create repositories ("{resource}", OperationNotAllowed). This is a limit of the account, not a mistake of yours. Tell your instructor and create the stack again in an account that has CodeCommit.',
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
      past: fromPast(({ completion }) => completion.status),
      breaks: {
        'stack-rolled-back': {
          title: {
            ko: '같은 이름의 역할이 이미 있어 스택 생성이 실패합니다',
            ja: '同じ名前のロールがあり、スタックの作成が失敗する',
            en: 'The stack fails because a role of that name exists already',
          },
          says: 'stackBroken',
          instead(account) {
            const events = [created(CODE), notCreated(ROLE, ROLE_EXISTS), notCreated(BACKEND, CANCELLED), notCreated(FRONTEND, CANCELLED)];
            stackInstead(account, { status: 'ROLLBACK_COMPLETE', events });
            account.iam.createRole({ name: DEFAULTS.role });
          },
        },
        'codecommit-closed': {
          title: {
            ko: 'CodeCommit을 쓸 수 없는 계정에서 스택을 생성합니다',
            ja: 'CodeCommit を使えないアカウントでスタックを作る',
            en: 'Create the stack in an account without CodeCommit',
          },
          says: 'codeCommitClosed',
          instead(account) {
            const reason =
              'CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS Organization ' +
              '(Service: AWSCodeCommit; Status Code: 400; Error Code: OperationNotAllowedException)';
            stackInstead(account, { status: 'ROLLBACK_COMPLETE', events: [notCreated(BACKEND, CANCELLED), notCreated(CODE, reason)] });
            account.settings.codecommitAvailable = false;
          },
        },
      },
      moments: {
        'stack-in-progress': {
          title: { ko: '스택이 생성되는 중입니다', ja: 'スタックが作成中である', en: 'The stack is being created' },
          says: 'stackInProgress',
          instead: (account) => stackInstead(account, { status: 'CREATE_IN_PROGRESS', events: [created(BACKEND)] }),
        },
        'stack-rolling-back': {
          title: { ko: '스택이 되돌려지는 중입니다', ja: 'スタックがロールバック中である', en: 'The stack is being rolled back' },
          says: 'stackRollingBack',
          instead: (account) => stackInstead(account, { status: 'ROLLBACK_IN_PROGRESS', events: [notCreated(ROLE, ROLE_EXISTS)] }),
        },
      },
    }),
    on.creation({
      ...imageOutput('output-backend', 'BackendRepositoryUri'),
      title: {
        ko: '스택 출력에 이 계정의 백엔드 ECR 리포지토리 URI가 있습니다',
        ja: 'スタックの出力に、このアカウントのバックエンド用 ECR リポジトリの URI がある',
        en: "The stack outputs hold the URI of this account's backend ECR repository",
      },
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
      past: pastImageOutput('BackendRepositoryUri'),
      breaks: {
        'backend-output-removed': {
          title: {
            ko: '템플릿에서 BackendRepositoryUri 출력을 지웁니다',
            ja: 'テンプレートから BackendRepositoryUri の出力を消す',
            en: 'Remove the output BackendRepositoryUri from the template',
          },
          says: 'outputMissing',
          play: (account) => changeOutput(account, 'BackendRepositoryUri', undefined),
        },
        'backend-of-another-account': {
          title: {
            ko: '템플릿에 다른 계정의 ECR 주소를 적습니다',
            ja: 'テンプレートに別のアカウントの ECR のアドレスを書く',
            en: "Write another account's ECR address into the template",
          },
          says: 'imageRepositoryElsewhere',
          play: (account) =>
            changeOutput(account, 'BackendRepositoryUri', uri(account, DEFAULTS.backend).replace(account.id, OTHER_ACCOUNT)),
        },
      },
    }),
    on.creation({
      ...imageOutput('output-frontend', 'FrontendRepositoryUri'),
      title: {
        ko: '스택 출력에 이 계정의 프런트엔드 ECR 리포지토리 URI가 있습니다',
        ja: 'スタックの出力に、このアカウントのフロントエンド用 ECR リポジトリの URI がある',
        en: "The stack outputs hold the URI of this account's frontend ECR repository",
      },
      says: {
        imageRepositoryElsewhere: {
          ko: '스택 출력의 "{uri}" 주소는 {region} 리전의 계정 {account}에 있는 ECR 리포지토리가 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
          ja: 'スタックの出力にある ECR リポジトリ "{uri}" は、アカウント {account} の {region} リージョンにありません。演習ファイルのテンプレートでスタックを作り直してください。',
          en: 'The ECR repository "{uri}" in the stack outputs is not in account {account}, region {region}. Create the stack again from the template of the lab files.',
        },
      },
      past: pastImageOutput('FrontendRepositoryUri'),
      breaks: {
        'frontend-in-another-region': {
          title: {
            ko: '프런트엔드 ECR 주소에 다른 리전을 적습니다',
            ja: 'フロントエンドの ECR のアドレスに別のリージョンを書く',
            en: 'Write another region into the ECR address of the frontend',
          },
          says: 'imageRepositoryElsewhere',
          play: (account) => changeOutput(account, 'FrontendRepositoryUri', uri(account, DEFAULTS.frontend, 'us-east-1')),
        },
      },
    }),
    on.creation({
      ...ofStack,
      id: 'output-source-repository',
      title: {
        ko: '스택 출력에 CodeCommit 리포지토리 이름이 있습니다',
        ja: 'スタックの出力に CodeCommit リポジトリの名前がある',
        en: 'The stack outputs hold the name of the CodeCommit repository',
      },
      holds: ({ stack }) => outputsOf(stack).source !== undefined,
      otherwise: ['outputMissing', { stack: STACK, output: 'SourceRepositoryName' }],
      observed: ({ stack }) => outputsOf(stack).source,
      says: {
        outputMissing: {
          ko: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
          ja: 'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
          en: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
        },
      },
      past: fromPast(({ stack }) => outputsOf(stack).source),
      breaks: {
        'source-output-removed': {
          title: {
            ko: '템플릿에서 SourceRepositoryName 출력을 지웁니다',
            ja: 'テンプレートから SourceRepositoryName の出力を消す',
            en: 'Remove the output SourceRepositoryName from the template',
          },
          says: 'outputMissing',
          play: (account) => changeOutput(account, 'SourceRepositoryName', undefined),
        },
      },
    }),
    on.creation({
      ...ofStack,
      id: 'output-role',
      title: {
        ko: '스택 출력에 이 계정의 CodeBuild 역할 ARN이 있습니다',
        ja: 'スタックの出力に、このアカウントの CodeBuild ロールの ARN がある',
        en: 'The stack outputs hold the ARN of a CodeBuild role of this account',
      },
      expected: (_creation, { account, partition }) => `arn:${partition}:iam::${account}:role/…`,
      judge({ stack }, { account }) {
        const arn = outputsOf(stack).roleArn;
        if (arn === undefined) return failed(['outputMissing', { stack: STACK, output: 'CodeBuildRoleArn' }]);
        return isRoleOf(arn, account) ? passed() : failed(['roleElsewhere', { role: arn, account }]);
      },
      observed: ({ stack }) => outputsOf(stack).roleArn,
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
      past: fromPast(({ stack }, { account }) => {
        const arn = outputsOf(stack).roleArn;
        return arn !== undefined && isRoleOf(arn, account) ? arn : undefined;
      }),
      breaks: {
        'role-output-removed': {
          title: {
            ko: '템플릿에서 CodeBuildRoleArn 출력을 지웁니다',
            ja: 'テンプレートから CodeBuildRoleArn の出力を消す',
            en: 'Remove the output CodeBuildRoleArn from the template',
          },
          says: 'outputMissing',
          play: (account) => changeOutput(account, 'CodeBuildRoleArn', undefined),
        },
        'role-of-another-account': {
          title: {
            ko: '템플릿에 다른 계정의 역할을 적습니다',
            ja: 'テンプレートに別のアカウントのロールを書く',
            en: "Write another account's role into the template",
          },
          says: 'roleElsewhere',
          play: (account) => changeOutput(account, 'CodeBuildRoleArn', `arn:aws:iam::${OTHER_ACCOUNT}:role/${DEFAULTS.role}`),
        },
      },
    }),
    on.pushed({
      id: 'source-pushed',
      title: {
        ko: '소스를 CodeCommit의 main 브랜치에 푸시했습니다',
        ja: 'ソースを CodeCommit の main ブランチにプッシュした',
        en: 'The source has been pushed to the main branch in CodeCommit',
      },
      step: 14,
      after: 'output-source-repository',
      expected: BRANCHES,
      judge: judgePushed,
      observed: ({ repository }) => repository && (repository.defaultBranch ?? null),
      resource: ({ name, repository }) => repository?.arn ?? name,
      console: sourceLink,
      says: {
        notPushed: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin main`을 실행합니다.',
          ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin main` を実行してください。',
          en: 'The repository "{repository}" is empty. Did you commit without pushing? Run `git push origin main`.',
        },
        repositoryGone: {
          ko: '스택이 만든 "{repository}" CodeCommit 리포지토리가 없습니다. 삭제했다면 스택을 삭제하고 다시 생성하여 리포지토리를 만듭니다.',
          ja: 'スタックが作った CodeCommit リポジトリ "{repository}" がありません。削除した場合は、スタックを削除して作り直してください。',
          en: 'The CodeCommit repository "{repository}" that the stack made is gone. If you deleted it, delete the stack and create it again.',
        },
        branchWrong: {
          ko: '"{repository}" 리포지토리의 기본 브랜치가 "{branch}"입니다. 코드를 main 브랜치에 푸시하고 main을 기본 브랜치로 지정합니다.',
          ja: 'リポジトリ "{repository}" のデフォルトブランチは "{branch}" です。コードを main にプッシュし、main をデフォルトブランチにしてください。',
          en: 'The default branch of "{repository}" is "{branch}". Push the code to main and make main the default branch.',
        },
      },
      breaks: {
        'not-pushed': {
          title: { ko: '커밋만 하고 푸시하지 않습니다', ja: 'コミットするだけでプッシュしない', en: 'Commit without pushing' },
          says: 'notPushed',
          play: emptyRepository,
        },
        'repository-deleted': {
          title: {
            ko: 'CodeCommit 리포지토리를 삭제합니다',
            ja: 'CodeCommit リポジトリを削除する',
            en: 'Delete the CodeCommit repository',
          },
          says: 'repositoryGone',
          play: (account) => place(account).codecommit.deleteRepository(DEFAULTS.source),
        },
        'pushed-to-feature-branch': {
          title: { ko: 'feature 브랜치에만 푸시합니다', ja: 'feature ブランチにだけプッシュする', en: 'Push to the branch feature only' },
          says: 'branchWrong',
          play(account) {
            emptyRepository(account);
            push(account, SOURCE, 'feature');
          },
        },
      },
    }),
    on.source({
      id: 'source-files',
      title: {
        ko: 'server.mjs와 Dockerfile이 소스의 맨 위에 있습니다',
        ja: 'server.mjs と Dockerfile がソースの直下にある',
        en: 'server.mjs and Dockerfile are at the root of the source',
      },
      step: 12,
      after: 'source-pushed',
      expected: SOURCE_FILES,
      judge: judgeFiles,
      observed: ({ files }) => files && Object.fromEntries(SOURCE_FILES.map((file) => [file, files[file].state])),
      resource: ({ repository }) => repository?.arn,
      console: sourceLink,
      says: {
        fileOnOtherBranch: {
          ko: '"{file}" 파일이 기본 브랜치에는 없고 "{branch}" 브랜치에 있습니다. 기본 브랜치에 같은 파일을 커밋하고 푸시합니다.',
          ja: '"{file}" はデフォルトブランチになく、ブランチ "{branch}" にあります。デフォルトブランチに同じファイルをコミットしてプッシュしてください。',
          en: '"{file}" is not on the default branch but on the branch "{branch}". Commit and push the same file to the default branch.',
        },
        fileMisnamed: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
        },
        fileNested: {
          ko: '"{file}" 파일이 리포지토리의 맨 위가 아니라 "{found}"에 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" はリポジトリの直下ではなく "{found}" にあります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
          en: '"{file}" is not at the root of the repository but at "{found}". Move it with `git mv {found} {file}`, commit and push again.',
        },
        fileMissing: {
          ko: '"{repository}" 리포지토리의 기본 브랜치에 "{file}" 파일이 없습니다. 파일을 업로드하고 커밋하고 푸시합니다.',
          ja: 'リポジトリ "{repository}" のデフォルトブランチに "{file}" がありません。ファイルをアップロードし、コミットしてプッシュしてください。',
          en: 'The default branch of "{repository}" has no "{file}". Upload the file, commit and push.',
        },
        fileEmpty: {
          ko: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 업로드하고 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" は空です。演習ファイルをアップロードし直し、コミットしてプッシュしてください。',
          en: '"{file}" is empty. Upload the lab file again, commit and push.',
        },
        fileNotText: {
          ko: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. 편집기에서 UTF-8로 저장하거나 실습 파일을 다시 업로드합니다.',
          ja: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをアップロードし直してください。',
          en: '"{file}" is not UTF-8 text. Save it as UTF-8 in your editor, or upload the lab file again.',
        },
      },
      breaks: {
        'files-on-other-branch': {
          title: {
            ko: '기본 브랜치가 아닌 브랜치에 소스를 푸시합니다',
            ja: 'デフォルトでないブランチにソースをプッシュする',
            en: 'Push the source to a branch that is not the default',
          },
          says: 'fileOnOtherBranch',
          play(account) {
            emptyRepository(account);
            push(account, { 'README.md': '# sbcntr\n' });
            push(account, SOURCE, 'feature');
          },
        },
        'dockerfile-txt': {
          title: {
            ko: 'Dockerfile을 Dockerfile.txt로 저장합니다',
            ja: 'Dockerfile を Dockerfile.txt として保存する',
            en: 'Save Dockerfile as Dockerfile.txt',
          },
          says: 'fileMisnamed',
          play(account) {
            removeFile(account, 'Dockerfile');
            push(account, { 'Dockerfile.txt': SOURCE.Dockerfile });
          },
        },
        'server-nested': {
          title: {
            ko: 'server.mjs를 src 폴더에 넣습니다',
            ja: 'server.mjs を src フォルダに入れる',
            en: 'Put server.mjs into the folder src',
          },
          says: 'fileNested',
          play(account) {
            removeFile(account, 'server.mjs');
            push(account, { 'src/server.mjs': SOURCE['server.mjs'] });
          },
        },
        'server-missing': {
          title: { ko: 'server.mjs를 빠뜨립니다', ja: 'server.mjs を忘れる', en: 'Forget server.mjs' },
          says: 'fileMissing',
          play: (account) => removeFile(account, 'server.mjs'),
        },
        'server-empty': {
          title: { ko: '빈 server.mjs를 푸시합니다', ja: '空の server.mjs をプッシュする', en: 'Push an empty server.mjs' },
          says: 'fileEmpty',
          play(account) {
            push(account, { 'server.mjs': '\n' });
          },
        },
        'server-utf16': {
          title: { ko: 'server.mjs를 UTF-16으로 저장합니다', ja: 'server.mjs を UTF-16 で保存する', en: 'Save server.mjs as UTF-16' },
          says: 'fileNotText',
          play(account) {
            push(account, { 'server.mjs': utf16(SOURCE['server.mjs']) });
          },
        },
      },
    }),
  ],
  publishes: {
    stack: (stack, { account, region }) => {
      const { BackendRepositoryUri, FrontendRepositoryUri, SourceRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
      const outputs = { BackendRepositoryUri, FrontendRepositoryUri, SourceRepositoryName, CodeBuildRoleArn };
      const known = Object.entries(outputs).filter((entry): entry is [string, string] => Boolean(entry[1]));
      return { ...Object.fromEntries(known), AccountId: account, Region: region };
    },
  },
});
