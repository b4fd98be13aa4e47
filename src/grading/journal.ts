import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { STATUSES } from '../checkers/engine/result.ts';
import type { AccountResult } from './account-result.ts';
import { messageOf, UsageError } from './usage-error.ts';

export const JOURNAL_FILE = 'results.jsonl';

/**
 * `results.jsonl`: one line for each graded account, which is on the disk before the next step is taken. A later line about an account
 * replaces an earlier one.
 */
export interface Journal {
  /** Writes one line and waits until it is on the disk. @throws Error when that fails; from then on nothing more is written. */
  append(result: AccountResult): Promise<void>;
  /** Waits until all lines are written. */
  close(): Promise<void>;
}

export interface OpenedJournal {
  readonly journal: Journal;
  /** The results of the interrupted run, oldest first. */
  readonly earlier: readonly AccountResult[];
}

export interface JournalOptions {
  readonly lab: string;
  /** Whether to continue an existing journal. A last line that is incomplete is removed. */
  readonly resume: boolean;
}

/**
 * Opens the journal in a folder, which is created when it is missing.
 * @throws UsageError when the folder cannot be written, or when it contains a journal that is damaged, belongs to another lab, or exists
 * although `resume` is false.
 */
export async function openJournal(folder: string, { lab, resume }: JournalOptions): Promise<OpenedJournal> {
  const path = join(folder, JOURNAL_FILE);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, resume ? 'a' : 'ax');
    try {
      if (!(await file.stat()).isFile()) throw new UsageError(`${path} is not a file: choose another folder with --out.`);
      const { earlier, wholeBytes } = readJournal(await readFile(path), path, lab);
      await file.truncate(wholeBytes);
      return { journal: journalIn(file), earlier };
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST' && !resume) {
      throw new UsageError(`${path} is there already: add --resume to continue that run, or choose another folder with --out.`);
    }
    throw new UsageError(`${folder} cannot be used for the results (${messageOf(thrown)}): choose another folder with --out.`);
  }
}

function journalIn(file: FileHandle): Journal {
  let last: Promise<void> = Promise.resolve();
  return {
    append(result) {
      // Lines are written one after the other, so that they never mix. After a failure no line follows, because the last one may be
      // incomplete.
      last = last.then(async () => {
        await file.appendFile(`${JSON.stringify(result)}\n`);
        await file.datasync();
      });
      return last;
    },
    async close() {
      await last.catch(() => {});
      await file.close();
    },
  };
}

// The members that reports and `--resume` need. Other members are kept.
const line = z.looseObject({
  student: z.string(),
  account: z.string(),
  region: z.string(),
  lab: z.string(),
  status: z.enum(STATUSES),
  score: z.number(),
  maxScore: z.number(),
  tasks: z.array(
    z.looseObject({
      task: z.string(),
      status: z.enum(STATUSES),
      checks: z.array(z.looseObject({ id: z.string(), status: z.enum(STATUSES), title: z.string(), message: z.string() })),
    }),
  ),
});

function readJournal(bytes: Buffer, path: string, lab: string): { earlier: readonly AccountResult[]; wholeBytes: number } {
  const wholeBytes = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  const earlier = lines.map((text, index) => {
    const where = `${path} line ${index + 1}`;
    const result = parseLine(text);
    if (result === undefined)
      throw new UsageError(`${where} is not the result of an account: remove that line, or choose another folder with --out.`);
    if (result.lab !== lab) {
      throw new UsageError(`${where} belongs to the lab "${result.lab}", this run grades "${lab}": choose another folder with --out.`);
    }
    return result;
  });
  return { earlier, wholeBytes };
}

function parseLine(text: string): AccountResult | undefined {
  try {
    // `append` has written the line, so the members that the schema does not name match AccountResult, too.
    return line.parse(JSON.parse(text)) as unknown as AccountResult;
  } catch {
    return undefined;
  }
}
