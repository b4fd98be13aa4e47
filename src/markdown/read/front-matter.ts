import { basename, dirname } from 'node:path';
import { isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { labSchema } from '../../content/lab-schema.ts';
import { byLine, type Finding } from './finding.ts';
import { entriesOf, itemsOf, type YamlEntry } from './yaml-source.ts';

/** A Markdown file, split into front matter and text. */
export interface FrontMatter {
  /** The values of the front matter. When its YAML is broken, these are the fields that can still be read. Empty without front matter. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Mistakes in the front matter, sorted by line. */
  readonly findings: readonly Finding[];
  /** The Markdown after the front matter. */
  readonly body: string;
  /** Lines of the file before `body`. */
  readonly bodyLine: number;
  /** Line of the value at a path, such as `lineOf('learningObjectives', 2)`; when it is missing, the line of its nearest parent. */
  lineOf(...path: readonly PropertyKey[]): number;
}

/** Fields that belong to Starlight. All other fields are the lab's. */
const STARLIGHT_FIELDS = [
  'banner',
  'draft',
  'editUrl',
  'head',
  'hero',
  'lastUpdated',
  'next',
  'pagefind',
  'prev',
  'sidebar',
  'slug',
  'tableOfContents',
  'template',
];

/** Reads the front matter of a lab text and checks it against {@link labSchema}. A text without front matter has no findings. */
export function readFrontMatter(source: string): FrontMatter {
  const match = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(source);
  if (match === null) {
    const unclosed = /^\uFEFF?---[ \t]*\r?\n[\w-]+:/.test(source);
    const findings = unclosed ? [{ rule: 'yaml', message: 'The front matter does not end: close it with a line "---".', line: 1 }] : [];
    return { data: {}, findings, body: source.replace(/^\uFEFF/, ''), bodyLine: 0, lineOf: () => 1 };
  }
  const counter = new LineCounter();
  const document = parseDocument(match[1] ?? '', { lineCounter: counter, prettyErrors: false });
  // The front matter starts one line below `---`.
  const at = (offset: number) => Math.max(1, counter.linePos(offset).line) + 1;
  const rest = {
    body: source.slice(match[0].length),
    bodyLine: match[0].split('\n').length - (match[0].endsWith('\n') ? 1 : 0),
    lineOf: (...path: readonly PropertyKey[]) => lineOf(document.contents, path, at),
  };
  const { data, errors } = readYaml(document);
  if (errors.length > 0) {
    const findings = errors.map(({ message, offset }) => ({
      rule: 'yaml',
      message: `The front matter is not YAML: ${message.split('\n')[0]}.`.replace(/\.\.$/, '.'),
      line: at(offset),
    }));
    return { data: madeOut(match[1] ?? ''), findings, ...rest };
  }
  if (data === null) return { data: {}, findings: [], ...rest };
  if (typeof data !== 'object' || Array.isArray(data)) {
    return { data: {}, findings: [{ rule: 'yaml', message: 'The front matter must be lines "key: value".', line: 2 }], ...rest };
  }
  return { data: Object.fromEntries(Object.entries(data)), findings: byLine(schemaFindings(data, rest.lineOf)), ...rest };
}

/** A line such as `title: Week 9: CodeBuild`, whose value needs quotes in YAML. */
const UNQUOTED = /^([\w-]+):[ \t]+(?!["'|>])(\S.*?)[ \t]*$/;

/** Reads as many fields as possible from broken YAML: tabs count as indentation, and a value with a colon or a bracket counts as text. */
function madeOut(yaml: string): Readonly<Record<string, unknown>> {
  const fields: string[][] = [];
  for (const line of yaml.split(/\r?\n/).map((one) => one.replace(/^[\t ]+/, (indent) => indent.replaceAll('\t', '  ')))) {
    if (/^[\w-]+:/.test(line)) fields.push([line]);
    else fields.at(-1)?.push(line);
  }
  const read = fields.flatMap((lines) => {
    const [first = ''] = lines;
    const quoted = first.replace(UNQUOTED, (_, key: string, value: string) => `${key}: ${JSON.stringify(value)}`);
    const whole = [lines.join('\n'), [quoted, ...lines.slice(1)].join('\n'), first, quoted].map((text) => readYaml(parseDocument(text)));
    const data = whole.find(({ errors }) => errors.length === 0)?.data;
    return typeof data === 'object' && data !== null ? Object.entries(data) : [];
  });
  return Object.fromEntries(read);
}

/** The value of a YAML document, or its errors. An alias `*name` that has no anchor only fails when the value is read. */
function readYaml(document: ReturnType<typeof parseDocument>): {
  readonly data?: unknown;
  readonly errors: readonly { readonly message: string; readonly offset: number }[];
} {
  if (document.errors.length > 0) return { errors: document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })) };
  try {
    return { data: document.toJS(), errors: [] };
  } catch (thrown) {
    const offsets: number[] = [];
    visit(document, {
      Alias: (_, { range }) => {
        offsets.push(range?.[0] ?? 0);
      },
    });
    return { errors: [{ message: thrown instanceof Error ? thrown.message : String(thrown), offset: offsets[0] ?? 0 }] };
  }
}

/** The line of the value at a path, or of its key, or of the nearest parent that exists. */
function lineOf(root: Node | null, path: readonly PropertyKey[], at: (offset: number) => number): number {
  let node: Node | null | undefined = root;
  let line = node?.range ? at(node.range[0]) : 1;
  for (const step of path) {
    if (typeof step === 'number') node = itemsOf(node)[step];
    else {
      const entry: YamlEntry | undefined = entriesOf(node).find(({ key }) => key === step);
      if (entry?.keyNode.range) line = at(entry.keyNode.range[0]);
      node = entry?.value;
    }
    if (!node?.range) return line;
    if (isScalar(node) || typeof step === 'number') line = at(node.range[0]);
  }
  return line;
}

function schemaFindings(data: object, line: (...path: readonly PropertyKey[]) => number): Finding[] {
  const wrong = (labSchema.safeParse(data).error?.issues ?? []).map(({ path, message }) => {
    const value = path.reduce<unknown>(
      (part, step) => (typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined),
      data,
    );
    const found = value === undefined ? 'it is missing' : `it is ${shorten(JSON.stringify(value))}`;
    return { rule: 'front-matter', message: `"${path.join('.')}" ${message}; ${found}.`, line: line(...path) };
  });
  const known = [...Object.keys(labSchema.shape), ...STARLIGHT_FIELDS];
  const strange = Object.keys(data)
    .filter((key) => !known.includes(key))
    .flatMap((key) => {
      const meant = known.find(
        (name) => simple(name) === simple(key) || simple(name).startsWith(simple(key)) || simple(key).startsWith(simple(name)),
      );
      // A field that resembles none of ours belongs to another tool.
      if (meant === undefined || Object.hasOwn(data, meant)) return [];
      return [{ rule: 'unknown-field', message: `The front matter has no field "${key}": write "${meant}".`, line: line(key) }];
    });
  return [...wrong, ...strange];
}

/** Ignores case, separators and a plural `s`, so that `aws_services` and `awsService` match `awsServices`. */
const simple = (key: string) =>
  key
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/s$/, '');

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The front matter as a page uses it. */
export interface PageFrontMatter {
  /** The fields that are valid. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The title of the front matter, else the text's first heading of level 1, else the name of its folder. */
  readonly title: string;
  /** What is wrong with the other fields, each with file and line. The page is built without them. */
  readonly problems: readonly string[];
  /** Whether it can be read without making anything out. */
  readonly isYaml: boolean;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** Lines of the file before `body`. */
  readonly bodyLine: number;
}

/** Reads the front matter of a lab text for its page. */
export function pageFrontMatter(source: string, path: string): PageFrontMatter {
  const { data, findings, body, bodyLine } = readFrontMatter(source);
  const problems = findings.filter(({ rule }) => rule !== 'unknown-field').map(({ line, message }) => `${path}:${line}: ${message}`);
  const wrong = new Set((labSchema.safeParse(data).error?.issues ?? []).map(({ path: [field] }) => field));
  const right = Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => {
      if (!wrong.has(field)) return [[field, value]];
      const texts = Array.isArray(value) ? value.filter((entry) => typeof entry === 'string' && entry.trim() !== '') : [];
      // In a list of sentences, the valid ones are kept.
      return labSchema.safeParse({ [field]: texts }).success && texts.length > 0 ? [[field, texts]] : [];
    }),
  );
  const page = { data: right, problems, isYaml: !findings.some(({ rule }) => rule === 'yaml'), body, bodyLine };
  if (typeof right['title'] === 'string') return { ...page, title: right['title'] };
  const name = basename(dirname(path));
  const untold = `${path}:1: The lab has no title, so its page is called "${name}"; write "title: …" into the front matter.`;
  return { ...page, title: headingTitle(body) ?? name, problems: lacksTitle({ data, body }) ? [...problems, untold] : problems };
}

/** Whether a text has sections but no title. A note of a few lines needs none. */
export function lacksTitle({ data, body }: Pick<FrontMatter, 'data' | 'body'>): boolean {
  return data['title'] === undefined && headingTitle(body) === undefined && /^##[ \t]/m.test(body);
}

/** The first heading of level 1 in the text. */
function headingTitle(body: string): string | undefined {
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, ''))?.[1];
  return heading?.replace(/[*_`]/g, '');
}
