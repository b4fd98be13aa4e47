import { definePlugin } from '@astrojs/starlight/expressive-code';

/** Box-drawing and block characters. */
const DRAWN = /[\u2500-\u259f]/;

/**
 * Expressive Code plugin: does not wrap drawings made of characters, because wrapped lines would destroy them. A drawing that is too wide
 * can be scrolled; Expressive Code makes it focusable.
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
