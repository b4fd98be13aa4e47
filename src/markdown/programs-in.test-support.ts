import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from './read/visit.ts';

const RUNNING = ['script', 'style', 'iframe', 'object', 'embed', 'base', 'meta', 'link', 'form', 'frame', 'template'];

/** Everything in a page with which a browser could run a program; empty when there is nothing. */
export function programsIn(html: string): string[] {
  const found: string[] = [];
  visit(fromHtml(html, { fragment: true }), 'element', (node: Element) => {
    if (RUNNING.includes(node.tagName)) found.push(`<${node.tagName}>`);
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on/i.test(name) || ['style', 'srcDoc', 'formAction'].includes(name)) found.push(`${node.tagName} ${name}`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers ignore them in a scheme
      const address = String(value).replace(/[\u0000-\u0020]/g, '');
      if (/^(javascript|vbscript|data):/i.test(address)) found.push(`${node.tagName} ${name}=${address.slice(0, 20)}`);
    }
  });
  return found;
}
