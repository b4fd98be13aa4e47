import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from '../render-lab.test-support.ts';

describe('remarkConsoleButtons', () => {
  it('makes console buttons in prose, lists and bold, and says what they are', async () => {
    expect(await renderLab('[[Create stack]] 버튼을, **[[Next]]**도')).toMatchInlineSnapshot(
      `"<p><span class="console-button">Create stack<span class="sr-only"> (콘솔 버튼)</span></span> 버튼을, <strong><span class="console-button">Next<span class="sr-only"> (콘솔 버튼)</span></span></strong>도</p>"`,
    );
    expect(await renderLab('Press [[Next]].', { language: 'en' })).toContain('<span class="sr-only"> (console button)</span>');
    expect(await renderLab('> [!NOTE]\n> [[열기]]')).toContain('<span class="console-button">열기');
  });

  it('knows a normal and a link button in .md', async () => {
    const html = await renderLab('{{Upload}} 뒤에 ((Cancel))', { language: 'en' });
    expect(html).toContain('<span class="console-button console-button-normal">Upload<span');
    expect(html).toContain('<span class="console-button console-button-link">Cancel<span');
  });

  it.each([
    ['[[**Create** stack]]', '<strong>Create</strong> stack'],
    ['[[`Run` now]]', '<code>Run</code> now'],
    ['[[ Create\nstack ]]', 'Create stack'],
    ['[[Add [optional]]]', 'Add [optional]'],
    ['[[View:all]]', 'View:all'],
    ['[[Save & close]]', 'Save &#x26; close'],
    ['[[저장]]을', '저장'],
  ])('takes the label of %s', async (markdown, label) => {
    expect(await renderLab(markdown)).toContain(`<span class="console-button">${label}<span class="sr-only">`);
  });

  it.each([
    ['{{+ Add tag}}', 'normal', '+ Add tag'],
    ['{{🔍 검색}}', 'normal', '🔍 검색'],
    ['((✕))', 'link', '✕'],
  ])('takes a label that begins with a picture or a plus: %s', async (markdown, style, label) => {
    expect(await renderLab(markdown)).toContain(`<span class="console-button console-button-${style}">${label}<`);
  });

  it('finds several in one line and in cells', async () => {
    const html = await renderLab('[[Open]] 또는 [[열기]] > {{Next}}\n\n| 버튼 |\n| --- |\n| [[Go]] |');
    expect(html.match(/class="console-button/g)).toHaveLength(4);
    expect(html).not.toMatch(/\[\[|\{\{/);
  });

  it.each(['`[[ -f x ]]`', '```bash\nif [[ -f x ]]; then {{ x }} ((i++))\n```', '    [[indented]]', '`{{x}}` `((x))`'])(
    'never touches code: %s',
    async (markdown) => {
      expect(await renderLab(markdown)).not.toContain('console-button');
    },
  );

  it.each([
    '[[]]',
    '[[ ]]',
    '[x][y]',
    '계산 $((1 + 2))',
    `값 \${{ github.sha }}`,
    '함수 f((x))',
    '[[열린 채로',
    '닫기만 ]]',
    `[[${'긴 '.repeat(90)}]]`,
  ])('leaves %s as written', async (markdown) => {
    expect(await renderLab(markdown)).toBe(`<p>${markdown}</p>`);
  });

  it('makes them in raw HTML, but not in its code', async () => {
    const table = await renderLab(
      '<table><tr><td>[[Save  all]] {{Next}} f((x)) <code>[[ -f x ]]</code></td><td>((Back))</td></tr></table>',
    );
    expect(table.match(/<span class="console-button[^>]*>[^<]*/g)).toEqual([
      '<span class="console-button">Save all',
      '<span class="console-button console-button-normal">Next',
      '<span class="console-button console-button-link">Back',
    ]);
    expect(table).toContain('f((x)) <code>[[ -f x ]]</code>');
    const line = await renderLab('<kbd>[[a]]</kbd> [[b]] <code>[[c]]</code> [[d]]');
    expect([...line.matchAll(/<span class="console-button">([^<]*)/g)].map(([, label]) => label)).toEqual(['b', 'd']);
    expect(line).toContain('<code>[[c]]</code>');
  });

  it('leaves links links', async () => {
    expect(await renderLab('[[문서]](https://x.example/a((b)))')).toBe('<p><a href="https://x.example/a((b))">[문서]</a></p>');
    expect(await renderLab('[{{이름}}](https://x.example)')).toMatch(/^<p><a href="https:\/\/x.example"><span class="console-button/);
  });

  it('says in .mdx that only double brackets are buttons', async () => {
    const { html, told } = await renderAndTell('글\n\n((Cancel)) [[Next]]', { path: '/site/src/content/labs/demo/ko.mdx' });
    expect(html).toContain('((Cancel)) <span class="console-button">Next');
    expect(told).toEqual(['3: In .mdx only [[Label]] is a button; write it so, or rename the file to .md.']);
  });
});

describe('remarkBlockDirectives', () => {
  it.each([
    'arn:aws:iam::123456789012:role/x_y_z',
    'http는 localhost:8080 입니다',
    '10:30pm에 시작',
    'a :emoji: b :name[x]{y=z} c',
    ':시작 :a{b} :c',
    '::leaf[글]',
    '::leaf{a="b" c}',
    '::ffff:10.0.0.1',
    'codecommit::ap-northeast-2://repo',
    'sha256:abc a:::b :::: 끝',
    '::: box 제목',
    '{"a": 1} {json}',
    'a | b || c',
    '값 C:\\Users\\student\\lab',
    '50% 50$ ~a~b ^c',
  ])('%s stays as written', async (text) => {
    const { html, told } = await renderAndTell(text);
    expect(html.replace(/<\/?del>/g, '~')).toBe(`<p>${text}</p>`);
    expect(told).toEqual([]);
  });

  it('keeps formatting inside what looks like a label', async () => {
    expect(await renderLab('값:name[**굵게**]끝')).toBe('<p>값:name[<strong>굵게</strong>]끝</p>');
  });
});

describe('Korean text', () => {
  it('is bold although a particle follows the closing asterisks', async () => {
    expect(await renderLab('**With new resources (standard)**를 선택')).toBe(
      '<p><strong>With new resources (standard)</strong>를 선택</p>',
    );
  });

  it('keeps the hyphens of options', async () => {
    expect(await renderLab('옵션 --user "값"')).toBe('<p>옵션 --user "값"</p>');
  });
});
