import { ExpressiveCode } from '@astrojs/starlight/expressive-code';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { codeDrawings } from './code-drawings.ts';

const WRAPPED = /<pre [^>]*class="[^"]*wrap/;

async function render(code: string, language = ''): Promise<string> {
  const engine = new ExpressiveCode({ plugins: [codeDrawings()], defaultProps: { wrap: true } });
  const { renderedGroupAst } = await engine.render({ code, language });
  return toHtml(renderedGroupAst);
}

test('a drawing keeps its lines and is scrolled, a command is wrapped', async () => {
  expect(await render('[브라우저] ──┤\n           └── [ALB]')).not.toMatch(WRAPPED);
  expect(await render('aws ecr describe-repositories', 'bash')).toMatch(WRAPPED);
});
