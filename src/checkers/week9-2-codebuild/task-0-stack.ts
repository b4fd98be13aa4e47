import {
  blocked,
  defineTask,
  failed,
  isImageUriOf,
  isRoleOf,
  notStarted,
  passed,
  pastStack,
  pastStackReads,
  progressOf,
  provenByStack,
  STACK_COMPLETE,
  type Stack,
  type StackCreation,
  stackCreation,
  stackCreationReads,
  waiting,
} from '../core/index.ts';
import { messages } from './messages/index.ts';
import { OTHER_REGIONS, outputsOf, STACK, TAGS } from './names.ts';

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

export default defineTask({
  id: 'task-0',
  messages,
  reads: { ...stackCreationReads, ...pastStackReads },
  observe(aws) {
    const stack = aws.stack(STACK);
    const creation = stackCreation(aws, STACK, stack);
    return { stack, creation };
  },
  expectations: {
    stack: [
      {
        id: 'stack-created',
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
      },
    ],
    creation: [
      {
        id: 'stack-complete',
        step: 19,
        after: 'stack-created',
        expected: STACK_COMPLETE,
        judge: judgeProgress,
        observed: ({ stack }) => stack?.status,
        resource: ({ stack }) => stack?.id,
        console: ({ stack }, { console }) => stack && console.stack(stack.id),
      },
      {
        id: 'output-image-repository',
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
      },
      {
        id: 'output-source-repository',
        step: 20,
        after: 'stack-complete',
        holds: ({ stack }) => outputsOf(stack).sourceRepository !== undefined,
        otherwise: ['outputMissing', { stack: STACK, output: 'CodeCommitRepositoryName' }],
        observed: ({ stack }) => outputsOf(stack).sourceRepository,
        resource: ({ stack }) => stack?.id,
        console: ({ stack }, { console }) => stack && console.stack(stack.id),
      },
      {
        id: 'output-role',
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
      },
      {
        id: 'stack-tags',
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
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['stack'],
    find: { 'stack-created': async (aws) => (await aws.stack(STACK))?.id },
  },
  history: {
    'stack-created': async (aws) => {
      const past = await pastStack(aws, STACK);
      return past && provenByStack(past, past.completion.status);
    },
    'stack-complete': async (aws) => {
      const past = await pastStack(aws, STACK);
      return past && provenByStack(past, past.completion.status);
    },
    'output-image-repository': async (aws, { account, region }) => {
      const past = await pastStack(aws, STACK);
      const uri = outputsOf(past?.stack).imageUri;
      return past && uri !== undefined && isImageUriOf(uri, account, region) ? provenByStack(past, uri) : undefined;
    },
    'output-source-repository': async (aws) => {
      const past = await pastStack(aws, STACK);
      const name = outputsOf(past?.stack).sourceRepository;
      return past && name !== undefined ? provenByStack(past, name) : undefined;
    },
    'output-role': async (aws, { account }) => {
      const past = await pastStack(aws, STACK);
      const arn = outputsOf(past?.stack).roleArn;
      return past && arn !== undefined && isRoleOf(arn, account) ? provenByStack(past, arn) : undefined;
    },
    'stack-tags': async (aws) => {
      const past = await pastStack(aws, STACK);
      return past && wrongTags(past.stack).length === 0 ? provenByStack(past, past.stack.tags) : undefined;
    },
  },
  publishes: {
    stack: (stack, { account, region }) => {
      const { ECRRepositoryUri, CodeCommitRepositoryName, CodeBuildRoleArn } = stack?.outputs ?? {};
      const outputs = { ECRRepositoryUri, CodeCommitRepositoryName, CodeBuildRoleArn };
      const known = Object.entries(outputs).filter((entry): entry is [string, string] => Boolean(entry[1]));
      return { ...Object.fromEntries(known), AccountId: account, Region: region };
    },
  },
});
