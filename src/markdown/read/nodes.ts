/// <reference types="mdast-util-to-hast" />
import type { ElementContent, Properties } from 'hast';
import type { Node, PhrasingContent, RootContent, Text } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';

declare module 'mdast' {
  interface RootContentMap {
    markup: Markup;
  }
  interface PhrasingContentMap {
    markup: Markup;
  }
  interface BlockContentMap {
    markup: Markup;
  }
}

/** A Markdown tree node that becomes exactly one HTML element. */
export interface Markup extends Node {
  type: 'markup';
  /** `hChildren` replaces the children in HTML. */
  data: { hName: string; hProperties: Properties; hChildren?: ElementContent[] };
  children: RootContent[];
}

/**
 * Makes a node that becomes an HTML element.
 * @param properties hast properties: camelCase names, `className` as an array.
 */
export function element(name: string, properties: Properties, children: readonly (RootContent | string)[] = []): Markup {
  return {
    type: 'markup',
    data: { hName: name, hProperties: properties },
    children: children.map((child) => (typeof child === 'string' ? text(child) : child)),
  };
}

export function text(value: string): Text {
  return { type: 'text', value };
}

/** Inline content without its first `length` characters, also when they are inside bold text or links. */
export function withoutPrefix(children: readonly PhrasingContent[], length: number): PhrasingContent[] {
  let left = length;
  return children.flatMap((child): PhrasingContent[] => {
    const size = child.type === 'break' ? 1 : plainText(child).length;
    if (left <= 0) return [child];
    if (size <= left) {
      left -= size;
      return [];
    }
    const cut = left;
    left = 0;
    if (child.type === 'text') return [text(child.value.slice(cut))];
    if ('children' in child) return [{ ...child, children: withoutPrefix(child.children as PhrasingContent[], cut) } as PhrasingContent];
    return [child];
  });
}
