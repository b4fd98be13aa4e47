import { definePlugin } from '@astrojs/starlight/expressive-code';
import type { Parents } from '@astrojs/starlight/expressive-code/hast';
import { visit } from './visit.ts';

/** Lines, corners and blocks that pictures of text are drawn with. */
const DRAWN = /[\u2500-\u259f]/;

/**
 * Expressive Code plugin: a drawing of characters keeps its lines, which mean nothing once they are wrapped. One that is too wide is scrolled,
 * by keyboard as well.
 */
export function codeDrawings() {
  return definePlugin({
    name: 'lab-drawings',
    hooks: {
      preprocessMetadata: ({ codeBlock }) => {
        if (DRAWN.test(codeBlock.code)) codeBlock.props.wrap = false;
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        if (!DRAWN.test(codeBlock.code)) return;
        visit(renderData.blockAst as Parents, (node) => {
          if (node.type === 'element' && node.tagName === 'pre') node.properties['tabIndex'] = 0;
        });
      },
    },
  });
}
