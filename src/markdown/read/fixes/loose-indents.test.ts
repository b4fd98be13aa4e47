import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

describe('what stands under a step of two digits', () => {
  it('belongs to it with three blanks, whatever it is', async () => {
    const text = [
      '## 태스크 1: 가',
      '9. 아홉',
      '',
      '   아홉의 글',
      '',
      '10. 열',
      '',
      '   열의 글',
      '',
      '   1. 안쪽 하나',
      '   2. 안쪽 둘',
      '',
      '   > [!TIP]',
      '   > 팁',
      '',
      '   ```bash',
      '   aws s3 ls',
      '     --deep',
      '   ```',
      '',
      '11. 열하나',
    ].join('\n');
    const html = await renderLab(text);
    expect(html.match(/<ol/g)).toHaveLength(2);
    expect(html).toMatch(/task-1-step-10.*열의 글.*안쪽 하나.*callout-tip.*aws s3 ls\n {2}--deep\n.*<\/li>\s*<li id="task-1-step-11"/s);
    expect(html).not.toContain('task-1-step-1"');
  });

  it('stays where it is with enough blanks, or none', async () => {
    expect(await renderLab('10. 가\n\n바깥\n\n11. 나')).toMatch(/<\/ol>\s*<p>바깥<\/p>\s*<ol start="11">/);
    expect(await renderLab('10. 가\n\n    안\n\n11. 나')).toMatch(/<p>안<\/p>\s*<\/li>/);
  });

  it('is told with its own line and number', async () => {
    const { html, told } = await renderAndTell('## 태스크 1: 가\n\n10. 가\n\n   > [!GONE]\n   > 글\n\n12. 나');
    expect(told).toContainEqual(expect.stringMatching(/^5: There is no kind of callout "GONE"/));
    expect(html).toContain('id="task-1-step-12"');
  });
});

describe('code at the left edge of a fence under a step', () => {
  it('stays in its block, and the steps go on', async () => {
    const html = await renderLab('1. 가\n\n   ```bash\n   cat <<EOF > a.yaml\na: 1\n  - b\nEOF\n   ```\n\n2. 나');
    expect(html).toContain('cat &#x3C;&#x3C;EOF > a.yaml\na: 1\n  - b\nEOF\n</code>');
    expect(html).toMatch(/<\/pre>\s*<\/li>\s*<li[^>]*>\s*<p>나/);
  });

  it('takes a closing fence at the left edge along', async () => {
    expect(await renderLab('- 가\n  ```bash\nls\n```\n- 나')).toMatch(/>ls\n<\/code><\/pre>\s*<\/li>\s*<li>나/);
  });

  it('leaves a fence alone that stands under no step, or that nothing closes', async () => {
    expect(await renderLab('글\n\n  ```bash\nls\n  ```\n\n끝')).toMatch(/>ls\n<\/code><\/pre>\s*<p>끝/);
    expect(await renderLab('1. 가\n\n   ```bash\nls')).toMatch(/<\/ol>/);
  });
});
