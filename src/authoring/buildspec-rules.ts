import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { byLine, type Finding } from '../markdown/read/finding.ts';
import {
  describeNode,
  entriesOf,
  itemsOf,
  readYaml,
  textOf,
  valueAt,
  type YamlEntry,
  type YamlSource,
} from '../markdown/read/yaml-source.ts';
import { commandNodes } from './buildspec-commands.ts';

// Names and values: AWS CodeBuild User Guide, "Build specification reference for CodeBuild".

const TOP_LEVEL = ['version', 'run-as', 'env', 'proxy', 'batch', 'phases', 'reports', 'artifacts', 'cache'];

const PHASES = ['install', 'pre_build', 'build', 'post_build'];

const PHASE_KEYS = ['run-as', 'on-failure', 'commands', 'finally'];

const ENV_KEYS = ['shell', 'variables', 'parameter-store', 'secrets-manager', 'exported-variables', 'git-credential-helper'];

const ARTIFACT_KEYS = [
  'files',
  'name',
  'discard-paths',
  'base-directory',
  'exclude-paths',
  'enable-symlinks',
  's3-prefix',
  'secondary-artifacts',
];

const REPORT_KEYS = ['files', 'base-directory', 'discard-paths', 'file-format'];

const CACHE_KEYS = ['paths', 'key', 'fallback-keys', 'action'];

const ON_FAILURE = /^(ABORT|CONTINUE|RETRY(-\d+)?(-.+)?)$/;

type Say = (rule: string, node: Node | null | undefined, message: string) => Finding;

/** Checks a buildspec for what CodeBuild would refuse, and for what it would silently ignore although the build succeeds. */
export function validateBuildspec(text: string): Finding[] {
  const source = readYaml(text);
  if (source.findings.length > 0) return byLine(source.findings);
  const { root } = source;
  if (!isMap(root))
    return [{ rule: 'section', message: `A buildspec is a mapping with version and phases, not ${describeNode(root)}.`, line: 1 }];
  const say = sayAt(source);
  return byLine([
    ...version(valueAt(root, 'version'), root, say),
    ...entriesOf(root).flatMap((entry) => topLevel(entry, say)),
    ...phases(valueAt(root, 'phases'), root, say),
    ...joinedCommands(root, source),
  ]);
}

function sayAt(source: YamlSource): Say {
  return (rule, node, message) => ({ rule, message, line: source.lineOf(node) });
}

function version(node: Node | null | undefined, root: Node, say: Say): Finding[] {
  const value = isScalar(node) ? String(node.value) : undefined;
  if (value === '0.2') return [];
  const why =
    value === '0.1' ? '0.1 runs every command in a shell of its own, so variables do not reach the next command; write 0.2' : 'write 0.2';
  return [say('version', node ?? root, `version is ${value ?? 'missing'}: ${why}.`)];
}

function topLevel({ key, keyNode, value }: YamlEntry, say: Say): Finding[] {
  if (PHASES.includes(key)) return [say('phase-place', keyNode, `${key} must be under phases; here CodeBuild does not run its commands.`)];
  switch (key) {
    case 'env':
      return environment(value, keyNode, say);
    case 'artifacts':
      return artifacts(value, keyNode, 'artifacts', say);
    case 'cache':
      return [...unknownKeys(value, CACHE_KEYS, 'cache', say), ...texts(valueAt(value, 'paths'), 'paths of cache', keyNode, say)];
    case 'reports':
      return entriesOf(value).flatMap((group) => [
        ...unknownKeys(group.value, REPORT_KEYS, `The report group ${group.key}`, say),
        ...texts(valueAt(group.value, 'files'), `files of the report group ${group.key}`, group.keyNode, say),
      ]);
    default:
      return TOP_LEVEL.includes(key)
        ? []
        : [say('section', keyNode, `${key} is not a section of a buildspec; the sections are ${TOP_LEVEL.join(', ')}.`)];
  }
}

function phases(node: Node | null | undefined, root: Node, say: Say): Finding[] {
  if (!isMap(node)) return [say('phases', node ?? root, `phases must be a mapping of ${PHASES.join(', ')}, not ${describeNode(node)}.`)];
  const entries = entriesOf(node);
  return [
    ...(entries.length > 0 ? [] : [say('phases', node, 'phases is empty, so the build would run nothing.')]),
    ...entries.flatMap((entry) => phase(entry, say)),
  ];
}

function phase({ key: name, keyNode, value: node }: YamlEntry, say: Say): Finding[] {
  if (!PHASES.includes(name)) return [say('phases', keyNode, `${name} is not a phase; the phases are ${PHASES.join(', ')}.`)];
  const keys = name === 'install' ? [...PHASE_KEYS, 'runtime-versions'] : PHASE_KEYS;
  const onFailure = valueAt(node, 'on-failure');
  const runtimesOnly = name === 'install' && valueAt(node, 'runtime-versions') !== undefined && valueAt(node, 'commands') === undefined;
  return [
    ...unknownKeys(node, keys, `The phase ${name}`, say),
    ...(onFailure === undefined || ON_FAILURE.test(textOf(onFailure) ?? '')
      ? []
      : [say('on-failure', onFailure, `on-failure of ${name} must be ABORT, CONTINUE or RETRY.`)]),
    ...entriesOf(valueAt(node, 'runtime-versions'))
      .filter(({ key }) => key === 'docker')
      .map((entry) =>
        say('runtime', entry.keyNode, 'No maintained build image offers docker as a runtime: delete it; Docker is part of the image.'),
      ),
    ...(runtimesOnly ? [] : commands(valueAt(node, 'commands'), `commands of ${name}`, keyNode, say)),
    ...(valueAt(node, 'finally') === undefined ? [] : commands(valueAt(node, 'finally'), `finally of ${name}`, keyNode, say)),
  ];
}

/**
 * Commands are a list of strings. A colon followed by a space turns a command into a mapping, which CodeBuild refuses with YAML_FILE_ERROR.
 */
function commands(node: Node | null | undefined, name: string, at: Node, say: Say): Finding[] {
  if (!isSeq(node)) return [say('commands', node ?? at, `${name} must be a list of commands, not ${describeNode(node)}.`)];
  const items = itemsOf(node);
  if (items.length === 0) return [say('commands', node, `${name} is an empty list.`)];
  return items
    .filter((item) => (textOf(item) ?? '').trim() === '')
    .map((item) =>
      isMap(item)
        ? say('commands', item, `A command in ${name} reads as a mapping because of ": "; put the whole command into quotes.`)
        : say('commands', item, `A command in ${name} must be text, not ${describeNode(item)}.`),
    );
}

/** A line that begins with `- ` but is indented more than the list, so that YAML joins it to the command above. */
const JOINED = /\n[ \t]*- +[A-Za-z]/;

function joinedCommands(root: Node, source: YamlSource): Finding[] {
  return commandNodes(root)
    .filter((item) => isScalar(item) && item.type === 'PLAIN' && JOINED.test(source.sourceOf(item)))
    .map((item) => ({
      rule: 'commands',
      message: 'The lines below that begin with "- " are indented more than this one, so YAML reads them all as one command.',
      line: source.lineOf(item),
    }));
}

function environment(node: Node | null, at: Node, say: Say): Finding[] {
  if (!isMap(node)) return [say('env', node ?? at, `env must be a mapping, not ${describeNode(node)}.`)];
  const variables = ['variables', 'parameter-store', 'secrets-manager'].flatMap((key) => {
    const group = valueAt(node, key);
    if (group === undefined) return [];
    if (!isMap(group)) return [say('env', group, `${key} of env must be a mapping of names and values, not ${describeNode(group)}.`)];
    return entriesOf(group)
      .filter(({ value }) => !isScalar(value) || value.value === null)
      .map((entry) => say('env', entry.keyNode, `${entry.key} in ${key} of env must be a single value.`));
  });
  const exported = valueAt(node, 'exported-variables');
  return [
    ...unknownKeys(node, ENV_KEYS, 'env', say),
    ...variables,
    ...(exported === undefined ? [] : texts(exported, 'exported-variables of env', at, say)),
  ];
}

function artifacts(node: Node | null, at: Node, name: string, say: Say): Finding[] {
  const secondary = entriesOf(valueAt(node, 'secondary-artifacts'));
  const files = valueAt(node, 'files');
  return [
    ...unknownKeys(node, ARTIFACT_KEYS, name, say),
    ...(files === undefined && secondary.length > 0 ? [] : texts(files, `files of ${name}`, at, say)),
    ...secondary.flatMap((entry) => artifacts(entry.value, entry.keyNode, `the secondary artifact ${entry.key}`, say)),
  ];
}

function texts(node: Node | null | undefined, name: string, at: Node, say: Say): Finding[] {
  if (!isSeq(node) || itemsOf(node).length === 0)
    return [say('list', node ?? at, `${name} must be a list with at least one item, not ${describeNode(node)}.`)];
  return itemsOf(node)
    .filter((item) => textOf(item) === undefined)
    .map((item) => say('list', item, `An item of ${name} must be text, not ${describeNode(item)}.`));
}

function unknownKeys(node: Node | null | undefined, known: readonly string[], owner: string, say: Say): Finding[] {
  return entriesOf(node)
    .filter(({ key }) => !known.includes(key))
    .map(({ key, keyNode }) => say('unknown-key', keyNode, `${owner} has no key ${key}; it has ${known.join(', ')}.`));
}
