import { readers, type Stack, type StackFailure } from '../../../aws/index.ts';
import type { Bound } from '../../../aws/reader.ts';
import { asSentence } from '../../engine/as-sentence.ts';
export const stackCreationReads = { stack: readers.cloudformation.stack, failures: readers.cloudformation.stackFailures } as const;

export interface StackCreation {
  readonly stack: Stack | undefined;
  /** Of the newest operation, oldest first; empty while nothing went wrong. */
  readonly failures: readonly StackFailure[];
}

/** How far a stack has come. `resource` and `reason` are of what went wrong first. */
export type StackProgress =
  | { readonly at: 'absent' }
  /** Only a change set was made. */
  | { readonly at: 'not-executed' }
  | { readonly at: 'complete' }
  | { readonly at: 'working'; readonly status: string }
  | { readonly at: 'rolling-back'; readonly status: string; readonly resource: string; readonly reason: string }
  /** CodeCommit refuses accounts it does not serve; that is the account's limit, not the student's mistake. */
  | { readonly at: 'codecommit-closed'; readonly resource: string }
  | {
      readonly at: 'rolled-back' | 'update-rolled-back' | 'broken';
      readonly status: string;
      readonly resource: string;
      readonly reason: string;
    };

const COMPLETE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] as const;
/** The statuses in which a stack is as its template says. */
export const STACK_COMPLETE: readonly string[] = COMPLETE;
const WORKING = /_IN_PROGRESS$/;

/** A stack with what went wrong in it, which is only asked for when something did. */
export async function stackCreation(
  aws: Bound<typeof stackCreationReads>,
  name: string,
  stack: Promise<Stack | undefined> = aws.stack(name),
): Promise<StackCreation> {
  const found = await stack;
  const { at } = progressOf({ stack: found, failures: [] });
  const fine = at === 'absent' || at === 'not-executed' || at === 'complete' || at === 'working';
  return { stack: found, failures: fine ? [] : ((await aws.failures(name)) ?? []) };
}

export function progressOf(creation: StackCreation): StackProgress {
  const { stack, failures } = creation;
  if (stack === undefined) return { at: 'absent' };
  const { status } = stack;
  if (status === 'REVIEW_IN_PROGRESS') return { at: 'not-executed' };
  if (STACK_COMPLETE.includes(status)) return { at: 'complete' };
  const { logicalId: resource, reason: said } = firstCause(stack, failures);
  const reason = asSentence(said);
  if (WORKING.test(status))
    return status.includes('ROLLBACK') ? { at: 'rolling-back', status, resource, reason } : { at: 'working', status };
  const refused = failures.find((failure) => failure.type === 'AWS::CodeCommit::Repository' && /OperationNotAllowed/.test(failure.reason));
  if (refused !== undefined) return { at: 'codecommit-closed', resource: refused.logicalId };
  if (status === 'ROLLBACK_COMPLETE') return { at: 'rolled-back', status, resource, reason };
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return { at: 'update-rolled-back', status, resource, reason };
  return { at: 'broken', status, resource, reason };
}

/** What went wrong first. CloudFormation then cancels other resources, which explains nothing. */
function firstCause(stack: Stack, failures: readonly StackFailure[]): Pick<StackFailure, 'logicalId' | 'reason'> {
  const cause = failures.find(({ status, reason }) => status === 'CREATE_FAILED' && !/cancelled/i.test(reason));
  const other = failures.find(({ reason }) => reason !== '' && !/cancelled/i.test(reason));
  return cause ?? other ?? { logicalId: stack.name, reason: stack.statusReason ?? '-' };
}

const ECR_URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/.+$/;

/** Whether a URI is that of an ECR repository of this account and region. */
export function isImageUriOf(uri: string, account: string, region: string): boolean {
  const [, ofAccount, ofRegion] = ECR_URI.exec(uri) ?? [];
  return ofAccount === account && ofRegion === region;
}

/** Whether an ARN is that of a role of this account. */
export function isRoleOf(arn: string, account: string): boolean {
  return /^arn:[a-z-]+:iam::(\d{12}):role\/.+$/.exec(arn)?.[1] === account;
}
