import type { AccountSession } from '../aws/session.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import { runPreflight } from '../checkers/engine/preflight.ts';
import type { CheckOutcome, TaskOutcome } from '../checkers/engine/run.ts';
import { createSharedRuns, type Watch } from '../checkers/engine/shared-runs.ts';
import { processWide } from './process-wide.ts';

const runs = () => processWide('preflights', () => createSharedRuns<CheckOutcome, TaskOutcome>());

/**
 * Checks whether a lab can be started in an account. Simultaneous clicks share one run.
 * @throws the watcher's abort reason when it leaves.
 */
export function preflightLab(
  { lab, session, expectedAccount }: { lab: Lab; session: AccountSession; expectedAccount?: string | undefined },
  watch: Watch<CheckOutcome> = {},
): Promise<TaskOutcome> {
  const key = [session.account, session.region, session.principal, lab.id, expectedAccount ?? ''].join(' ');
  return runs().join(key, (onCheck, signal) => runPreflight(lab, session, { signal, onCheck, expectedAccount }), watch);
}
