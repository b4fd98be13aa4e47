import type { List, ListItem, PhrasingContent, RootContent } from 'mdast';
import type { VFile } from 'vfile';
import type { Language } from '../i18n/languages.ts';
import { element, type Markup, text } from './nodes.ts';

/** A file of the lab's zip. */
export interface ZipFile {
  /** Path inside the zip, with the zip's top folder. */
  readonly path: string;
  readonly bytes: number;
}

/** `6.1 KB` (1 KB = 1,000 bytes, as browsers and file managers count downloads). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

const SUMMARY: Readonly<Record<Language, (count: number, size: string) => string>> = {
  ko: (count, size) => `파일 ${count}개 · 압축을 풀면 ${size}`,
  ja: (count, size) => `${count} ファイル · 展開後 ${size}`,
  en: (count, size) => `${count} ${count === 1 ? 'file' : 'files'} · ${size} unpacked`,
};

/** Path without the zip's top folder: how the text names a file. */
function shortPath(path: string): string {
  return path.includes('/') ? path.slice(path.indexOf('/') + 1) : path;
}

/** The file an item is about and what it says of it: `` `app.js` - Express … ``. */
function readItem(item: ListItem): { name: string; description: PhrasingContent[] } | undefined {
  const paragraph = item.children[0];
  if (paragraph?.type !== 'paragraph') return undefined;
  const [name, ...rest] = paragraph.children;
  if (name?.type !== 'inlineCode') return undefined;
  const [lead, ...others] = rest;
  if (lead?.type !== 'text') return { name: name.value, description: rest };
  return { name: name.value, description: [text(lead.value.replace(/^\s*[-–—:：]\s*/, '')), ...others] };
}

function row(file: ZipFile, description: readonly PhrasingContent[] | undefined): Markup {
  return element('li', {}, [
    element('span', { className: ['file-name'] }, [{ type: 'inlineCode', value: shortPath(file.path) }]),
    ...(description ? [element('span', { className: ['file-description'] }, description)] : []),
    element('span', { className: ['file-size'] }, [formatBytes(file.bytes)]),
  ]);
}

function isFileList(node: RootContent): node is List {
  return node.type === 'list' && node.ordered !== true && node.children.every((item) => readItem(item) !== undefined);
}

/** Gives the link to the zip its button look, `download` and, behind it, what the zip holds in total. */
function dressLink(node: RootContent, summary: string): RootContent {
  if (node.type !== 'paragraph') return node;
  const link = node.children.find((child) => child.type === 'link' && child.url.endsWith('.zip'));
  if (link?.type !== 'link') return node;
  link.data = { ...link.data, hProperties: { download: true, className: ['zip-link'] } };
  return { ...node, children: [...node.children, text(' '), element('span', { className: ['zip-summary'] }, [summary])] };
}

/**
 * The body of a DOWNLOAD callout with the author's list of files replaced by the zip's real files, in the zip's order, each with the
 * author's description and its size. A file the author names but the zip lacks fails the build; a file the author left out is listed without description.
 */
export function fileList(body: readonly RootContent[], files: readonly ZipFile[], language: Language, file: VFile): RootContent[] {
  const list = body.find(isFileList);
  const said = new Map((list?.children ?? []).flatMap((item) => readItem(item) ?? []).map(({ name, description }) => [name, description]));
  for (const item of list?.children ?? []) {
    const name = readItem(item)?.name;
    if (name !== undefined && !files.some(({ path }) => shortPath(path) === name)) {
      file.fail(`The DOWNLOAD box names \`${name}\`, which the zip does not hold; put the file into files/ or take it off the list.`, item);
    }
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const real = element(
    'ul',
    { className: ['file-list'] },
    files.map((zipFile) => row(zipFile, said.get(shortPath(zipFile.path)))),
  );
  const dressed = body.map((node) => (node === list ? real : dressLink(node, SUMMARY[language](files.length, formatBytes(total)))));
  return list === undefined ? [...dressed, real] : dressed;
}
