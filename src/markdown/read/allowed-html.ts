import { defaultSchema, type Schema } from 'hast-util-sanitize';

/** Elements that authors may write in addition to those that GitHub allows. */
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

/** Elements that the plugins of this room create. */
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

/** Attributes of forms. A lab text has no forms. */
const OF_FORMS = ['accept', 'acceptCharset', 'action', 'encType', 'method'];

/** The elements and attributes a page may contain. None of them can run a program. */
export const ALLOWED_HTML: Schema = {
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
  // Links inside the text lead to ids, so ids keep their names.
  clobber: [],
  ancestors: {},
  strip: ['script', 'style', 'title', 'iframe', 'object', 'noembed', 'noframes', 'template', 'textarea', 'xmp', 'plaintext'],
};

const ELEMENTS = new Set([
  ...(ALLOWED_HTML.tagNames ?? []).filter((name) => !MADE.includes(name) || ['span', 'section', 'aside', 'var', 'button'].includes(name)),
  ...(ALLOWED_HTML.strip ?? []),
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

/**
 * Whether HTML has an element of this name, in any case. Any other name between angle brackets is a placeholder such as
 * `<repository-name>`.
 */
export function isElement(name: string): boolean {
  return ELEMENTS.has(name.toLowerCase());
}
