import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** The phases a buildspec may have, in the order in which they run. */
export const PHASES = ['install', 'pre_build', 'build', 'post_build'] as const;
export type PhaseName = (typeof PHASES)[number];

export interface BuildspecPhase {
  readonly name: PhaseName;
  /** `commands`, then `finally`, as the shell gets them. */
  readonly commands: readonly string[];
}

/** A command that is not text. */
export interface BadCommand {
  readonly phase: string;
  /** `map`: YAML read `a: b` as a pair. `other`: a number, a list, nothing. */
  readonly kind: 'map' | 'other';
  /** As written, on one line. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

export interface Buildspec {
  readonly state: 'parsed';
  /** As written; unset when there is none. */
  readonly version: string | undefined;
  /** Phases written at the root instead of under `phases`. */
  readonly phasesAtRoot: readonly string[];
  readonly hasPhases: boolean;
  /** Names under `phases` that no phase has. */
  readonly unknownPhases: readonly string[];
  /** Phases whose `commands` are not a list. */
  readonly commandsNotList: readonly string[];
  readonly badCommands: readonly BadCommand[];
  readonly phases: readonly BuildspecPhase[];
  /** Names under `runtime-versions` of `install`, e.g. `nodejs`. */
  readonly runtimes: readonly string[];
  /** `env.variables`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of `env.parameter-store` and `env.secrets-manager`: set, to something not written here. */
  readonly secrets: readonly string[];
  /** `artifacts.files`, the files that the build hands on; unset when there are none. */
  readonly artifacts: ArtifactFiles | undefined;
}

export type ArtifactFiles =
  /** Names and patterns from the root of the source. */
  | { readonly state: 'list'; readonly files: readonly string[] }
  /** One name or another thing where a list must stand. */
  | { readonly state: 'not-a-list'; readonly found: string };

export type BuildspecReading =
  | Buildspec
  /** Indented with a tab, which YAML forbids. */
  | { readonly state: 'tabs'; readonly line: number }
  | { readonly state: 'invalid'; readonly line: number; readonly problem: string }
  /** YAML, but a list or plain text. */
  | { readonly state: 'not-a-map' };

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
    return { state: 'invalid', line: 1, problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function read(text: string): BuildspecReading {
  if (text.length > MAX_LENGTH) return { state: 'invalid', line: 1, problem: `longer than ${MAX_LENGTH} characters` };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    const tab = text.split('\n').findIndex((each) => /^\s*\t/.test(each));
    if (tab !== -1 && (error.code === 'TAB_AS_INDENT' || tab + 1 <= line + 1)) return { state: 'tabs', line: tab + 1 };
    return { state: 'invalid', line, problem: error.message.split('\n')[0] ?? error.code };
  }
  const root = document.contents;
  if (!isMap(root)) return { state: 'not-a-map' };
  const js: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  const members = record(js);
  const env = record(members['env']);
  const phases = record(members['phases']);
  const lineOf = (path: readonly unknown[]) => {
    const node = document.getIn(path, true) as Node | undefined;
    return node?.range ? lines.linePos(node.range[0]).line : 1;
  };

  const badCommands: BadCommand[] = [];
  const commandsNotList: string[] = [];
  const list: BuildspecPhase[] = [];
  for (const name of PHASES) {
    const phase = record(phases[name]);
    const commands: string[] = [];
    for (const key of ['commands', 'finally']) {
      const value = phase[key];
      if (value === undefined || value === null) continue;
      if (!Array.isArray(value)) {
        commandsNotList.push(name);
        continue;
      }
      for (const [index, command] of value.entries()) {
        if (typeof command === 'string') {
          commands.push(command);
          continue;
        }
        const isPair = command !== null && typeof command === 'object' && !Array.isArray(command);
        const node = document.getIn(['phases', name, key, index], true);
        badCommands.push({
          phase: name,
          kind: isPair ? 'map' : 'other',
          text: sourceOf(node, text),
          line: lineOf(['phases', name, key, index]),
        });
      }
    }
    if (phases[name] !== undefined) list.push({ name, commands });
  }
  return {
    state: 'parsed',
    // As written: `0.20` is a number that equals 0.2 and still another version.
    version: scalarSource(root, 'version'),
    phasesAtRoot: PHASES.filter((name) => Object.hasOwn(members, name)),
    hasPhases: isMap(document.get('phases', true)) && Object.keys(phases).length > 0,
    unknownPhases: Object.keys(phases).filter((name) => !(PHASES as readonly string[]).includes(name)),
    commandsNotList: [...new Set(commandsNotList)],
    badCommands,
    phases: list,
    runtimes: Object.keys(record(record(phases['install'])['runtime-versions'])),
    variables: Object.fromEntries(Object.entries(record(env['variables'])).map(([name, value]) => [name, String(value ?? '')])),
    secrets: [...Object.keys(record(env['parameter-store'])), ...Object.keys(record(env['secrets-manager']))],
    artifacts: artifactFiles(record(members['artifacts'])['files']),
  };
}

function artifactFiles(files: unknown): ArtifactFiles | undefined {
  if (files === undefined || files === null) return undefined;
  if (Array.isArray(files)) return { state: 'list', files: files.map(String) };
  return { state: 'not-a-list', found: typeof files === 'string' ? files.slice(0, 120) : JSON.stringify(files).slice(0, 120) };
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

function scalarSource(map: YAMLMap, key: string): string | undefined {
  const node = map.get(key, true);
  return isScalar(node) && node.value !== null ? (node.source ?? String(node.value)) : undefined;
}

/** What stands in the text for a node, on one line and not too long to be shown. */
function sourceOf(node: unknown, text: string): string {
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
  const source = range ? text.slice(range[0], range[1]) : '';
  return source.trim().replace(/\s+/g, ' ').slice(0, 120);
}
