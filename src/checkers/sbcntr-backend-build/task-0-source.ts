import {
  type Bound,
  blocked,
  defineTask,
  failed,
  isImageUriOf,
  isRoleOf,
  misnamed,
  nestedCopy,
  notStarted,
  type PastStack,
  passed,
  pastStack,
  pastStackReads,
  progressOf,
  provenByStack,
  type Repository,
  readers,
  type SourceFile,
  STACK_COMPLETE,
  type StackCreation,
  type Survey,
  stackCreation,
  stackCreationReads,
  survey,
  surveyReads,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { OTHER_REGIONS, outputsOf, SOURCE_FILES, STACK } from './names.ts';

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

function judgeProgress(creation: StackCreation): Verdict<Says> {
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
    judge({ stack }: StackCreation, { account, region }: TaskContext): Verdict<Says> {
      const uri = uriOf(stack, output);
      if (uri === undefined) return failed(['outputMissing', { stack: STACK, output }]);
      return isImageUriOf(uri, account, region) ? passed() : failed(['imageRepositoryElsewhere', { uri, account, region }]);
    },
    observed: ({ stack }: StackCreation) => uriOf(stack, output),
  }) as const;

function judgePushed({ name, repository }: Pushed): Verdict<Says> {
  if (name === undefined) return blocked('output-source-repository');
  if (repository === undefined) return failed(['repositoryGone', { repository: name }]);
  const { defaultBranch } = repository;
  if (defaultBranch === undefined) return failed(['notPushed', { repository: name }]);
  return BRANCHES.includes(defaultBranch) ? passed() : failed(['branchWrong', { repository: name, branch: defaultBranch }]);
}

function judgeFiles({ name, files, survey: around }: Source): Verdict<Says> {
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

export default defineTask({
  id: 'task-0',
  messages,
  reads,
  observe,
  expectations: {
    stack: [
      {
        id: 'stack-created',
        step: 6,
        expected: STACK,
        judge(stack, { region }) {
          if (stack === undefined) return notStarted(['stackMissing', { stack: STACK, region }]);
          return stack.status === 'REVIEW_IN_PROGRESS' ? failed(['stackNotExecuted', { stack: STACK }]) : passed();
        },
        observed: (stack) => stack?.status,
        resource: (stack) => stack?.id,
        console: (stack, { console }) => (stack ? console.stack(stack.id) : console.stacks(STACK)),
      },
    ],
    creation: [
      {
        ...ofStack,
        id: 'stack-complete',
        step: 7,
        after: 'stack-created',
        expected: STACK_COMPLETE,
        judge: judgeProgress,
        observed: ({ stack }) => stack?.status,
      },
      imageOutput('output-backend', 'BackendRepositoryUri'),
      imageOutput('output-frontend', 'FrontendRepositoryUri'),
      {
        ...ofStack,
        id: 'output-source-repository',
        holds: ({ stack }) => outputsOf(stack).source !== undefined,
        otherwise: ['outputMissing', { stack: STACK, output: 'SourceRepositoryName' }],
        observed: ({ stack }) => outputsOf(stack).source,
      },
      {
        ...ofStack,
        id: 'output-role',
        expected: (_creation, { account, partition }) => `arn:${partition}:iam::${account}:role/…`,
        judge({ stack }, { account }) {
          const arn = outputsOf(stack).roleArn;
          if (arn === undefined) return failed(['outputMissing', { stack: STACK, output: 'CodeBuildRoleArn' }]);
          return isRoleOf(arn, account) ? passed() : failed(['roleElsewhere', { role: arn, account }]);
        },
        observed: ({ stack }) => outputsOf(stack).roleArn,
      },
    ],
    pushed: [
      {
        id: 'source-pushed',
        step: 14,
        after: 'output-source-repository',
        expected: BRANCHES,
        judge: judgePushed,
        observed: ({ repository }) => repository && (repository.defaultBranch ?? null),
        resource: ({ name, repository }) => repository?.arn ?? name,
        console: sourceLink,
      },
    ],
    source: [
      {
        id: 'source-files',
        step: 12,
        after: 'source-pushed',
        expected: SOURCE_FILES,
        judge: judgeFiles,
        observed: ({ files }) => files && Object.fromEntries(SOURCE_FILES.map((file) => [file, files[file].state])),
        resource: ({ repository }) => repository?.arn,
        console: sourceLink,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['stack'],
    find: { 'stack-created': async (aws) => (await aws.stack(STACK))?.id },
  },
  history: {
    'stack-created': fromPast(({ completion }) => completion.status),
    'stack-complete': fromPast(({ completion }) => completion.status),
    'output-backend': pastImageOutput('BackendRepositoryUri'),
    'output-frontend': pastImageOutput('FrontendRepositoryUri'),
    'output-source-repository': fromPast(({ stack }) => outputsOf(stack).source),
    'output-role': fromPast(({ stack }, { account }) => {
      const arn = outputsOf(stack).roleArn;
      return arn !== undefined && isRoleOf(arn, account) ? arn : undefined;
    }),
  },
  publishes: {
    stack: (stack, { account, region }) => {
      const { BackendRepositoryUri, FrontendRepositoryUri, SourceRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
      const outputs = { BackendRepositoryUri, FrontendRepositoryUri, SourceRepositoryName, CodeBuildRoleArn };
      const known = Object.entries(outputs).filter((entry): entry is [string, string] => Boolean(entry[1]));
      return { ...Object.fromEntries(known), AccountId: account, Region: region };
    },
  },
});
