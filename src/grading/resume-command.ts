import { DEFAULT_CONCURRENCY, DEFAULT_DEADLINE_SECONDS, DEFAULT_ROLE, type GradeOptions } from './options.ts';

/** The command that continues a run, for a POSIX shell. */
export function resumeCommand(options: GradeOptions): string {
  const { lab, tasks, source, out, concurrency, deadlineMs, region, roleName, externalId, language, format } = options;
  const flags: readonly (readonly [string, string] | undefined)[] = [
    ['lab', lab.id],
    source.kind === 'roster' ? ['roster', source.file] : ['practice', String(source.size)],
    ...(tasks.length === lab.tasks.length ? [] : tasks.map(({ id }) => ['task', id] as const)),
    ['out', out],
    concurrency === DEFAULT_CONCURRENCY ? undefined : ['concurrency', String(concurrency)],
    deadlineMs === DEFAULT_DEADLINE_SECONDS * 1000 ? undefined : ['deadline', String(deadlineMs / 1000)],
    region === lab.region ? undefined : ['region', region],
    roleName === DEFAULT_ROLE ? undefined : ['role', roleName],
    externalId === undefined ? undefined : ['external-id', externalId],
    ['lang', language],
    format === 'table' ? undefined : ['format', format],
  ];
  const words = flags.flatMap((flag) => (flag ? [`--${flag[0]}`, quoted(flag[1])] : []));
  return ['npm run grade --', ...words, '--resume'].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
