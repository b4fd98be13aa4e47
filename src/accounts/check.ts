import type { AccountSession } from '../aws/session.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import { type CheckOutcome, runTask, type TaskOutcome } from '../checkers/engine/run.ts';
import { createSharedRuns, type Watch } from '../checkers/engine/shared-runs.ts';
import type { Task } from '../checkers/engine/task.ts';
import type { PassStore } from '../store/pass-store.ts';
import { processWide } from './process-wide.ts';

const runs = () => processWide('runs', () => createSharedRuns<CheckOutcome, TaskOutcome>());

/**
 * Checks one task of one account. Clicks during a run of the same task and account share that run. A pass is saved in `passes`, and the
 * checkers get what was saved.
 * @throws the watcher's abort reason when it leaves.
 */
export function checkTask(
  { lab, task, session, passes }: { lab: Lab; task: Task; session: AccountSession; passes: PassStore },
  watch: Watch<CheckOutcome> = {},
): Promise<TaskOutcome> {
  const key = [session.account, session.region, session.principal, lab.id, task.id].join(' ');
  return runs().join(
    key,
    async (onCheck, signal) => {
      const recordedPass = passes.lastPass(session.account, lab.id);
      const outcome = await runTask(task, session, { signal, onCheck, ...(recordedPass && { recordedPass }) });
      if (outcome.status === 'passed') passes.remember(session.account, lab.id, task.id, new Date(outcome.checkedAt));
      return outcome;
    },
    watch,
  );
}
