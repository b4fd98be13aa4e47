import { element, type Markup } from '../../read/nodes.ts';
import type { Callout, CalloutKind } from '../../read/structure/callout-kinds.ts';

/**
 * Makes the icons of one page's callouts, in the order of the text. The first icon of a kind contains the drawing and the others refer to
 * it, which keeps pages small.
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
