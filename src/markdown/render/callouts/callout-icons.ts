import { element, type Markup } from '../../read/nodes.ts';
import type { Callout, CalloutKind } from '../../read/structure/callout-kinds.ts';

/**
 * The icons of one page's callouts, in the order of the text: the first of a kind carries the drawing, the others point to it, so that a page
 * does not grow by a drawing with every callout.
 */
export function calloutIcons(): (callout: Callout) => Markup {
  const drawn = new Set<CalloutKind>();
  return ({ kind, icon }) => {
    const id = `callout-icon-${kind.toLowerCase()}`;
    const drawing = drawn.has(kind) ? element('use', { href: `#${id}` }) : element('path', { id, d: icon });
    drawn.add(kind);
    return element('svg', { className: ['callout-icon'], viewBox: '0 0 24 24', ariaHidden: 'true' }, [drawing]);
  };
}
