import type { Paragraph, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { problem } from '../problem.ts';
import { visit } from '../visit.ts';

/** The second line of a table. Some editors replace its three dashes by one long dash. */
const DELIMITER = /^[ \t]*\|?[ \t]*:?[-–—]{2,}:?[ \t]*(?:\|[ \t]*:?[-–—]{2,}:?[ \t]*)*\|?[ \t\r]*$/;

/**
 * Markdown in, the same Markdown out: reports a table that Markdown reads as a paragraph because its second line does not match its header.
 */
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
        'Markdown reads this table as text; write "---" in its second line once for each column of its header.',
        node,
      );
    });
  };
}
