import type { Blockquote, Code, Heading, PhrasingContent, Root, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { toString as plainText } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { CALLOUTS, type Callout, calloutOf } from './callout-kinds.ts';
import { fileList, type ZipFile } from './file-list.ts';
import { type LabFile, labFile } from './lab-file.ts';
import { element, type Markup, text } from './nodes.ts';

export interface CalloutOptions {
  /** What the lab's zip holds, given the lab's folder: paths inside the zip and sizes in bytes. */
  readonly zipContents: (labDirectory: string) => readonly ZipFile[] | Promise<readonly ZipFile[]>;
}

interface Marked {
  readonly callout: Callout;
  readonly title: PhrasingContent[];
  readonly body: RootContent[];
}

const MARKER = /^\[!([A-Za-z]+)\][^\S\n]*/;

/** Cuts inline content at its first line end. */
function cutLine(children: readonly PhrasingContent[]): { line: PhrasingContent[]; rest: PhrasingContent[] } {
  for (const [index, child] of children.entries()) {
    if (child.type === 'break') return { line: children.slice(0, index), rest: children.slice(index + 1) };
    const end = child.type === 'text' ? child.value.indexOf('\n') : -1;
    if (child.type !== 'text' || end < 0) continue;
    const before = child.value.slice(0, end).trimEnd();
    const after = child.value.slice(end + 1);
    return {
      line: [...children.slice(0, index), ...(before === '' ? [] : [text(before)])],
      rest: [...(after === '' ? [] : [text(after)]), ...children.slice(index + 1)],
    };
  }
  return { line: [...children], rest: [] };
}

function readBlockquote(quote: Blockquote, file: VFile): Marked | undefined {
  const [first, ...others] = quote.children;
  if (first?.type !== 'paragraph') return undefined;
  const [opening, ...inline] = first.children;
  if (opening?.type !== 'text') return undefined;
  const marker = MARKER.exec(opening.value);
  if (marker === null) return undefined;
  const callout = calloutOf(marker[1] ?? '');
  if (callout === undefined) {
    const known = CALLOUTS.map(({ kind }) => kind).join(', ');
    return file.fail(`The callout [!${marker[1]}] is not known; use one of ${known}.`, quote);
  }
  const { line, rest } = cutLine([text(opening.value.slice(marker[0].length)), ...inline]);
  const title = line.filter((child) => child.type !== 'text' || child.value !== '');
  return { callout, title, body: [...(rest.length > 0 ? [{ type: 'paragraph' as const, children: rest }] : []), ...others] };
}

function readDirective(directive: ContainerDirective): Marked | undefined {
  const callout = calloutOf(directive.name);
  if (callout === undefined) return undefined;
  const [first, ...others] = directive.children;
  if (first?.type === 'paragraph' && first.data?.directiveLabel === true) return { callout, title: first.children, body: others };
  return { callout, title: [], body: directive.children };
}

function icon(callout: Callout): Markup {
  const svg = { className: ['callout-icon'], viewBox: '0 0 24 24', width: 20, height: 20, ariaHidden: 'true' };
  return element('svg', svg, [element('path', { d: callout.icon })]);
}

function titleLine({ callout, title }: Marked, language: Language, name: 'p' | 'summary' | 'figcaption'): Markup {
  const heading = title.length > 0 ? [element('span', { className: ['callout-heading'] }, title)] : [];
  return element(name, { className: ['callout-title'] }, [
    icon(callout),
    element('span', { className: ['callout-label'] }, [callout.label[language]]),
    ...heading,
  ]);
}

const PROBLEM = /^(?:문제|問題|Problem)$/;

/** A fold without a title is named by its own first paragraph `**문제**: …`, which then need not stand inside again. */
function nameFold(marked: Marked): Marked {
  const [first, ...others] = marked.body;
  if (marked.title.length > 0 || first?.type !== 'paragraph') return marked;
  const [word, ...said] = first.children;
  if (word?.type !== 'strong' || !PROBLEM.test(plainText(word))) return marked;
  const [lead, ...rest] = said;
  if (lead?.type !== 'text') return marked;
  return { ...marked, title: [text(lead.value.replace(/^\s*[:：]\s*/, '')), ...rest], body: others };
}

/** Marks the code of an OUTPUT callout, so that it is shown without a copy button. */
function markOutput(body: readonly RootContent[]): RootContent[] {
  return body.map((node): RootContent => {
    if (node.type !== 'code') return node;
    const code: Code = { ...node, lang: node.lang ?? 'txt', meta: [node.meta, 'output', 'frame="none"'].filter(Boolean).join(' ') };
    return code;
  });
}

/** Headings inside a box would break the page's outline. */
function refuseHeadings(marked: Marked, file: VFile): void {
  const heading = marked.body.find((node): node is Heading => node.type === 'heading');
  if (heading) file.fail(`A heading cannot stand inside a ${marked.callout.kind} callout; write the line in bold.`, heading);
}

async function render(marked: Marked, lab: LabFile | undefined, options: CalloutOptions, file: VFile): Promise<Markup> {
  refuseHeadings(marked, file);
  const language = lab?.language ?? LANGUAGES[0];
  const { callout } = marked;
  const classes = ['callout', `callout-${callout.kind.toLowerCase()}`, `callout-tone-${callout.tone}`];
  const box = (body: readonly RootContent[]) => element('div', { className: ['callout-body'] }, body);
  switch (callout.shape) {
    case 'fold': {
      const named = nameFold(marked);
      return element('details', { className: classes }, [titleLine(named, language, 'summary'), box(named.body)]);
    }
    case 'output':
      return element('figure', { className: classes }, [titleLine(marked, language, 'figcaption'), box(markOutput(marked.body))]);
    case 'download': {
      const files = lab === undefined ? [] : await options.zipContents(lab.directory);
      const body = lab === undefined ? marked.body : fileList(marked.body, files, language, file);
      return element('div', { className: classes, role: 'note' }, [titleLine(marked, language, 'p'), box(body)]);
    }
    case 'box':
      return element('div', { className: classes, role: 'note' }, [titleLine(marked, language, 'p'), box(marked.body)]);
  }
}

/**
 * Markdown in, Markdown out: `> [!KIND] optional title` (or `:::kind[title]`) becomes a callout of {@link CALLOUTS}:
 *
 * ```html
 * <div class="callout callout-note callout-tone-slate" role="note"><p class="callout-title">…</p><div class="callout-body">…</div></div>
 * ```
 *
 * TROUBLESHOOTING is a `<details>`, OUTPUT a `<figure>` whose code carries the `output` flag, DOWNLOAD lists the zip's real files.
 * An unknown kind, or a file named in DOWNLOAD that the zip does not hold, fails the build with its line.
 */
export function remarkCallouts(options: CalloutOptions) {
  return async (tree: Root, file: VFile): Promise<void> => {
    const lab = labFile(file.path);
    const found: { marked: Marked; parent: { children: unknown[] }; node: unknown }[] = [];
    visit(tree, (node, index, parent) => {
      if (parent === undefined || index === undefined) return;
      const marked =
        node.type === 'blockquote' ? readBlockquote(node, file) : node.type === 'containerDirective' ? readDirective(node) : undefined;
      if (marked === undefined) return;
      found.push({ marked, parent, node });
      return SKIP;
    });
    for (const { marked, parent, node } of found) {
      parent.children[parent.children.indexOf(node)] = await render(marked, lab, options, file);
    }
  };
}
