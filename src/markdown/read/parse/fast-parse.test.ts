import { globSync, readFileSync } from 'node:fs';
import type { Nodes, Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { OUR_LABS } from '../../../content/our-labs.ts';
import { readFrontMatter } from '../front-matter.ts';
import { remarkBlockDirectives } from './block-directives.ts';
import { fastParse } from './fast-parse.ts';

const careful = unified().use(remarkParse).use(remarkGfm).use(remarkCjkFriendly).use(remarkBlockDirectives);

/** Draws a tree as text, one node on each line: its type, and the part of the source it covers. */
function drawn(node: Nodes, source: string, depth = 0): string {
  const { children, position, data, ...own } = node as Nodes & { children?: Nodes[] };
  const said = Object.entries({ ...own, ...data })
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { start, end } = position ?? {};
  // Parsers disagree whether a text ends before or after the indentation of the next line. Nothing depends on it.
  const from = node.type === 'text' ? '' : `${start?.line}:${start?.column} ${source.slice(start?.offset, end?.offset)}`;
  const line = `${' '.repeat(depth)}${JSON.stringify(said)} ${JSON.stringify(from)}`;
  return [line, ...(children ?? []).map((child) => drawn(child, source, depth + 1))].join('\n');
}

function bothWays(source: string): [fast: string, careful: string] {
  const parse = (text: string): Root => careful.parse(text);
  return [drawn(fastParse(source, parse), source), drawn(parse(source), source)];
}

const files = globSync(OUR_LABS.map((lab) => `src/content/labs/${lab}/*.{md,mdx}`));
const texts = files.map((path) => [path, readFrontMatter(readFileSync(path, 'utf8')).body] as const);

describe('the fast parser reads as the careful one does', () => {
  test.each(texts)('%s', (_path, source) => {
    const [fast, slow] = bothWays(source);
    expect(fast).toBe(slow);
  });

  test.each([
    '**With new resources (standard)**를 클릭합니다',
    '이것은**강조(괄호)**입니다. **「引用」**です。**注意：**これは',
    '> **값(v)**을 쓰고\n> `코드`와 **둘(2)**을\n넣습니다 **셋(3)**은',
    '- **이름(name)**을\n  1. **값(value)**을 10:30에\n\n     둘째 **줄(b)**은',
    '| 이름 | 값 |\n|---|---|\n| **a(b)**를 | `x \\| y` **c(d)**는 \\| |',
    '## **제목(a)**을 정하기 ##\n\n**큰(b)**를\n===',
    ':::note[**제목(a)**은]\n**내용(b)**이 :smile: 10:30pm\n:::',
    '[**링크(a)**를](https://example.com) **밖(b)**은 [이름][id] **셋(c)**을\n\n[id]: https://example.com',
    '각주[^1] **값(v)**을\n\n[^1]: **주(n)**는',
    'arn:aws:iam::123456789012:role/x 그리고 localhost:8080, a:b[c]{d=e}',
    'text :b[**bold** `code`] :c{#d} ::check{task="task-0"}',
    '~~취소(선)~~를 `**코드(c)**를` \\**아님(n)**은',
    'a\r\n**값(v)**을\r\n> b **값(v)**을\r\n> c\r\n',
    '- **할 일(a)**을\n- 끝 :b',
    '가😀나 **값(🙂)**을 **b**',
    '__값(v)__을 _값(v)_을 a_b_c 이름_값_은',
  ])('%j', (source) => {
    const [fast, slow] = bothWays(source);
    expect(fast).toBe(slow);
  });

  test('but for a byte order mark, which shifts nothing', () => {
    const source = '\ufeff# 제목\n\n**값(v)**을';
    const [fast] = bothWays(source);
    expect(fast.split('\n').filter((line) => /strong|heading/.test(line))).toEqual([
      expect.stringContaining('"1:2 # 제목"'),
      expect.stringContaining('"3:1 **값(v)**"'),
    ]);
  });

  test('and for words that would be something else on their own, which stay words', () => {
    const [fast] = bothWays('- [ ] # 아님 :b');
    expect(fast).toContain('"# 아님 "');
    expect(fast).toContain('":b"');
    expect(fast).not.toContain('textDirective');
  });

  test('whatever stands beside the marks of emphasis', () => {
    // A random generator with a fixed seed, so that every run tests the same thousand lines.
    let state = 7;
    const next = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const pieces = [
      '**',
      '*',
      '_',
      '__',
      '***',
      '가',
      '나다',
      '漢',
      'か',
      'a',
      'b1',
      ' ',
      '(',
      ')',
      '.',
      '「',
      '」',
      '。',
      '，',
      '`x*`',
      '\\*',
      '—',
      '😀',
      '[a](b)',
      '：',
    ];
    const differs: string[] = [];
    for (let count = 0; count < 1_000; count += 1) {
      const source = `x${Array.from({ length: 3 + next(12) }, () => pieces[next(pieces.length)]).join('')}x`;
      const [fast, slow] = bothWays(source);
      if (fast !== slow) differs.push(source);
    }
    expect(differs).toEqual([]);
  });

  test('and does not ask the careful one for what no person writes', () => {
    const refuse = () => expect.unreachable('The careful parser needs minutes for this.');
    const tree = fastParse('가*(a_'.repeat(5_000), refuse as never);
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph']);
  });

  test('and gives the careful one the definitions that a part names, and no others', () => {
    const asked: string[] = [];
    fastParse('[One] **값(v)**을\n\n[one]: https://example.com\n[two]: https://example.com\n', (excerpt) => {
      asked.push(excerpt);
      return careful.parse(excerpt);
    });
    expect(asked).toEqual(['[One] **값(v)**을\n\n[one]: x']);
  });

  test('and asks the careful one for little of a text', () => {
    const [, body = ''] = texts.find(([path]) => path.includes('week9-2-codebuild/ko')) ?? [];
    let asked = 0;
    fastParse(body, (excerpt) => {
      asked += excerpt.length;
      return careful.parse(excerpt);
    });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(body.length / 20);
  });
});
