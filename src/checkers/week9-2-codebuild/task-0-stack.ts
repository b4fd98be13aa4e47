import {
  defineTask,
  failed,
  notStarted,
  passed,
  pastStack,
  pastStackReads,
  provenByStack,
  readers,
  type Stack,
  type StackFailure,
  waiting,
} from '../core/index.ts';
import { messages } from './messages/index.ts';
import { OTHER_REGIONS, outputsOf, STACK, TAGS } from './names.ts';

const COMPLETE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
const WORKING = /_IN_PROGRESS$/;

interface Creation {
  readonly stack: Stack | undefined;
  /** Of the newest operation, oldest first; empty while nothing went wrong. */
  readonly failures: readonly StackFailure[];
}

/** What went wrong first. CloudFormation then cancels other resources, which explains nothing. */
function firstCause({ stack, failures }: Creation): StackFailure {
  const cause = failures.find(({ status, reason }) => status === 'CREATE_FAILED' && !/cancelled/i.test(reason));
  const other = failures.find(({ reason }) => reason !== '' && !/cancelled/i.test(reason));
  return cause ?? other ?? { logicalId: STACK, type: '', status: stack?.status ?? '', reason: stack?.statusReason ?? '-', at: new Date(0) };
}

/** CodeCommit refuses accounts it does not serve; that is the account's limit, not the student's mistake. */
const refusedByCodeCommit = ({ failures }: Creation) =>
  failures.find(({ type, reason }) => type === 'AWS::CodeCommit::Repository' && /OperationNotAllowed/.test(reason));

function wentWrong(creation: Creation, status: string) {
  const refused = refusedByCodeCommit(creation);
  if (refused) return failed(['codeCommitClosed', { resource: refused.logicalId }]);
  const { logicalId, reason } = firstCause(creation);
  if (status === 'ROLLBACK_COMPLETE') return failed(['stackRolledBack', { stack: STACK, resource: logicalId, reason }]);
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return failed(['stackUpdateRolledBack', { stack: STACK, resource: logicalId, reason }]);
  return failed(['stackBroken', { stack: STACK, status, resource: logicalId, reason }]);
}

const ECR_URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/.+$/;
const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/.+$/;

const isImageUriOf = (uri: string, account: string, region: string) => {
  const [, ofAccount, ofRegion] = ECR_URI.exec(uri) ?? [];
  return ofAccount === account && ofRegion === region;
};
const isRoleOf = (arn: string, account: string) => ROLE_ARN.exec(arn)?.[1] === account;
const wrongTags = (stack: Stack | undefined) => Object.entries(TAGS).filter(([key, value]) => stack?.tags[key] !== value);

export default defineTask({
  id: 'task-0',
  messages,
  reads: { stack: readers.cloudformation.stack, failures: readers.cloudformation.stackFailures, ...pastStackReads },
  observe(aws) {
    const stack = aws.stack(STACK);
    const creation = stack.then(async (found): Promise<Creation> => {
      const fine = found === undefined || COMPLETE.has(found.status) || found.status === 'REVIEW_IN_PROGRESS';
      const working = found !== undefined && WORKING.test(found.status) && !found.status.includes('ROLLBACK');
      return { stack: found, failures: fine || working ? [] : ((await aws.failures(STACK)) ?? []) };
    });
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
        expected: [...COMPLETE],
        judge(creation) {
          const status = creation.stack?.status ?? '';
          if (COMPLETE.has(status)) return passed();
          if (!WORKING.test(status)) return wentWrong(creation, status);
          if (!status.includes('ROLLBACK')) return waiting(['stackInProgress', { stack: STACK, status }], 20);
          const { logicalId, reason } = firstCause(creation);
          return waiting(['stackRollingBack', { stack: STACK, resource: logicalId, reason }], 20);
        },
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
