import { definePlugin } from '@astrojs/starlight/expressive-code';

/** Lines, corners and blocks that pictures of text are drawn with. */
const DRAWN = /[\u2500-\u259f]/;

/**
 * Expressive Code plugin: a drawing of characters keeps its lines, which mean nothing once they are wrapped. One that is too wide is scrolled,
 * for which Expressive Code itself lets it have the focus.
 */
export function codeDrawings() {
  return definePlugin({
    name: 'lab-drawings',
    hooks: {
      preprocessMetadata: ({ codeBlock }) => {
        if (DRAWN.test(codeBlock.code)) codeBlock.props.wrap = false;
      },
    },
  });
}
