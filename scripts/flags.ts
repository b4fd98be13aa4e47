import { parseArgs, stripVTControlCharacters } from 'node:util';
import { type ArgsDef, defineCommand, renderUsage } from 'citty';

/** One flag of a command: its kind, and its help text. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly description: string;
  /** The placeholder for the value in the help, such as `FILE.csv`. */
  readonly valueHint?: string;
  /** The short form without its dash. */
  readonly alias?: string;
  /** Whether the flag may be given several times; its value is then a list. */
  readonly multiple?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The value of each flag that was typed. */
export type FlagValues<Declared extends Flags> = {
  readonly [Name in keyof Declared]?: Declared[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Declared[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string;
};

/**
 * Reads a command line with the declaration that {@link usageOf} prints. An unknown flag, or one without its value, is an error.
 * @throws TypeError with a `code` that starts with `ERR_PARSE_ARGS_`
 */
export function readFlags<Declared extends Flags>(flags: Declared, words: readonly string[]): FlagValues<Declared> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, alias, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(alias !== undefined && { short: alias }) },
    ]),
  );
  return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values as FlagValues<Declared>;
}

/** The help of a command, with colours only in a terminal. */
export async function usageOf(name: string, description: string, flags: Flags): Promise<string> {
  const usage = await renderUsage(defineCommand({ meta: { name, description }, args: flags as ArgsDef }));
  return process.stdout.isTTY ? usage : stripVTControlCharacters(usage);
}
