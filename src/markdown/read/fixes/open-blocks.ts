import type { Code, Html, Root } from 'mdast';
import type { VFile } from 'vfile';
import { closesFence } from '../fences.ts';
import { problem } from '../problem.ts';
import { visit } from '../visit.ts';

const OPENING = /^(`{3,}|~{3,})/;

/** Markdown in, the same Markdown out: reports a block of code or a comment that is never closed and therefore hides what follows. */
export function remarkOpenBlocks() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node) => {
      if (node.type === 'html' && /^\s*<!--/.test((node as Html).value) && !(node as Html).value.includes('-->'))
        problem(file, 'comment-open', 'This comment is never closed and hides what follows; write --> where it ends.', node);
      if (node.type !== 'code') return;
      const [from, to] = [(node as Code).position?.start.offset, (node as Code).position?.end.offset];
      if (from === undefined || to === undefined) return;
      const lines = source.slice(from, to).trimEnd().split('\n');
      const marks = OPENING.exec(lines[0] ?? '')?.[1];
      if (marks === undefined) return;
      if (lines.length > 1 && closesFence(lines.at(-1) ?? '', marks)) return;
      problem(file, 'code-open', `This block of code is never closed; write a line ${marks} as far to the right where it ends.`, node);
    });
  };
}
