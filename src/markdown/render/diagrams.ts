import { instance } from '@viz-js/viz';
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { h } from 'hastscript';
import type { Code, Root } from 'mdast';
import type { VFile } from 'vfile';
import type { Markup } from '../read/nodes.ts';
import { SKIP, visit } from '../read/visit.ts';

/** The default look of diagrams: no colours of its own, and room for wide letters. */
const LOOK = {
  graphAttributes: { bgcolor: 'transparent', rankdir: 'LR', fontname: 'sans-serif', nodesep: '0.35', ranksep: '0.6' },
  nodeAttributes: { shape: 'box', style: 'rounded', fontname: 'sans-serif', fontsize: '14', margin: '0.25,0.12' },
  edgeAttributes: { fontname: 'sans-serif', fontsize: '12' },
} as const;

/**
 * Turns a code block in the DOT language into a picture:
 * ```` ```dot title="How an image gets to ECR" alt="A push to CodeCommit starts a build, which pushes an image." ````.
 * The SVG takes the colour of the text around it, so it is legible in light and dark mode. `alt` is required, because a screen reader reads it.
 */
export function remarkDiagrams() {
  return async (tree: Root, file: VFile) => {
    const found: { code: Code; place: (picture: Markup) => void }[] = [];
    visit(tree, 'code', (code, index, parent) => {
      if (code.lang !== 'dot' || parent === undefined || index === undefined) return undefined;
      found.push({
        code,
        place: (picture) => {
          parent.children[index] = picture;
        },
      });
      return SKIP;
    });
    for (const { code, place } of found) place(await draw(code, file));
  };
}

async function draw(code: Code, file: VFile): Promise<Markup> {
  const alt = attribute(code, 'alt');
  if (alt === undefined) return file.fail('A diagram needs a text alternative: write alt="..." after ```dot.', code);
  const title = attribute(code, 'title');
  const viz = await instance();
  const drawn = viz.render(code.value, { format: 'svg', ...LOOK });
  if (drawn.status === 'failure') {
    const why = drawn.errors.map(({ message }) => message.trim()).join('; ');
    return file.fail(`The diagram cannot be drawn: ${why}.`, code);
  }
  const picture = svgOf(drawn.output);
  picture.properties = { ...picture.properties, role: 'img', ariaLabel: alt };
  const caption = title === undefined ? [] : [h('figcaption', title)];
  // A picture that is wider than a phone scrolls inside its frame, also by keyboard.
  const frame = h('div', { className: ['diagram-frame'], tabIndex: 0, role: 'group', ariaLabel: title ?? alt }, [picture]);
  return {
    type: 'markup',
    data: { hName: 'figure', hProperties: { className: ['diagram'] }, hChildren: [frame, ...caption] },
    children: [],
  };
}

function attribute({ meta }: Code, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(meta ?? '')?.[1]?.trim() || undefined;
}

/** The SVG of Graphviz without fixed colours, ids that could occur twice, tooltips, links and comments. */
function svgOf(output: string): Element {
  const svg = fromHtml(output.slice(output.indexOf('<svg')), { fragment: true, space: 'svg' }).children.find(
    (child): child is Element => child.type === 'element' && child.tagName === 'svg',
  );
  if (svg === undefined) throw new Error('Graphviz drew something that is not an SVG.');
  const [, , width, height] = String(svg.properties['viewBox']).split(/\s+/);
  svg.children = cleaned(svg.children);
  svg.properties = { viewBox: svg.properties['viewBox'], width, height };
  return svg;
}

function cleaned(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return child.type === 'text' ? [child] : [];
    if (child.tagName === 'title') return [];
    if (child.tagName === 'a') return cleaned(child.children);
    const { id: _id, className: _class, ...rest } = child.properties;
    const properties = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value === 'black' ? 'currentColor' : value]));
    if (child.tagName === 'text') properties['fill'] ??= 'currentColor';
    return [{ ...child, properties, children: cleaned(child.children) }];
  });
}
