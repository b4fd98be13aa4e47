import { basename } from 'node:path';
import type { List, RootContent } from 'mdast';
import type { LintDocument } from '../document.ts';
import { calloutsOf, fencesOf, lineOf } from '../outline.ts';
import { defineRule, type Place, type Report } from '../rule.ts';

/** A file as a list of the text names it. */
interface Named {
  readonly path: string;
  readonly line: number;
}

interface FileList {
  readonly called: string;
  readonly at: Place;
  readonly files: readonly Named[];
}

/** A file with its depth, and behind it perhaps what the author says of it: `│   ├── app.js  # …`, `└── app.js - …`, `└── app.js (…)`. */
const TREE_LINE = /^((?:[│ ] {3})*)[├└]── ([^\s#][^#]*?)(?:\s+(?:#|-|–|—|←|<-|\(|\/\/|:).*|\s{2,}.*)?$/;

/** A file, or a folder with all that is in it, is named. */
const names = (list: FileList, path: string) =>
  list.files.some((file) => file.path === path || (file.path.endsWith('/') && path.startsWith(file.path)));

/** The drawing of the zip's folder; `undefined` when there is none. */
function treeDrawing(document: LintDocument, top: string | undefined): FileList | undefined {
  const fence = fencesOf(document).find(({ node }) => {
    const [first = '', second = ''] = node.value.split('\n');
    return /^[\w.-]+\/\s*$/.test(first) && /^[├└]/.test(second) && (top === undefined || first.trim() === `${top}/`);
  });
  if (fence === undefined) return undefined;
  const folders: string[] = [];
  // The command `tree` draws with no-break spaces.
  const files = fence.node.value
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .slice(1)
    .flatMap((line, at) => {
      const [, indent, name] = TREE_LINE.exec(line) ?? [];
      if (indent === undefined || name === undefined) return [];
      folders.length = indent.length / 4;
      if (!name.endsWith('/')) return [{ path: [...folders, name].join('/'), line: fence.line + 1 + at }];
      folders.push(name.slice(0, -1));
      return [];
    });
  return { called: 'the tree drawing', at: { path: document.path, line: lineOf(fence.node) }, files };
}

const isList = (node: RootContent): node is List => node.type === 'list' && node.ordered !== true;

/** The first list of a DOWNLOAD box whose items begin with inline code; `undefined` when there is none. */
function downloadList(document: LintDocument): FileList | undefined {
  for (const { node, callout } of calloutsOf(document.tree)) {
    if (callout?.shape !== 'download') continue;
    for (const list of (node.children as RootContent[]).filter(isList)) {
      const files = list.children.flatMap((item) => {
        const [first] = item.children;
        const name = first?.type === 'paragraph' ? first.children[0] : undefined;
        return name?.type === 'inlineCode' ? [{ path: name.value, line: lineOf(item) }] : [];
      });
      if (files.length === list.children.length)
        return { called: 'the DOWNLOAD box', at: { path: document.path, line: lineOf(list) }, files };
    }
  }
  return undefined;
}

function againstZip(list: FileList, real: readonly string[], report: Report): void {
  for (const { path, line } of list.files) {
    if (!real.some((one) => one === path || (path.endsWith('/') && one.startsWith(path))))
      report(
        { ...list.at, line },
        `${path} stands in ${list.called}, but the zip does not hold it.`,
        'Put the file into files/ or take it off the list.',
      );
  }
  for (const path of real) {
    if (!names(list, path)) report(list.at, `The zip holds ${path}, but ${list.called} does not name it.`, 'Add it, or delete the file.');
  }
}

export default defineRule({
  id: 'file-list',
  doc: 'The tree drawing, the list in the DOWNLOAD box and the zip name the same files.',
  check({ documents, files, zip }, report) {
    const real = files.map(({ path }) => path);
    for (const document of documents) {
      const tree = treeDrawing(document, zip && basename(zip));
      const list = downloadList(document);
      const lists = [tree, list].filter((one) => one !== undefined);
      for (const one of lists) {
        for (const [at, { path, line }] of one.files.entries()) {
          if (one.files.findIndex((other) => other.path === path) < at)
            report({ ...one.at, line }, `${path} stands twice in ${one.called}.`, 'Delete one of them.');
        }
        if (real.length > 0) againstZip(one, real, report);
      }
      // Without files there is only the text's own word.
      if (real.length > 0 || tree === undefined || list === undefined) continue;
      for (const { path, line } of tree.files) {
        if (!names(list, path))
          report(
            { ...tree.at, line },
            `${path} stands in the tree drawing, but not in the DOWNLOAD box.`,
            'Name it in both or in neither.',
          );
      }
      for (const { path, line } of list.files) {
        if (!tree.files.some((file) => file.path === path))
          report(
            { ...list.at, line },
            `${path} stands in the DOWNLOAD box, but not in the tree drawing.`,
            'Name it in both or in neither.',
          );
      }
    }
  },
});
