import type { Call } from './shell.ts';
import { couldBe, isKnown, UNKNOWN } from './text.ts';

export interface DockerLogin {
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

export interface DockerBuild {
  readonly tags: readonly string[];
  /** Whether BuildKit was asked for, by `docker buildx build` or `DOCKER_BUILDKIT`; `undefined` when neither says or it cannot be told. */
  readonly buildkit: boolean | undefined;
  readonly certain: boolean;
}

export interface DockerPush {
  readonly ref: string;
  readonly certain: boolean;
}

export interface DockerPull {
  readonly ref: string;
  readonly certain: boolean;
}

/** `docker save`: images packed into a tar. */
export interface DockerSave {
  readonly refs: readonly string[];
  /** As written; unset when the tar goes to standard output. */
  readonly file: string | undefined;
  readonly certain: boolean;
}

/** What a build did with docker, in order. References are complete: `name:tag`. */
export interface DockerLog {
  readonly logins: DockerLogin[];
  readonly builds: DockerBuild[];
  readonly pushes: DockerPush[];
  readonly pulls: DockerPull[];
  readonly saves: DockerSave[];
  /** References that were to be saved although nothing here had pulled or made them. */
  readonly savesOfNothing: string[];
  /** References that were pushed although nothing here had made them. */
  readonly pushesOfNothing: string[];
  /** References that were to be tagged although nothing here had made them. */
  readonly tagsOfNothing: string[];
}

export interface DockerState extends DockerLog {
  /** Every reference that names a local image. */
  readonly images: Set<string>;
}

export const newDocker = (): DockerState => ({
  logins: [],
  builds: [],
  pushes: [],
  pulls: [],
  saves: [],
  savesOfNothing: [],
  pushesOfNothing: [],
  tagsOfNothing: [],
  images: new Set(),
});

/** Stands for the tar that `docker save` writes to standard output. */
export const IMAGE_TAR = '\u{F8FD}';

/** `name` means `name:latest`; a port is no tag. */
export function fullReference(reference: string): string {
  if (reference.includes('@') || reference === UNKNOWN) return reference;
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

// Options that take a value as the next word. Others are switches or are written with `=`.
const VALUED: Readonly<Record<string, ReadonlySet<string>>> = {
  docker: new Set(['--config', '--context', '-c', '--host', '-H', '--log-level', '-l', '--tlscacert', '--tlscert', '--tlskey']),
  build: new Set(
    (
      '--add-host --allow --annotation --attest --build-arg --build-context --builder --cache-from --cache-to --cgroup-parent --cpu-period --cpu-quota --cpu-shares -c ' +
      '--cpuset-cpus --cpuset-mems --file -f --iidfile --isolation --label --memory -m --memory-swap --metadata-file --network --no-cache-filter --output -o ' +
      '--platform --progress --provenance --sbom --secret --security-opt --shm-size --ssh --tag -t --target --ulimit'
    ).split(' '),
  ),
  login: new Set(['--username', '-u', '--password', '-p']),
  push: new Set(['--platform']),
  save: new Set(['--platform', '-o', '--output']),
};

export interface Parsed {
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly words: readonly string[];
}

/** Splits arguments into options and words, whatever spelling the options have. */
export function parsed(args: readonly string[], valued: ReadonlySet<string>, stopAtWord = false): Parsed {
  const options: [string, string][] = [];
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      if (stopAtWord) return { options, words: args.slice(at) };
      words.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const short = /^-([A-Za-z])(.+)$/.exec(arg);
    if (equals > 0 && (arg.startsWith('--') || equals === 2)) options.push([arg.slice(0, equals), arg.slice(equals + 1)]);
    else if (valued.has(arg)) {
      options.push([arg, args[at + 1] ?? '']);
      at += 1;
    } else if (!arg.startsWith('--') && short && valued.has(`-${short[1]}`)) options.push([`-${short[1]}`, short[2] ?? '']);
    else options.push([arg, 'true']);
  }
  return { options, words };
}

export const valuesOf = ({ options }: Parsed, ...names: readonly string[]) =>
  options.filter(([name]) => names.includes(name)).map(([, value]) => value);

const NOTHING = new Set<string>();

/** Carries out one docker command and returns what it prints, as far as that matters. `undefined` when its effect cannot be told. */
export function runDocker(call: Call, docker: DockerState): string | undefined {
  const { words } = parsed(call.args, VALUED['docker'] ?? NOTHING, true);
  const [first = '', second = '', ...rest] = words;
  const grouped = first === 'image' || first === 'buildx' || first === 'builder';
  const command = grouped ? second : first;
  const args = grouped ? rest : words.slice(1);
  if (!isKnown(command)) return undefined;
  switch (command) {
    case 'build':
      build(args, call, first === 'buildx' || buildkitAskedFor(call), docker);
      return UNKNOWN;
    case 'tag':
      tag(args, docker);
      return UNKNOWN;
    case 'push':
      push(args, call, docker);
      return UNKNOWN;
    case 'pull':
      pull(args, call, docker);
      return UNKNOWN;
    case 'save':
      return save(args, call, docker);
    case 'login':
      login(args, call, docker);
      return UNKNOWN;
    case 'load':
    case 'import':
    case 'commit':
      // Brings images whose names are not written here.
      docker.images.add(UNKNOWN);
      return UNKNOWN;
    case 'compose':
    case 'bake':
    case 'imagetools':
    case 'stack':
    case 'manifest':
      return undefined;
    default:
      return UNKNOWN;
  }
}

/** `DOCKER_BUILDKIT` as docker reads it: a truth value as Go spells them. */
function buildkitAskedFor({ variables }: Call): boolean | undefined {
  const value = variables.get('DOCKER_BUILDKIT') ?? '';
  if (/^(1|t|true)$/i.test(value)) return true;
  return /^(0|f|false)$/i.test(value) ? false : undefined;
}

function build(args: readonly string[], { certain }: Call, buildkit: boolean | undefined, docker: DockerState): void {
  const line = parsed(args, VALUED['build'] ?? NOTHING);
  const tags = valuesOf(line, '-t', '--tag').map(fullReference);
  for (const ref of tags) docker.images.add(ref);
  if (tags.length === 0) docker.images.add(UNKNOWN);
  docker.builds.push({ tags, buildkit, certain });
  const outputs = valuesOf(line, '--output', '-o');
  const pushes =
    valuesOf(line, '--push').some((value) => value !== 'false') || outputs.some((value) => /type=registry|push=true/.test(value));
  if (pushes) for (const ref of tags) docker.pushes.push({ ref, certain });
}

const exists = (ref: string, { images }: DockerState) =>
  images.has(ref) || !isKnown(ref) || [...images].some((image) => couldBe(image, ref));

function tag(args: readonly string[], docker: DockerState): void {
  const [from = '', to = ''] = parsed(args, NOTHING).words;
  const source = fullReference(from);
  // An image may also be named by its id.
  if (!exists(source, docker) && !/^(sha256:)?[0-9a-f]{12,64}$/.test(from)) docker.tagsOfNothing.push(source);
  else docker.images.add(fullReference(to));
}

function push(args: readonly string[], { certain }: Call, docker: DockerState): void {
  const line = parsed(args, VALUED['push'] ?? NOTHING);
  const [reference = ''] = line.words;
  if (valuesOf(line, '-a', '--all-tags').length > 0) {
    for (const ref of docker.images) if (ref.startsWith(`${reference}:`)) docker.pushes.push({ ref, certain });
    return;
  }
  const ref = fullReference(reference);
  if (exists(ref, docker)) docker.pushes.push({ ref, certain });
  else docker.pushesOfNothing.push(ref);
}

function pull(args: readonly string[], { certain }: Call, docker: DockerState): void {
  for (const word of parsed(args, VALUED['push'] ?? NOTHING).words) {
    const ref = fullReference(word);
    docker.images.add(ref);
    docker.pulls.push({ ref, certain });
  }
}

function save(args: readonly string[], { certain }: Call, docker: DockerState): string {
  const line = parsed(args, VALUED['save'] ?? NOTHING);
  const refs = line.words.map(fullReference);
  const missing = refs.filter((ref) => !exists(ref, docker));
  docker.savesOfNothing.push(...missing);
  const [file] = valuesOf(line, '-o', '--output');
  if (missing.length === 0) docker.saves.push({ refs, file, certain });
  return file === undefined ? IMAGE_TAR : '';
}

function login(args: readonly string[], { stdin, certain }: Call, docker: DockerState): void {
  const line = parsed(args, VALUED['login'] ?? NOTHING);
  const [server = ''] = line.words;
  docker.logins.push({
    registry: server.replace(/^https?:\/\//, '').split('/')[0] ?? '',
    user: valuesOf(line, '-u', '--username')[0] ?? '',
    password: valuesOf(line, '-p', '--password')[0] ?? stdin,
    certain,
    after: docker.pushes.length,
    afterPulls: docker.pulls.length,
  });
}
