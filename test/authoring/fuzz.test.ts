import { describe, expect, it, vi } from 'vitest';
import { programsIn } from '../../src/markdown/programs-in.test-support.ts';
import { renderAndTell } from '../../src/markdown/render-lab.test-support.ts';

// The renderer prints every refusal; here they are what is looked for.
vi.spyOn(console, 'error').mockImplementation(() => {});

/** Numbers from 0 to below 1, the same for a seed everywhere (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = [
  ...['> [!NOTE]\n', '> [!OUTPUT]\n', '> [!DOWNLOAD] ', '> [!', '[!TIP]', '> > ', '> ', '- ', '  - ', '1. ', '7. ', '    ', '\t'],
  ...['```bash\n', '```\n', '~~~', '`', '``', '    code\n', '| a | b |\n| - | - |\n', '| x |', '---\n', '***', '**', '*', '__', '~~'],
  ...[
    ':::cost[제목]\n',
    ':::note{',
    ':::\n',
    '::::',
    '::check{task="task-1"}\n',
    '::check',
    '::x[',
    ':y{z}',
    ':role/x',
    '{',
    '}',
    '{{',
    '}}',
  ],
  ...[
    '[[',
    ']]',
    '((',
    '))',
    '[[Create]]',
    '{{Up',
    '](',
    ')',
    '[a](',
    '![',
    '](/x.png)',
    '[^1]',
    '[^1]: ',
    '[x]: javascript:alert(1)\n',
    '[x]',
  ],
  ...[
    '<script>alert(1)</script>',
    '<script',
    '</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:x">',
    '<svg/onload=x>',
    '<!--',
  ],
  ...[
    '-->',
    '<![CDATA[',
    '<style>',
    '<details>\n',
    '</details>\n',
    '<table><tr>',
    '</td>',
    '<repo-name>',
    '<div onclick="x">',
    '<p',
    '&lt;',
    '&#0;',
  ],
  ...['javascript:alert(1)', '<javascript:alert(1)>', 'data:text/html,x', 'http://localhost:8080에서', 'arn:aws:iam::123456789012:role/x'],
  ...[
    '## 태스크 1: a\n',
    '## 태스크 1: a\n',
    '# x\n',
    '### Task 2\n',
    '✅ **태스크 완료**: 끝\n',
    '## 리소스 정리\n',
    '글',
    ' ',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
  ],
  ...[
    ':::note{onclick=alert(1) style="x"}\n',
    ':::tip[<script>x</script>]\n',
    '::check{task="<script>"}\n',
    '[[<img src=x onerror=y>]]',
    '[a](java&#115;cript:alert(1))',
    '[a](java\tscript:x)',
    '![a](data:image/svg+xml,<svg onload=x>)',
    '![<script>](x.png "<b onload=y>")',
    '<a href="java&#x0A;script:x">',
    '<a href=" javascript:x">',
    '<iframe srcdoc="<script>x</script>"></iframe>',
    '<form action="javascript:x"><button formaction="javascript:y">',
    '<base href="//evil">',
    '<meta http-equiv="refresh" content="0;url=javascript:x">',
    '<div style="background:url(javascript:x)">',
    '<svg><a xlink:href="javascript:x"><text>t</text></a></svg>',
    '<img src="/no.png" alt="&quot;><script>x</script>">',
    '<noscript><p title="</noscript><img src=x onerror=y>">',
    '<math><mtext><style><img src=x onerror=y>',
    '<td>[[Go]]',
    '<code>',
    '# 🗑️ 리소스 정리\n',
    '31. 하나\n32. 둘\n',
    '   - 아래\n',
    '10~20',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u200d',
    '\ud800',
    'שלום',
    'مرحبا',
    '👩‍💻',
    '가',
    '\\',
    '\\[',
    '"',
    "'",
    '&',
    '<',
    '>',
  ],
] as const;

function document(seed: number): string {
  const next = random(seed);
  const length = 3 + Math.floor(next() * 60);
  return Array.from({ length }, () => {
    const piece = PIECES[Math.floor(next() * PIECES.length)] ?? '';
    return next() < 0.03 ? piece.repeat(200) : piece;
  }).join('');
}

/** A page without programs, or a refusal that says where. */
async function hold(markdown: string): Promise<void> {
  try {
    const { html, told } = await renderAndTell(markdown, {
      zip: [
        { path: 'z/../../a.js', bytes: 1 },
        { path: 'z/<script>.js', bytes: 2 },
      ],
      images: [],
      values: [{ placeholder: '<repo-name>', value: 'R' }],
    });
    expect(programsIn(html)).toEqual([]);
    for (const line of told) expect(line).toMatch(/^\d+: \S.*[.]$/s);
  } catch (error) {
    expect(error).toMatchObject({ line: expect.any(Number), file: expect.stringContaining('/demo/ko.md') });
  }
}

describe('whatever is typed', () => {
  it.each(Array.from({ length: 12 }, (_, group) => group))(
    'group %i becomes a page without programs or is refused with its line',
    async (group) => {
      for (let seed = group * 50; seed < group * 50 + 50; seed += 1) {
        const markdown = document(seed);
        await hold(markdown).catch((error: unknown) => {
          throw new Error(`Document ${seed}: ${JSON.stringify(markdown)}`, { cause: error });
        });
      }
    },
  );

  it.each([
    ['quotations', '> '],
    ['list marks', '- '],
    ['opening brackets', '['],
    ['console buttons', '[['],
    ['images', '!['],
    ['stars', '*'],
    ['stars and words', '*a '],
    ['double stars and words', '**a '],
    ['backticks', '`'],
    ['backticks that grow', '`a``b```c'],
    ['colons', ':'],
    ['containers', ':::note\n'],
    ['longer containers', '::::note\n\n'],
    ['checks', '::check\n\n'],
    ['tags', '<b>'],
    ['half tags', '<a '],
    ['comments', '<!--'],
    ['scripts', '<script>'],
    ['entities', '&amp;'],
    ['bars', '|'],
    ['rows', '| a '],
    ['braces', '{{'],
    ['parentheses', '(('],
    ['backslashes', '\\'],
    ['line ends', '\n'],
    ['markers', '> [!NOTE]\n'],
    ['addresses', 'http://a.b '],
    ['footnotes', '[^1] '],
    ['Korean particles', '**가**를 '],
    ['ranges', '10~20 '],
    ['steps without an empty line', '글:\n7. 일곱\n'],
    ['steps under steps', '10. 열\n   1. 하나\n'],
    ['pieces of code in HTML', '<code>[[x]]'],
    ['missing pictures', '<img src="/x.png">'],
  ])('two thousand %s', async (_what, piece) => {
    await hold(`글\n\n${piece.repeat(2000)}\n\n끝`);
  });

  it.each(['> ', '>', '- ', '1. ', '> - ', ':::note\n', '<div>'])('ten thousand levels of %s', async (piece) => {
    await expect(renderAndTell(`글\n\n${piece.repeat(10_000)}끝`)).rejects.toMatchObject({ line: expect.any(Number) });
  });
});
