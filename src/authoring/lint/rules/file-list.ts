import { basename } from 'node:path';
import type { List, Parents, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { LintDocument } from '../document.ts';
import { isFileName, isOnlyTaken, MAKES } from '../file-use.ts';
import { offerOf, UNPACKS, zipsNamedIn } from '../offered-zip.ts';
import { type Fence, fencesOf, lineOf, walk } from '../outline.ts';
import { defineRule, type Place, type Report } from '../rule.ts';
import { readTree, type TreeDrawing } from '../tree-drawing.ts';

/** A file in a list of the text. */
interface Named {
  readonly path: string;
  readonly line: number;
}

interface FileList {
  readonly called: string;
  readonly at: Place;
  readonly files: readonly Named[];
  /** Whether the list is complete and all of it was understood. */
  readonly isWhole: boolean;
}

/** A drawing that certainly shows the zip. */
interface ZipDrawing extends FileList {
  /** The first folder of the drawing, when it is not the folder in the zip. */
  readonly otherRoot: string | undefined;
  /** Whether the drawing can only show the zip right after unpacking, before the student has changed anything. */
  readonly isUnpacked: boolean;
}

/** Whether a list names a file, or a folder with all its content. */
const names = (list: FileList, path: string) => list.files.some((file) => file.path === path || path.startsWith(`${file.path}/`));

/** Words that introduce a drawing of what is unpacked. */
const SHOWS = /구조|파일|폴더|목록|構成|構造|ファイル|フォルダ|structure|files|folder|contents/i;

function isLedToByUnpacking(document: LintDocument, fence: Fence): boolean {
  let before: RootContent | undefined;
  walk(document.tree, (node, ancestors) => {
    if (node !== fence.node) return;
    const siblings: readonly unknown[] = ancestors.at(-1)?.children ?? [];
    before = siblings[siblings.indexOf(node) - 1] as RootContent | undefined;
  });
  if (before?.type !== 'paragraph') return false;
  const sentence = plainText(before);
  return UNPACKS.test(sentence) && SHOWS.test(sentence) && !MAKES.test(sentence);
}

/** The part of a drawing below the folder of the zip, when the drawing begins above it. */
function below(top: string, { root, files }: TreeDrawing): readonly Named[] | undefined {
  if (root === top || root === `${top}.zip`) return files;
  const inside = files.flatMap(({ path, line }) => {
    const parts = path.split('/');
    const at = parts.indexOf(top);
    return at < 0 || at === parts.length - 1 ? [] : [{ path: parts.slice(at + 1).join('/'), line }];
  });
  return inside.length > 0 ? inside : undefined;
}

/** The drawing of the zip's folder; `undefined` when no drawing certainly shows it. */
function treeDrawing(document: LintDocument, boxes: readonly Parents[], top: string | undefined): ZipDrawing | undefined {
  const inBoxes = new Set(boxes.flatMap((box) => fencesOf(document, box).map(({ node }) => node)));
  const namesOneZip = zipsNamedIn(document).length === 1;
  const drawings = fencesOf(document).flatMap((fence) => {
    const tree = readTree(fence.node.value);
    if (tree === undefined) return [];
    const own = top === undefined ? undefined : below(top, tree);
    const isUnpacked = inBoxes.has(fence.node) || (namesOneZip && isLedToByUnpacking(document, fence));
    // Further down in the text, a folder that contains the zip's folder among others is the student's work folder.
    if (!isUnpacked && (own === undefined || tree.root !== top)) return [];
    const files = (own ?? tree.files).map(({ path, line }) => ({ path, line: fence.line + line }));
    const at = { path: document.path, line: lineOf(fence.node) };
    return [
      { called: 'the tree drawing', at, files, isWhole: tree.isWhole, otherRoot: own === undefined ? tree.root : undefined, isUnpacked },
    ];
  });
  return drawings.find(({ isUnpacked }) => isUnpacked) ?? drawings[0];
}

const isList = (node: RootContent): node is List => node.type === 'list' && node.ordered !== true;

/** The files at the start of a list item: `` `a.sh`, `b.sh` - … ``. */
function filesOf({ children: [first] }: List['children'][number]): readonly string[] {
  if (first?.type !== 'paragraph') return [];
  const end = first.children.findIndex(
    (node) => node.type !== 'inlineCode' && !(node.type === 'text' && /^\s*(?:[,·/&、]|및|と|and)\s*$/.test(node.value)),
  );
  return first.children.slice(0, end < 0 ? undefined : end).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));
}

/** The first list of files in the DOWNLOAD boxes; `undefined` when there is none. */
function downloadList(
  document: LintDocument,
  boxes: readonly Parents[],
  real: readonly string[],
  top: string | undefined,
): FileList | undefined {
  for (const list of boxes.flatMap(({ children }) => (children as RootContent[]).filter(isList))) {
    const items = list.children.map((item) => ({ line: lineOf(item), paths: filesOf(item).map((path) => shortPath(path, top)) }));
    const isFile = (path: string) => real.includes(path) || isFileName(path);
    const isWhole = items.every(({ paths }) => paths.length > 0 && paths.every(isFile));
    const files = items.flatMap(({ line, paths }) => paths.filter(isFile).map((path) => ({ path: path.replace(/\/$/, ''), line })));
    if (files.length > 0) return { called: 'the DOWNLOAD box', at: { path: document.path, line: lineOf(list) }, files, isWhole };
  }
  return undefined;
}

/** A path relative to the top folder of the zip. */
function shortPath(path: string, top: string | undefined): string {
  const short = path.replace(/^\.\//, '');
  return top !== undefined && short.startsWith(`${top}/`) ? short.slice(top.length + 1) : short;
}

function againstZip(list: FileList, real: readonly string[], report: Report, isMade: (name: string) => boolean): void {
  for (const { path, line } of list.files) {
    if (!real.some((one) => one === path || one.startsWith(`${path}/`)) && !isMade(basename(path)))
      report(
        { ...list.at, line },
        `${path} is in ${list.called}, but not in the zip.`,
        'Put the file into files/ or remove it from the list.',
      );
  }
  if (!list.isWhole) return;
  for (const path of real) {
    if (!names(list, path))
      report(list.at, `The zip contains ${path}, but ${list.called} does not name it.`, 'Add it, or delete the file.');
  }
}

export default defineRule({
  id: 'file-list',
  doc: 'The tree drawing, the list in the DOWNLOAD box and the zip name the same files.',
  check(lab, report) {
    const real = lab.files.map(({ path }) => path);
    for (const document of lab.documents) {
      const { boxes, name } = offerOf(lab, document);
      const tree = treeDrawing(document, boxes, name);
      const list = downloadList(document, boxes, real, name);
      for (const one of [tree, list].filter((found) => found !== undefined)) {
        for (const [at, { path, line }] of one.files.entries()) {
          if (one.files.findIndex((other) => other.path === path) < at)
            report({ ...one.at, line }, `${path} is listed twice in ${one.called}.`, 'Delete one of them.');
        }
        // A drawing further down may show files that the student has made.
        const isMade = (file: string) => one === tree && !tree.isUnpacked && !isOnlyTaken(document, file);
        if (real.length > 0) againstZip(one, real, report, isMade);
      }
      const root = tree?.otherRoot;
      if (tree !== undefined && real.length > 0 && name !== undefined && root !== undefined && /^\w[\w.-]*$/.test(root))
        report(
          { ...tree.at, line: tree.at.line + 1 },
          `The tree drawing begins with ${root}/, but the zip unpacks to ${name}/.`,
          `Write ${name}/.`,
        );
      // Without files in the lab, the text can only be compared with itself.
      if (real.length === 0 && tree?.isWhole && list?.isWhole) against(tree, list, report);
    }
  },
});

/** Reports files that only one of two lists names. */
function against(tree: FileList, list: FileList, report: Report): void {
  for (const [one, other] of [
    [tree, list],
    [list, tree],
  ] as const) {
    for (const { path, line } of one.files) {
      // A folder stands for everything in it.
      if (!names(other, path) && !other.files.some((file) => file.path.startsWith(`${path}/`)))
        report({ ...one.at, line }, `${path} is in ${one.called}, but not in ${other.called}.`, 'Name it in both or in neither.');
    }
  }
}
