/// <reference types="mdast-util-to-hast" />
import type { ElementContent, Properties } from 'hast';
import type { Node, PhrasingContent, RootContent, Text } from 'mdast';

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
  /** `hChildren`, when given, stand in for what the children would become. */
  data: { hName: string; hProperties: Properties; hChildren?: ElementContent[] };
  children: RootContent[];
}

/** @param properties hast properties: camelCase names, `className` as an array. */
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

/** Joins neighbouring text nodes, so that a pattern is found whole. */
export function joinTexts(children: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (child.type === 'text' && last?.type === 'text') joined[joined.length - 1] = text(last.value + child.value);
    else joined.push(child);
  }
  return joined;
}
