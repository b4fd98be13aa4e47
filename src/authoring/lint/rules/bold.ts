import type { Text } from 'mdast';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/**
 * Two asterisks before a word, as bold text begins. Globs (`src/**`), powers (`2 ** 3`), programs (`**kwargs`, so no small letters), hidden
 * passwords (`****`) and what is escaped are none.
 */
const OPEN =
  /(?<=^|[\s\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー(（「:：])\*\*(?=\p{Lu}|\p{Lo}|\p{Extended_Pictographic}|\d{1,2}(?:\p{Lo}|[.)]\s)|\[|$)/u;

/** `** 서울 리전 기준`: a footnote, to which the same asterisks in the text belong. */
const FOOTNOTE = /^[\s>|-]*(?:\*\*|\\\*(?:\\?\*)?|\*\))\s[^*\n]*$/m;

export default defineRule({
  id: 'bold',
  doc: 'Asterisks that begin bold text find their end, and do not stay on the page.',
  check({ documents }, report) {
    for (const document of documents) {
      if (!document.source.includes('**') || FOOTNOTE.test(document.source)) continue;
      walk(document.tree, (node, ancestors) => {
        // Asterisks that made text bold are no longer in the tree.
        if (node.type !== 'text' || !(node as Text).value.includes('**')) return;
        const written = sourceOf(document, node);
        const at = written.search(OPEN);
        const after = written.slice(at + 2).split('\n')[0] ?? '';
        // Before code or a link they are the last of their text, but not of all.
        if (at < 0 || (after === '' && ancestors.at(-1)?.children.at(-1) === node)) return;
        const place = { path: document.path, line: lineOf(node) + linesBefore(written, at) };
        const where = after === '' ? 'here' : `before "${after.slice(0, 20)}"`;
        report(
          place,
          `The ** ${where} begin no bold text and stay on the page.`,
          'Close the text with ** right behind its last character, or write \\*\\*.',
        );
      });
    }
  },
});
