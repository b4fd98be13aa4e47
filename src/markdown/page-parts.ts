import Slugger from 'github-slugger';
import type { Element, Root as HtmlRoot, Nodes } from 'hast';
import type { Definition, Root } from 'mdast';
import type { VFile } from 'vfile';
import { SKIP, visit } from './visit.ts';

/** An address as a path; empty for one that is none. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return '';
  }
}

/** Markdown in, the same out: the pictures of a text that lie beside it, for {@link rehypePageParts} and for Astro. */
export function remarkLocalImages() {
  return (tree: Root, file: VFile): void => {
    const definitions = new Map<string, Definition>();
    const referred: string[] = [];
    const paths = new Set<string>();
    visit(tree, (node) => {
      if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
      if (node.type === 'imageReference') referred.push(node.identifier);
      if (node.type === 'image') paths.add(node.url);
    });
    for (const identifier of referred) paths.add(definitions.get(identifier)?.url ?? '');
    file.data.astro = {
      ...file.data.astro,
      frontmatter: file.data.astro?.frontmatter ?? {},
      localImagePaths: [...paths]
        .map(decoded)
        .filter((path) => path !== '' && !path.startsWith('/') && !path.startsWith('#') && !URL.canParse(path)),
    };
  };
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** What Astro replaces by a picture it has looked at; it reads the attribute's own JSON. */
function markImage(node: Element, local: readonly string[], times: Map<string, number>): void {
  const { src, className, ...others } = node.properties;
  if (typeof src !== 'string' || !local.includes(decoded(src))) return;
  const index = times.get(src) ?? 0;
  times.set(src, index + 1);
  const marked = JSON.stringify({ ...others, src: decoded(src), index });
  node.properties = { ...(className !== undefined && { className }), __ASTRO_IMAGE_: marked };
}

/** HTML tree in, HTML tree out: headings get their anchors and are listed, pictures beside the text are marked for Astro. */
export function rehypePageParts() {
  return (tree: HtmlRoot, file: VFile): void => {
    const slugger = new Slugger();
    const headings: { depth: number; slug: string; text: string }[] = [];
    const times = new Map<string, number>();
    visit(tree, 'element', (node) => {
      // Rendered code holds thousands of elements and none of these.
      if (node.tagName === 'pre') return SKIP;
      if (node.tagName === 'img') markImage(node, file.data.astro?.localImagePaths ?? [], times);
      const depth = /^h([1-6])$/.exec(node.tagName)?.[1];
      if (depth === undefined) return undefined;
      const text = textOf(node);
      const { id } = node.properties;
      const slug = typeof id === 'string' ? id : slugger.slug(text);
      node.properties['id'] = slug;
      headings.push({ depth: Number(depth), slug, text });
      return undefined;
    });
    file.data.astro = { ...file.data.astro, frontmatter: file.data.astro?.frontmatter ?? {}, headings };
  };
}
