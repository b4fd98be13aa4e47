import { ExpressiveCode } from '@astrojs/starlight/expressive-code';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { codeDrawings } from './code-drawings.ts';

async function render(code: string, language = ''): Promise<string> {
  const engine = new ExpressiveCode({ plugins: [codeDrawings()], defaultProps: { wrap: true } });
  const { renderedGroupAst } = await engine.render({ code, language });
  return toHtml(renderedGroupAst);
}

test('a drawing keeps its lines and is scrolled, a command is wrapped', async () => {
  const drawing = await render('[브라우저] ──┤\n           └── [ALB]');
  expect(drawing).toMatch(/<pre [^>]*tabindex="0"/);
  expect(drawing).not.toMatch(/<pre [^>]*class="[^"]*wrap/);
  const command = await render('aws ecr describe-repositories', 'bash');
  expect(command).toMatch(/<pre [^>]*class="[^"]*wrap/);
  expect(command).not.toContain('tabindex');
});
