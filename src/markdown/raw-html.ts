import type { Element, Root as HtmlRoot, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import type { Html, Root } from 'mdast';
import type { VFile } from 'vfile';
import { text } from './nodes.ts';
import { problem } from './problem.ts';
import { SKIP, visit } from './visit.ts';

/** Elements an author may write beside those GitHub takes. */
const WRITTEN = [
  'abbr',
  'caption',
  'center',
  'cite',
  'col',
  'colgroup',
  'dfn',
  'figcaption',
  'figure',
  'font',
  'mark',
  'small',
  'time',
  'u',
  'wbr',
];

/** Elements the plugins of this room make. */
const MADE = ['aside', 'button', 'lab-check', 'noscript', 'section', 'span', 'use', 'var'];
const DRAWN = ['svg', 'g', 'path', 'polygon', 'polyline', 'line', 'rect', 'circle', 'ellipse', 'text', 'tspan'];

const ARIA = ['ariaDescribedBy', 'ariaHidden', 'ariaLabel', 'ariaLabelledBy', 'ariaLive'];
const SHAPE = [
  'cx',
  'cy',
  'd',
  'fill',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'height',
  'points',
  'r',
  'rx',
  'ry',
  'stroke',
  'strokeDashArray',
  'strokeWidth',
  'textAnchor',
  'transform',
  'viewBox',
  'width',
  'x',
  'x1',
  'x2',
  'y',
  'y1',
  'y2',
];

/** Attributes of forms, which no lab text has. */
const OF_FORMS = ['accept', 'acceptCharset', 'action', 'encType', 'method'];

/** What a page may hold. No element, attribute or address in it runs a program. */
const SCHEMA: Schema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []), ...WRITTEN, ...MADE, ...DRAWN],
  attributes: {
    ...Object.fromEntries(DRAWN.map((name) => [name, SHAPE])),
    ...Object.fromEntries(
      Object.entries(defaultSchema.attributes ?? {}).filter(([name]) => !['code', 'li', 'ul', 'ol', 'section', 'h2', '*'].includes(name)),
    ),
    '*': [
      ...(defaultSchema.attributes?.['*'] ?? []).filter((name) => !OF_FORMS.includes(String(name))),
      ...ARIA,
      'className',
      'data*',
      'id',
      'lang',
      'role',
      'tabIndex',
      'title',
    ],
    a: ['href', 'download', ...ARIA],
    button: [['type', 'button']],
    ol: ['start', 'reversed'],
    li: ['value'],
    use: [['href', /^#callout-icon-[a-z]+$/]],
  },
  // Ids are the anchors that links inside the text lead to.
  clobber: [],
  ancestors: {},
  strip: ['script', 'style', 'title', 'iframe', 'object', 'noembed', 'noframes', 'template', 'textarea', 'xmp', 'plaintext'],
};

/** Elements that HTML has; anything else between angle brackets is a placeholder such as `<repository-name>`. */
const ELEMENTS = new Set([
  ...(SCHEMA.tagNames ?? []).filter((name) => !MADE.includes(name) || ['span', 'section', 'aside', 'var', 'button'].includes(name)),
  ...(SCHEMA.strip ?? []),
  ...[
    'audio',
    'base',
    'body',
    'canvas',
    'embed',
    'fieldset',
    'footer',
    'form',
    'frame',
    'frameset',
    'head',
    'header',
    'html',
    'input',
    'label',
  ],
  ...[
    'link',
    'main',
    'map',
    'math',
    'meta',
    'nav',
    'option',
    'param',
    'select',
    'style',
    'track',
    'video',
    'marquee',
    'dialog',
    'article',
    'address',
  ],
]);

/** Elements that mean something without a closing tag, or that authors leave open around Markdown. */
const LEFT_OPEN = new Set([
  ...['br', 'hr', 'img', 'wbr', 'p', 'li', 'dt', 'dd', 'td', 'th', 'tr', 'thead', 'tbody', 'tfoot', 'colgroup', 'col'],
  ...['script', 'style', 'iframe', 'object', 'embed', 'form', 'base', 'meta', 'link'],
]);

/** Elements that stand around blocks; in the middle of a sentence each of them is a placeholder. */
const AROUND = new Set([
  ...['details', 'summary', 'div', 'center', 'section', 'article', 'aside', 'figure', 'table', 'ul', 'ol', 'dl', 'blockquote', 'pre'],
  ...['header', 'footer', 'main', 'nav', 'form', 'fieldset', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
]);

const TAG = /<(\/?)([A-Za-z][\w:.-]*)/g;

/** `<title>`, with nothing but its name. */
const BARE = /<([A-Za-z][\w-]*)>/g;
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
const DEEPEST = 100;

function isElement(name: string): boolean {
  return ELEMENTS.has(name.toLowerCase());
}

/** How many elements a piece of HTML leaves open. */
function opened(html: string): number {
  let count = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) if (!VOID.has(name.toLowerCase())) count += slash === '' ? 1 : -1;
  return count;
}

/** The names of the elements that something in the text closes. */
function closedIn(tree: Root): Set<string> {
  const closed = new Set<string>();
  visit(tree, 'html', ({ value }: Html) => {
    for (const [, slash, name = ''] of value.matchAll(TAG)) if (slash !== '') closed.add(name.toLowerCase());
  });
  return closed;
}

/** `<title>` and `<path>` are places for a value as `<repository-name>` is: bare, and nothing in the text closes them. */
function withBareNames(html: string, isPhrase: boolean, closed: ReadonlySet<string>): string {
  return html.replace(BARE, (whole, written: string) => {
    const name = written.toLowerCase();
    const isMeant = closed.has(name) || LEFT_OPEN.has(name) || (!isPhrase && AROUND.has(name));
    return isMeant ? whole : `&lt;${written}>`;
  });
}

/** Elements that take all that follows into themselves when nothing closes them. */
const SWALLOWING = /<(\/?)(details|table|div|center|pre)\b/gi;

/** Notes each of them that is never closed. */
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
    problem(file, 'html-open', `<${name}> is never closed and takes what follows into itself; write </${name}> where it ends.`, node);
}

/**
 * Markdown in, Markdown out, for `.md`: what only looks like HTML, such as `<repository-name>`, is the text it was meant as.
 * HTML that runs programs is noted; {@link rehypeSafeHtml} takes it out.
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
      if (depth > DEEPEST) file.fail(`HTML elements stand more than ${DEEPEST} levels inside each other here; write it flatter.`, node);
      const refused = /<(script|iframe|object|embed|style|form|base|meta|link)\b|\bon\w+\s*=|javascript\s*:/i.exec(node.value)?.[0];
      if (refused !== undefined)
        problem(file, 'unsafe-html', `"${refused}" has no place in a lab's text and is left out; delete it.`, node);
      return undefined;
    });
    noteOpen(tree, file);
  };
}

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
 * HTML tree in, HTML tree out: in `.md`, raw HTML becomes part of the tree, and the whole tree is then held to {@link SCHEMA}. In `.mdx`, whose
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
    return sanitize(keepingMeta(tree), SCHEMA) as HtmlRoot;
  };
}
