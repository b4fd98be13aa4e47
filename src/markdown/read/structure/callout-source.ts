import type { Blockquote, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { toString as plainText } from 'mdast-util-to-string';
import type { Position } from 'unist';
import { text } from '../nodes.ts';
import { calloutOf } from './callout-kinds.ts';

/** A callout as its author wrote it; its kind may not exist. */
export interface WrittenCallout {
  /** The word of the marker as written: `NOTE`, `tip`, `My box`. */
  readonly name: string;
  readonly title: PhrasingContent[];
  readonly body: RootContent[];
  readonly position: Position | undefined;
}

/** The marker at the start of a line: `[!NOTE]`, also `[! note ]` and, with the fold marks of other editors, `[!NOTE]-`. */
const MARKER = /^\[!\s*(\p{L}[\p{L}\p{N} _-]{0,40}?)\s*\][+-]?[^\S\n]*/u;

/** The marker at the start of a line, and the rest of the line. */
function markerOf(line: readonly PhrasingContent[]): { name: string; rest: PhrasingContent[] } | undefined {
  const [first, ...others] = line;
  // `**[!NOTE]**` counts as a marker, too.
  const lead = first?.type === 'strong' || first?.type === 'emphasis' ? text(plainText(first)) : first;
  if (lead?.type !== 'text') return undefined;
  const marker = MARKER.exec(lead.value);
  const name = marker?.[1];
  if (marker === null || name === undefined) return undefined;
  const rest = lead.value.slice(marker[0].length);
  return { name, rest: rest === '' ? others : [text(rest), ...others] };
}

/** Whether a paragraph begins like a callout whose author forgot the `>`. `\[!NOTE]` is text. */
export function isUnquoted(paragraph: Paragraph, written: string): boolean {
  return !written.startsWith('\\') && calloutOf(markerOf(paragraph.children)?.name ?? '') !== undefined;
}

function trimmed(line: readonly PhrasingContent[]): PhrasingContent[] {
  const last = line.at(-1);
  if (last?.type !== 'text') return [...line];
  const value = last.value.trimEnd();
  return [...line.slice(0, -1), ...(value === '' ? [] : [text(value)])];
}

interface Draft {
  readonly name: string;
  readonly title: PhrasingContent[];
  readonly body: RootContent[];
  position: Position | undefined;
}

/** Splits a paragraph before each line that begins with a marker. `before` is the text above the first marker. */
function cutParagraph(paragraph: Paragraph): { before: PhrasingContent[]; drafts: Draft[] } {
  const before: PhrasingContent[] = [];
  const drafts: Draft[] = [];
  const bodies: PhrasingContent[][] = [];
  let start = true;
  for (const child of paragraph.children) {
    const append = (node: PhrasingContent) => (bodies.at(-1) ?? before).push(node);
    const whole = start && child.type !== 'text' ? markerOf([child]) : undefined;
    if (child.type !== 'text' && whole === undefined) {
      append(child);
      start = child.type === 'break';
      continue;
    }
    const lines = whole !== undefined || child.type !== 'text' ? [plainText(child)] : child.value.split('\n');
    for (const [index, line] of lines.entries()) {
      const marker = index > 0 || start ? markerOf([text(line)]) : undefined;
      if (marker !== undefined) {
        drafts.push({ name: marker.name, title: [], body: [], position: lineIn(paragraph.position, child, index) });
        bodies.push([...marker.rest]);
      } else if (index > 0 || line !== '') append(text(index > 0 ? `\n${line}` : line));
    }
    start = false;
  }
  for (const [index, draft] of drafts.entries()) {
    const { title, rest } = cutTitle(bodies[index] ?? []);
    draft.title.push(...title);
    if (rest.length > 0) draft.body.push({ type: 'paragraph', children: rest });
  }
  return { before, drafts };
}

function lineIn(whole: Position | undefined, child: PhrasingContent, offset: number): Position | undefined {
  const start = child.position?.start ?? whole?.start;
  if (start === undefined || whole === undefined) return whole;
  const line = start.line + offset;
  return { start: { ...start, line, column: offset === 0 ? start.column : 1 }, end: whole.end };
}

/** Splits a callout into its title, the first line, and the rest. */
function cutTitle(children: readonly PhrasingContent[]): { title: PhrasingContent[]; rest: PhrasingContent[] } {
  for (const [index, child] of children.entries()) {
    if (child.type === 'break') return { title: trimmed(children.slice(0, index)), rest: children.slice(index + 1) };
    const end = child.type === 'text' ? child.value.indexOf('\n') : -1;
    if (child.type !== 'text' || end < 0) continue;
    const after = child.value.slice(end + 1);
    return {
      title: trimmed([...children.slice(0, index), text(child.value.slice(0, end))]),
      rest: [...(after === '' ? [] : [text(after)]), ...children.slice(index + 1)],
    };
  }
  return { title: trimmed(children), rest: [] };
}

function finished({ name, title, body, position }: Draft): WrittenCallout {
  // When nothing follows the line of the marker, that line is the text and not the title.
  if (body.length === 0 && title.length > 0) return { name, title: [], body: [{ type: 'paragraph', children: title }], position };
  return { name, title, body, position };
}

/**
 * The callouts of a quotation. One quotation may contain several, each of which begins with a marker. `before` is what is above the first.
 * Without a marker, `callouts` is empty.
 */
export function readQuote(children: readonly RootContent[]): { before: RootContent[]; callouts: WrittenCallout[] } {
  const before: RootContent[] = [];
  const drafts: Draft[] = [];
  for (const child of children) {
    const cut = child.type === 'paragraph' ? cutParagraph(child) : { before: [], drafts: [] };
    const body = drafts.at(-1)?.body ?? before;
    if (cut.drafts.length === 0) body.push(child);
    else if (child.type === 'paragraph' && cut.before.some((node) => plainText(node).trim() !== '')) {
      body.push({ ...child, children: cut.before });
    }
    drafts.push(...cut.drafts);
  }
  return { before, callouts: drafts.map(finished) };
}

/**
 * The callouts of a block.
 * @param quote a quotation or, where the author forgot the `>`, a paragraph that begins with a marker.
 */
export function readQuotation(quote: Blockquote | Paragraph): ReturnType<typeof readQuote> {
  return readQuote(quote.type === 'paragraph' ? [quote] : quote.children);
}

/** The callout of a container: `:::kind[title]` or `:::kind{title="…"}`. */
export function readContainer(directive: ContainerDirective): WrittenCallout {
  const [first, ...others] = directive.children;
  const labelled = first?.type === 'paragraph' && first.data?.directiveLabel === true;
  const attribute = directive.attributes?.['title'];
  const title = labelled ? first.children : attribute ? [text(attribute)] : [];
  return finished({ name: directive.name, title, body: labelled ? others : directive.children, position: directive.position });
}
