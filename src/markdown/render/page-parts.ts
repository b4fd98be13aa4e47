import Slugger from 'github-slugger';
import type { Element, Root } from 'hast';
import type { VFile } from 'vfile';
import { decoded } from '../read/address.ts';
import { SKIP, visit } from '../read/visit.ts';

/** Marks a picture for Astro, which replaces it by the processed one. Astro parses the JSON of this attribute. */
function markImage(node: Element, local: readonly string[], times: Map<string, number>): void {
  const { src, className, ...others } = node.properties;
  if (typeof src !== 'string' || !local.includes(decoded(src))) return;
  const index = times.get(src) ?? 0;
  times.set(src, index + 1);
  const marked = JSON.stringify({ ...others, src: decoded(src), index });
  node.properties = { ...(className !== undefined && { className }), __ASTRO_IMAGE_: marked };
}

/** The visible words of a heading, without the text that only screen readers read. */
function seen(node: Element): string {
  const children = node.children.flatMap((child) => {
    if (child.type !== 'element') return child.type === 'text' ? [child.value] : [];
    return [child.properties.className].flat().includes('sr-only') ? [] : [seen(child)];
  });
  return children.join('');
}

/** HTML tree in, HTML tree out: gives headings their anchors, lists them, and marks pictures beside the text for Astro. */
export function rehypePageParts() {
  return (tree: Root, file: VFile): void => {
    const slugger = new Slugger();
    const headings: { depth: number; slug: string; text: string }[] = [];
    const times = new Map<string, number>();
    visit(tree, 'element', (node) => {
      // Highlighted code has thousands of elements, and none of them matters here.
      if (node.tagName === 'pre') return SKIP;
      if (node.tagName === 'img') markImage(node, file.data.astro?.localImagePaths ?? [], times);
      const depth = /^h([1-6])$/.exec(node.tagName)?.[1];
      if (depth === undefined) return undefined;
      const text = seen(node);
      const { id } = node.properties;
      const slug = typeof id === 'string' ? id : slugger.slug(text);
      node.properties['id'] = slug;
      headings.push({ depth: Number(depth), slug, text });
      return undefined;
    });
    file.data.astro = { ...file.data.astro, headings };
  };
}
