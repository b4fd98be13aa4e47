import { createHash } from 'node:crypto';
import type { Element, Nodes, Parents, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import { LRUCache } from 'lru-cache';
import type { VFile } from 'vfile';
import { labFile } from '../../read/lab-file.ts';
import { SKIP, visit } from '../../read/visit.ts';

/** Number of finished blocks in memory, a few kilobytes each. A course in one language has fewer. */
const KEPT = 4_000;

interface Unfinished {
  readonly parent: Parents;
  readonly index: number;
  readonly key: string;
}

/** A hash of everything that the HTML of a block depends on. */
function keyOf(pre: Element, tree: Root, file: VFile): string {
  const [code] = pre.children;
  const about = code?.type === 'element' ? [code.properties, code.data] : [];
  const all = [labFile(file.path)?.language, pre.properties, ...about, tree.data?.labValues, textOf(pre)];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64');
}

/** Whether a node contains the styles and scripts for code, as the first block of a page does. */
function carriesAssets(node: Nodes): boolean {
  if (node.type !== 'element' && node.type !== 'root') return false;
  const isAsset = node.type === 'element' && ['link', 'script', 'style'].includes(node.tagName);
  return isAsset || node.children.some((child) => child.type === 'element' && child.tagName !== 'pre' && carriesAssets(child));
}

/**
 * Two plugins that run before and after the highlighter. The same commands occur in every language of a lab and in several labs. A block
 * that has been highlighted once is replaced by the finished HTML.
 */
export function codeMemory() {
  const finished = new LRUCache<string, string>({ max: KEPT });
  const unfinished = new WeakMap<VFile, Unfinished[]>();
  return {
    recall: () => (tree: Root, file: VFile) => {
      const open: Unfinished[] = [];
      let isFirst = true;
      visit(tree, 'element', (pre, index, parent) => {
        if (pre.tagName !== 'pre' || parent === undefined || index === undefined) return undefined;
        const key = keyOf(pre, tree, file);
        const html = isFirst ? undefined : finished.get(key);
        isFirst = false;
        if (html === undefined) open.push({ parent, index, key });
        else parent.children[index] = { type: 'raw', value: html };
        return SKIP;
      });
      unfinished.set(file, open);
    },
    remember: () => (_tree: Root, file: VFile) => {
      for (const { parent, index, key } of unfinished.get(file) ?? []) {
        const node = parent.children[index];
        if (node === undefined || carriesAssets(node)) continue;
        const html = toHtml(node);
        finished.set(key, html);
        parent.children[index] = { type: 'raw', value: html };
      }
    },
  };
}
