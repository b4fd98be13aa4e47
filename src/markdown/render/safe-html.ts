import type { Element, Root as HtmlRoot, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { sanitize } from 'hast-util-sanitize';
import type { VFile } from 'vfile';
import { ALLOWED_HTML } from '../read/allowed-html.ts';
import { problem } from '../read/problem.ts';
import { visit } from '../read/visit.ts';

/** A comment that an empty line ends, as Markdown has it, before its `-->`: the parser stumbles over what comes next. */
const OPEN_COMMENT = /<!--(?:(?!-->)[\s\S])*$/;

/** `hast-util-raw` forgets what a fence says after its language; the code plugins read it later. */
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

/** Addresses that lead somewhere, relative ones included; not `javascript:`. */
const SAFE = /^(?:https?|mailto|tel|xmpp|ircs?):|^[^a-z]|^[a-z][^:]*(?:[/?#]|$)/i;

/** What a browser ignores at the start of and inside a scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const IGNORED = /[\u0000-\u0020\u007f]/g;

function isSafe(address: unknown): boolean {
  return typeof address !== 'string' || SAFE.test(address.replace(IGNORED, ''));
}

/**
 * HTML tree in, HTML tree out: in `.md`, raw HTML becomes part of the tree, and the whole tree is then held to {@link ALLOWED_HTML}. In `.mdx`, whose
 * author writes programs anyway, links of Markdown alone are. A link that leads to a program is noted and leads nowhere.
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
    // Without raw HTML every element is one that Markdown or a plugin of this room makes.
    if (file.extname === '.mdx' || !hasRaw) return tree;
    return sanitize(keepingMeta(tree), ALLOWED_HTML) as HtmlRoot;
  };
}
