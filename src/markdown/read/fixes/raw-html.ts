import type { Html, Root } from 'mdast';
import type { VFile } from 'vfile';
import { isElement } from '../allowed-html.ts';
import { text } from '../nodes.ts';
import { problem } from '../problem.ts';
import { SKIP, visit } from '../visit.ts';

/** Elements that need no closing tag, or that authors leave open around Markdown. */
const LEFT_OPEN = new Set([
  ...['br', 'hr', 'img', 'wbr', 'p', 'li', 'dt', 'dd', 'td', 'th', 'tr', 'thead', 'tbody', 'tfoot', 'colgroup', 'col'],
  ...['script', 'style', 'iframe', 'object', 'embed', 'form', 'base', 'meta', 'link'],
]);

/** Elements that contain blocks. In the middle of a sentence, each of these names is a placeholder. */
const AROUND = new Set([
  ...['details', 'summary', 'div', 'center', 'section', 'article', 'aside', 'figure', 'table', 'ul', 'ol', 'dl', 'blockquote', 'pre'],
  ...['header', 'footer', 'main', 'nav', 'form', 'fieldset', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
]);

const TAG = /<(\/?)([A-Za-z][\w:.-]*)/g;

/** A tag without attributes: `<title>`. */
const BARE = /<([A-Za-z][\w-]*)>/g;
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
const DEEPEST = 100;

/** The number of elements that a piece of HTML opens and does not close. */
function opened(html: string): number {
  let count = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) if (!VOID.has(name.toLowerCase())) count += slash === '' ? 1 : -1;
  return count;
}

/** The names of all elements that are closed somewhere in the text. */
function closedIn(tree: Root): Set<string> {
  const closed = new Set<string>();
  visit(tree, 'html', ({ value }: Html) => {
    for (const [, slash, name = ''] of value.matchAll(TAG)) if (slash !== '') closed.add(name.toLowerCase());
  });
  return closed;
}

/**
 * Escapes `<title>` and `<path>` where they are placeholders like `<repository-name>`: tags without attributes that the text never closes.
 */
function withBareNames(html: string, isPhrase: boolean, closed: ReadonlySet<string>): string {
  return html.replace(BARE, (whole, written: string) => {
    const name = written.toLowerCase();
    const isMeant = closed.has(name) || LEFT_OPEN.has(name) || (!isPhrase && AROUND.has(name));
    return isMeant ? whole : `&lt;${written}>`;
  });
}

/** Elements that swallow the rest of the page when they are not closed. */
const SWALLOWING = /<(\/?)(details|table|div|center|pre)\b/gi;

/** Reports each of them that is never closed. */
function noteOpen(tree: Root, file: VFile): void {
  const open: { name: string; node: Html }[] = [];
  visit(tree, 'html', (node: Html) => {
    for (const [, slash, written = ''] of node.value.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(SWALLOWING)) {
      const name = written.toLowerCase();
      const last = open.findLastIndex((one) => one.name === name);
      if (slash === '') open.push({ name, node });
      else if (last >= 0) open.splice(last, 1);
    }
  });
  for (const { name, node } of open)
    problem(file, 'html-open', `<${name}> is never closed and swallows what follows; write </${name}> where it ends.`, node);
}

/**
 * Markdown in, Markdown out, for `.md`: what only looks like HTML, such as `<repository-name>`, becomes text. HTML that runs programs is
 * reported; `rehypeSafeHtml` removes it later.
 */
export function remarkRawHtml() {
  return (tree: Root, file: VFile): void => {
    let depth = 0;
    const closed = closedIn(tree);
    visit(tree, 'html', (node: Html, index, parent) => {
      if (parent === undefined || index === undefined || /^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(node.value)) return undefined;
      const inline = parent.type !== 'root' && parent.children.some(({ type }) => type === 'text' || type === 'inlineCode');
      const isPhrase = inline || ['paragraph', 'heading', 'emphasis', 'strong', 'link', 'delete', 'tableCell'].includes(parent.type);
      const written = node.value;
      node.value = withBareNames(written, isPhrase, closed);
      const names = [...node.value.matchAll(TAG)].map(([, , name = '']) => name);
      if ((names.length > 0 || node.value !== written) && !names.some(isElement)) {
        const words = text(written);
        const shown = isPhrase ? words : { type: 'paragraph' as const, children: [words] };
        parent.children.splice(index, 1, shown as (typeof parent.children)[number]);
        return [SKIP, index + 1];
      }
      node.value = node.value.replace(TAG, (whole, slash: string, name: string) => (isElement(name) ? whole : `&lt;${slash}${name}`));
      depth = Math.max(0, depth + opened(node.value));
      if (depth > DEEPEST) file.fail(`HTML elements are nested more than ${DEEPEST} levels deep here; use fewer levels.`, node);
      const refused = /<(script|iframe|object|embed|style|form|base|meta|link)\b|\bon\w+\s*=|javascript\s*:/i.exec(node.value)?.[0];
      if (refused !== undefined)
        problem(file, 'unsafe-html', `"${refused}" is not allowed in a lab's text and is left out; delete it.`, node);
      return undefined;
    });
    noteOpen(tree, file);
  };
}
