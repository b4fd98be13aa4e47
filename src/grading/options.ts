import type { Lab } from '../checkers/engine/lab.ts';
import type { Task } from '../checkers/engine/task.ts';
import { isLanguage, LANGUAGES, type Language } from '../i18n/languages.ts';
import { EXTERNAL_ID, REGION, ROLE_NAME } from './account-syntax.ts';
import { MOST_PRACTICE_STUDENTS } from './practice-class.ts';
import { UsageError } from './usage-error.ts';

/** The flags as typed. */
export interface GradeFlags {
  readonly lab?: string | undefined;
  readonly roster?: string | undefined;
  readonly practice?: string | undefined;
  readonly task?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly resume?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly concurrency?: string | undefined;
  readonly deadline?: string | undefined;
  readonly region?: string | undefined;
  readonly role?: string | undefined;
  readonly 'external-id'?: string | undefined;
  readonly lang?: string | undefined;
  readonly format?: string | undefined;
}

/** The options of a run. All values have been checked. */
export interface GradeOptions {
  readonly lab: Lab;
  readonly tasks: readonly Task[];
  readonly source: { readonly kind: 'roster'; readonly file: string } | { readonly kind: 'practice'; readonly size: number };
  /** Folder for the results. */
  readonly out: string;
  readonly resume: boolean;
  /** Only check whether the accounts can be graded. */
  readonly dryRun?: true;
  readonly concurrency: number;
  readonly deadlineMs: number;
  readonly region: string;
  readonly roleName: string;
  readonly externalId?: string;
  readonly language: Language;
  readonly format: 'table' | 'json';
}

export const DEFAULT_ROLE = 'LabproofReadOnly';
export const DEFAULT_CONCURRENCY = 8;
export const DEFAULT_DEADLINE_SECONDS = 180;
const FORMATS = ['table', 'json'] as const;

/**
 * @param now determines the name of the default folder
 * @param environment its AWS_REGION applies to rows without a region, unless `--region` is given; practice accounts are always in the lab's
 * region
 * @throws UsageError with a sentence for each flag that is wrong or missing.
 */
export function readOptions(
  flags: GradeFlags,
  labs: readonly Lab[],
  now: Date,
  environment: Readonly<Record<string, string | undefined>> = {},
): GradeOptions {
  const problems: string[] = [];
  const complain = (problem: string) => {
    problems.push(problem);
    return undefined;
  };
  const wholeNumber = (flag: string, text: string, least: number, most: number) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    complain(`--${flag} is a whole number from ${least} to ${most}, not "${text}".`);
    return least;
  };

  const labNames = labs.map(({ id }) => id).join(', ');
  const lab = labs.find(({ id }) => id === flags.lab);
  if (flags.lab === undefined) complain(`--lab is missing: name the lab to grade (${labNames}).`);
  else if (!lab) complain(`--lab "${flags.lab}" is not a lab; the labs are ${labNames}.`);

  const wanted = flags.task ?? [];
  for (const id of lab ? wanted : []) {
    if (!lab?.tasks.some((task) => task.id === id)) {
      complain(`--task "${id}" is not a task of ${lab?.id}; its tasks are ${lab?.tasks.map((task) => task.id).join(', ')}.`);
    }
  }

  if ((flags.roster === undefined) === (flags.practice === undefined)) {
    complain('Say whose accounts to grade: either --roster FILE.csv or --practice N.');
  }
  const size = flags.practice === undefined ? undefined : wholeNumber('practice', flags.practice, 1, MOST_PRACTICE_STUDENTS);
  if (flags.resume && flags.out === undefined) complain('--resume needs --out DIR: the folder of the run to continue.');
  if (flags.resume && flags['dry-run']) complain('--dry-run grades nobody, so there is nothing to --resume.');
  if (flags.out === '') complain('--out is empty: name a folder.');
  const concurrency = wholeNumber('concurrency', flags.concurrency ?? String(DEFAULT_CONCURRENCY), 1, 100);
  const seconds = wholeNumber('deadline', flags.deadline ?? String(DEFAULT_DEADLINE_SECONDS), 1, 3600);
  const ambient = size === undefined ? environment['AWS_REGION'] || undefined : undefined;
  const asked = flags.region ?? ambient;
  const region = asked ?? lab?.region ?? '';
  if (asked !== undefined && !REGION.test(asked)) {
    complain(`${flags.region === undefined ? 'AWS_REGION' : '--region'} "${region}" is not a region; write it like "ap-northeast-2".`);
  }
  const roleName = flags.role ?? DEFAULT_ROLE;
  if (!ROLE_NAME.test(roleName)) complain(`--role "${roleName}" is not the name of a role; write it like "${DEFAULT_ROLE}".`);
  const externalId = flags['external-id'];
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId)) {
    complain(`--external-id "${externalId}" is not an ExternalId; it has at least 2 letters, digits or characters of _+=,.@:/-.`);
  }
  const language = flags.lang ?? LANGUAGES[0];
  if (!isLanguage(language)) complain(`--lang "${language}" is not a language of the labs; they are ${LANGUAGES.join(', ')}.`);
  const format = FORMATS.find((name) => name === (flags.format ?? 'table'));
  if (format === undefined) complain(`--format "${flags.format}" is not a format; they are ${FORMATS.join(', ')}.`);

  if (problems.length > 0 || !lab || !isLanguage(language) || format === undefined) throw new UsageError(...problems);
  return {
    lab,
    tasks: wanted.length === 0 ? lab.tasks : lab.tasks.filter(({ id }) => wanted.includes(id)),
    source: size === undefined ? { kind: 'roster', file: flags.roster ?? '' } : { kind: 'practice', size },
    out: flags.out ?? `runs/${lab.id}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    resume: flags.resume ?? false,
    ...(flags['dry-run'] && { dryRun: true as const }),
    concurrency,
    deadlineMs: seconds * 1000,
    region,
    roleName,
    ...(externalId !== undefined && { externalId }),
    language,
    format,
  };
}
