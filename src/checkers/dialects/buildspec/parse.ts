import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { isObject, listOf, objectOf } from '../json.ts';

/** The phases a buildspec may have, in the order in which they run. */
export const PHASES = ['install', 'pre_build', 'build', 'post_build'] as const;

export type BuildspecReading = ReturnType<typeof read>;
export type Buildspec = Extract<BuildspecReading, { state: 'parsed' }>;

/** A command that is not text. */
interface BadCommand {
  readonly phase: string;
  /** `map`: YAML read `a: b` as a pair. `other`: a number, a list, nothing. */
  readonly kind: 'map' | 'other';
  /** As written, on one line. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** The most characters that are read; a buildspec has some hundreds. */
const MAX_LENGTH = 256 * 1024;
const MAX_ALIASES = 50;

/**
 * Reads a buildspec as CodeBuild documents it (buildspec reference, version 0.2). Bounded in size and aliases; tags of
 * other schemas are not followed. It says what is there; whether that is right is for the caller.
 */
export function parseBuildspec(text: string): BuildspecReading {
  try {
    return read(text);
  } catch (cause) {
    // Too many aliases, or nested deeper than can be read.
    return invalid(1, cause instanceof Error ? cause.message : String(cause));
  }
}

const invalid = (line: number, problem: string) => ({ state: 'invalid', line, problem }) as const;

function read(text: string) {
  if (text.length > MAX_LENGTH) return invalid(1, `longer than ${MAX_LENGTH} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    const tab = text.split('\n').findIndex((each) => /^\s*\t/.test(each)) + 1;
    // YAML forbids tabs for indentation.
    if (tab > 0 && (error.code === 'TAB_AS_INDENT' || tab <= line + 1)) return { state: 'tabs', line: tab } as const;
    return invalid(line, error.message.split('\n')[0] ?? error.code);
  }
  const root = document.contents;
  // A list or plain text.
  if (!isMap(root)) return { state: 'not-a-map' } as const;
  const members = objectOf(document.toJS({ maxAliasCount: MAX_ALIASES }));
  const env = objectOf(members['env']);
  const phases = objectOf(members['phases']);
  const lists = PHASES.flatMap((phase) => ['commands', 'finally'].map((key) => ({ phase, key, list: objectOf(phases[phase])[key] ?? [] })));
  const commands = lists.flatMap(({ phase, key, list }) =>
    listOf(list).map((command, index) => ({ phase, path: ['phases', phase, key, index], command })),
  );
  const badCommand = ({ phase, path, command }: (typeof commands)[number]): BadCommand => {
    const node = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    // An alias shows nothing of what it stands for.
    const source = range && !isAlias(node) ? text.slice(range[0], range[1]) : '';
    return {
      phase,
      kind: isObject(command) ? 'map' : 'other',
      text: shortened(source.trim().replace(/\s+/g, ' ')),
      line: range ? lines.linePos(range[0]).line : 1,
    };
  };
  return {
    state: 'parsed' as const,
    /** As written, for `0.20` is a number that equals 0.2 and still another version; unset when there is none. */
    version: scalarSource(root, 'version'),
    /** Phases written at the root instead of under `phases`. */
    phasesAtRoot: PHASES.filter((name) => Object.hasOwn(members, name)) as readonly string[],
    hasPhases: isMap(document.get('phases', true)) && Object.keys(phases).length > 0,
    /** Names under `phases` that no phase has. */
    unknownPhases: Object.keys(phases).filter((name) => !PHASES.some((phase) => phase === name)),
    /** Phases whose `commands` are not a list. */
    commandsNotList: [...new Set<string>(lists.filter(({ list }) => !Array.isArray(list)).map(({ phase }) => phase))],
    badCommands: commands.filter(({ command }) => typeof command !== 'string').map(badCommand),
    /** Each with its `commands`, then `finally`, as the shell gets them. */
    phases: PHASES.filter((name) => phases[name] !== undefined).map((name) => ({
      name,
      commands: commands.flatMap(({ phase, command }) => (phase === name && typeof command === 'string' ? command : [])),
    })),
    /** Names under `runtime-versions` of `install`, e.g. `nodejs`. */
    runtimes: Object.keys(objectOf(objectOf(phases['install'])['runtime-versions'])),
    /** `env.variables`. */
    variables: Object.fromEntries(Object.entries(objectOf(env['variables'])).map(([name, value]) => [name, String(value ?? '')])),
    /** Names of `env.parameter-store` and `env.secrets-manager`: set, to something not written here. */
    secrets: [...Object.keys(objectOf(env['parameter-store'])), ...Object.keys(objectOf(env['secrets-manager']))],
    /** `artifacts.files`, the files that the build hands on; unset when there are none. */
    artifacts: artifactFiles(objectOf(members['artifacts'])['files']),
  };
}

/** Names and patterns from the root of the source, or one name or another thing where a list must stand. */
function artifactFiles(files: unknown) {
  if (files === undefined || files === null) return undefined;
  if (Array.isArray(files)) return { state: 'list', files: files.map(String) } as const;
  return { state: 'not-a-list', found: shortened(typeof files === 'string' ? files : JSON.stringify(files)) } as const;
}

const shortened = (text: string) => text.slice(0, 120);

function scalarSource(map: YAMLMap, key: string): string | undefined {
  const node = map.get(key, true);
  return isScalar(node) && node.value !== null ? (node.source ?? String(node.value)) : undefined;
}
