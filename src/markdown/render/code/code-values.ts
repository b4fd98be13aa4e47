import { type AnnotationRenderOptions, definePlugin, ExpressiveCodeAnnotation } from '@astrojs/starlight/expressive-code';
import type { Element, ElementContent, Parents, Root } from '@astrojs/starlight/expressive-code/hast';
import { toString as textOf } from 'hast-util-to-string';
import { findPlaceholders, type Placeholder } from '../../read/placeholders.ts';
import { valueElement } from '../values.ts';

class ValueAnnotation extends ExpressiveCodeAnnotation {
  readonly #value: string;

  constructor(value: string, columnStart: number, columnEnd: number) {
    super({ inlineRange: { columnStart, columnEnd }, renderPhase: 'latest' });
    this.#value = value;
  }

  override render({ nodesToTransform }: AnnotationRenderOptions): Parents[] {
    return nodesToTransform.map((node) => valueElement(this.#value, [node as ElementContent]));
  }
}

function isValue(node: ElementContent | undefined): node is Element & { tagName: 'var' } {
  return node?.type === 'element' && node.tagName === 'var' && node.properties['dataValue'] !== undefined;
}

/** Joins the pieces into which the highlighter has cut `<repository-name>`, so that each occurrence is one element again. */
function joinPieces(parent: Element, occurrences: readonly string[], from = 0): number {
  let next = from;
  const joined: ElementContent[] = [];
  for (const child of parent.children) {
    const last = joined.at(-1);
    const expected = occurrences[next - 1];
    if (isValue(child)) {
      const unfinished = isValue(last) && expected !== undefined && textOf(last).length < expected.length;
      if (unfinished) {
        last.children = [{ type: 'text', value: textOf(last) + textOf(child) }];
      } else {
        child.children = [{ type: 'text', value: textOf(child) }];
        joined.push(child);
        next += 1;
      }
    } else {
      if (child.type === 'element') next = joinPieces(child, occurrences, next);
      joined.push(child);
    }
  }
  parent.children = joined;
  return next;
}

function placeholdersIn(documentRoot: unknown): readonly Placeholder[] {
  return (documentRoot as Root | undefined)?.data?.labValues ?? [];
}

/** Expressive Code plugin: the placeholders of the lab's `values` inside code become the same elements as in prose. */
export function codeValues() {
  return definePlugin({
    name: 'lab-values',
    hooks: {
      annotateCode: ({ codeBlock }) => {
        const placeholders = placeholdersIn(codeBlock.parentDocument?.documentRoot);
        for (const line of codeBlock.getLines()) {
          for (const { value, start, end } of findPlaceholders(line.text, placeholders)) {
            line.addAnnotation(new ValueAnnotation(value, start, end));
          }
        }
      },
      postprocessRenderedLine: ({ codeBlock, line, renderData }) => {
        const placeholders = placeholdersIn(codeBlock.parentDocument?.documentRoot);
        joinPieces(
          renderData.lineAst,
          findPlaceholders(line.text, placeholders).map(({ placeholder }) => placeholder),
        );
      },
    },
  });
}
