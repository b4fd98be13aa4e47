import type { PracticeAccount } from '../../practice/account.ts';

/** The name that the lab's text gives. */
export const REPOSITORY = 'my-lab-repo';

/** What a student does in this lab, right or wrong. */
export function createRepository(account: PracticeAccount, { scanOnPush = true } = {}): void {
  account.region('ap-northeast-2').ecr.createRepository(REPOSITORY, { scanOnPush });
}
