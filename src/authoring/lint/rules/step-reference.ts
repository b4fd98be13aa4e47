import type { Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { taskInWords } from '../../../markdown/read/structure/task-headings.ts';
import { countsThrough } from '../numbering.ts';
import { lineOf, sourceOf, stepsOf, tasksOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/**
 * References to steps. "3 steps" is a count; of a range the last number is used. A number after its word only counts when the reader is
 * sent there, because builds and pipelines have numbered stages, too.
 */
const STEPS = [
  /(?<ko>\d{1,3})(?:단계(?=[의를을부까는은에와과]|\s*(?:전|이후|참고))|번\s*단계)/,
  /(?:ステップ|手順)\s*(?<ja>\d{1,3})(?!\s*つ)/,
  /\bstep\s+(?<en>\d{1,3})\b/,
  /(?<=(?:^|[은는을를면서고며도,.:(>]|위의?|앞의?|아래의?|이전|다음)\s*)단계\s*(?<part>\d{1,3})(?=[을를]?\s*(?:참고|참조)|[을를]\s*(?:다시|건너)|(?:으로|로)\s*(?:돌아|이동|넘어))/,
];
/** The task before a step: `태스크 2의`, `[태스크 2: 빌드](#태스크-2-빌드)의`. */
const BEFORE =
  /(?:(?:태스크|タスク|task)\s*(?<before>\d+)(?:[^\]\n()]{0,60}\]\((?<link>[^)\s]*)\))?(?:의|에서|の|\s+step|,)?\s*)?(?<![\d.-])/;
/** The task after a step: `of task 2`, `in [task 2](#task-2-build)`. */
const AFTER = /(?:\s+(?:of|in)\s+\[?task\s+(?<after>\d+)(?:[^\]\n()]{0,60}\]\((?<linkAfter>[^)\s]*)\))?)?/;
const REFERENCE = new RegExp(`${BEFORE.source}(?:${STEPS.map(({ source }) => source).join('|')})${AFTER.source}`, 'gi');

/** Text between two steps of the same task: `6단계와 7단계`, `6단계부터 7단계까지`. */
const JOINT = /^(?:의|를|을|와|과|및|부터|에서|と|から|and|or|to|[\s,、・~〜～-])*$/i;

/** In a table, a number with its word may be a label. It is a reference when the sentence sends the reader there. */
const SENT_AFTER = /^(?:[를을]|부터|에서|から|を|に戻)/;
const SENT_BEFORE = /\b(?:from|to|repeat|redo|see|in)\s+$/i;

/** A step that a text refers to. */
interface Reference {
  readonly step: number;
  /** `task-2`, when the text names the task. */
  readonly task: string | undefined;
  /** Whether it is called like a section: `단계 3으로 돌아갑니다`. */
  readonly isPart: boolean;
  /** Index in the text. */
  readonly index: number;
}

/** The steps that a text refers to, except steps of other pages. */
function referencesIn(text: string, isCell: boolean): Reference[] {
  const found: Reference[] = [];
  let last: { readonly end: number; readonly task: string | undefined; readonly link: string } | undefined;
  for (const match of text.matchAll(REFERENCE)) {
    const { ko, ja, en, part, before, after, link, linkAfter } = match.groups ?? {};
    const end = match.index + match[0].length;
    const joined = last !== undefined && JOINT.test(text.slice(last.end, match.index)) ? last : undefined;
    const number = before ?? after;
    const of = number === undefined ? joined : { task: `task-${Number(number)}`, link: link ?? linkAfter ?? '#' };
    last = { end, task: of?.task, link: of?.link ?? '#' };
    const isSent = !isCell || SENT_AFTER.test(text.slice(end)) || SENT_BEFORE.test(text.slice(0, match.index));
    if (isSent && last.link.startsWith('#'))
      found.push({ step: Number(ko ?? ja ?? en ?? part), task: last.task, isPart: part !== undefined, index: match.index });
  }
  return found;
}

/** Whether sections are called steps: `### 단계 3: 삭제 확인`. */
function hasNumberedParts(tree: Root): boolean {
  let has = false;
  walk(tree, (node) => {
    if (node.type === 'heading' || node.type === 'strong') has ||= /단계\s*\d/.test(plainText(node));
  });
  return has;
}

export default defineRule({
  id: 'step-reference',
  doc: 'A step that the text refers to exists.',
  check({ documents, checkers }, report) {
    for (const document of documents) {
      const tasks = tasksOf(document).map(({ task, heading, content }) => ({
        task,
        heading,
        content,
        numbers: stepsOf(document, content).map(({ number }) => number),
      }));
      // When steps are numbered through, numbers belong to the whole text.
      const runOn = countsThrough(document);
      const numbersParts = hasNumberedParts(document.tree);
      const lastOf = (numbers: readonly number[]) => Math.max(0, ...numbers);
      const lastOfAll = lastOf(tasks.flatMap(({ numbers }) => numbers));
      for (const { task, content } of tasks) {
        for (const node of content) {
          walk(node, (inner: Nodes | { type: string }) => {
            if (inner.type !== 'paragraph' && inner.type !== 'tableCell') return;
            const text = sourceOf(document, inner as Nodes);
            for (const { step, task: other = task, isPart, index } of referencesIn(text, inner.type === 'tableCell')) {
              const own = tasks.find((one) => one.task === other);
              if (own === undefined || (numbersParts && isPart)) continue;
              const last = runOn ? lastOfAll : lastOf(own.numbers);
              if (last === 0 || step <= last) continue;
              const name = runOn ? 'the text' : taskInWords(other);
              report(
                { path: document.path, line: lineOf(inner as Nodes) + linesBefore(text, index) },
                `${name[0]?.toUpperCase()}${name.slice(1)} has no step ${step}; its last one is ${last}.`,
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
            'Fix "step" in the checker or the steps in the text.',
          );
        }
      }
    }
  },
});
