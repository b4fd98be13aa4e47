import type { List, ListItem, PhrasingContent, RootContent } from 'mdast';
import type { VFile } from 'vfile';
import type { Language } from '../../../i18n/languages.ts';
import { element, type Markup, text } from '../../read/nodes.ts';
import { problem } from '../../read/problem.ts';

/** A file of the lab's zip. */
export interface ZipFile {
  /** Path inside the zip, including the zip's top folder. */
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

const MISSING: Readonly<Record<Language, string>> = { ko: 'zip에 없음', ja: 'zip にありません', en: 'not in the zip' };

/** Path without the zip's top folder, which is how the text names a file. */
function shortPath(path: string): string {
  return path.includes('/') ? path.slice(path.indexOf('/') + 1) : path;
}

interface ListedFile {
  /** As written: `app.js`, `src/`, `week9-2-cicd-lab/app.js`. */
  readonly name: string;
  readonly description: PhrasingContent[];
  /** What follows below the first line of the item. */
  readonly more: ListItem['children'];
}

/** Reads an item such as `` `app.js` - Express … `` into a file and its description. */
function readItem(item: ListItem): ListedFile | undefined {
  const [paragraph, ...more] = item.children;
  if (paragraph?.type !== 'paragraph') return undefined;
  const [name, ...rest] = paragraph.children;
  if (name?.type !== 'inlineCode') return undefined;
  const [lead, ...others] = rest;
  const description = lead?.type === 'text' ? [text(lead.value.replace(/^\s*[-–—:：]\s*/, '')), ...others] : rest;
  return { name: name.value, description, more };
}

/** The files of the zip that a name stands for: one file, or all files in a folder. */
function filesNamed(name: string, files: readonly ZipFile[]): ZipFile[] {
  const folder = `${name.replace(/\/$/, '')}/`;
  const exact = files.filter(({ path }) => path === name || shortPath(path) === name);
  return exact.length > 0 ? exact : files.filter(({ path }) => path.startsWith(folder) || shortPath(path).startsWith(folder));
}

function row(name: string, size: string, listed?: ListedFile): Markup {
  return element('li', {}, [
    element('span', { className: ['file-name'] }, [{ type: 'inlineCode', value: name }]),
    ...(listed ? [element('span', { className: ['file-description'] }, listed.description)] : []),
    element('span', { className: ['file-size'] }, [size]),
    ...(listed?.more ?? []),
  ]);
}

function isFileList(node: RootContent): node is List {
  return node.type === 'list' && node.ordered !== true && node.children.every((item) => readItem(item) !== undefined);
}

/** Makes the link to the zip a button with the attribute `download`, and adds the total size and the checksum. */
function dressLink(node: RootContent, summary: string | undefined): RootContent {
  if (node.type !== 'paragraph') return node;
  const link = node.children.find((child) => child.type === 'link' && child.url.endsWith('.zip'));
  if (link?.type !== 'link') return node;
  link.data = { ...link.data, hProperties: { download: true, className: ['zip-link'] } };
  const checksum = element('a', { href: `${link.url}.sha256`, className: ['zip-checksum'] }, ['SHA-256']);
  const total = summary === undefined ? [] : [text(' '), element('span', { className: ['zip-summary'] }, [summary]), text(' '), checksum];
  return { ...node, children: [...node.children, ...total] };
}

const sizeOf = (files: readonly ZipFile[]) => formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0));

/**
 * The body of a DOWNLOAD callout. Its lists show the real sizes and, at the end, files of the zip that the author did not list. A listed
 * file that the zip does not contain is marked as missing and reported. Without a zip the body does not change.
 */
export function fileList(body: readonly RootContent[], files: readonly ZipFile[], language: Language, file: VFile): RootContent[] {
  if (files.length === 0) return body.map((node) => dressLink(node, undefined));
  const left = new Set(files);
  const rowOf = (item: ListItem): Markup[] => {
    const listed = readItem(item);
    if (listed === undefined) return [];
    const found = filesNamed(listed.name, files);
    for (const one of found) left.delete(one);
    if (found.length > 0) return [row(listed.name, sizeOf(found), listed)];
    const fix = 'put the file into files/ or remove it from the list.';
    problem(file, 'download-file', `The DOWNLOAD box names \`${listed.name}\`, which the zip does not contain; ${fix}`, item);
    return [row(listed.name, MISSING[language], listed)];
  };
  const summary = SUMMARY[language](files.length, sizeOf(files));
  const dressed = body.map((node): RootContent => {
    return isFileList(node) ? element('ul', { className: ['file-list'] }, node.children.flatMap(rowOf)) : dressLink(node, summary);
  });
  const rest = [...left].map((one) => row(shortPath(one.path), formatBytes(one.bytes)));
  if (rest.length === 0) return dressed;
  const last = dressed.findLast((node) => node.type === 'markup' && node.data.hName === 'ul');
  if (last?.type !== 'markup') return [...dressed, element('ul', { className: ['file-list'] }, rest)];
  last.children.push(...rest);
  return dressed;
}
