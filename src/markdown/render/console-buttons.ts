import type { Parents, PhrasingContent, Root } from 'mdast';
import type { VFile } from 'vfile';
import type { Language } from '../../i18n/languages.ts';
import { labFile } from '../read/lab-file.ts';
import { element, type Markup, text } from '../read/nodes.ts';
import { problem } from '../read/problem.ts';
import { visit } from '../read/visit.ts';

/** The ways to write a button of the AWS console, and what each looks like. */
const STYLES = [
  { open: '[[', close: ']]', className: 'console-button', mdx: true },
  { open: '{{', close: '}}', className: 'console-button console-button-normal', mdx: false },
  { open: '((', close: '))', className: 'console-button console-button-link', mdx: false },
] as const;

type Style = (typeof STYLES)[number];

/** What a screen reader says after the label, to show that the button belongs to the AWS console and not to this page. */
const SPOKEN: Readonly<Record<Language, string>> = { ko: ' (콘솔 버튼)', ja: '（コンソールのボタン）', en: ' (console button)' };

/** The longest label. Longer texts, and those that look like arithmetic or a template, are not labels. */
const LONGEST = 80;

/** A place in a list of inline nodes: the index of the node, and the index in its text. */
interface Place {
  readonly node: number;
  readonly at: number;
}

interface Found {
  readonly style: Style;
  readonly start: Place;
  readonly end: Place;
}

function textAt(children: readonly PhrasingContent[], node: number): string | undefined {
  const child = children[node];
  return child?.type === 'text' ? child.value : undefined;
}

/** The end of the button that opens at `start`; `undefined` when it is not closed in the same parent. */
function closing(children: readonly PhrasingContent[], style: Style, start: Place): Place | undefined {
  let depth = 0;
  let length = 0;
  for (let node = start.node; node < children.length; node += 1) {
    const value = textAt(children, node);
    if (value === undefined) {
      length += 1;
      continue;
    }
    for (let at = node === start.node ? start.at + 2 : 0; at < value.length; at += 1) {
      if (value.startsWith(style.close, at) && depth === 0) return length === 0 ? undefined : { node, at };
      if (value[at] === style.open[0]) depth += 1;
      if (value[at] === style.close[0]) depth -= 1;
      if (depth < 0) return undefined;
      if (value[at]?.trim() !== '') length += 1;
      if (length > LONGEST) return undefined;
    }
  }
  return undefined;
}

/** How a label may begin: with a word, a symbol such as ✕ or ▾, or a plus before words, `+ Add tag`. */
const LABEL = /^(?:$|[\p{L}\p{N}\s\p{So}✕×]|\+ \p{L})/u;

/** Whether a button begins here. `$((1 + 2))`, `${{ github.sha }}` and `f((x))` are code without backticks. */
function startsButton(value: string, at: number, style: Style): boolean {
  if (!value.startsWith(style.open, at)) return false;
  if (style.open === '[[') return true;
  return !/[\w$\\]/.test(value[at - 1] ?? ' ') && LABEL.test(value.slice(at + 2, at + 5));
}

function find(children: readonly PhrasingContent[], styles: readonly Style[], from: Place): Found | undefined {
  for (let node = from.node; node < children.length; node += 1) {
    const value = textAt(children, node);
    if (value === undefined) continue;
    for (let at = node === from.node ? from.at : 0; at < value.length - 1; at += 1) {
      const style = styles.find((candidate) => startsButton(value, at, candidate));
      const end = style && closing(children, style, { node, at });
      if (style && end) return { style, start: { node, at }, end };
    }
  }
  return undefined;
}

/** The inline nodes from one place to another. */
function slice(children: readonly PhrasingContent[], from: Place, to: Place): PhrasingContent[] {
  return children.slice(from.node, to.node + 1).flatMap((child, index): PhrasingContent[] => {
    if (child.type !== 'text') return from.node + index === to.node && to.at === 0 ? [] : [child];
    const start = index === 0 ? from.at : 0;
    const end = from.node + index === to.node ? to.at : child.value.length;
    return end > start ? [text(child.value.slice(start, end))] : [];
  });
}

function trim(label: readonly PhrasingContent[]): PhrasingContent[] {
  return label.map((child, index) => {
    if (child.type !== 'text') return child;
    let value = child.value.replace(/\s*\n\s*/g, ' ');
    if (index === 0) value = value.trimStart();
    if (index === label.length - 1) value = value.trimEnd();
    return text(value);
  });
}

function withButtons(children: readonly PhrasingContent[], language: Language, styles: readonly Style[]): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  const last: Place = { node: children.length - 1, at: Number.MAX_SAFE_INTEGER };
  let from: Place = { node: 0, at: 0 };
  for (let found = find(children, styles, from); found !== undefined; found = find(children, styles, from)) {
    const label = slice(children, { ...found.start, at: found.start.at + 2 }, found.end);
    const classes = found.style.className.split(' ');
    parts.push(...slice(children, from, found.start), button(trim(label), classes, language));
    from = { ...found.end, at: found.end.at + 2 };
  }
  if (parts.length === 0) return [...children];
  const rest = slice(children, from, { ...last, at: textAt(children, last.node)?.length ?? Number.MAX_SAFE_INTEGER });
  return [...parts, ...rest];
}

function button(label: readonly PhrasingContent[], className: string[], language: Language): Markup {
  return element('span', { className }, [...label, element('span', { className: ['sr-only'] }, [SPOKEN[language]])]);
}

const TAG = /(<\/?([A-Za-z][\w-]*)[^>]*>|<!--[\s\S]*?-->)/;
const CODE = /^(?:code|pre|kbd|samp|script|style)$/i;

const special = /[{}()[\]]/g;
const literally = (mark: string) => mark.replace(special, '\\$&');
const IN_HTML = STYLES.map(({ open, close, className }) => ({
  className,
  pattern: new RegExp(
    `${open === '[[' ? '' : '(?<![\\w$\\\\])'}${literally(open)}\\s*([^<>\\s${literally(open.charAt(0))}][^<>]{0,${LONGEST - 1}}?)\\s*${literally(close)}`,
    'g',
  ),
}));

/** Replaces buttons in a piece of raw HTML, except inside its code: `<td>[[Save]]</td>`. */
function buttonsInHtml(html: string, language: Language): string {
  if (!/\[\[|\{\{|\(\(/.test(html)) return html;
  const open: string[] = [];
  const parts = html.split(TAG);
  // `split` returns groups of three: text, tag, and the tag's name.
  for (let at = 0; at < parts.length; at += 3) {
    const [words = '', tag = '', name = ''] = parts.slice(at, at + 3);
    for (const { className, pattern } of open.length === 0 ? IN_HTML : []) {
      parts[at] = (parts[at] ?? words).replace(
        pattern,
        (_, label: string) =>
          `<span class="${className}">${label.replace(/\s+/g, ' ')}<span class="sr-only">${SPOKEN[language]}</span></span>`,
      );
    }
    if (CODE.test(name) && tag.startsWith('</')) open.pop();
    else if (CODE.test(name)) open.push(name);
  }
  return parts.filter((_, at) => at % 3 !== 2).join('');
}

/** Applies a change to everything outside `<code>` and `</code>`. */
function outsideCode(
  children: readonly PhrasingContent[],
  change: (run: readonly PhrasingContent[]) => PhrasingContent[],
): PhrasingContent[] {
  const runs: { readonly isCode: boolean; readonly nodes: PhrasingContent[] }[] = [{ isCode: false, nodes: [] }];
  for (const node of children) {
    const [, slash, name = ''] = (node.type === 'html' && /^<(\/?)([a-z]+)/i.exec(node.value)) || [];
    const isCode = CODE.test(name) ? slash === '' : runs.at(-1)?.isCode === true;
    if (isCode !== runs.at(-1)?.isCode) runs.push({ isCode, nodes: [] });
    runs.at(-1)?.nodes.push(node);
  }
  return runs.flatMap(({ isCode, nodes }) => (isCode ? nodes : change(nodes)));
}

/** A button in the syntax of `.md`, which is an expression in `.mdx`. */
const BRACES = /^\s*\{[^{}:]*\}\s*$/;

function noteForeign(children: readonly PhrasingContent[], file: VFile): void {
  for (const child of children) {
    if ((child.type as string) === 'mdxTextExpression' && 'value' in child && BRACES.test(child.value)) {
      const label = child.value.replace(/[{}]/g, '').trim();
      file.fail(`In .mdx a button is written [[${label}]]: MDX runs {{${label}}} as a program. Or rename the file to .md.`, child);
    }
  }
  const { node } =
    find(
      children,
      STYLES.filter(({ mdx }) => !mdx),
      { node: 0, at: 0 },
    )?.start ?? {};
  if (node === undefined) return;
  problem(file, 'console-button', 'In .mdx only [[Label]] is a button; write it so, or rename the file to .md.', children[node]);
}

/**
 * Markdown in, Markdown out: `[[Create stack]]` becomes `<span class="console-button">Create stack<span class="sr-only"> (console
 * button)</span></span>`. In `.md`, `{{Upload}}` is a normal button and `((Cancel))` a link button. A label may contain bold text and code.
 * Code and links such as `[[x]](url)` do not change.
 */
export function remarkConsoleButtons() {
  return (tree: Root, file: VFile): void => {
    const language = labFile(file.path)?.language ?? 'en';
    const mdx = file.extname === '.mdx';
    const styles = STYLES.filter((style) => style.mdx || !mdx);
    visit(tree, (node) => {
      if (node.type === 'html') node.value = buttonsInHtml(node.value, language);
      if (!('children' in node)) return;
      const children = (node as Parents).children as PhrasingContent[];
      if (mdx) noteForeign(children, file);
      if (!children.some((child) => child.type === 'text' && /\[\[|\{\{|\(\(/.test(child.value))) return;
      (node as Parents).children = outsideCode(children, (run) => withButtons(run, language, styles)) as Parents['children'];
    });
  };
}
