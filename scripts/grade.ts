// Grades a class: reads the flags, runs, and exits as documented in --help.
import { labs } from '../src/checkers/index.ts';
import { DEFAULT_CONCURRENCY, DEFAULT_DEADLINE_SECONDS, DEFAULT_ROLE, readOptions } from '../src/grading/options.ts';
import { plainText } from '../src/grading/reports/plain-text.ts';
import { type ExitCode, runGrade } from '../src/grading/run.ts';
import { UsageError } from '../src/grading/usage-error.ts';
import { type Flags, type FlagValues, readFlags, usageOf } from './flags.ts';

const flags = {
  lab: { type: 'string', valueHint: 'LAB', description: `The lab to grade: ${labs.map(({ id }) => id).join(', ')}` },
  roster: {
    type: 'string',
    valueHint: 'FILE.csv',
    description: 'The class: columns student, account; optional name, email, role_arn, external_id, region, profile',
  },
  practice: { type: 'string', valueHint: 'N', description: 'Instead of a roster: a class of N practice accounts in mixed states' },
  task: {
    type: 'string',
    multiple: true,
    valueHint: 'TASK',
    description: 'Grade only this task; may be given again. Grade cleanup apart from the tasks whose resources it deletes',
  },
  out: { type: 'string', valueHint: 'DIR', description: 'Folder of the results (default: runs/LAB-TIME)' },
  resume: { type: 'boolean', description: 'Continue the run in --out: only accounts that are not fully graded are looked at' },
  'dry-run': { type: 'boolean', description: 'Grade nobody: only look whether each account, its role, services and names are ready' },
  concurrency: { type: 'string', valueHint: 'N', description: `Accounts looked at at once (default: ${DEFAULT_CONCURRENCY})` },
  deadline: { type: 'string', valueHint: 'SECONDS', description: `Most time for one account (default: ${DEFAULT_DEADLINE_SECONDS})` },
  region: {
    type: 'string',
    valueHint: 'REGION',
    description: 'Region of rows without one (default: AWS_REGION, else the region of the lab)',
  },
  role: { type: 'string', valueHint: 'NAME', description: `Role to assume in rows without role_arn (default: ${DEFAULT_ROLE})` },
  'external-id': { type: 'string', valueHint: 'ID', description: 'ExternalId of rows without one' },
  lang: { type: 'string', valueHint: 'ko|ja|en', description: 'Language of titles and messages (default: ko)' },
  format: { type: 'string', valueHint: 'table|json', description: 'What standard output gets (default: table)' },
  help: { type: 'boolean', alias: 'h', description: 'Show this' },
} satisfies Flags;

const EXIT_CODES = `EXIT CODES

    0  every account was graded
    1  something could not be seen or written; --resume looks at those accounts again. With --dry-run: not all are ready
    2  a flag or a row of the roster is wrong; no call was made
  130  interrupted; --resume continues
`;

process.exit(await main(process.argv.slice(2)));

async function main(words: readonly string[]): Promise<ExitCode | 2> {
  const interruption = interruptedBySignals();
  // When the reader is gone, as in `| head`, the run continues without output.
  process.stdout.on('error', () => {});
  try {
    const values = parseFlags(words);
    if (values.help) {
      const usage = await usageOf(
        'npm run grade --',
        'Grades a lab in the AWS accounts of a class, without changing anything in them.',
        flags,
      );
      process.stdout.write(`${usage}\n${EXIT_CODES}`);
      return 0;
    }
    const options = readOptions(values, labs, new Date(), process.env);
    const { lab, region } = options;
    if (region !== lab.region) console.error(`Looking in ${region}; the lab is written for ${lab.region}.`);
    return await runGrade(options, { stdout: process.stdout, stderr: process.stderr, signal: interruption });
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    for (const problem of thrown.problems) console.error(plainText(problem));
    return 2;
  }
}

/** A signal that fires at the first Ctrl-C or SIGTERM. A second one ends the process at once. */
function interruptedBySignals(): AbortSignal {
  const interruption = new AbortController();
  let first = 0;
  const interrupt = () => {
    if (interruption.signal.aborted) {
      // The terminal has sent this Ctrl-C already, and npm sends it again. The two count as one.
      if (Date.now() - first > 1000) process.exit(130);
      return;
    }
    first = Date.now();
    interruption.abort(new Error('The run was interrupted.'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return interruption.signal;
}

/** @throws UsageError with a sentence that lists the flags. */
function parseFlags(words: readonly string[]): FlagValues<typeof flags> {
  try {
    return readFlags(flags, words);
  } catch (thrown) {
    const { code = '', message } = thrown as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS_')) throw thrown;
    throw new UsageError(
      `${message.split(/[.;] ?/)[0]}. The flags are ${Object.keys(flags)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    );
  }
}
