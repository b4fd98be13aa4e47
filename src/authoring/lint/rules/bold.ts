import type { Text } from 'mdast';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/**
 * Two asterisks before a word, which begin bold text. Globs (`src/**`), powers (`2 ** 3`), programs (`**kwargs`, hence no small letters),
 * hidden passwords (`****`) and escaped asterisks do not count.
 */
const OPEN =
  /(?<=^|[\s\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー(（「:：])\*\*(?=\p{Lu}|\p{Lo}|\p{Extended_Pictographic}|\d{1,2}(?:\p{Lo}|[.)]\s)|\[|$)/u;

/** A footnote such as `** 서울 리전 기준`. The same asterisks in the text refer to it. */
const FOOTNOTE = /^[\s>|-]*(?:\*\*|\\\*(?:\\?\*)?|\*\))\s[^*\n]*$/m;

export default defineRule({
  id: 'bold',
  doc: 'Asterisks that begin bold text also end it, and do not stay on the page.',
  check({ documents }, report) {
    for (const document of documents) {
      if (!document.source.includes('**') || FOOTNOTE.test(document.source)) continue;
      walk(document.tree, (node, ancestors) => {
        // The tree contains only asterisks that did not become bold text.
        if (node.type !== 'text' || !(node as Text).value.includes('**')) return;
        const written = sourceOf(document, node);
        const at = written.search(OPEN);
        const after = written.slice(at + 2).split('\n')[0] ?? '';
        // Asterisks at the end of this text may still be followed by code or a link.
        if (at < 0 || (after === '' && ancestors.at(-1)?.children.at(-1) === node)) return;
        const place = { path: document.path, line: lineOf(node) + linesBefore(written, at) };
        const where = after === '' ? 'here' : `before "${after.slice(0, 20)}"`;
        report(
          place,
          `The ** ${where} do not begin bold text and stay on the page.`,
          'Close the text with ** directly after its last character, or write \\*\\*.',
        );
      });
    }
  },
});
