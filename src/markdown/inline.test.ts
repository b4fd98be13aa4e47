import { describe, expect, it } from 'vitest';
import { renderLab } from './render-for-test.ts';

describe('remarkConsoleButtons', () => {
  it('makes console buttons in prose, lists and bold, and says what they are', async () => {
    expect(await renderLab('[[Create stack]] 버튼을, **[[Next]]**도')).toMatchInlineSnapshot(
      `"<p><span class="console-button">Create stack<span class="sr-only"> (콘솔 버튼)</span></span> 버튼을, <strong><span class="console-button">Next<span class="sr-only"> (콘솔 버튼)</span></span></strong>도</p>"`,
    );
    expect(await renderLab('Press [[Next]].', { language: 'en' })).toContain('<span class="sr-only"> (console button)</span>');
    expect(await renderLab('> [!NOTE]\n> [[열기]]')).toContain('<span class="console-button">열기');
  });

  it.each(['`[[ -f x ]]`', '```bash\nif [[ -f x ]]; then\n```'])('never touches code: %s', async (markdown) => {
    expect(await renderLab(markdown)).not.toContain('console-button');
  });

  it.each(['[[]]', '[[ ]]', '[x][y]'])('leaves %s as written', async (markdown) => {
    expect(await renderLab(markdown)).toBe(`<p>${markdown}</p>`);
  });
});

describe('remarkKeepColons', () => {
  it.each([
    'arn:aws:iam::123456789012:role/x_y_z',
    'http는 localhost:8080 입니다',
    '10:30pm에 시작',
    'a :emoji: b :name[x]{y=z} c',
    '::leaf[글]',
  ])('%s stays as written', async (text) => {
    expect(await renderLab(text)).toBe(`<p>${text}</p>`);
  });

  it('keeps formatting inside what looks like a label', async () => {
    expect(await renderLab('값:name[**굵게**]끝')).toBe('<p>값:name[<strong>굵게</strong>]끝</p>');
  });

  it('finds a console button that is cut by a colon', async () => {
    expect(await renderLab('[[View:all]]')).toContain('<span class="console-button">View:all');
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
