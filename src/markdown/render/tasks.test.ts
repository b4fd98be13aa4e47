import { describe, expect, it } from 'vitest';
import { taskOfHeading } from '../read/structure/task-headings.ts';
import { renderAndTell, renderLab } from '../render-lab.test-support.ts';

describe('taskOfHeading', () => {
  it.each([
    ['태스크 0: 실습 환경 구축', 'task-0'],
    ['タスク 3：プロジェクト作成', 'task-3'],
    ['Task 12: Build', 'task-12'],
    ['리소스 정리', 'cleanup'],
    ['リソースの削除', 'cleanup'],
    ['リソースのクリーンアップ', 'cleanup'],
    ['Clean up', 'cleanup'],
    ['Cleaning up', 'cleanup'],
    ['태스크 １２: 확인', 'task-12'],
    ['Task #11', 'task-11'],
    ['🚀 태스크 7 - 배포', 'task-7'],
    ['3. 과제 2: 확인', 'task-2'],
    ['Task 4', 'task-4'],
    ['태스크 1 (선택)', 'task-1'],
    ['실습 리소스 정리', 'cleanup'],
    ['작업 2: 큐 만들기', 'task-2'],
    ['작업 흐름', undefined],
    ['후片付け', undefined],
    ['환경 정리 문서', undefined],
    ['Task 1 explained', undefined],
    ['마무리', undefined],
    ['태스크 설명', undefined],
    ['Tasks', undefined],
  ])('%s -> %s', (heading, task) => {
    expect(taskOfHeading(heading)).toBe(task);
  });
});

const lab = `앞글

## 태스크 1: 코드

### 상세 단계

1. 하나
2. 둘
   1. 둘 안의 하나

\`\`\`bash
ls
\`\`\`

3. 셋

✅ **태스크 완료**: 코드가 \`main\`에 있습니다.

## 마무리

끝

## 리소스 정리

1. 지웁니다

✅ **실습 종료**: 정리되었습니다.
`;

describe('remarkTasks', () => {
  it('makes a section of each task, numbers its steps as written and puts the panel at the end marker', async () => {
    const html = await renderLab(lab);
    expect(html.replace(/<div class="check-head">.*?<\/noscript>/gs, '…')).toMatchInlineSnapshot(`
      "<p>앞글</p>
      <section class="task" id="task-1" data-task="task-1"><h2 id="태스크-1-코드">태스크 1: 코드</h2><h3 id="상세-단계">상세 단계</h3><ol>
      <li id="task-1-step-1" data-step="1">하나</li>
      <li id="task-1-step-2" data-step="2">둘
      <ol>
      <li>둘 안의 하나</li>
      </ol>
      </li>
      </ol><pre><code class="language-bash">ls
      </code></pre><ol start="3">
      <li id="task-1-step-3" data-step="3">셋</li>
      </ol><lab-check class="check not-content" data-lab="demo" data-task="task-1" data-status="unchecked" data-pagefind-ignore>…<div class="check-result" aria-live="polite"></div></lab-check></section>
      <h2 id="마무리">마무리</h2>
      <p>끝</p>
      <section class="task" id="cleanup" data-task="cleanup"><h2 id="리소스-정리">리소스 정리</h2><ol>
      <li id="cleanup-step-1" data-step="1">지웁니다</li>
      </ol><lab-check class="check not-content" data-lab="demo" data-task="cleanup" data-status="unchecked" data-pagefind-ignore>…<div class="check-result" aria-live="polite"></div></lab-check></section>"
    `);
  });

  it('shows the marker’s claim, a status in words, the button and a word for those without scripts', async () => {
    const html = await renderLab(lab);
    expect(html.match(/<div class="check-head">.*?<\/noscript>/s)?.[0]).toMatchInlineSnapshot(
      `"<div class="check-head"><p class="check-claim"><span class="check-status" data-status="unchecked">확인 전</span><span class="check-goal">코드가 <code>main</code>에 있습니다.</span></p><button type="button" class="check-button needs-script">진행 상황 확인</button></div><noscript><p>진행 상황을 확인하려면 브라우저에서 JavaScript를 켜야 합니다. 본문은 JavaScript 없이도 모두 읽을 수 있습니다.</p></noscript>"`,
    );
  });

  it.each([
    ['ja', '## タスク 2: ビルド\n\n✅ **タスク完了**: できました。', 'できました。', '進捗を確認'],
    ['en', '## Task 2: Build\n\n✅ **Task complete**: It is there.', 'It is there.', 'Check my progress'],
  ] as const)('speaks %s', async (language, markdown, claim, button) => {
    const html = await renderLab(markdown, { language });
    expect(html).toContain('data-task="task-2"');
    expect(html).toContain(claim);
    expect(html).toContain(button);
  });

  it('gives a button only to the tasks that are checked, and leaves the end marker of the others as text', async () => {
    const tasks = [0, 1, 2].map((task) => `## 태스크 ${task}: 일\n\n1. a\n\n✅ **태스크 완료**: 끝`).join('\n\n');
    const { html, told } = await renderAndTell(tasks, { checked: ['task-1'] });
    expect(html.match(/<lab-check [^>]*data-task="[^"]*"/g)).toEqual([expect.stringContaining('data-task="task-1"')]);
    expect(html.match(/<strong>태스크 완료<\/strong>: 끝/g)).toHaveLength(2);
    expect(html.match(/<li id="task-\d-step-1" data-step="1">/g)).toHaveLength(3);
    expect(told).toEqual([]);
  });

  it('tells of tasks that checkers look at and the text does not have', async () => {
    const { told } = await renderAndTell('\n\n## 태스크 1: 일\n\n✅ **태스크 완료**: 끝', { checked: ['task-1', 'task-5', 'cleanup'] });
    expect(told).toEqual([
      '3: The checkers of this lab check task 5, the cleanup, but the text has no such task; add its section, or take the task out of the checkers.',
    ]);
  });

  it('gives every step an anchor of its own, also where numbers begin again', async () => {
    const html = await renderLab('## 리소스 정리\n\n1. a\n\n### 방법 2\n\n1. b\n\n✅ **실습 종료**: 끝');
    expect(html.match(/<li id="[^"]*" data-step="1">/g)).toEqual([
      '<li id="cleanup-step-1" data-step="1">',
      '<li id="cleanup-step-1-2" data-step="1">',
    ]);
  });

  it('keeps the numbers as written, skipped and repeated ones too, and counts where all are the same', async () => {
    const numbers = async (list: string) =>
      [
        ...(await renderLab(`## 태스크 1: a\n\n${list}`)).matchAll(
          /data-step="(\d+)"(?: value="(\d+)")?|<li value="(\d+)"[^>]*data-step="(\d+)"/g,
        ),
      ].map(([, step, value, before, after]) => `${step ?? after}${(value ?? before) ? '!' : ''}`);
    expect(await numbers('1. a\n2. b\n4. c\n5. d\n5. e')).toEqual(['1', '2', '4!', '5', '5!']);
    expect(await numbers('1. a\n1. b\n1. c')).toEqual(['1', '2', '3']);
    expect(await numbers('7. a\n\n```bash\nls\n```\n\n8. b\n\n> [!NOTE]\n> 1. no step\n\n| a |\n| - |\n\n9. c')).toEqual(['7', '8', '9']);
    expect(await numbers('0) a\n1) b')).toEqual(['0', '1']);
  });

  it.each([
    '✅ **태스크 완료:** 끝',
    '✅ 태스크 1 완료: 끝',
    '**✅ 태스크 완료**: 끝',
    '✔️ **실습 완료** 끝',
    '✅ **Task 1 completed.** 끝',
  ])('knows the end marker %s', async (marker) => {
    const { html, told } = await renderAndTell(`## 태스크 1: a\n\n${marker}`);
    expect(html).toMatch(/<span class="check-goal">(<strong><\/strong>)?끝<\/span>/);
    expect(told).toEqual([]);
  });

  it('leaves a lab without checkers its words, and no button', async () => {
    const { html, told } = await renderAndTell(`${lab}\n\n::check{task="task-1"}`, { checked: [] });
    expect(html).toContain('<p>✅ <strong>태스크 완료</strong>: 코드가 <code>main</code>에 있습니다.</p>');
    expect(html).toContain('<section class="task" id="task-1"');
    expect(html).not.toMatch(/lab-check|button|::check/);
    expect(told).toEqual([]);
  });

  it('places a check by hand, and only once', async () => {
    const { html, told } = await renderAndTell(
      '::check[준비됨]{task="task-0"}\n\n## 태스크 0: a\n\n✅ **태스크 완료**: 끝\n\n## 태스크 1: b\n\n- 글\n\n  ::check\n\n## 뒤\n\n::check{task="task-0"}\n\n::check',
    );
    expect(html.match(/<lab-check/g)).toHaveLength(2);
    expect(html).toMatch(
      /^<lab-check [^>]*data-task="task-0".*준비됨.*✅ <strong>태스크 완료<\/strong>: 끝.*<li>.*<lab-check [^>]*data-task="task-1"/s,
    );
    expect(told).toEqual([
      '15: The check of task 0 has its place already; delete one.',
      '17: Which task? Write ::check{task="task-0"}, or put it under a task.',
    ]);
  });

  it('puts the check where a task without an end marker ends, and under the last of two, and names both', async () => {
    const missing = await renderAndTell('## 태스크 1: 코드\n\n글\n\n## 뒤');
    expect(missing.html).toMatch(/<p>글<\/p><lab-check.*<\/lab-check><\/section>\s*<h2 id="뒤">/s);
    const two = await renderAndTell('## 태스크 1: 코드\n\n✅ **태스크 완료**: a\n\n✅ **태스크 완료**: b');
    expect(two.html).toMatch(/<p>✅ <strong>태스크 완료<\/strong>: a<\/p><lab-check.*<span class="check-goal">b<\/span>/s);
    const fix = 'write exactly one line "✅ **태스크 완료**: …", or ::check where the button belongs.';
    expect(missing.told).toEqual([`1: The section of task 1 has 0 end markers; ${fix}`]);
    expect(two.told).toEqual([`1: The section of task 1 has 2 end markers; ${fix}`]);
  });

  it.each([
    '✅ **태스크 완료** — 큐가 있습니다.',
    '✅ **태스크 완료**: 큐가 있습니다.',
    '✅ **작업 1 완료!** 큐가 있습니다.',
    '☑️ **Task 1 completed** - 큐가 있습니다.',
  ])('takes the claim out of %s', async (marker) => {
    expect(await renderLab(`## 태스크 1: 큐\n\n${marker}`)).toContain('<span class="check-goal">큐가 있습니다.</span>');
  });

  it.each([
    '✅ **실습 종료**: 지웠습니다.',
    '✅ **리소스 정리 완료**: 지웠습니다.',
    '✅ **정리 완료** – 지웠습니다.',
    '✅ **リソースの削除完了**：지웠습니다.',
    '✅ **Cleanup complete**: 지웠습니다.',
  ])('ends the cleanup with %s', async (marker) => {
    expect(await renderLab(`## 리소스 정리\n\n${marker}`)).toContain('<span class="check-goal">지웠습니다.</span>');
  });

  it('leaves the parts of a cleanup in it, although they are named after tasks', async () => {
    const text = '## 태스크 1: a\n\n1. 큐\n\n## 리소스 정리\n\n### 태스크 1: 큐 삭제\n\n1. 삭제\n\n### 태스크 2: 확인\n\n2. 확인\n\n## 뒤';
    const { html, told } = await renderAndTell(text, { checked: [] });
    expect([...html.matchAll(/<section[^>]*id="([^"]*)"/g)].map(([, id]) => id)).toEqual(['task-1', 'cleanup']);
    expect(html).toMatch(/id="cleanup-step-1".*id="cleanup-step-2".*<\/section>\s*<h2 id="뒤">/s);
    expect(told).toEqual([]);
  });

  it('gives numbered lists outside the tasks anchors by their heading, and no ticks', async () => {
    const html = await renderLab(
      '1. 앞\n\n## 만드는 방법\n\n1. 하나\n2. 둘\n\n글\n\n1. 또 하나\n\n## 태스크 1: a\n\n1. 단계\n\n## 뒤\n\n3. 셋',
    );
    expect([...html.matchAll(/<li id="([^"]*)"( data-step)?/g)].map(([, id, step]) => `${id}${step ?? ''}`)).toEqual([
      'step-1',
      '만드는-방법-step-1',
      '만드는-방법-step-2',
      '만드는-방법-step-1-2',
      'task-1-step-1 data-step',
      '뒤-step-3',
    ]);
  });

  it('names a second section of a task and leaves it a part of the text', async () => {
    const twice = '## 태스크 1: a\n\n✅ **태스크 완료**: a\n\n';
    const { html, told } = await renderAndTell(twice + twice);
    expect(html.match(/<section/g)).toHaveLength(1);
    expect(told).toEqual(['5: There are two sections of task 1; number the tasks differently.']);
  });

  it('takes tasks of the first and the third level, and parts of a task do not end it', async () => {
    const deep = await renderLab('## 실습\n\n### 태스크 1: a\n\n#### 리소스 정리\n\n글\n\n### 태스크 2: b\n\n## 뒤');
    expect(deep).toMatch(
      /<section class="task" id="task-1"[^>]*><h3.*<h4 id="리소스-정리">.*글.*<\/section>\s*<section class="task" id="task-2".*<\/section>\s*<h2/s,
    );
    const high = await renderLab('# Demo\n\n# 태스크 1: a\n\n## 단계\n\n# 태스크 2: b');
    expect(high).toMatch(/^\s*<section class="task" id="task-1"[^>]*><h2 .*<h3 id="단계">.*<section class="task" id="task-2"[^>]*><h2/s);
  });

  it('keeps the anchors of section and heading apart', async () => {
    expect(await renderLab('## Cleanup', { language: 'en' })).toContain('id="cleanup" data-task="cleanup"><h2 id="cleanup-heading">');
  });

  it('leaves other pages alone', async () => {
    expect(await renderLab('## 태스크 1: 코드', { path: '/site/src/pages/x.md' })).toBe('<h2 id="태스크-1-코드">태스크 1: 코드</h2>');
  });
});
