import type { Paragraph, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { problem } from '../problem.ts';
import { visit } from '../visit.ts';

/** The line under the head of a table, also as an editor that makes one dash of three leaves it. */
const DELIMITER = /^[ \t]*\|?[ \t]*:?[-–—]{2,}:?[ \t]*(?:\|[ \t]*:?[-–—]{2,}:?[ \t]*)*\|?[ \t\r]*$/;

/** Markdown in, the same Markdown out: notes a table that stays a paragraph full of `|`, for its second line does not fit its head. */
export function remarkLostTables() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'paragraph', (node: Paragraph) => {
      const lines = plainText(node).split('\n');
      const at = lines.findIndex(
        (line, index) => index > 0 && line.includes('|') && DELIMITER.test(line) && lines[index - 1]?.includes('|'),
      );
      if (at < 0) return;
      problem(
        file,
        'table-lost',
        'Markdown reads this table as words; its second line takes "---" once for each column of its head.',
        node,
      );
    });
  };
}
