import { assign, contentOf, type Ended, FINE, fileName, negated, type Outcome, type Shell, write } from './shell-state.ts';
import { isKnown, UNKNOWN } from './text.ts';

/** A command that changes the shell or its files and runs no other. */
type Builtin = (args: readonly string[], shell: Shell, stdin: string) => Outcome;

const silent = (ended: Ended): Outcome => ({ out: '', ended });
const isOption = (arg: string) => arg.startsWith('-');
const pathsOf = (args: readonly string[]) => args.filter((arg) => !isOption(arg));

/** A builtin that does this with each of its arguments. */
const each =
  (change: (arg: string, shell: Shell) => unknown, outcome = FINE): Builtin =>
  (args, shell) => {
    for (const arg of args) change(arg, shell);
    return outcome;
  };

const declare = each((arg, shell) => {
  if (arg.indexOf('=') > 0 && !isOption(arg)) assign(shell, arg);
});

const copy: Builtin = (args, shell) => {
  const [from = '', to = ''] = pathsOf(args);
  write(shell, /(^|\/)\.{0,2}\/?$/.test(to) ? fileName(from) : to, contentOf(shell, from) ?? UNKNOWN);
  return FINE;
};

/** By name. A map, so that `constructor` is no command. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  Object.entries<Builtin>({
    export: declare,
    readonly: declare,
    declare,
    typeset: declare,
    local: declare,
    unset: each((arg, { variables }) => variables.set(arg, '')),
    read: each((arg, { variables }) => /^[A-Za-z_]\w*$/.test(arg) && variables.set(arg, UNKNOWN), silent(undefined)),
    shift([count = 1], shell) {
      shell.positional = shell.positional.slice(Number(count) || 1);
      return FINE;
    },
    false: () => silent(false),
    test: (args) => silent(testWords(args)),
    '[': (args) => silent(testWords(args.slice(0, -1))),
    tee(args, shell, stdin) {
      for (const path of pathsOf(args)) write(shell, path, stdin, args.includes('-a'));
      return { out: stdin, ended: true };
    },
    cat(args, shell, stdin) {
      const paths = pathsOf(args);
      return { out: paths.length === 0 ? stdin : paths.map((path) => contentOf(shell, path) ?? UNKNOWN).join(''), ended: true };
    },
    cp: copy,
    mv(args, shell, stdin) {
      const outcome = copy(args, shell, stdin);
      shell.files.delete(fileName(pathsOf(args)[0] ?? ''));
      return outcome;
    },
    rm: each((arg, { shared, files }) => shared.maybe === 0 && files.delete(fileName(arg))),
  }),
);

/** The arguments of `test`; `undefined` when that depends on something unseen, such as a file. */
export function testWords(args: readonly string[]): Ended {
  if (args[0] === '!') return negated(testWords(args.slice(1)));
  const [a = '', b = '', c = ''] = args;
  switch (args.length) {
    case 0:
      return false;
    case 1:
      return a === UNKNOWN ? undefined : a !== '';
    case 2: {
      if (a !== '-n' && a !== '-z') return undefined;
      // Text with a known part is certainly not empty.
      const empty = b !== '' && b.replaceAll(UNKNOWN, '') === '' ? undefined : b === '';
      return a === '-z' ? empty : negated(empty);
    }
    case 3: {
      const negative = b === '!=' || b === '-ne';
      if (!negative && b !== '=' && b !== '==' && b !== '-eq') return undefined;
      if (!isKnown(a) || !isKnown(c)) return mayEqual(a, c) ? undefined : negative;
      return (a === c) !== negative;
    }
    default:
      return undefined;
  }
}

/** Whether two texts, of which parts are not known, could be the same; false only when that is certain. */
function mayEqual(a: string, b: string): boolean {
  if (!isKnown(a) && !isKnown(b)) return true;
  const [pattern, text] = isKnown(a) ? [b, a] : [a, b];
  const [start = '', ...rest] = pattern.split(UNKNOWN);
  return text.startsWith(start) && text.endsWith(rest.at(-1) ?? '');
}
