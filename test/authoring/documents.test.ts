import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { programsIn } from '../../src/markdown/programs-in.test-support.ts';
import { readFrontMatter } from '../../src/markdown/read/front-matter.ts';
import { renderAndTell } from '../../src/markdown/render-lab.test-support.ts';

/** What a reader finds on a page. */
interface Found {
  readonly callouts: string[];
  readonly buttons: string[];
  readonly steps: string[];
  readonly checks: string[];
  readonly outline: string[];
  /** Everything that is not code. */
  readonly prose: string;
}

const classesOf = (node: Element) => (Array.isArray(node.properties.className) ? node.properties.className.map(String) : []);

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node && !(node.type === 'element' && classesOf(node).includes('sr-only')) ? node.children.map(textOf).join('') : '';
}

/** The number a browser shows before each item of a list. */
function numbersShown(list: Element): Map<Element, number> {
  const shown = new Map<Element, number>();
  let next = Number(list.properties['start'] ?? 1);
  for (const item of list.children) {
    if (item.type !== 'element' || item.tagName !== 'li') continue;
    const number = Number(item.properties['value'] ?? next);
    shown.set(item, number);
    next = number + 1;
  }
  return shown;
}

function read(html: string): Found {
  const found: Found & { prose: string } = { callouts: [], buttons: [], steps: [], checks: [], outline: [], prose: '' };
  const tree = fromHtml(html, { fragment: true });
  visit(tree, 'element', (node) => {
    const [first, kind] = classesOf(node);
    if (first === 'callout') found.callouts.push(`${kind?.slice('callout-'.length)}`);
    if (first === 'console-button') found.buttons.push(textOf(node));
    if (node.tagName === 'lab-check') found.checks.push(String(node.properties['dataTask']));
    if (/^h[1-6]$/.test(node.tagName)) found.outline.push(`${node.tagName[1]} ${textOf(node)}`);
    if (node.tagName !== 'ol') return;
    for (const [item, number] of numbersShown(node)) {
      if (item.properties['dataStep'] === undefined) continue;
      expect(Number(item.properties['dataStep'])).toBe(number);
      found.steps.push(`${item.properties.id}`);
    }
  });
  visit(tree, (node) => {
    if (node.type === 'element' && ['code', 'pre', 'noscript'].includes(node.tagName)) return SKIP;
    if (node.type === 'text') found.prose += node.value;
    return undefined;
  });
  return found;
}

async function page(name: string, checked?: readonly string[]): Promise<Found & { html: string; told: string[] }> {
  const source = readFileSync(join(import.meta.dirname, 'documents', name), 'utf8');
  const { body, bodyLine, data } = readFrontMatter(source);
  const language = name.split('.').at(-2) as 'ko' | 'ja' | 'en';
  const title = typeof data['title'] === 'string' ? { title: data['title'] } : {};
  const lab = { language, ...title, ...(checked ? { checked } : {}) };
  const { html, told } = await renderAndTell('\n'.repeat(bodyLine) + body, lab);
  expect(programsIn(html)).toEqual([]);
  return { ...read(html), html, told };
}

describe('documents by other hands', () => {
  it('s3-lifecycle: everything where it belongs', async () => {
    const { html, ...found } = await page('s3-lifecycle.ko.md');
    expect(found.prose).not.toMatch(/\[!|\[\[|\{\{|\(\(|:::(?!lab-logs)/);
    expect(found.prose).toContain('arn:aws:s3:::lab-logs-123456789012 이고, 객체는 s3://lab-logs/AWSLogs/ 아래에');
    expect(found.callouts).toEqual(['download', 'cost', 'warning', 'tip', 'note', 'output', 'troubleshooting']);
    expect(found.buttons).toEqual(['Create bucket', 'Upload', 'Cancel', 'Save changes']);
    expect(found.steps).toEqual([
      ...[1, 2, 3, 4, 6].map((step) => `task-1-step-${step}`),
      ...[1, 2, 3].map((step) => `task-2-step-${step}`),
      'cleanup-step-1',
      'cleanup-step-1-2',
    ]);
    expect(found.checks).toEqual(['task-1', 'task-2', 'cleanup']);
    expect(found.told).toEqual([
      "24: /files/week3/s3-lab.zip does not exist; put the lab's files into files/ beside this text, or fix the link.",
    ]);
    // Whole: the table with its bar, the lists and the code of the cost box.
    expect(html).toMatch(
      /callout-cost.*S3 \| Standard.*<li>첫째<\/li>.*<strong>굵게<\/strong>.*language-json.*<\/div><\/div>\s*<div class="callout callout-warning/s,
    );
    expect(html).toMatch(/id="task-1-step-2".*callout-tip.*이름 규칙.*callout-note.*xn--.*id="task-1-step-3"/s);
  });

  it('the same without checkers: a page without buttons', async () => {
    const { html, checks, prose } = await page('s3-lifecycle.ko.md', []);
    expect(checks).toEqual([]);
    expect(html).not.toContain('<button');
    expect(prose).toContain('✅ 태스크 완료: 버킷이 준비되었습니다.');
  });

  it('no-front-matter: titles, placeholders and text that looks like syntax', async () => {
    const found = await page('no-front-matter.ko.md');
    expect(found.outline).toEqual(['2 VPC 엔드포인트 실습', '3 깊은 제목이 먼저']);
    expect(found.prose).toContain(
      '<repository-name>과 <YOUR_KEY>를 바꿉니다. 포트는 http://localhost:8080에서 확인하고, {json}과 & 그리고 a | b는 그대로입니다.',
    );
    expect(found.html).toContain('<a href="http://localhost:8080">');
    expect(found.callouts).toEqual(['note', 'warning', 'note', 'output']);
    expect(found.buttons).toEqual(['저장', 'Save now']);
    expect(found.html).toContain('<a href="https://docs.aws.amazon.com">[문서]</a>');
    expect(found.prose).toContain('::: box 모르는 이름은 글이다');
    expect(found.html).toMatch(/<blockquote>.*인용은 인용이다/s);
    expect(found.told.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      ['24: Markdown swallows', '26: There is', '29: This OUTPUT'].map((start) => expect.stringMatching(new RegExp(`^${start}`))),
    );
  });

  it('step-functions: Japanese, tasks of the first level, numbers with parentheses and from 0', async () => {
    const found = await page('step-functions.ja.md');
    expect(found.outline).toEqual(['2 🚀 タスク 1：ステートマシン作成', '3 手順', '2 タスク 2：実行', '2 リソースのクリーンアップ']);
    expect(found.steps).toEqual([
      ...[1, 2, 3].map((step) => `task-1-step-${step}`),
      ...[0, 1].map((step) => `task-2-step-${step}`),
      'cleanup-step-1',
    ]);
    expect(found.checks).toEqual(['task-1', 'task-2', 'cleanup']);
    expect(found.callouts).toEqual(['important']);
    expect(found.told).toEqual([]);
  });

  it('raw-html: keeps what is meant, runs nothing', async () => {
    const found = await page('raw-html.en.md');
    expect(found.html).toMatch(
      /<details>\s*<summary>More about <code>\[\[ -f x \]\]<\/code><\/summary>.*callout-note.*<strong>details<\/strong>.*<\/details>/s,
    );
    expect(found.buttons).toEqual(['Go']);
    expect(found.steps).toEqual(['task-1-step-1', 'task-1-step-2']);
    expect(found.checks).toEqual(['task-1', 'cleanup']);
    expect(found.html).toMatch(/<div align="center">.*<table>.*z.*<\/table>.*<\/div>/s);
    expect(found.prose).toContain('Type <account-id>.');
    expect(found.told.map((line) => Number.parseInt(line, 10))).toEqual([15, 17, 19, 25, 33]);
  });

  it('crowded: nothing is separated by an empty line', async () => {
    const found = await page('crowded.ko.md');
    expect(found.callouts).toEqual(['note', 'tip', 'success', 'error', 'caution', 'concept', 'cost', 'note']);
    expect(found.prose).not.toMatch(/\[!|\[\[|:::/);
    expect(found.prose).toContain('buildspec.yml: 와 ::after');
    expect(found.steps).toEqual([1, 2, 3, 4, 10].map((step) => `task-1-step-${step}`));
    expect(found.html).toMatch(/callout-error.*목록 속 목록의 오류.*\[!NOTE\] 코드 속 표시/s);
  });

  it('memo-api: numbers that run through all tasks, steps without an empty line before them, a cleanup of the first level', async () => {
    const found = await page('memo-api.ko.md');
    expect(found.prose).not.toMatch(/\[!|\[\[|\{\{|\(\(|:::|\*\*/);
    expect(found.callouts.join(' ')).toBe(
      'download note concept note tip tip troubleshooting troubleshooting note output output output warning important',
    );
    expect(found.buttons).toEqual(['Add item', 'Create function', 'Create function', '<> Code', 'Add tag', 'Delete', 'Delete']);
    expect(found.steps).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((step) => `task-0-step-${step}`),
      ...[7, 8, 9, 10, 11, 12, 13].map((step) => `task-1-step-${step}`),
      ...[14, 15, 16, 17, 18, 19].map((step) => `task-2-step-${step}`),
      ...['1', '2', '1-2', '2-2', '3', '4'].map((step) => `cleanup-step-${step}`),
    ]);
    expect(found.checks).toEqual(['task-0', 'task-1', 'task-2', 'cleanup']);
    expect(found.outline.filter((line) => line.startsWith('2 '))).toEqual([
      ...['2 실습 흐름', '2 태스크 0: 환경 구축', '2 태스크 1: 테이블 확인', '2 태스크 2: 함수 만들기', '2 마무리', '2 🗑️ 리소스 정리'],
      ...['2 📚 참고: 개념', '2 💡 핵심 포인트 정리'],
    ]);
    expect(found.html).toMatch(/<ol start="31">\s*<li[^>]*>새 버전을.*<li[^>]*>준비되면.*<li[^>]*>반복합니다.<\/li>\s*<\/ol>/s);
    expect(found.told.map((line) => Number.parseInt(line, 10))).toEqual([20, 30, 164, 233]);
  });

  it('vpc-peering: tasks under every kind of heading, and everything Markdown and HTML have', async () => {
    const found = await page('vpc-peering.ko.md');
    expect(found.prose).not.toMatch(/\[\[|\{\{|\(\(|:::|\*\*/);
    expect(found.prose).toContain('10~20분, 5~10개 그리고 30초~1분');
    expect(found.prose).toContain('AT&T, <placeholder>, <내-버킷-이름>, <Public-IP>, ');
    expect(found.callouts.join(' ')).toBe('note tip warning output tip caution important tip note warning tip');
    expect(found.buttons).toEqual([
      ...['VPC 생성', 'Cancel', 'Create VPC', '자세히 보기', 'Create peering connection', 'OK', 'Save', 'Next', 'Back', 'Go', 'Done'],
      ...['버튼', '각주 버튼'],
    ]);
    expect(found.steps).toEqual([
      ...[1, 2, 3, 4].map((step) => `task-1-step-${step}`),
      ...[1, 2, 3, 4, 5].map((step) => `task-2-step-${step}`),
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((step) => `task-3-step-${step}`),
      ...[1, 2, 3, 4, 6, 7, 8].map((step) => `task-4-step-${step}`),
      'cleanup-step-1',
    ]);
    expect(found.checks).toEqual(['task-1', 'task-2', 'task-3', 'task-4', 'cleanup']);
    expect(found.html).toMatch(/<pre><code[^>]*>if \[\[ [^<]*\[!NOTE\]\S+ \]\]; then echo \S*:::\S*; fi/);
  });

  it('mess: half of everything, and still a page that names the lines', async () => {
    const found = await page('mess.ko.md');
    expect(found.callouts).toEqual(['note', 'tip']);
    expect(found.outline).toEqual(['2 실습 없이 시작하는 글', '2 다음 제목']);
    expect(found.prose).toContain('거꾸로 와 제어 문자');
    expect(found.told.map((line) => Number.parseInt(line, 10))).toEqual([6, 11, 19, 21, 25]);
  });
});
