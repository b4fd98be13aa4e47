import type { Paragraph, Root } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import remarkDirective from 'remark-directive';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { text } from '../nodes.ts';
import { problem } from '../problem.ts';
import { SKIP, visit } from '../visit.ts';

/** What a micromark extension reads, keyed by the code of the first character. */
type Constructs = Readonly<Record<number, unknown>> | undefined;

/**
 * remark-directive without its inline directives, because `arn:aws:iam::123456789012:role/x`, `localhost:8080` and `10:30pm` are always
 * text. Containers (`:::kind[title]`) and directives on a line of their own (`::check{task="task-0"}`) are read.
 */
export function remarkBlockDirectives(this: Processor): void {
  remarkDirective.call(this);
  const extensions = this.data().micromarkExtensions;
  const directive = extensions?.pop();
  if (extensions === undefined || directive === undefined) throw new Error('remark-directive has added no syntax.');
  const { text: inline, ...blocks } = directive as typeof directive & { text?: Constructs };
  if (inline === undefined || blocks.flow === undefined) throw new Error('remark-directive has another shape than this plugin knows.');
  extensions.push(blocks);
}

/** The source text of a directive. */
function asWritten(node: LeafDirective | ContainerDirective, file: VFile): string {
  return String(file.value).slice(node.position?.start.offset, node.position?.end.offset);
}

function isClosed(node: ContainerDirective, file: VFile): boolean {
  const lines = asWritten(node, file).split('\n');
  return lines.length > 1 && /^[\s>]*:{3,}\s*$/.test(lines.at(-1) ?? '');
}

/** A line of colons that closes no container. */
const STRAY = /^:{3,}[^\S\n]*$/;

/**
 * Markdown in, Markdown out, after {@link remarkBlockDirectives}. A directive on its own line that is not `::check` becomes text. A
 * container that is never closed ends at the next heading, and a line `:::` that closes nothing is removed; both are reported.
 */
export function remarkFixDirectives() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (parent === undefined || index === undefined) return undefined;
      if (node.type === 'leafDirective' && node.name !== 'check') {
        const words: Paragraph = {
          type: 'paragraph',
          children: [text(asWritten(node, file))],
          ...(node.position && { position: node.position }),
        };
        parent.children.splice(index, 1, words as (typeof parent.children)[number]);
        return SKIP;
      }
      if (node.type === 'containerDirective' && !isClosed(node, file)) {
        problem(file, 'container-open', `":::${node.name}" is never closed; write a line ":::" where the box ends.`, node);
        const end = node.children.findIndex(({ type }) => type === 'heading');
        if (end >= 0) parent.children.splice(index + 1, 0, ...(node.children.splice(end) as typeof parent.children));
        return undefined;
      }
      if (node.type !== 'paragraph') return undefined;
      const stray = node.children.some((child) => child.type === 'text' && child.value.split('\n').some((line) => STRAY.test(line)));
      if (!stray) return undefined;
      problem(file, 'stray-colons', 'This line ":::" closes nothing; delete it, or open its box with a line such as ":::note".', node);
      for (const child of node.children) {
        if (child.type !== 'text') continue;
        child.value = child.value
          .split('\n')
          .filter((line) => !STRAY.test(line))
          .join('\n');
      }
      return undefined;
    });
  };
}
