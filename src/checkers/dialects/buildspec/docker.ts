import type { Call } from './shell-state.ts';
import { couldBe, isKnown, UNKNOWN } from './text.ts';

interface DockerLogin {
  /** Host of the registry, without scheme or path; empty for Docker Hub. */
  readonly registry: string;
  readonly user: string;
  /** Standard input or `--password`. */
  readonly password: string;
  readonly certain: boolean;
  /** How many images had been pushed before. */
  readonly after: number;
  /** How many images had been pulled before. */
  readonly afterPulls: number;
}

interface DockerBuild {
  readonly tags: readonly string[];
  /** Whether BuildKit was asked for, by `docker buildx build` or `DOCKER_BUILDKIT`; `undefined` when neither says or it cannot be told. */
  readonly buildkit: boolean | undefined;
  readonly certain: boolean;
}

interface DockerReference {
  readonly ref: string;
  readonly certain: boolean;
}

/** `docker save`: images packed into a tar. */
interface DockerSave {
  readonly refs: readonly string[];
  /** As written; unset when the tar goes to standard output. */
  readonly file: string | undefined;
  readonly certain: boolean;
}

/** What a build has done with docker so far: nothing. Lists are in order, references complete: `name:tag`. */
export const newDocker = () => ({
  logins: [] as DockerLogin[],
  builds: [] as DockerBuild[],
  pushes: [] as DockerReference[],
  pulls: [] as DockerReference[],
  saves: [] as DockerSave[],
  /** References that were to be saved although nothing here had pulled or made them. */
  savesOfNothing: [] as string[],
  /** References that were pushed although nothing here had made them. */
  pushesOfNothing: [] as string[],
  /** Every reference that names a local image. */
  images: new Set<string>(),
});

type DockerState = ReturnType<typeof newDocker>;

/** Stands for the tar that `docker save` writes to standard output. */
export const IMAGE_TAR = '\u{F8FD}';

/** `name` means `name:latest`; a port is no tag. */
function fullReference(reference: string): string {
  if (reference.includes('@') || reference === UNKNOWN) return reference;
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Splits arguments into options and words, whatever spelling the options have. */
export function parsed(args: readonly string[], valued: ReadonlySet<string>, stopAtWord = false) {
  const options: [name: string, value: string][] = [];
  const words: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg, ...(stopAtWord ? rest.splice(0) : []));
      continue;
    }
    const [, name, value] = /^(--[^=]*|-[^=])=(.*)$/s.exec(arg) ?? [];
    const [, short, attached] = /^(-[A-Za-z])(.+)$/.exec(arg) ?? [];
    if (name !== undefined && value !== undefined) options.push([name, value]);
    else if (valued.has(arg)) options.push([arg, rest.shift() ?? '']);
    else if (short !== undefined && attached !== undefined && valued.has(short)) options.push([short, attached]);
    else options.push([arg, 'true']);
  }
  return { options, words };
}

type Line = ReturnType<typeof parsed>;

export const valuesOf = ({ options }: Line, ...names: readonly string[]) =>
  options.filter(([name]) => names.includes(name)).map(([, value]) => value);

const exists = (ref: string, { images }: DockerState) =>
  images.has(ref) || !isKnown(ref) || [...images].some((image) => couldBe(image, ref));

/** `DOCKER_BUILDKIT` as docker reads it: a truth value as Go spells them. */
function buildkitAskedFor({ variables }: Call): boolean | undefined {
  const value = variables.get('DOCKER_BUILDKIT') ?? '';
  if (/^(1|t|true)$/i.test(value)) return true;
  return /^(0|f|false)$/i.test(value) ? false : undefined;
}

interface Command {
  /** Options that take a value as the next word. Others are switches or are written with `=`. */
  readonly valued: ReadonlySet<string>;
  /** Carries it out and returns what it prints, when that matters. */
  run(line: Line, call: Call, docker: DockerState, group: string | undefined): string | undefined;
}

const build: Command = {
  valued: setOf(
    '--add-host --allow --annotation --attest --build-arg --build-context --builder --cache-from --cache-to --cgroup-parent --cpu-period --cpu-quota --cpu-shares -c ' +
      '--cpuset-cpus --cpuset-mems --file -f --iidfile --isolation --label --memory -m --memory-swap --metadata-file --network --no-cache-filter --output -o ' +
      '--platform --progress --provenance --sbom --secret --security-opt --shm-size --ssh --tag -t --target --ulimit',
  ),
  run(line, call, { images, builds, pushes }, group) {
    const { certain } = call;
    const tags = valuesOf(line, '-t', '--tag').map(fullReference);
    for (const ref of tags.length === 0 ? [UNKNOWN] : tags) images.add(ref);
    builds.push({ tags, buildkit: group === 'buildx' || buildkitAskedFor(call), certain });
    const pushed =
      valuesOf(line, '--push').some((value) => value !== 'false') ||
      valuesOf(line, '--output', '-o').some((value) => /type=registry|push=true/.test(value));
    if (pushed) pushes.push(...tags.map((ref) => ({ ref, certain })));
  },
};

const tag: Command = {
  valued: new Set(),
  run({ words: [from = '', to = ''] }, _call, docker) {
    // An image may also be named by its id.
    const isThere = exists(fullReference(from), docker) || /^(sha256:)?[0-9a-f]{12,64}$/.test(from);
    if (isThere) docker.images.add(fullReference(to));
  },
};

const push: Command = {
  valued: setOf('--platform'),
  run(line, { certain }, docker) {
    const [reference = ''] = line.words;
    const ref = fullReference(reference);
    const all = valuesOf(line, '-a', '--all-tags').length > 0;
    const refs = all ? [...docker.images].filter((image) => image.startsWith(`${reference}:`)) : exists(ref, docker) ? [ref] : [];
    docker.pushes.push(...refs.map((each) => ({ ref: each, certain })));
    if (!all && refs.length === 0) docker.pushesOfNothing.push(ref);
  },
};

const pull: Command = {
  valued: push.valued,
  run({ words }, { certain }, { images, pulls }) {
    for (const ref of words.map(fullReference)) {
      images.add(ref);
      pulls.push({ ref, certain });
    }
  },
};

const save: Command = {
  valued: setOf('--platform -o --output'),
  run(line, { certain }, docker) {
    const refs = line.words.map(fullReference);
    const missing = refs.filter((ref) => !exists(ref, docker));
    docker.savesOfNothing.push(...missing);
    const [file] = valuesOf(line, '-o', '--output');
    if (missing.length === 0) docker.saves.push({ refs, file, certain });
    return file === undefined ? IMAGE_TAR : '';
  },
};

const login: Command = {
  valued: setOf('--username -u --password -p'),
  run(line, { stdin, certain }, { logins, pushes, pulls }) {
    const [server = ''] = line.words;
    logins.push({
      registry: server.replace(/^https?:\/\//, '').split('/')[0] ?? '',
      user: valuesOf(line, '-u', '--username')[0] ?? '',
      password: valuesOf(line, '-p', '--password')[0] ?? stdin,
      certain,
      after: pushes.length,
      afterPulls: pulls.length,
    });
  },
};

/** Brings images whose names are not written here. */
const bring: Command = {
  valued: new Set(),
  run(_line, _call, { images }) {
    images.add(UNKNOWN);
  },
};

/** By name. A map, so that `constructor` is no command. */
const COMMANDS = new Map(Object.entries({ build, tag, push, pull, save, login, load: bring, import: bring, commit: bring }));
/** Commands whose effect cannot be told. */
const OPAQUE = setOf('compose bake imagetools stack manifest');
const OWN_OPTIONS = setOf('--config --context -c --host -H --log-level -l --tlscacert --tlscert --tlskey');

/** Carries out one docker command and returns what it prints, as far as that matters. `undefined` when its effect cannot be told. */
export function runDocker(call: Call, docker: DockerState): string | undefined {
  const { words } = parsed(call.args, OWN_OPTIONS, true);
  const group = /^(image|buildx|builder)$/.test(words[0] ?? '') ? words.shift() : undefined;
  const [name = '', ...args] = words;
  if (!isKnown(name) || OPAQUE.has(name)) return undefined;
  const command = COMMANDS.get(name);
  return command?.run(parsed(args, command.valued), call, docker, group) ?? UNKNOWN;
}
