import type { List, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { checkPanel } from './check-panel.ts';
import { type LabFile, labFile } from './lab-file.ts';
import { element, type Markup, text } from './nodes.ts';
import { taskOfHeading } from './task-headings.ts';

const MARKER = /^(?:태스크 완료|실습 종료|タスク完了|演習終了|実習終了|Task complete|Lab complete)$/i;

/** What an end marker `✅ **태스크 완료**: …` claims, or `undefined` when the paragraph is none. */
function endMarker(node: RootContent): PhrasingContent[] | undefined {
  if (node.type !== 'paragraph') return undefined;
  const [tick, word, lead, ...rest] = (node as Paragraph).children;
  if (tick?.type !== 'text' || !tick.value.startsWith('✅') || word?.type !== 'strong' || !MARKER.test(plainText(word).trim()))
    return undefined;
  if (lead?.type !== 'text') return [];
  return [text(lead.value.replace(/^\s*[:：]\s*/, '')), ...rest];
}

/** Gives the items of a numbered list the ids `<task>-step-<number as written>`; the first of a number wins. */
function numberSteps(list: List, task: string, taken: Set<string>): void {
  for (const [index, item] of list.children.entries()) {
    const id = `${task}-step-${(list.start ?? 1) + index}`;
    if (taken.has(id)) continue;
    taken.add(id);
    item.data = { ...item.data, hProperties: { ...item.data?.hProperties, id } };
  }
}

function section(task: string, content: readonly RootContent[], lab: LabFile, file: VFile): Markup {
  let panels = 0;
  const taken = new Set<string>();
  const children = content.map((node): RootContent => {
    if (node.type === 'list' && node.ordered === true) numberSteps(node, task, taken);
    const claim = endMarker(node);
    if (claim === undefined) return node;
    panels += 1;
    return checkPanel(lab, task, claim);
  });
  if (panels !== 1) {
    file.fail(`The section of ${task} has ${panels} end markers; write exactly one line "✅ **태스크 완료**: …".`, content[0]);
  }
  return element('section', { className: ['task'], id: task, dataTask: task }, children);
}

/**
 * Markdown in, Markdown out: everything from a second-level heading `태스크 N: …` / `タスク N: …` / `Task N: …` (or the cleanup heading)
 * to the next one becomes `<section class="task" id="task-N" data-task="task-N">`. The steps of its numbered lists get ids
 * (`task-3-step-6`), and the end marker becomes the task's check panel. A section without its end marker fails the build.
 */
export function remarkTasks() {
  return (tree: Root, file: VFile): void => {
    const lab = labFile(file.path);
    if (lab === undefined) return;
    const children: RootContent[] = [];
    const seen = new Set<string>();
    let open: { task: string; content: RootContent[] } | undefined;
    const close = () => {
      if (open !== undefined) children.push(section(open.task, open.content, lab, file));
      open = undefined;
    };
    for (const node of tree.children) {
      if (node.type === 'heading' && node.depth <= 2) {
        close();
        const task = node.depth === 2 ? taskOfHeading(plainText(node)) : undefined;
        if (task !== undefined) {
          if (seen.has(task)) file.fail(`There are two sections of ${task}; number the tasks differently.`, node);
          seen.add(task);
          open = { task, content: [] };
        }
      }
      if (open === undefined) children.push(node);
      else open.content.push(node);
    }
    close();
    tree.children = children;
  };
}
