import { describe, expect, it } from 'vitest';
import { renderLab } from './render-for-test.ts';
import { taskOfHeading } from './task-headings.ts';

describe('taskOfHeading', () => {
  it.each([
    ['태스크 0: 실습 환경 구축', 'task-0'],
    ['タスク 3：プロジェクト作成', 'task-3'],
    ['Task 12: Build', 'task-12'],
    ['리소스 정리', 'cleanup'],
    ['リソースの削除', 'cleanup'],
    ['リソースのクリーンアップ', 'cleanup'],
    ['Clean up', 'cleanup'],
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
      <li id="task-1-step-1">하나</li>
      <li id="task-1-step-2">둘
      <ol>
      <li>둘 안의 하나</li>
      </ol>
      </li>
      </ol><pre><code class="language-bash">ls
      </code></pre><ol start="3">
      <li id="task-1-step-3">셋</li>
      </ol><lab-check class="check not-content" data-lab="demo" data-task="task-1" data-status="unchecked" data-pagefind-ignore="">…<div class="check-result" aria-live="polite"></div></lab-check></section>
      <h2 id="마무리">마무리</h2>
      <p>끝</p>
      <section class="task" id="cleanup" data-task="cleanup"><h2 id="리소스-정리">리소스 정리</h2><ol>
      <li id="cleanup-step-1">지웁니다</li>
      </ol><lab-check class="check not-content" data-lab="demo" data-task="cleanup" data-status="unchecked" data-pagefind-ignore="">…<div class="check-result" aria-live="polite"></div></lab-check></section>"
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

  it('gives a repeated step number its id only once', async () => {
    const html = await renderLab('## 리소스 정리\n\n1. a\n\n### 방법 2\n\n1. b\n\n✅ **실습 종료**: 끝');
    expect(html.match(/id="cleanup-step-1"/g)).toHaveLength(1);
  });

  it('refuses a task without its end marker, with two, and two tasks of one number', async () => {
    await expect(renderLab('## 태스크 1: 코드\n\n글')).rejects.toThrow(/section of task-1 has 0 end markers/);
    await expect(renderLab('## 태스크 1: 코드\n\n✅ **태스크 완료**: a\n\n✅ **태스크 완료**: b')).rejects.toThrow(/has 2 end markers/);
    const twice = '## 태스크 1: a\n\n✅ **태스크 완료**: a\n\n';
    await expect(renderLab(twice + twice)).rejects.toThrow(/two sections of task-1/);
  });

  it('leaves other pages alone', async () => {
    expect(await renderLab('## 태스크 1: 코드', { path: '/site/src/pages/x.md' })).toBe('<h2 id="태스크-1-코드">태스크 1: 코드</h2>');
  });
});
