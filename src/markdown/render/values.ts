import type { Element, ElementContent, Root } from 'hast';
import { h } from 'hastscript';
import type { VFile } from 'vfile';
import { findPlaceholders, type Placeholder, placeholdersOf } from '../read/placeholders.ts';
import { CONTINUE, SKIP, visit } from '../read/visit.ts';

declare module 'hast' {
  interface RootData {
    /** The lab's placeholders, for plugins that render code later. */
    labValues?: readonly Placeholder[];
  }
}

/** The element a placeholder becomes: `<var class="lab-value" data-value="CodeCommitRepositoryName">…</var>`. */
export function valueElement(value: string, children: readonly (ElementContent | string)[]): Element {
  return h('var', { className: ['lab-value'], dataValue: value }, [...children]);
}

function split(text: string, placeholders: readonly Placeholder[]): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const { start, end, value } of findPlaceholders(text, placeholders)) {
    if (start > from) parts.push({ type: 'text', value: text.slice(from, start) });
    parts.push(valueElement(value, [text.slice(start, end)]));
    from = end;
  }
  if (from < text.length) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}

/**
 * HTML tree in, HTML tree out: every placeholder of the front matter's `values` in prose and inline code becomes a {@link valueElement}.
 * Code blocks are left to {@link file://./code/code-values.ts}, which finds the placeholders in `data.labValues` of the root.
 */
export function rehypeValues() {
  return (tree: Root, file: VFile): void => {
    const placeholders = placeholdersOf(file.data.astro?.frontmatter);
    if (placeholders.length === 0) return;
    tree.data = { ...tree.data, labValues: placeholders };
    visit(tree, (node, index, parent) => {
      if (node.type === 'element' && ['pre', 'script', 'style', 'svg'].includes(node.tagName)) return SKIP;
      if (node.type !== 'text' || parent === undefined || index === undefined) return CONTINUE;
      const parts = split(node.value, placeholders);
      if (parts.length === 1 && parts[0]?.type === 'text') return CONTINUE;
      parent.children.splice(index, 1, ...parts);
      return [SKIP, index + parts.length];
    });
  };
}
