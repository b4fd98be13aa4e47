import { describe, expect, it } from 'vitest';
import { renderLab } from '../render-lab.test-support.ts';

const dot = (body: string, meta = 'title="From push to image" alt="A push starts a build."') => `\`\`\`dot ${meta}\n${body}\n\`\`\`\n`;

describe('a diagram in DOT', () => {
  it('becomes an SVG with caption and text alternative', async () => {
    const html = await renderLab(dot('digraph { a [label="CodeCommit 리포지토리"]; a -> b [label="푸시"] }'));
    expect(html).toContain('<figure class="diagram">');
    expect(html).toContain('role="img" aria-label="A push starts a build."');
    expect(html).toContain('<figcaption>From push to image</figcaption>');
    expect(html).toContain('CodeCommit 리포지토리');
    expect(html).not.toContain('```');
  });

  it('takes the colour of the text around it and brings no ids, tooltips or links', async () => {
    const html = await renderLab(dot('digraph { a [URL="javascript:alert(1)", label="<b>"]; a -> b }'));
    expect(html).toContain('currentColor');
    expect(html).not.toMatch(/black|id="|<title>|javascript:|<a |<b>/);
  });

  it('draws one diagram twice to the same bytes', async () => {
    const source = dot('digraph { a -> b -> c; a -> c }');
    expect(await renderLab(source)).toBe(await renderLab(source));
  });

  it('leaves other code blocks alone', async () => {
    expect(await renderLab('```bash\ndot -Tsvg\n```\n')).toContain('dot -Tsvg');
  });

  it('wants a text alternative', async () => {
    await expect(renderLab(dot('digraph { a }', ''))).rejects.toThrow('A diagram needs a text alternative: write alt="..." after ```dot.');
  });

  it('says where the DOT text is wrong', async () => {
    await expect(renderLab(dot('digraph { a -> }'))).rejects.toThrow(/The diagram cannot be drawn: syntax error in line 1/);
  });
});
