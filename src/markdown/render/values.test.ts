import { ExpressiveCode } from '@astrojs/starlight/expressive-code';
import { toHtml } from '@astrojs/starlight/expressive-code/hast';
import { describe, expect, it } from 'vitest';
import { findPlaceholders, placeholdersOf } from '../read/placeholders.ts';
import { renderLab } from '../render-lab.test-support.ts';
import { codeOutput } from './code/code-output.ts';
import { codeValues } from './code/code-values.ts';

const uri = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/repo';
const values = [
  { placeholder: '123456789012', value: 'AccountId' },
  { placeholder: uri, value: 'Uri' },
  { placeholder: '<repository-name>', value: 'Repo' },
];

describe('findPlaceholders', () => {
  it('takes the longest and does not look inside longer words', () => {
    const found = (text: string) => findPlaceholders(text, values).map(({ value, start, end }) => [value, start, end]);
    expect(found(`${uri}:latest 123456789012`)).toEqual([
      ['Uri', 0, uri.length],
      ['AccountId', uri.length + 8, uri.length + 20],
    ]);
    expect(found('1234567890123 x123456789012')).toEqual([]);
    expect(found('123456789012을 arn:aws:iam::123456789012:role')).toHaveLength(2);
    expect(found('a<repository-name>b')).toEqual([['Repo', 1, 18]]);
    expect(findPlaceholders('anything', [])).toEqual([]);
  });
});

describe('placeholdersOf', () => {
  it('takes what is well formed', () => {
    expect(placeholdersOf({ values })).toEqual(values);
    expect(placeholdersOf({ values: [...values, { placeholder: '', value: 'x' }, { value: 'x' }, null, 7] })).toEqual(values);
    expect(placeholdersOf({ values: 'x' })).toEqual([]);
    expect(placeholdersOf(undefined)).toEqual([]);
  });
});

describe('rehypeValues', () => {
  it('marks placeholders in prose, inline code and links', async () => {
    expect(await renderLab('계정 123456789012의 `cd <repository-name>`, [123456789012](https://x)', { values })).toMatchInlineSnapshot(
      `"<p>계정 <var class="lab-value" data-value="AccountId">123456789012</var>의 <code>cd <var class="lab-value" data-value="Repo">&#x3C;repository-name></var></code>, <a href="https://x"><var class="lab-value" data-value="AccountId">123456789012</var></a></p>"`,
    );
  });

  it('leaves a lab without values alone', async () => {
    expect(await renderLab('123456789012')).toBe('<p>123456789012</p>');
  });
});

describe('code blocks', () => {
  async function renderCode(code: string, language: string, meta = ''): Promise<string> {
    const engine = new ExpressiveCode({ plugins: [codeValues(), codeOutput()] });
    const documentRoot = { type: 'root', children: [], data: { labValues: values } };
    const { renderedGroupAst } = await engine.render({ code, language, meta, parentDocument: { documentRoot } });
    return toHtml(renderedGroupAst);
  }
  const marked = (html: string) => html.match(/<var[^>]*>.*?<\/var>/g);

  it('marks a placeholder once and in one piece, whatever the highlighting makes of it', async () => {
    const html = await renderCode('git clone codecommit::ap-northeast-2://<repository-name>', 'bash');
    expect(marked(html)).toEqual(['<var class="lab-value" data-value="Repo">&#x3C;repository-name></var>']);
    expect(html).toContain('data-code="git clone codecommit::ap-northeast-2://<repository-name>"');
  });

  it('marks two neighbours as two', async () => {
    expect(marked(await renderCode('cp <repository-name><repository-name>', 'bash'))).toHaveLength(2);
  });

  it('marks the longest inside a quoted YAML value', async () => {
    const html = await renderCode(`image: "${uri}:1"\nid: "123456789012"`, 'yaml');
    expect(marked(html)).toEqual([
      `<var class="lab-value" data-value="Uri">${uri}</var>`,
      '<var class="lab-value" data-value="AccountId">123456789012</var>',
    ]);
  });

  it('fills output too, but gives it and drawings nothing to copy', async () => {
    const output = await renderCode("Cloning into '<repository-name>'...", 'txt', 'output');
    expect(marked(output)).toHaveLength(1);
    expect(output).toContain('is-output');
    expect(output).not.toContain('<button');
    expect(await renderCode('version: 0.2', 'yaml', 'output')).not.toContain('<button');
    expect(await renderCode('├── app.js', '')).not.toContain('<button');
    expect(await renderCode('ls', 'bash')).toContain('<button');
  });
});
