import { relative } from 'node:path';
import type { Blockquote, Code, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { toString as plainText } from 'mdast-util-to-string';
import type { Node } from 'unist';
import type { VFile } from 'vfile';
import { LANGUAGES, type Language } from '../../../i18n/languages.ts';
import { AuthoringError } from '../../read/authoring-error.ts';
import { type LabFile, labFile } from '../../read/lab-file.ts';
import { element, type Markup, text } from '../../read/nodes.ts';
import { problem } from '../../read/problem.ts';
import { CALLOUTS, type Callout, calloutOf } from '../../read/structure/callout-kinds.ts';
import { isUnquoted, readContainer, readQuotation, type WrittenCallout } from '../../read/structure/callout-source.ts';
import { visit } from '../../read/visit.ts';
import { calloutIcons } from './callout-icons.ts';
import { fileList, type ZipFile } from './file-list.ts';

export interface CalloutOptions {
  /**
   * The files in the zip of a lab: paths inside the zip, and sizes in bytes. Empty for a lab without a zip. Throws an `AuthoringError` for
   * files that cannot be packed. `labDirectory` is relative to the working directory.
   */
  readonly zipContents: (labDirectory: string) => readonly ZipFile[];
  /** Whether the site serves this path below `/files/`, e.g. `week9/week9-2-cicd-lab.zip`. */
  readonly hasFile: (path: string) => boolean;
}

interface Marked extends WrittenCallout {
  readonly callout: Callout;
  /** The kind as the reader sees it: the label of the kind, or the author's own word when there is no such kind. */
  readonly label: string;
  readonly icon: Markup;
}

/** The place of a callout, for reporting a problem. */
function asNode({ position }: WrittenCallout): Node {
  return position === undefined ? { type: 'callout' } : { type: 'callout', position };
}

const NOTE = CALLOUTS.find(({ kind }) => kind === 'NOTE');

/** Finds the kind of a callout. An unknown kind becomes a note with the author's own word as its label. */
function identify(written: WrittenCallout, language: Language, iconOf: (callout: Callout) => Markup, file: VFile): Marked {
  const callout = calloutOf(written.name);
  if (callout !== undefined) return { ...written, callout, label: callout.label[language], icon: iconOf(callout) };
  const known = CALLOUTS.map(({ kind }) => kind).join(', ');
  problem(file, 'callout-kind', `There is no kind of callout "${written.name}"; use one of ${known}.`, asNode(written));
  if (NOTE === undefined) throw new Error('There is no NOTE to show an unknown callout as.');
  return { ...written, callout: NOTE, label: written.name, icon: iconOf(NOTE) };
}

function titleLine({ icon, title, label }: Marked, name: 'p' | 'summary' | 'figcaption'): Markup {
  const heading = title.length > 0 ? [element('span', { className: ['callout-heading'] }, title)] : [];
  return element(name, { className: ['callout-title'] }, [icon, element('span', { className: ['callout-label'] }, [label]), ...heading]);
}

const PROBLEM = /^(?:문제|問題|Problem)\s*[:：]?$/i;

/** A fold without a title takes it from its first paragraph `**문제**: …`, which is then removed from the body. */
function nameFold(marked: Marked): Marked {
  const [first, ...others] = marked.body;
  if (marked.title.length > 0 || first?.type !== 'paragraph') return marked;
  const [word, ...said] = first.children;
  if (word?.type !== 'strong' || !PROBLEM.test(plainText(word))) return marked;
  const [lead, ...rest] = said;
  if (lead?.type !== 'text' || lead.value.includes('\n') || rest.some((node) => node.type === 'break')) return marked;
  const title: PhrasingContent[] = [text(lead.value.replace(/^\s*[:：]?\s*/, '')), ...rest];
  return title.length === 1 && plainText(title) === '' ? marked : { ...marked, title, body: others };
}

/** Marks the code of an OUTPUT callout, which has no copy button. */
function markOutput(marked: Marked, file: VFile): void {
  let found = false;
  visit({ type: 'root', children: marked.body } as Root, 'code', (code: Code) => {
    found = true;
    code.lang ??= 'txt';
    code.meta = [code.meta, 'output', 'frame="none"'].filter(Boolean).join(' ');
  });
  if (!found)
    problem(file, 'output-code', 'This OUTPUT shows no output: put what the command prints between lines of ```.', asNode(marked));
}

/** Turns headings inside a box into lines of bold text, because they would break the outline of the page. */
function withoutHeadings(body: readonly RootContent[]): RootContent[] {
  return body.map((node) => (node.type === 'heading' ? element('p', { className: ['callout-subheading'] }, node.children) : node));
}

/** The files in the lab's zip. Reports a file that cannot be packed, and returns no files then. */
function packed(lab: LabFile, options: CalloutOptions, marked: Marked, file: VFile): readonly ZipFile[] {
  try {
    return options.zipContents(relative(process.cwd(), lab.directory));
  } catch (thrown) {
    if (!(thrown instanceof AuthoringError)) throw thrown;
    problem(file, 'download-zip', thrown.message, asNode(marked));
    return [];
  }
}

function download(marked: Marked, lab: LabFile | undefined, options: CalloutOptions, file: VFile): RootContent[] {
  if (lab === undefined) return marked.body;
  let link: string | undefined;
  visit({ type: 'root', children: marked.body } as Root, 'link', ({ url }) => {
    if (/\.zip$/i.test(url)) link ??= url;
  });
  if (link === undefined) {
    problem(file, 'download-zip', 'This DOWNLOAD links no zip; write [name.zip](/files/<group>/<name>.zip) into it.', asNode(marked));
  } else if (link.startsWith('/files/') && !options.hasFile(link.slice('/files/'.length))) {
    problem(
      file,
      'download-zip',
      `${link} does not exist; put the lab's files into files/ beside this text, or fix the link.`,
      asNode(marked),
    );
  }
  return fileList(marked.body, packed(lab, options, marked, file), lab.language, file);
}

function render(marked: Marked, lab: LabFile | undefined, options: CalloutOptions, file: VFile): Markup {
  const { callout, position } = marked;
  const classes = ['callout', `callout-${callout.kind.toLowerCase()}`, `callout-tone-${callout.tone}`];
  const box = (body: readonly RootContent[]) => element('div', { className: ['callout-body'] }, withoutHeadings(body));
  const placed = (markup: Markup): Markup => (position === undefined ? markup : { ...markup, position });
  switch (callout.shape) {
    case 'fold': {
      const named = nameFold(marked);
      return placed(element('details', { className: classes }, [titleLine(named, 'summary'), box(named.body)]));
    }
    case 'output':
      markOutput(marked, file);
      return placed(element('figure', { className: classes }, [titleLine(marked, 'figcaption'), box(marked.body)]));
    case 'download': {
      const body = download(marked, lab, options, file);
      return placed(element('div', { className: classes, role: 'note' }, [titleLine(marked, 'p'), box(body)]));
    }
    case 'box':
      return placed(element('div', { className: classes, role: 'note' }, [titleLine(marked, 'p'), box(marked.body)]));
  }
}

/** Reports a box or fold without text: its author forgot the `>` of the following lines. */
function noteEmpty(marked: Marked, file: VFile): void {
  if (marked.body.length > 0 || marked.title.length > 0 || ['output', 'download'].includes(marked.callout.shape)) return;
  problem(file, 'callout-quote', `This ${marked.name} has no text; begin each line of it with ">", also an empty one.`, asNode(marked));
}

/** The callouts that a node contains; `undefined` when it contains none. */
function written(node: RootContent, file: VFile): { before: RootContent[]; callouts: WrittenCallout[] } | undefined {
  if (node.type === 'containerDirective') return { before: [], callouts: [readContainer(node as ContainerDirective)] };
  if (node.type === 'blockquote') {
    const read = readQuotation(node as Blockquote);
    return read.callouts.length > 0 ? read : undefined;
  }
  if (node.type !== 'paragraph' || !isUnquoted(node, String(file.value).charAt(node.position?.start.offset ?? 0))) return undefined;
  problem(file, 'callout-quote', 'A callout must be a quotation: begin each of its lines with ">".', node);
  return readQuotation(node as Paragraph);
}

/**
 * Markdown in, Markdown out: `> [!KIND] optional title` (or `:::kind[title]`), anywhere and also nested, becomes a callout of
 * {@link CALLOUTS}:
 *
 * ```html
 * <div class="callout callout-note callout-tone-slate" role="note"><p class="callout-title">…</p><div class="callout-body">…</div></div>
 * ```
 *
 * TROUBLESHOOTING becomes a `<details>`. OUTPUT becomes a `<figure>` whose code carries the flag `output`. DOWNLOAD lists the files of the
 * zip. An unknown kind becomes a note with the author's word as its label. Mistakes are reported with their line.
 */
export function remarkCallouts(options: CalloutOptions) {
  return (tree: Root, file: VFile): void => {
    const lab = labFile(file.path);
    const language = lab?.language ?? LANGUAGES[0];
    const iconOf = calloutIcons();
    const within = (parent: Parents | Markup): void => {
      const children = parent.children as RootContent[];
      parent.children = children.flatMap((node): RootContent[] => {
        const found = written(node, file);
        if (found === undefined) {
          if ('children' in node) within(node as Parents);
          return [node];
        }
        const rendered = found.callouts.map((callout) => {
          const marked = identify(callout, language, iconOf, file);
          noteEmpty(marked, file);
          const body = { type: 'root' as const, children: callout.body };
          within(body);
          return render({ ...marked, body: body.children }, lab, options, file);
        });
        const quote: RootContent[] =
          found.before.length > 0 ? [{ type: 'blockquote', children: found.before as Blockquote['children'] }] : [];
        return [...quote, ...rendered];
      }) as typeof parent.children;
    };
    within(tree);
  };
}
