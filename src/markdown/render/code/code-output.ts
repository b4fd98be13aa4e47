import { definePlugin } from '@astrojs/starlight/expressive-code';
import { addClassName, type Parents } from '@astrojs/starlight/expressive-code/hast';

function removeCopyButton(node: Parents): void {
  node.children = node.children.filter((child) => {
    if (child.type !== 'element') return true;
    const classes = child.properties['className'];
    if (Array.isArray(classes) && classes.includes('copy')) return false;
    removeCopyButton(child);
    return true;
  }) as typeof node.children;
}

/**
 * Expressive Code plugin: code with the flag `output` is the output of a command and gets the class `is-output`. It has no copy button, and
 * neither has code without a language, because nobody types it anywhere.
 */
export function codeOutput() {
  return definePlugin({
    name: 'lab-output',
    hooks: {
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const output = codeBlock.metaOptions.getBoolean('output') === true;
        if (output) addClassName(renderData.blockAst, 'is-output');
        if (output || ['', 'txt', 'text', 'plaintext'].includes(codeBlock.language)) removeCopyButton(renderData.blockAst);
      },
    },
  });
}
