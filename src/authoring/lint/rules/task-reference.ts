import type { Nodes, Paragraph } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { linesBefore } from '../../../markdown/read/lines.ts';
import type { LintDocument } from '../document.ts';
import { lineOf, sourceOf, tasksOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** References that can only mean a task of the text. ECS has tasks, too, and counts them. */
const REFERENCES = [
  /(?<!(?:중인|원하는|필요한|ECS)\s)(?:태스크|과제)\s*(\d{1,2})(?:\.\d+)?(?:\s*~\s*(\d{1,2}))?(?=에서|에는|[를을의은는과와](?!\p{L})|부터|까지|(?:으로|로)\s*(?:이동|돌아|넘어)|\s*(?:참고|참조)|\s*[):])/gu,
  /(?<![のな]|ECS\s?)(?:タスク|課題)\s*(\d{1,2})(?:\s*[~〜～]\s*(\d{1,2}))?(?=\s*(?:[をので](?!き)|から|まで|に[進戻移]|[)）:：]))/gu,
  /(?:\bTask|\b(?:in|from|of|see|with|before|after|until)\s+task)\s+(\d{1,2})(?:\s*~\s*(\d{1,2}))?(?=\s*(?:[,;:)]|\.(?!\d))|\s+(?:to|and|or|again|above|below|step)\b|\s*$)/gu,
];

/** Words before a task that show it belongs to another text. */
const ELSEWHERE =
  /(?:실습|랩|차시|주차|세션|문서|과정|모듈|챕터|파트|演習|実習|ラボ|セッション|ドキュメント|章|回目|\b(?:week|lab|session|module|chapter|part|workshop)\b|\d-\d|\])(?:(?![.!?]\s|[。！？])[\s\S])*$/iu;

/** The source of a block in which everything but prose is replaced by spaces: code, HTML, addresses. Line numbers do not change. */
function proseOf(document: LintDocument, block: Nodes): string {
  return sourceOf(document, block).replace(/(`+)[\s\S]*?\1|<[^>]*>|(?<=\])\([^)\s]*\)/g, (whole) => whole.replace(/[^\n]/g, ' '));
}

/** The numbers of all tasks that a text names: in headings of any form, and in bold at the start of a paragraph. */
function namedIn(document: LintDocument): Set<number> {
  const names: string[] = [];
  walk(document.tree, (node) => {
    const [first] = node.type === 'paragraph' ? (node as Paragraph).children : [];
    if (node.type === 'heading' || first?.type === 'strong') names.push(plainText(first ?? node));
  });
  const numbers = names.join('\n').matchAll(/(?:태스크|과제|작업|タスク|課題|task)\s*(\d+)/gi);
  return new Set([...numbers].map(([, number]) => Number(number)));
}

export default defineRule({
  id: 'task-reference',
  doc: 'A task that the text refers to exists.',
  check({ documents }, report) {
    for (const document of documents) {
      const tasks = tasksOf(document).flatMap(({ task }) => /^task-(\d+)$/.exec(task)?.[1] ?? []);
      // A single task may belong to a lab whose other tasks are elsewhere.
      if (tasks.length < 2) continue;
      const named = namedIn(document);
      walk(document.tree, (node) => {
        if (node.type !== 'paragraph' && node.type !== 'tableCell') return;
        const text = proseOf(document, node as Nodes);
        for (const match of REFERENCES.flatMap((pattern) => [...text.matchAll(pattern)])) {
          const before = text.slice(0, match.index);
          const [, first, last = first] = match;
          const missing = [first, last].map(Number).find((number) => !named.has(number));
          if (missing === undefined || ELSEWHERE.test(before)) continue;
          const place = { path: document.path, line: lineOf(node) + linesBefore(text, match.index) };
          report(place, `The text has no task ${missing}; its tasks are ${tasks.join(', ')}.`, 'Name the task that is meant, or write it.');
        }
      });
    }
  },
});
