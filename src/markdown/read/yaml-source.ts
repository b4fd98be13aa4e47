import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Tags, visit } from 'yaml';
import type { Finding } from './finding.ts';

/** A YAML file as nodes that know their lines. */
export interface YamlSource {
  readonly root: Node | null;
  /** Line of a node, from 1. */
  lineOf(node: Node | null | undefined): number;
  /** The source text of a node. */
  sourceOf(node: Node): string;
  /** Syntax errors. The nodes are only worth checking when there are none. */
  readonly findings: readonly Finding[];
}

/** A key of a mapping with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

/**
 * Parses one YAML 1.2 document. `customTags` are allowed in addition to YAML's own. Duplicate keys, tabs in indentation, aliases and
 * unknown tags are findings.
 */
export function readYaml(text: string, customTags: Tags = []): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, customTags });
  const at = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const lineOf = (node: Node | null | undefined) => (node?.range ? at(node.range[0]) : 1);
  const sourceOf = ({ range }: Node) => (range ? text.slice(range[0], range[1]) : '');
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    rule: code === 'DUPLICATE_KEY' ? 'duplicate-key' : code === 'TAG_RESOLVE_FAILED' ? 'unknown-tag' : 'yaml',
    message: yamlTrouble(message),
    line: at(pos[0]),
  }));
  return { root: document.contents, lineOf, sourceOf, findings: [...problems, ...aliases(document, lineOf)] };
}

/** The parser's message as a sentence, without the position, which the finding has already. */
export function yamlTrouble(message: string): string {
  const said = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

function aliases(document: Document, lineOf: (node: Node) => number): Finding[] {
  const found: Finding[] = [];
  visit(document, {
    Alias: (_, node) => {
      found.push({
        rule: 'yaml',
        message: `The alias *${node.source} is not supported by the service that reads this file; write the value out.`,
        line: lineOf(node),
      });
    },
  });
  return found;
}

/** The entries of a mapping; empty for any other node. */
export function entriesOf(node: Node | null | undefined): YamlEntry[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    isScalar(key) ? [{ key: String(key.value), keyNode: key, value: (value ?? null) as Node | null }] : [],
  );
}

/** The value under a key of a mapping. */
export function valueAt(node: Node | null | undefined, key: string): Node | null | undefined {
  return entriesOf(node).find((entry) => entry.key === key)?.value;
}

/** The items of a sequence; empty for any other node. */
export function itemsOf(node: Node | null | undefined): Node[] {
  return isSeq(node) ? (node.items as Node[]) : [];
}

/** The text of a string; `undefined` for any other node. */
export function textOf(node: Node | null | undefined): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** The kind of a node in words, for a message. */
export function describeNode(node: Node | null | undefined): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'true or false' : 'a number';
}
