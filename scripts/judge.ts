// Says what the checks of a task would say of local files, without AWS.
import { closeSync, openSync, readSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { taskOf } from '../src/checkers/engine/lab.ts';
import { labs } from '../src/checkers/index.ts';
import { isLanguage, LANGUAGES } from '../src/i18n/languages.ts';
import { judgeFiles, UnjudgeableFile } from '../src/judging/judge-files.ts';
import { judgement } from '../src/judging/judgement.ts';
import { type Flags, type FlagValues, readFlags, usageOf } from './flags.ts';

const flags = {
  lab: { type: 'string', valueHint: 'LAB', description: `The lab: ${labs.map(({ id }) => id).join(', ')}` },
  task: { type: 'string', valueHint: 'TASK', description: 'The task whose checks judge, e.g. task-2' },
  file: {
    type: 'string',
    multiple: true,
    valueHint: 'PATH=FILE',
    description: 'A path in the lab and the local file to judge in its place, e.g. buildspec.yml=./buildspec.yml; may be given again',
  },
  account: { type: 'string', valueHint: 'ID', description: 'The account the files are for (default: the one they name, if any)' },
  lang: { type: 'string', valueHint: 'LANG', description: `Language of the answer: ${LANGUAGES.join(', ')} (default: en)` },
  format: { type: 'string', valueHint: 'FORMAT', description: 'table or json (default: table)' },
  help: { type: 'boolean', alias: 'h', description: 'Show this' },
} satisfies Flags;

/** A text of a student's is small; more than this is the wrong file. */
const MOST_BYTES = 1_000_000;

/** What the user wrote cannot be understood; its message is one sentence. */
class UsageError extends Error {}

process.exitCode = await main(process.argv.slice(2));

/** @returns 0: everything judged is right; 1: something is not; 2: the command is wrong, nothing was judged */
async function main(words: readonly string[]): Promise<0 | 1 | 2> {
  try {
    const values = readFlags(flags, words);
    if (values.help) {
      const description =
        'Says what the checks of a task would say of local files, in an account in which everything else is right. Asks no AWS.';
      process.stdout.write(`${await usageOf('npm run judge --', description, flags)}\n`);
      return 0;
    }
    const result = await judge(values);
    process.stdout.write(values.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : judgement(result));
    return result.status === 'passed' ? 0 : 1;
  } catch (thrown) {
    const isUsers = thrown instanceof UnjudgeableFile || thrown instanceof UsageError || hasCode(thrown, 'ERR_PARSE_ARGS_');
    if (!isUsers || !(thrown instanceof Error)) throw thrown;
    console.error(stripVTControlCharacters(thrown.message).replace(/\.?$/, '.'));
    return 2;
  }
}

async function judge({ lab: labId, task: taskId, file = [], account, lang = 'en', format = 'table' }: FlagValues<typeof flags>) {
  const lab = labs.find(({ id }) => id === labId);
  if (lab === undefined)
    throw new UsageError(
      `--lab ${labId === undefined ? 'is missing' : `"${labId}" is not a lab`}; the labs are ${labs.map(({ id }) => id).join(', ')}.`,
    );
  const task = taskId === undefined ? undefined : taskOf(lab, taskId);
  if (task === undefined) {
    const tasks = lab.tasks.map(({ id }) => id).join(', ');
    throw new UsageError(
      `--task ${taskId === undefined ? 'is missing' : `"${taskId}" is not a task of ${lab.id}`}; its tasks are ${tasks}.`,
    );
  }
  if (!isLanguage(lang)) throw new UsageError(`--lang "${lang}" is not a language; write one of ${LANGUAGES.join(', ')}.`);
  if (format !== 'table' && format !== 'json') throw new UsageError(`--format "${format}" is not known; write table or json.`);
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new UsageError(`--account "${account}" is not an account id; it has 12 digits.`);
  const files = new Map<string, string>();
  for (const [path, text] of file.map(readGiven)) {
    if (files.has(path)) throw new UsageError(`--file gives ${path} twice; give it once.`);
    files.set(path, text);
  }
  return judgeFiles(lab, task, files, { language: lang, ...(account !== undefined && { account }) });
}

/** The text of one `--file`. */
function readGiven(given: string): readonly [string, string] {
  const at = given.indexOf('=');
  if (at < 1 || at === given.length - 1) {
    throw new UsageError(`--file "${given}" has not the form <path in the lab>=<local file>, e.g. buildspec.yml=./buildspec.yml.`);
  }
  // People also write the path as the project holds it.
  const path = given.slice(0, at).replace(/^(\.\/)?(files\/)?/, '');
  const local = given.slice(at + 1);
  try {
    return [path, readText(local)];
  } catch (thrown) {
    if (thrown instanceof UsageError || !hasCode(thrown, 'E')) throw thrown;
    throw new UsageError(`${local} cannot be read (${thrown.code}); check the path after "${path}=".`);
  }
}

/** Reads no more than a text may have, so that a device without an end is told, too. */
function readText(local: string): string {
  const descriptor = openSync(local, 'r');
  try {
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (length > MOST_BYTES) throw new UsageError(`${local} is larger than ${MOST_BYTES} bytes; it is no file of a lab.`);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}

function hasCode(thrown: unknown, start: string): thrown is Error & { readonly code: string } {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith(start);
}
