import type { Element, Root as HtmlRoot, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { sanitize } from 'hast-util-sanitize';
import type { VFile } from 'vfile';
import { ALLOWED_HTML } from '../read/allowed-html.ts';
import { problem } from '../read/problem.ts';
import { visit } from '../read/visit.ts';

/** A comment that an empty line cuts off before its `-->`. It confuses the parser. */
const OPEN_COMMENT = /<!--(?:(?!-->)[\s\S])*$/;

/** Parses raw HTML and keeps the metadata of code fences. `hast-util-raw` would drop it, and the code plugins need it later. */
function keepingMeta(tree: HtmlRoot): Nodes {
  visit(tree, (node) => {
    if (node.type === 'raw') node.value = node.value.replace(OPEN_COMMENT, '$&-->');
    if (node.type !== 'element') return;
    const meta = node.data?.['meta' as keyof typeof node.data];
    if (typeof meta === 'string') node.properties['dataMeta'] = meta;
  });
  const whole = raw(tree);
  visit(whole, 'element', (node: Element) => {
    const { dataMeta, ...properties } = node.properties;
    if (node.tagName !== 'code' || typeof dataMeta !== 'string') return;
    node.properties = properties;
    node.data = { ...node.data, meta: dataMeta } as NonNullable<Element['data']>;
  });
  return whole;
}

/** Addresses that cannot run a program: known schemes and relative addresses, but not `javascript:`. */
const SAFE = /^(?:https?|mailto|tel|xmpp|ircs?):|^[^a-z]|^[a-z][^:]*(?:[/?#]|$)/i;

/** Characters that browsers ignore in a scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const IGNORED = /[\u0000-\u0020\u007f]/g;

function isSafe(address: unknown): boolean {
  return typeof address !== 'string' || SAFE.test(address.replace(IGNORED, ''));
}

/**
 * HTML tree in, HTML tree out: in `.md`, raw HTML becomes part of the tree and everything outside {@link ALLOWED_HTML} is removed. In
 * `.mdx`, whose authors write programs anyway, only the links of Markdown are checked. A link that runs a program is reported and loses its
 * address.
 */
export function rehypeSafeHtml() {
  return (tree: HtmlRoot, file: VFile): HtmlRoot => {
    let hasRaw = false;
    visit(tree, (node) => {
      if (node.type === 'raw') hasRaw = true;
      if (node.type !== 'element') return;
      for (const name of ['href', 'src'] as const) {
        if (isSafe(node.properties[name])) continue;
        problem(file, 'unsafe-link', 'This link does not lead to a page; write an address with https:// or one of this site.', node);
        delete node.properties[name];
      }
    });
    // Without raw HTML, all elements come from Markdown or from plugins of this room.
    if (file.extname === '.mdx' || !hasRaw) return tree;
    return sanitize(keepingMeta(tree), ALLOWED_HTML) as HtmlRoot;
  };
}
