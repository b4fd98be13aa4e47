import type { Html, Root } from 'mdast';
import type { VFile } from 'vfile';
import { decoded } from '../read/address.ts';
import { attributeOf, IMG } from '../read/html-images.ts';
import { labFile } from '../read/lab-file.ts';
import { linesBefore } from '../read/lines.ts';
import { element } from '../read/nodes.ts';
import { problem } from '../read/problem.ts';
import { SKIP, visit } from '../read/visit.ts';

export interface ImageOptions {
  /** Whether a picture exists. Its path is relative to the lab's folder or, when it starts with `/`, to the site's root. */
  readonly hasImage: (labDirectory: string, path: string) => boolean;
}

/** The path of a picture on this site; `undefined` for a picture of another site. */
function ownPath(url: string): string | undefined {
  if (/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(url)) return undefined;
  const path = url.replace(/[?#].*$/s, '');
  return decoded(path) || path;
}

function isMissing(url: string, file: VFile, { hasImage }: ImageOptions): boolean {
  const path = ownPath(url);
  const lab = labFile(file.path);
  return lab !== undefined && path !== undefined && !hasImage(lab.directory, path);
}

const CLASS = 'image-missing';

/** The text that replaces a picture: its alternative text, else its file name. */
const words = (alt: string | null | undefined, url: string) => alt?.trim() || (url.split('/').at(-1) ?? url);

function note(url: string, file: VFile, node: Parameters<typeof problem>[3]): void {
  problem(
    file,
    'image-missing',
    `There is no picture ${url}, so its alternative text is shown; put the picture where the text looks for it.`,
    node,
  );
}

/** Replaces missing pictures in raw HTML. */
function inHtml(node: Html, file: VFile, options: ImageOptions): void {
  const whole = node.value;
  node.value = whole.replace(IMG, (tag, offset: number) => {
    const src = attributeOf(tag, 'src');
    if (src === undefined || !isMissing(src, file, options)) return tag;
    const line = (node.position?.start.line ?? 1) + linesBefore(whole, offset);
    note(src, file, { type: 'html', position: { start: { line, column: 1 }, end: { line, column: 1 } } });
    return `<span class="${CLASS}">${words(attributeOf(tag, 'alt'), src).replaceAll('<', '&lt;')}</span>`;
  });
}

/** Whether a path is relative to the text. */
const isBeside = (path: string) => path !== '' && !path.startsWith('/') && !path.startsWith('#') && !URL.canParse(path);

/**
 * Markdown in, Markdown out: a picture that does not exist is replaced by `<span class="image-missing">` with its alternative text, also in
 * raw HTML. Pictures beside the text are listed in `file.data`, where Astro looks for them.
 */
export function remarkImages(options: ImageOptions) {
  return (tree: Root, file: VFile): void => {
    const urls = new Map<string, string>();
    const shown = new Set<string>();
    visit(tree, 'definition', ({ identifier, url }) => {
      // When a name is defined several times, the first definition counts.
      if (!urls.has(identifier)) urls.set(identifier, url);
    });
    visit(tree, (node, index, parent) => {
      if (node.type === 'html') inHtml(node, file, options);
      if ((node.type !== 'image' && node.type !== 'imageReference') || parent === undefined || index === undefined) return undefined;
      const url = node.type === 'image' ? node.url : (urls.get(node.identifier) ?? '');
      if (!isMissing(url, file, options)) {
        shown.add(decoded(url));
        return undefined;
      }
      note(url, file, node);
      parent.children.splice(index, 1, element('span', { className: [CLASS] }, [words(node.alt, url)]) as (typeof parent.children)[number]);
      return [SKIP, index + 1];
    });
    file.data.astro = { ...file.data.astro, localImagePaths: [...shown].filter(isBeside) };
  };
}
