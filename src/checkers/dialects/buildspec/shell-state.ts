import type { CommandNode, CompoundList } from 'unbash';
import { UNKNOWN } from './text.ts';

/** How a command ended: it worked, it failed, or that cannot be told. */
export type Ended = boolean | undefined;

export interface Outcome {
  /** Standard output. */
  readonly out: string;
  readonly ended: Ended;
}

export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly stdin: string;
  /** What the command's environment holds. */
  readonly variables: ReadonlyMap<string, string>;
  /** False inside a branch of which it cannot be told whether it runs. */
  readonly certain: boolean;
}

export interface Host {
  /** Runs a program. `undefined`: a program whose effect cannot be told. */
  run(call: Call): Outcome | undefined;
  /** The text of a script that lies in the source; `undefined` when it has not been read. */
  script(path: string): string | undefined;
  /** Told of every command whose effect cannot be told. */
  lost(command: string): void;
}

export interface WrittenFile {
  readonly content: string;
  readonly certain: boolean;
}

/** A shell as it stands between two commands: all of a build's commands share one. */
export interface Shell {
  readonly variables: Map<string, string>;
  readonly files: Map<string, WrittenFile>;
  readonly functions: Map<string, CommandNode | CompoundList>;
  positional: readonly string[];
  /** What a shell and its subshells share. */
  readonly shared: {
    readonly host: Host;
    /** How many more commands may be followed. */
    budget: number;
    depth: number;
    /** How many branches that may not run we are inside of. */
    maybe: number;
  };
}

const MAX_STEPS = 5_000;
export const MAX_DEPTH = 60;
const MAX_TEXT = 16 * 1024;
export const FINE: Outcome = { out: '', ended: true };

export const newShell = (variables: Readonly<Record<string, string>>, host: Host): Shell => ({
  variables: new Map(Object.entries(variables)),
  files: new Map(),
  functions: new Map(),
  positional: [],
  shared: { host, budget: MAX_STEPS, depth: 0, maybe: 0 },
});

/** A shell of its own that starts as a copy; files are shared. */
export const fork = (shell: Shell): Shell => ({ ...shell, variables: new Map(shell.variables), functions: new Map(shell.functions) });

/** Follows something that stands inside another thing. */
export function deeper<T>({ shared }: Shell, follow: () => T): T {
  shared.depth += 1;
  try {
    return follow();
  } finally {
    shared.depth -= 1;
  }
}

/** Reports a command whose effect cannot be told. */
export function lose({ shared }: Shell, command: string, ended?: true): Outcome {
  shared.host.lost(command);
  return { out: UNKNOWN, ended };
}

/** Variables are text, so a text that would grow without end is given up. */
export const bounded = (text: string) => (text.length > MAX_TEXT ? UNKNOWN : text);

// Files are told apart by name alone: which folder a build is in is not followed.
export const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const contentOf = ({ files }: Shell, path: string) => files.get(fileName(path))?.content;

export function write(shell: Shell, path: string, content: string, append = false): void {
  const before = append ? (contentOf(shell, path) ?? '') : '';
  shell.files.set(fileName(path), { content: bounded(before + content), certain: shell.shared.maybe === 0 });
}

/** The arguments that follow the options of a command. */
export function afterOptions(args: readonly string[], option: RegExp): readonly string[] {
  const at = args.findIndex((arg) => !option.test(arg));
  return at === -1 ? [] : args.slice(at);
}

/** Sets a variable as `NAME=text` says. */
export function assign({ variables }: Shell, assignment: string): void {
  const equals = assignment.indexOf('=');
  variables.set(assignment.slice(0, equals), assignment.slice(equals + 1));
}

/** The opposite; what cannot be told stays so. */
export const negated = (ended: Ended): Ended => (ended === undefined ? undefined : !ended);
