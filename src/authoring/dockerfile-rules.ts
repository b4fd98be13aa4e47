import { DockerfileParser, ModifiableInstruction, type Instruction as ParsedInstruction } from 'dockerfile-ast';
import { byLine, type Finding } from '../markdown/read/finding.ts';

/** An instruction as the rules read it: flags and arguments in `rest`, with one space between them and continued lines joined. */
interface Instruction {
  readonly name: string;
  readonly rest: string;
  readonly line: number;
}

/** Docker's Dockerfile reference, "Overview". */
const INSTRUCTIONS = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
];

/**
 * Checks a lab's Dockerfile for what fails or surprises in a build on AWS: unknown instructions, base images that are not pinned or come
 * from Docker Hub (which limits anonymous pulls), copies of files that the build context lacks, and containers that run as root.
 * @param context Paths of the files in the build context.
 */
export function validateDockerfile(text: string, context: readonly string[]): Finding[] {
  const instructions = readInstructions(text);
  const stages = new Set(stagesOf(instructions));
  const last = (name: string) => instructions.findLast((instruction) => instruction.name === name);
  const end = instructions.at(-1)?.line ?? 1;
  const user = last('USER');
  return byLine([
    ...refused(instructions),
    ...instructions.filter(({ name }) => name === 'FROM').flatMap((from) => baseImage(from, stages)),
    ...instructions.filter(({ name }) => name === 'COPY' || name === 'ADD').flatMap((copy) => copied(copy, context)),
    ...(user && !/^(root|0)(:|$)/.test(user.rest)
      ? []
      : [{ rule: 'user', message: 'The container runs as root: end with a USER that is not root.', line: user?.line ?? end }]),
    ...instructions
      .filter(({ name, rest }) => name === 'CMD' && !isJsonList(rest))
      .map(({ line }) => ({ rule: 'cmd', message: 'CMD must be a JSON list, or the process does not receive signals.', line })),
    ...(last('CMD') || last('ENTRYPOINT') ? [] : [{ rule: 'cmd', message: 'The image starts nothing: add CMD.', line: end }]),
  ]);
}

/** What Docker refuses or reads differently than it looks, independent of the build context. */
export function dockerErrors(text: string): Finding[] {
  return byLine(refused(readInstructions(text)));
}

function refused(instructions: readonly Instruction[]): Finding[] {
  return [
    ...instructions
      .filter(({ name }) => !INSTRUCTIONS.includes(name))
      .map(({ name, line }) => ({ rule: 'instruction', message: `${name} is not a Dockerfile instruction.`, line })),
    ...(instructions.find(({ name }) => name !== 'ARG')?.name === 'FROM'
      ? []
      : [{ rule: 'from', message: 'A Dockerfile starts with FROM.', line: instructions[0]?.line ?? 1 }]),
    ...instructions.flatMap(singleQuoted),
    ...instructions.flatMap(exposed),
    ...missedStages(instructions),
  ];
}

/** Docker reads a list as JSON, which has no single quotes. With them, a shell would look for a program called `[web]`. */
function singleQuoted({ name, rest, line }: Instruction): Finding[] {
  const isList = /^\[\s*'[^']*'(?:\s*,\s*'[^']*')*\s*\]$/.test(rest);
  if (!isList || !['CMD', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME'].includes(name)) return [];
  return [
    { rule: 'list', message: `The list of ${name} is JSON and needs double quotes; with single ones Docker reads it as text.`, line },
  ];
}

/** Docker's Dockerfile reference, "EXPOSE": a port or a range of them, and a protocol. */
function exposed({ name, rest, line }: Instruction): Finding[] {
  if (name !== 'EXPOSE') return [];
  return (
    rest
      .split(' ')
      // A variable can have any value, and the meaning of `80:80` depends on the version of Docker.
      .map((port) => port.replace(/^(["'])(.*)\1$/, '$2'))
      .filter((port) => !/[$:]/.test(port) && !/^\d+(?:-\d+)?(?:\/[a-z]+)?$/i.test(port))
      .map((port) => ({ rule: 'expose', message: `EXPOSE takes ports such as 8080 or 53/udp, not ${port}.`, line }))
  );
}

/** Common names of stages that are not names of images. Any other name may be an image. */
const STAGE_NAMES =
  /^(?:base|build|builder|build-env|build-stage|builder-stage|deps|dependencies|compile|compiler|prod|production|runtime)$/i;

function missedStages(instructions: readonly Instruction[]): Finding[] {
  const stages = stagesOf(instructions).map((stage) => stage.toLowerCase());
  if (stages.length === 0) return [];
  return instructions.flatMap(({ name, rest, line }) => {
    const from = name === 'COPY' ? /^(?:--\S+ )*?--from=(\S+)/.exec(rest)?.[1] : undefined;
    if (from === undefined || !STAGE_NAMES.test(from) || stages.includes(from.toLowerCase())) return [];
    return [{ rule: 'stage', message: `COPY takes from ${from}, but the stages are called ${stages.join(', ')}.`, line }];
  });
}

function stagesOf(instructions: readonly Instruction[]): string[] {
  return instructions.flatMap(({ name, rest }) => (name === 'FROM' ? (/\sAS\s+(\S+)$/i.exec(rest)?.[1] ?? []) : []));
}

function readInstructions(text: string): Instruction[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
      const words = [...flags.map(String), ...wordsOf(instruction)];
      return { name: instruction.getKeyword(), rest: words.join(' '), line: instruction.getRange().start.line + 1 };
    });
}

/** The arguments of an instruction without the lines of its here-documents, which the library counts among them. */
function wordsOf(instruction: ParsedInstruction): string[] {
  const words = instruction.getArguments();
  const opening = words.find((word) => /^<<-?["']?[A-Za-z_]/.test(word.getValue()));
  const lastLine = opening?.getRange().end.line ?? Number.POSITIVE_INFINITY;
  return words.filter((word) => word.getRange().start.line <= lastLine).map((word) => word.getValue());
}

function baseImage({ rest, line }: Instruction, stages: ReadonlySet<string>): Finding[] {
  const image = rest.split(' ').find((word) => !word.startsWith('--')) ?? '';
  if (stages.has(image) || image === 'scratch') return [];
  const tag = /(?::([^:/@]+))?(@sha256:[0-9a-f]{64})?$/.exec(image);
  const pinned = tag?.[2] !== undefined || (tag?.[1] !== undefined && tag[1] !== 'latest');
  const registry = /^[^/]*[.:][^/]*\//.exec(image);
  return [
    ...(pinned ? [] : [{ rule: 'from', message: `The base image ${image} has no fixed version: name a tag other than latest.`, line }]),
    ...(registry
      ? []
      : [
          {
            rule: 'from',
            message: `The base image ${image} comes from Docker Hub, which limits anonymous pulls: use public.ecr.aws/docker/library/….`,
            line,
          },
        ]),
  ];
}

function copied({ name, rest, line }: Instruction, context: readonly string[]): Finding[] {
  const words = rest.split(' ');
  if (words.some((word) => word.startsWith('--from='))) return [];
  return (
    words
      .filter((word) => !word.startsWith('--'))
      .slice(0, -1)
      // A here-document is part of the Dockerfile and not a file of the context.
      .filter((word) => !word.startsWith('<<'))
      .map((source) => source.replace(/^\.?\//, '').replace(/\/$/, ''))
      .filter((source) => source !== '' && source !== '.' && !/[*?[]/.test(source))
      .filter((source) => !context.some((path) => path === source || path.startsWith(`${source}/`)))
      .map((source) => ({ rule: 'copy', message: `${name} wants ${source}, which the build context does not contain.`, line }))
  );
}

function isJsonList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}
