import { openSession } from '../aws/session.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import { playMove } from '../checkers/engine/play.ts';
import { renderTask } from '../checkers/engine/render.ts';
import { combineStatuses, type TaskResult } from '../checkers/engine/result.ts';
import { runTask } from '../checkers/engine/run.ts';
import type { Task } from '../checkers/engine/task.ts';
import type { Language } from '../i18n/languages.ts';
import { startPractice } from '../practice/server.ts';

/** The account that is judged when no file names one: AWS's own example id, which the labs' placeholders stand for. */
const ANY_ACCOUNT = '123456789012';

/** A file that was given for judging and cannot be judged; its message is one sentence for the user. */
export class UnjudgeableFile extends Error {}

/**
 * What the checks of one task that read files would say of these files, in a practice account in which everything else is as the lab leaves it.
 * Nothing is sent to AWS.
 * @param files texts by their path in the lab's `files/`
 * @param account 12 digits; by default the one that the files name most often
 * @returns the task's result with only the checks that read the files
 * @throws UnjudgeableFile when the task reads no file of that path, or AWS would not take the text
 */
export async function judgeFiles(
  lab: Lab,
  task: Task,
  files: ReadonlyMap<string, string>,
  { language, account: wanted }: { readonly language: Language; readonly account?: string },
): Promise<TaskResult> {
  const checks = checksOf(lab, task, [...files.keys()]);
  const id = wanted ?? accountNamedIn([...files.values()]) ?? ANY_ACCOUNT;
  const endpoint = await startPractice();
  try {
    const account = endpoint.account(id);
    const solve = lab.moves.find((move) => move.kind === 'solve' && move.task === task.id);
    if (solve === undefined) throw new Error(`Lab "${lab.id}": no move solves "${task.id}".`);
    playMove(lab, solve, account);
    for (const [path, text] of files) {
      try {
        task.files[path]?.use(account, text);
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        throw new UnjudgeableFile(`AWS would not take ${path}: ${cause.message.replace(`"${path}" is`, 'it is')}`, { cause });
      }
    }
    const session = await openSession({ region: lab.region, endpoint: endpoint.url, credentials: endpoint.credentials(id), paced: false });
    const outcome = await runTask(task, session);
    const judged = outcome.checks.filter((check) => checks.has(check.id));
    return renderTask(lab, { ...outcome, checks: judged, status: combineStatuses(judged.map(({ status }) => status)) }, language);
  } finally {
    await endpoint.close();
  }
}

/** The checks that read any of the files. */
function checksOf(lab: Lab, task: Task, paths: readonly string[]): ReadonlySet<string> {
  const known = Object.keys(task.files);
  if (known.length === 0) {
    const others = lab.tasks.filter(({ files }) => Object.keys(files).length > 0).map(({ id }) => id);
    if (others.length === 0) throw new UnjudgeableFile(`No task of ${lab.id} reads a file.`);
    throw new UnjudgeableFile(`No check of ${task.id} reads a file; these tasks of ${lab.id} have some that do: ${others.join(', ')}.`);
  }
  const unknown = paths.find((path) => !known.includes(path));
  if (unknown !== undefined) {
    throw new UnjudgeableFile(`No check of ${task.id} reads "${unknown}"; its checks read ${known.join(', ')}.`);
  }
  if (paths.length === 0) throw new UnjudgeableFile(`No file is given; the checks of ${task.id} read ${known.join(', ')}.`);
  return new Set(paths.flatMap((path) => task.files[path]?.checks ?? []));
}

/** The account id that the texts name most often: in ARNs, registry addresses and the like. */
function accountNamedIn(texts: readonly string[]): string | undefined {
  const counted = new Map<string, number>();
  for (const text of texts) {
    for (const [id] of text.matchAll(/(?<![\w.-])\d{12}(?![\w-])/g)) counted.set(id, (counted.get(id) ?? 0) + 1);
  }
  return [...counted].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
