import type { PhrasingContent, Root } from 'mdast';
import { CONTINUE, SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { Language } from '../i18n/languages.ts';
import { labFile } from './lab-file.ts';
import { element, text } from './nodes.ts';

/** What a screen reader says after the button's label: it belongs to the AWS console, not to this page. */
const SPOKEN: Readonly<Record<Language, string>> = { ko: ' (콘솔 버튼)', ja: '（コンソールのボタン）', en: ' (console button)' };

const BUTTON = /\[\[([^[\]\n]+)\]\]/g;

function split(value: string, language: Language): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const match of value.matchAll(BUTTON)) {
    const label = match[1]?.trim() ?? '';
    if (label === '') continue;
    if (match.index > from) parts.push(text(value.slice(from, match.index)));
    parts.push(
      element('span', { className: ['console-button'] }, [label, element('span', { className: ['sr-only'] }, [SPOKEN[language]])]),
    );
    from = match.index + match[0].length;
  }
  if (from < value.length) parts.push(text(value.slice(from)));
  return parts;
}

/**
 * Markdown in, Markdown out: `[[Create stack]]` becomes
 * `<span class="console-button">Create stack<span class="sr-only"> (console button)</span></span>`. Code is left alone.
 */
export function remarkConsoleButtons() {
  return (tree: Root, file: VFile): void => {
    const language = labFile(file.path)?.language ?? 'en';
    visit(tree, 'text', (node, index, parent) => {
      if (parent === undefined || index === undefined || !node.value.includes('[[')) return CONTINUE;
      const parts = split(node.value, language);
      parent.children.splice(index, 1, ...(parts as typeof parent.children));
      return [SKIP, index + parts.length];
    });
  };
}
