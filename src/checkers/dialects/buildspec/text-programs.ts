import { afterOptions, type Call, type Outcome } from './shell-state.ts';
import { isKnown, UNKNOWN } from './text.ts';

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Programs that build and push nothing, and of whose output nothing is known. */
const HARMLESS = setOf(
  'apk apt apt-get awk basename bc cd chmod chown clear comm command curl date df diff dirname dnf du env exit expr file find free ' +
    'getent git grep egrep fgrep gzip hash head hostname id jq kill less ln locale ls lscpu mkdir mktemp more nl nproc pip pip3 ps pushd popd pwd ' +
    'readlink realpath return rev seq sed set shopt sleep sort stat sync tail tar test touch tput trap tr type ulimit umask uname uniq unzip uptime ' +
    'wait wc wget which whoami xxd yes yum yq zip base64 sha256sum md5sum cut amazon-linux-extras',
);
// Those of them that builds ask questions with: their end is an answer, not a success.
const MAY_FAIL = setOf('grep egrep fgrep diff which type hash expr test');
// What package managers do besides running scripts: they fetch or report.
const FETCHES = setOf('install ci i test t config --version -v audit cache ls');
const NOTHING_KNOWN: Outcome = { out: UNKNOWN, ended: true };

/** What programs that only write text print. A map, so that `constructor` is no program. */
const PRINTED: ReadonlyMap<string, (args: readonly string[], stdin: string, commit: string) => string> = new Map(
  Object.entries({ echo, printf, cut, head, tr, git, ':': () => '', true: () => '' }),
);

/**
 * Programs that only read and write text, as far as builds use them. `undefined` for a program that may do anything.
 *
 * @param commit the commit that is being built, 40 hexadecimal digits
 */
export function runTextProgram({ name, args, stdin }: Call, commit: string): Outcome | undefined {
  const printed = PRINTED.get(name);
  if (printed !== undefined) return { out: printed(args, stdin, commit), ended: true };
  if (/^(npm|yarn|pnpm)$/.test(name)) return FETCHES.has(args[0] ?? '') ? NOTHING_KNOWN : undefined;
  // These run whatever their arguments say.
  if (/^(node|npx|python3?)$/.test(name))
    return args.length > 0 && args.every((arg) => /^(-v|-V|--version)$/.test(arg)) ? NOTHING_KNOWN : undefined;
  return HARMLESS.has(name) ? { out: UNKNOWN, ended: MAY_FAIL.has(name) ? undefined : true } : undefined;
}

function echo(args: readonly string[]): string {
  const words = afterOptions(args, /^-[neE]+$/);
  const options = args.slice(0, args.length - words.length).join('');
  const text = words.join(' ');
  return (options.includes('e') ? unescaped(text) : text) + (options.includes('n') ? '' : '\n');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" };
const unescaped = (text: string) => text.replace(/\\([ntr\\"'])/g, (_, letter: string) => ESCAPES[letter] ?? letter);

/** `printf` with `%s`, `%b`, `%d` and `%%`; the format is used again while arguments are left. */
function printf(args: readonly string[]): string {
  const [format = '', ...values] = args[0] === '--' ? args.slice(1) : args;
  if (args[0] === '-v') return '';
  const rest = [...values];
  let out = '';
  do {
    const before = rest.length;
    out += unescaped(format).replace(/%(?:%|[-+ #0]*\d*(?:\.\d+)?([a-zA-Z]))/g, (all, letter: string | undefined) => {
      if (all === '%%') return '%';
      const value = rest.shift() ?? '';
      const most = /^%\.(\d+)s$/.exec(all)?.[1];
      if (most !== undefined) return isKnown(value) ? value.slice(0, Number(most)) : UNKNOWN;
      if (!/^%[sbd]$/.test(all)) return UNKNOWN;
      return letter === 'b' ? unescaped(value) : value;
    });
    if (rest.length === before) break;
  } while (rest.length > 0);
  return out;
}

/** The value of an option in any of its spellings: `-c 1-7`, `-c1-7`, `--characters=1-7`. */
function option(args: readonly string[], short: string, long: string): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (arg === short || arg === long) return args[index + 1];
    if (arg.startsWith(`${long}=`)) return arg.slice(long.length + 1);
    if (arg.startsWith(short) && !arg.startsWith('--')) return arg.slice(short.length);
  }
  return undefined;
}

const eachLine = (text: string, change: (line: string) => string) => {
  const [, lines = '', end = ''] = /^(.*?)(\n?)$/s.exec(text) ?? [];
  return lines.split('\n').map(change).join('\n') + end;
};

function cut(args: readonly string[], stdin: string): string {
  if (!isKnown(stdin)) return UNKNOWN;
  const characters = option(args, '-c', '--characters') ?? option(args, '-b', '--bytes');
  const fields = option(args, '-f', '--fields');
  const [, first = '', dash, last = ''] = /^(\d*)(-?)(\d*)$/.exec(characters ?? fields ?? '') ?? [];
  if (dash === undefined || (first === '' && last === '')) return UNKNOWN;
  const from = Number(first || 1) - 1;
  const to = dash === '' ? from + 1 : last === '' ? undefined : Number(last);
  if (characters !== undefined) return eachLine(stdin, (line) => line.slice(from, to));
  const delimiter = option(args, '-d', '--delimiter') ?? '\t';
  return eachLine(stdin, (line) => line.split(delimiter).slice(from, to).join(delimiter));
}

function head(args: readonly string[], stdin: string): string {
  const characters = option(args, '-c', '--bytes');
  if (!isKnown(stdin)) return UNKNOWN;
  if (characters !== undefined) return /^\d+$/.test(characters) ? stdin.slice(0, Number(characters)) : UNKNOWN;
  const lines = option(args, '-n', '--lines') ?? /^-(\d+)$/.exec(args[0] ?? '')?.[1] ?? '10';
  return args.some((arg) => !arg.startsWith('-') && arg !== lines) ? UNKNOWN : stdin.split('\n').slice(0, Number(lines)).join('\n');
}

function tr(args: readonly string[], stdin: string): string {
  const [set = '', ...more] = args.filter((arg) => !arg.startsWith('-'));
  if (args[0] !== '-d' || more.length > 0 || !isKnown(stdin) || /[[\]-]/.test(set)) return UNKNOWN;
  const letters = new Set(unescaped(set));
  return [...stdin].filter((letter) => !letters.has(letter)).join('');
}

function git(args: readonly string[], _stdin: string, commit: string): string {
  const line = args.join(' ');
  if (/^rev-parse /.test(line) && /\bHEAD\b/.test(line)) {
    const short = args.find((arg) => arg.startsWith('--short'));
    if (short === undefined) return args.length === 2 ? `${commit}\n` : UNKNOWN;
    return `${commit.slice(0, Number(short.split('=')[1] ?? 7))}\n`;
  }
  const format = /^(?:log|show)\b.*(?:--pretty=|--format=)(?:format:)?(%h|%H)(?:\s|$)/.exec(line)?.[1];
  if (format !== undefined) return `${format === '%h' ? commit.slice(0, 7) : commit}\n`;
  return UNKNOWN;
}
