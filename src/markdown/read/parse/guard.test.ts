import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { describe, expect, it } from 'vitest';
import { renderLab } from '../../render-lab.test-support.ts';
import { remarkGuard } from './guard.ts';

describe('texts that nest too deep', () => {
  it.each([
    ['quotations', `글\n\n${'> '.repeat(10_000)}x`, 3],
    ['quotations without spaces', '>'.repeat(10_000), 1],
    ['lists', `${'- '.repeat(10_000)}x`, 1],
    ['numbered lists', `a\n${'1. '.repeat(10_000)}x`, 2],
    ['quotations that grow', Array.from({ length: 200 }, (_, depth) => `${'>'.repeat(depth + 1)} x`).join('\n'), 51],
    ['emphasis', `글\n\n${'*a **b '.repeat(400)}${'c** d* '.repeat(400)}`, 3],
    ['HTML', `글\n\n${'<div>'.repeat(10_000)}`, 3],
  ])('%s are refused with their line', async (_what, markdown, line) => {
    await expect(renderLab(markdown)).rejects.toMatchObject({ line, file: '/site/src/content/labs/demo/ko.md' });
  });

  it('takes what people write', async () => {
    expect(await renderLab(`${'> '.repeat(8)}x`)).toContain('<blockquote>');
    expect(await renderLab('- '.repeat(100))).toBe('<hr>');
    expect(await renderLab(`\`\`\`\n${'>'.repeat(40)}\n\`\`\``)).toContain('>'.repeat(40));
  });
});

describe('what MDX cannot read', () => {
  function parse(source: string): unknown {
    const file = new VFile({ path: '/site/src/content/labs/demo/ko.mdx', value: source });
    return unified().use(remarkParse).use(remarkMdx).use(remarkGuard).parse(file);
  }

  it.each([
    ['글\n\n{{Upload file}} 클릭', 3, 'in .mdx, write a console button as [[Upload file]], because braces are a program.'],
    ['<repository-name> 입력', 1, 'MDX reads "<repository-name>" as a tag; write it as code between backticks, or as \\<repository-name>.'],
    ['글\n{"a": 1}', 2, 'MDX runs what is in braces as a program; write it as code between backticks, or with \\{.'],
    [
      '글\n\n값은 {json}',
      3,
      'MDX reads {json} as the name of a value that does not exist; write it as code between backticks, or with \\{,',
    ],
    [
      '{account-id}',
      1,
      'MDX reads {account-id} as the name of a value that does not exist; write it as code between backticks, or with \\{,',
    ],
    ['a <1 b', 1, 'MDX reads "<1" as a tag; write it as code between backticks, or as \\<1.'],
  ])('%s is told in words, with its line', (source, line, words) => {
    let thrown: unknown;
    try {
      parse(source);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ line, reason: expect.stringContaining(words) });
    expect(thrown).toMatchObject({ line, reason: expect.stringMatching(/[Oo]r rename the file to \.md\./) });
  });

  it('leaves what the text declares, and programs', () => {
    expect(() => parse('export const region = "x"\n\n{region} {frontmatter.title} {props.a} {1 + 1} {`a`}\n\n{/* note */}')).not.toThrow();
  });
});
