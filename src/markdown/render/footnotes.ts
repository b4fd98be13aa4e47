import type { Root } from 'hast';
import type { VFile } from 'vfile';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { labFile } from '../read/lab-file.ts';
import { visit } from '../read/visit.ts';

/** The heading above the footnotes, which only screen readers read, and the label of the link back to reference `number`. */
const WORDS: Readonly<Record<Language, { readonly heading: string; readonly back: (number: string) => string }>> = {
  ko: { heading: '각주', back: (number) => `본문의 각주 ${number}번 자리로 돌아가기` },
  ja: { heading: '脚注', back: (number) => `本文の脚注 ${number} に戻る` },
  en: { heading: 'Footnotes', back: (number) => `Back to reference ${number}` },
};

/** HTML tree in, HTML tree out: translates the texts that Markdown adds to footnotes. */
export function rehypeFootnotes() {
  return (tree: Root, file: VFile): void => {
    const { heading, back } = WORDS[labFile(file.path)?.language ?? LANGUAGES[0]];
    visit(tree, 'element', (node) => {
      if (node.properties['id'] === 'footnote-label') node.children = [{ type: 'text', value: heading }];
      if (!('dataFootnoteBackref' in node.properties)) return;
      const number = /[\d-]+$/.exec(String(node.properties['ariaLabel']))?.[0] ?? '';
      node.properties['ariaLabel'] = back(number);
    });
  };
}
