import { parseArgs, stripVTControlCharacters } from 'node:util';
import { type ArgsDef, defineCommand, renderUsage } from 'citty';

/** One flag of a command: its kind, and what the help says about it. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly description: string;
  /** What the help shows for the value, such as `FILE.csv`. */
  readonly valueHint?: string;
  /** The short form without its dash. */
  readonly alias?: string;
  /** Whether the flag may be given several times; its value is then a list. */
  readonly multiple?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What the user typed for each flag; flags that were not typed are missing. */
export type FlagValues<Declared extends Flags> = {
  readonly [Name in keyof Declared]?: Declared[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Declared[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string;
};

/**
 * Reads a command line by the same declaration that {@link usageOf} prints. A flag that is unknown or lacks its value is an error, never ignored.
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

/** The help of a command; without colours unless a terminal shows it. */
export async function usageOf(name: string, description: string, flags: Flags): Promise<string> {
  const usage = await renderUsage(defineCommand({ meta: { name, description }, args: flags as ArgsDef }));
  return process.stdout.isTTY ? usage : stripVTControlCharacters(usage);
}
