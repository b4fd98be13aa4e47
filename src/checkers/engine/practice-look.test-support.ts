import { afterAll, beforeAll, expect } from 'vitest';
import { openSession } from '../../aws/session.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { newAccountId } from '../../practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../../practice/server.ts';
import type { Lab } from './lab.ts';
import { runTask } from './run.ts';

/** What a task has against an account: `<check> <what it says>`; nothing when every check has passed. */
export type Look = (task: string, prepare: (account: PracticeAccount) => void) => Promise<string[]>;

/** Starts practice accounts for the tests of one file, and looks at a fresh one as the lab's checkers do. */
export function practiceLook(lab: Lab): Look {
  let endpoint: PracticeEndpoint;
  beforeAll(async () => {
    endpoint = await startPractice();
  });
  afterAll(() => endpoint.close());
  return async (task, prepare) => {
    const id = newAccountId(`${lab.id} ${task}`);
    const account = endpoint.account(id);
    account.reset();
    prepare(account);
    const session = await openSession({ region: lab.region, endpoint: endpoint.url, credentials: endpoint.credentials(id), paced: false });
    const { checks } = await runTask(lab.tasks.find((one) => one.id === task) ?? expect.fail(`no ${task}`), session);
    const rest = checks.filter(({ status }) => status !== 'passed');
    const open = rest.filter(({ status }) => status !== 'blocked');
    return (open.length > 0 ? open : rest).map(({ id: check, status, says }) => `${check} ${says?.key ?? status}`);
  };
}
