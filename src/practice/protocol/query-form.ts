import type { NormalizedSchema } from '@smithy/core/schema';

/** A form's keys as a tree: `Tags.member.1.Key=x` is four levels deep. */
interface Node {
  value?: string;
  readonly children: Map<string, Node>;
}

/**
 * Reads the input of a Query operation from its form; names the operation does not know are ignored, as AWS does.
 * @returns undefined when a value is not spelled like its type
 */
export function readForm(ns: NormalizedSchema, form: URLSearchParams): object | undefined {
  const root: Node = { children: new Map() };
  for (const [key, value] of form) {
    let node = root;
    for (const part of key.split('.')) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  try {
    return read(ns, root) as object;
  } catch (error) {
    if (error instanceof Misspelled) return undefined;
    throw error;
  }
}

class Misspelled extends Error {}

function read(ns: NormalizedSchema, node: Node): unknown {
  if (ns.isUnitSchema()) return {};
  if (ns.isStructSchema()) {
    const out: Record<string, unknown> = {};
    for (const [name, member] of ns.structIterator()) {
      const child = node.children.get(member.getMergedTraits().xmlName ?? name);
      if (child) out[name] = read(member, child);
    }
    return out;
  }
  if (ns.isListSchema()) {
    const item = ns.getValueSchema();
    const parent = ns.getMergedTraits().xmlFlattened ? node : node.children.get(item.getMergedTraits().xmlName ?? 'member');
    return numbered(parent).map((child) => read(item, child));
  }
  if (ns.isMapSchema()) {
    const parent = ns.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
    const pairs = numbered(parent).map((child) => [child.children.get('key')?.value ?? '', child.children.get('value')] as const);
    return Object.fromEntries(pairs.flatMap(([key, value]) => (value ? [[key, read(ns.getValueSchema(), value)]] : [])));
  }
  const { value } = node;
  if (value === undefined) throw new Misspelled();
  if (ns.isNumericSchema()) {
    if (!/^-?\d+(\.\d+)?$/.test(value)) throw new Misspelled();
    return Number(value);
  }
  if (ns.isBooleanSchema()) {
    if (value !== 'true' && value !== 'false') throw new Misspelled();
    return value === 'true';
  }
  if (ns.isTimestampSchema()) return new Date(value);
  if (ns.isBlobSchema()) return Buffer.from(value, 'base64');
  return value;
}

function numbered(parent: Node | undefined): Node[] {
  const entries = [...(parent?.children ?? [])].filter(([key]) => /^\d{1,6}$/.test(key));
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}
