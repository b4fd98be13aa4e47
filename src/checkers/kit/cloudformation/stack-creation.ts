import type { Bound } from '../../../aws/reader.ts';
import { cloudformation, type Stack, type StackFailure } from '../../../aws/services/cloudformation.ts';
import { asSentence } from '../../engine/as-sentence.ts';
import { says } from '../../engine/texts.ts';
import { blocked, failed, passed, waiting } from '../../engine/verdict.ts';

export const stackCreationReads = { stack: cloudformation.stack, failures: cloudformation.stackFailures } as const;

export interface StackCreation {
  readonly stack: Stack | undefined;
  /** Of the newest operation, oldest first; empty while nothing went wrong. */
  readonly failures: readonly StackFailure[];
}

/** The statuses in which a stack is as its template says. */
export const STACK_COMPLETE: readonly string[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'];
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

/** How far a stack has come. `resource` and `reason` are of what went wrong first. */
export function progressOf({ stack, failures }: StackCreation) {
  if (stack === undefined) return { at: 'absent' } as const;
  const { status } = stack;
  // Only a change set was made.
  if (status === 'REVIEW_IN_PROGRESS') return { at: 'not-executed' } as const;
  if (STACK_COMPLETE.includes(status)) return { at: 'complete' } as const;
  if (WORKING.test(status) && !status.includes('ROLLBACK')) return { at: 'working', status } as const;
  const { logicalId: resource, reason } = firstCause(stack, failures);
  const cause = { status, resource, reason: asSentence(reason) } as const;
  if (WORKING.test(status)) return { at: 'rolling-back', ...cause } as const;
  // CodeCommit refuses accounts it does not serve; that is the account's limit, not the student's mistake.
  const refused = failures.find((failure) => failure.type === 'AWS::CodeCommit::Repository' && /OperationNotAllowed/.test(failure.reason));
  if (refused !== undefined) return { at: 'codecommit-closed', resource: refused.logicalId } as const;
  if (status === 'ROLLBACK_COMPLETE') return { at: 'rolled-back', ...cause } as const;
  return { at: status === 'UPDATE_ROLLBACK_COMPLETE' ? 'update-rolled-back' : 'broken', ...cause } as const;
}

/** What `judgeProgress` says. */
export const PROGRESS_SAYS = says({
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
});

/** Whether the stack of this name is complete. Comes after the check that it exists. */
export function judgeProgress(creation: StackCreation, stack: string) {
  const progress = progressOf(creation);
  switch (progress.at) {
    case 'complete':
      return passed();
    case 'absent':
    case 'not-executed':
      return blocked('stack-created');
    case 'working':
      return waiting(['stackInProgress', { stack, status: progress.status }] as const, 20);
    case 'codecommit-closed':
      return failed(['codeCommitClosed', { resource: progress.resource }] as const);
    case 'rolling-back':
      return waiting(['stackRollingBack', { ...progress, stack }] as const, 20);
    case 'rolled-back':
      return failed(['stackRolledBack', { ...progress, stack }] as const);
    case 'update-rolled-back':
      return failed(['stackUpdateRolledBack', { ...progress, stack }] as const);
    case 'broken':
      return failed(['stackBroken', { ...progress, stack }] as const);
  }
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
