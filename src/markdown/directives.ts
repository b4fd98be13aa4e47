import type { PhrasingContent, Root } from 'mdast';
import type { LeafDirective, TextDirective } from 'mdast-util-directive';
import { CONTINUE, SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { joinTexts, text } from './nodes.ts';

/** The directive exactly as its author typed it, formatting inside a label kept. */
function asWritten(node: TextDirective | LeafDirective, file: VFile): PhrasingContent[] {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) return [text(`${node.type === 'textDirective' ? ':' : '::'}${node.name}`)];
  const source = String(file.value);
  const firstChild = node.children[0]?.position?.start.offset;
  const lastChild = node.children.at(-1)?.position?.end.offset;
  if (firstChild === undefined || lastChild === undefined) return [text(source.slice(start, end))];
  return [text(source.slice(start, firstChild)), ...node.children, text(source.slice(lastChild, end))];
}

/**
 * Markdown in, Markdown out: `arn:aws:iam::123456789012:role/x`, `localhost:8080` and `10:30pm` stay what they are,
 * although remark-directive reads `:role`, `:8080` and `:30pm` as directives. No text or leaf directive is ours; containers (`:::kind`) are left alone.
 */
export function remarkKeepColons() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (parent === undefined || index === undefined) return CONTINUE;
      if (node.type === 'textDirective') {
        parent.children.splice(index, 1, ...(asWritten(node, file) as typeof parent.children));
        return [SKIP, index];
      }
      if (node.type === 'leafDirective') {
        parent.children.splice(index, 1, { type: 'paragraph', children: asWritten(node, file) } as (typeof parent.children)[number]);
        return [SKIP, index];
      }
      return CONTINUE;
    });
    visit(tree, 'paragraph', (paragraph) => {
      paragraph.children = joinTexts(paragraph.children);
    });
  };
}
