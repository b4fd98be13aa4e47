import { basename } from 'node:path';
import type { Link, Parents } from 'mdast';
import type { LintDocument } from './document.ts';
import type { LintLab } from './lab.ts';
import { calloutsOf, walk } from './outline.ts';

/** Words of a sentence or command about unpacking. */
export const UNPACKS = /압축(?:을|이|된)?\s*(?:해제|풀|푼|풉)|\bun(?:zip|pack)|解凍|展開/i;

/** The names of all zips that a text mentions: `week9-2-cicd-lab.zip`. */
export function zipsNamedIn({ source }: LintDocument): string[] {
  return [...new Set(source.match(/[\w.-]+\.zip(?![\w-])/g) ?? [])];
}

/** What a text offers for download from the lab's own files. */
export interface Offer {
  /** The DOWNLOAD boxes, except those that link to a zip of somebody else. */
  readonly boxes: readonly Parents[];
  /** The name without `.zip`, which is also the folder inside the zip; `undefined` when the text offers none or several. */
  readonly name: string | undefined;
}

/** The boxes of a text, and the zip that they offer. */
export function offerOf({ zip, site }: LintLab, { tree }: LintDocument): Offer {
  const own = zip === undefined ? undefined : `/files/${zip}.zip`;
  // A lab without files may offer a zip that is hosted elsewhere.
  const isForeign = (url: string) =>
    own !== undefined && url !== own && (/^https?:/.test(url) || site.zips.includes(url) || site.isPublic(url));
  const boxes = calloutsOf(tree)
    .filter(({ callout }) => callout?.shape === 'download')
    .map(({ node }) => ({ node, urls: zipLinksIn(node) }))
    .filter(({ urls }) => !urls.some(isForeign));
  const linked = [...new Set(boxes.flatMap(({ urls }) => urls.map((url) => basename(url, '.zip'))))];
  return { boxes: boxes.map(({ node }) => node), name: zip === undefined ? (linked.length === 1 ? linked[0] : undefined) : basename(zip) };
}

function zipLinksIn(root: Parents): string[] {
  const urls: string[] = [];
  walk(root, (node) => {
    if (node.type === 'link' && (node as Link).url.endsWith('.zip')) urls.push((node as Link).url);
  });
  return urls;
}
