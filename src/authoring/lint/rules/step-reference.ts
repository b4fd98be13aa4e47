import type { Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { linesBefore } from '../../../markdown/lines.ts';
import { countsThrough } from '../numbering.ts';
import { lineOf, sourceOf, stepsOf, tasksOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/**
 * "3 steps" is a count and not a step; a range names its last one. A number behind its word is one only where the reader is sent there:
 * builds and pipelines have stages with numbers, too.
 */
const STEPS = [
  /(\d{1,3})(?:단계(?=[의를을부까는은에와과]|\s*(?:전|이후|참고))|번\s*단계)/,
  /(?:ステップ|手順)\s*(\d{1,3})(?!\s*つ)/,
  /\bstep\s+(\d{1,3})\b/,
  /(?<=(?:^|[은는을를면서고며도,.:(>]|위의?|앞의?|아래의?|이전|다음)\s*)단계\s*(\d{1,3})(?=[을를]?\s*(?:참고|참조)|[을를]\s*(?:다시|건너)|(?:으로|로)\s*(?:돌아|이동|넘어))/,
];
const OF_TASK = /(?:(?:태스크|タスク|task)\s*(\d+)(?:의|에서|の|\s+step|,)?\s*)?(?<![\d.-])/;
const REFERENCE = new RegExp(`${OF_TASK.source}(?:${STEPS.map(({ source }) => source).join('|')})`, 'gi');

/** Sections that are called steps themselves: `### 단계 3: 삭제 확인`. */
function hasNumberedParts(tree: Root): boolean {
  let has = false;
  walk(tree, (node) => {
    if (node.type === 'heading' || node.type === 'strong') has ||= /단계\s*\d/.test(plainText(node));
  });
  return has;
}

export default defineRule({
  id: 'step-reference',
  doc: 'A step the text sends its reader to exists.',
  check({ documents, checkers }, report) {
    for (const document of documents) {
      const tasks = tasksOf(document).map(({ task, heading, content }) => ({
        task,
        heading,
        content,
        numbers: stepsOf(document, content).map(({ number }) => number),
      }));
      // Numbers that run on from task to task are numbers of the whole text.
      const runOn = countsThrough(document);
      const numbersParts = hasNumberedParts(document.tree);
      const lastOf = (numbers: readonly number[]) => Math.max(0, ...numbers);
      const lastOfAll = lastOf(tasks.flatMap(({ numbers }) => numbers));
      for (const { task, content, numbers } of tasks) {
        for (const node of content) {
          walk(node, (inner: Nodes | { type: string }) => {
            if (inner.type !== 'paragraph') return;
            const text = sourceOf(document, inner as Nodes);
            for (const match of text.matchAll(REFERENCE)) {
              const other = match[1] === undefined ? undefined : `task-${Number(match[1])}`;
              const step = Number(match[2] ?? match[3] ?? match[4] ?? match[5]);
              const own = other === undefined ? { task, numbers } : tasks.find((one) => one.task === other);
              const target = own && { task: runOn ? 'The text' : own.task, last: runOn ? lastOfAll : lastOf(own.numbers) };
              const line = lineOf(inner as Nodes) + linesBefore(text, match.index);
              if (numbersParts && match[5] !== undefined) continue;
              if (target === undefined || target.last === 0 || step <= target.last) continue;
              report(
                { path: document.path, line },
                `${target.task} has no step ${step}; its last one is ${target.last}.`,
                'Name the step that is meant.',
              );
            }
          });
        }
      }
      for (const task of checkers?.lab.tasks ?? []) {
        const target = tasks.find((one) => one.task === task.id);
        if (target === undefined) continue;
        for (const { id, step } of task.expectations) {
          const last = lastOf(target.numbers);
          if (step === undefined || step <= last) continue;
          const place = { path: document.path, line: lineOf(target.heading) };
          report(
            place,
            `The check "${id}" sends students to step ${step}, but "${plainText(target.heading)}" ends with step ${last}.`,
            'Mend "step" in the checker or the steps in the text.',
          );
        }
      }
    }
  },
});
