import { readFile } from 'node:fs/promises';
import { newAccountId } from '../practice/account-id.ts';
import { startPractice } from '../practice/server.ts';
import { type AccountResult, isGraded, keyOf } from './account-result.ts';
import { dryRun, renderReadiness } from './dry-run.ts';
import { gradeAccount, type OpenAccount } from './grade-account.ts';
import { gradeClass } from './grade-class.ts';
import { JOURNAL_FILE, openJournal } from './journal.ts';
import { createOpenAccount } from './open-accounts.ts';
import type { GradeOptions } from './options.ts';
import { practiceClass } from './practice-class.ts';
import { type Output, showProgress } from './progress.ts';
import { type ClassReport, resultsOf, studentsOf } from './reports/class-report.ts';
import { writeReports } from './reports/reports.ts';
import { renderTable } from './reports/table.ts';
import { resumeCommand } from './resume-command.ts';
import { parseRoster, type RosterEntry } from './roster.ts';
import { messageOf, UsageError } from './usage-error.ts';

export interface GradeOutput {
  /** Receives the results and nothing else. */
  readonly stdout: Output;
  /** Receives progress and all other messages. */
  readonly stderr: Output;
  /** Interrupts the run: running calls end, and finished accounts are reported. */
  readonly signal?: AbortSignal;
}

/** The exit code of the process. 0: every account was graded. 1: something could not be seen or written. 130: interrupted. */
export type ExitCode = 0 | 1 | 130;

/** The accounts of a run, and how to open them. */
interface ClassToGrade extends AsyncDisposable {
  readonly entries: readonly RosterEntry[];
  readonly open: OpenAccount;
}

/**
 * Grades a class: reads the roster or creates a practice class, grades a limited number of accounts at the same time, keeps the journal,
 * writes the reports, and prints the results on standard output. With `dryRun` it only checks whether the accounts can be graded.
 * @throws UsageError before any call is made.
 */
export async function runGrade(options: GradeOptions, { stdout, stderr, signal }: GradeOutput): Promise<ExitCode> {
  const { lab, tasks, language, out, resume, concurrency, deadlineMs, source, format } = options;
  await using aClass = await findClass(options);
  const { entries, open } = aClass;
  if (options.dryRun) {
    const all = await dryRun(entries, open, options, signal);
    await write(stdout, format === 'json' ? `${JSON.stringify(all, undefined, 2)}\n` : `${renderReadiness(all)}\n`);
    const ready = all.filter(({ preflight }) => preflight.status === 'passed').length;
    stderr.write(`${ready} of ${entries.length} accounts are ready. Nobody was graded.\n`);
    if (signal?.aborted) return 130;
    return ready === entries.length ? 0 : 1;
  }
  const { journal, earlier } = await openJournal(out, { lab: lab.id, resume });

  const known = comparable(earlier, options);
  const isFinished = (entry: RosterEntry) => {
    const result = known.get(keyOf(entry));
    return result !== undefined && isGraded(result);
  };
  const remaining = entries.filter((entry) => !isFinished(entry));
  if (source.kind === 'practice') stderr.write('These are practice accounts inside this process, not AWS accounts.\n');
  if (resume) stderr.write(`${entries.length - remaining.length} of ${entries.length} accounts are graded already in ${out}.\n`);

  const progress = showProgress(stderr, remaining.length);
  let trouble: string | undefined;
  const graded = await gradeClass(remaining, {
    concurrency,
    grade: (entry) => gradeAccount(entry, { lab, tasks, language, open, deadlineMs, ...(signal && { signal }) }),
    onStart: progress.started,
    async onResult(result) {
      progress.finished(result);
      try {
        await journal.append(result);
      } catch (thrown) {
        // The results still go to standard output, because grading was the expensive part.
        trouble ??= `${out}/${JOURNAL_FILE} could not be written (${messageOf(thrown)}): later results are only shown here. Free the disk and grade again.`;
      }
    },
    ...(signal && { signal }),
  }).finally(() => progress.stop());
  await journal.close();

  const results = new Map([...known, ...graded]);
  const report: ClassReport = {
    lab,
    tasks,
    language,
    at: new Date(),
    practice: source.kind === 'practice',
    students: studentsOf(entries, results),
  };
  let written = '';
  try {
    await writeReports(out, report);
    written = `Results are in ${out}: results.jsonl, summary.json, gradebook.csv, report.html, junit.xml.\n`;
  } catch (thrown) {
    trouble ??= `The reports in ${out} could not be written (${messageOf(thrown)}): free the disk and run again with --resume.`;
  }

  await write(
    stdout,
    format === 'json' ? `${JSON.stringify(resultsOf(report), undefined, 2)}\n` : `${renderTable(report, lookOf(stdout))}\n`,
  );
  stderr.write(written);
  if (trouble !== undefined) stderr.write(`${trouble}\n`);
  if (signal?.aborted) {
    const done = resultsOf(report).filter(isGraded);
    stderr.write(`Interrupted: ${done.length} of ${entries.length} accounts are graded. Continue with: ${resumeCommand(options)}\n`);
    return 130;
  }
  return trouble === undefined && resultsOf(report).every(isGraded) ? 0 : 1;
}

async function findClass(options: GradeOptions): Promise<ClassToGrade> {
  const { source, lab } = options;
  if (source.kind === 'roster') {
    const entries = parseRoster(await readRoster(source.file), source.file, options);
    return { entries, open: createOpenAccount(), async [Symbol.asyncDispose]() {} };
  }
  const instructor = newAccountId(`${lab.id}/instructor`);
  const students = practiceClass(lab, source.size, { ...options, instructor });
  const practice = await startPractice({ maxAccounts: source.size + 1 });
  for (const { entry, prepare } of students) prepare(practice.account(entry.account));
  return {
    entries: students.map(({ entry }) => entry),
    open: createOpenAccount({ endpoint: practice.url, credentials: practice.credentials(instructor) }),
    [Symbol.asyncDispose]: () => practice.close(),
  };
}

async function readRoster(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (thrown) {
    throw new UsageError(`The roster ${file} cannot be read (${messageOf(thrown)}): name a CSV file with --roster.`);
  }
}

/** The newest earlier result of each account, if it is about the same tasks. */
function comparable(earlier: readonly AccountResult[], { tasks }: GradeOptions): ReadonlyMap<string, AccountResult> {
  const wanted = tasks.map(({ id }) => id).join();
  const newest = new Map(earlier.map((result) => [keyOf(result), result]));
  return new Map([...newest].filter(([, result]) => result.tasks.map(({ task }) => task).join() === wanted));
}

function lookOf(stdout: GradeOutput['stdout']) {
  const colour = stdout.isTTY === true && (stdout.hasColors?.() ?? false);
  return { colour, ...(stdout.isTTY && stdout.columns && { width: stdout.columns }) };
}

function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}
