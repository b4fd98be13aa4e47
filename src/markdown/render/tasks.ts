import { slug } from 'github-slugger';
import type { List, PhrasingContent, Root, RootContent } from 'mdast';
import type { LeafDirective } from 'mdast-util-directive';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { type LabFile, labFile } from '../read/lab-file.ts';
import { element, type Markup } from '../read/nodes.ts';
import { problem } from '../read/problem.ts';
import { endMarker } from '../read/structure/end-marker.ts';
import { numbersOf } from '../read/structure/list-numbers.ts';
import { lacksTasks, TaskSections, taskInWords } from '../read/structure/task-headings.ts';
import { SKIP, visit } from '../read/visit.ts';
import { checkPanel } from './check-panel.ts';

export interface TaskOptions {
  /** Whether the lab has a checker for this task. */
  readonly isChecked: (lab: string, task: string) => boolean;
  /** Every task of a lab that a checker looks at: the text must have them all. */
  readonly checkedTasks?: (lab: string) => readonly string[];
}

/**
 * Adds an anchor to each item of a numbered list: `<place>-step-<number as written>`, or `…-<number>-2` for the second item of the same
 * number. The items of a task are its steps, which the reader can tick off.
 */
class Steps {
  readonly #seen = new Map<string, number>();
  readonly #file: VFile;

  constructor(file: VFile) {
    this.#file = file;
  }

  number(list: List, place: string, isTask: boolean): void {
    const numbers = numbersOf(list, this.#file);
    for (const [index, item] of list.children.entries()) {
      const number = numbers[index] ?? index + 1;
      const anchor = place === '' ? `step-${number}` : `${place}-step-${number}`;
      const times = (this.#seen.get(anchor) ?? 0) + 1;
      this.#seen.set(anchor, times);
      const id = times > 1 ? `${anchor}-${times}` : anchor;
      item.data = { ...item.data, hProperties: { ...item.data?.hProperties, id, ...(isTask && { dataStep: number }) } };
    }
  }
}

const isNumbered = (node: RootContent): node is List => node.type === 'list' && node.ordered === true;

/** The check panels of a page. Each task with a checker has exactly one. */
class Panels {
  readonly #lab: LabFile;
  readonly #isChecked: (task: string) => boolean;
  readonly #placed = new Set<string>();

  /** Most texts have no `::check`, and then looking for it can be skipped. */
  readonly hasAnyByHand: boolean;

  constructor(lab: LabFile, { isChecked }: TaskOptions, source: string) {
    this.hasAnyByHand = source.includes('::check');
    this.#lab = lab;
    this.#isChecked = (task) => isChecked(lab.lab, task);
  }

  isChecked(task: string): boolean {
    return this.#isChecked(task);
  }

  has(task: string): boolean {
    return this.#placed.has(task);
  }

  place(task: string, claim: readonly PhrasingContent[]): Markup {
    this.#placed.add(task);
    return checkPanel(this.#lab, task, claim);
  }
}

/** Replaces the `::check` lines in a part of the text. `task` is the task that this part belongs to. */
function placeByHand(root: Root, task: string | undefined, panels: Panels, file: VFile): void {
  if (!panels.hasAnyByHand) return;
  visit(root, 'leafDirective', (node: LeafDirective, index, parent) => {
    if (node.name !== 'check' || parent === undefined || index === undefined) return undefined;
    const wanted = node.attributes?.['task'] ?? task;
    const fits = wanted !== undefined && panels.isChecked(wanted) && !panels.has(wanted);
    if (wanted === undefined) problem(file, 'task-check', 'Which task? Write ::check{task="task-0"}, or put it under a task.', node);
    else if (panels.has(wanted))
      problem(file, 'task-check', `The check of ${taskInWords(wanted)} has its place already; delete one.`, node);
    parent.children.splice(index, 1, ...(fits ? [panels.place(wanted, node.children) as unknown as RootContent] : []));
    return [SKIP, fits ? index + 1 : index];
  });
}

interface Section {
  readonly task: string;
  readonly content: RootContent[];
}

function section({ task, content }: Section, panels: Panels, steps: Steps, file: VFile): Markup {
  for (const node of content) if (isNumbered(node)) steps.number(node, task, true);
  const root: Root = { type: 'root', children: content };
  placeByHand(root, task, panels, file);
  let children = root.children;
  if (panels.isChecked(task) && !panels.has(task)) {
    const markers = children.filter((node) => endMarker(node) !== undefined);
    const last = markers.at(-1);
    if (markers.length !== 1) {
      const fix = 'write exactly one line "✅ **태스크 완료**: …", or ::check where the button belongs.';
      problem(file, 'task-end', `The section of ${taskInWords(task)} has ${markers.length} end markers; ${fix}`, content[0]);
    }
    children =
      last === undefined
        ? [...children, panels.place(task, [])]
        : children.map((node) => (node === last ? panels.place(task, endMarker(node) ?? []) : node));
  }
  return element('section', { className: ['task'], id: task, dataTask: task }, children);
}

/** Gives a heading another anchor when its own would be the one of its section: `## Clean up` is `cleanup`. */
function keepApart(heading: RootContent, task: string): void {
  if (heading.type !== 'heading' || slug(plainText(heading)) !== task) return;
  heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id: `${task}-heading` } };
}

/**
 * Markdown in, Markdown out: a heading `태스크 N: …` / `タスク N: …` / `Task N: …` (or the cleanup heading) of level 1 to 3, with everything up
 * to the next heading of its level, becomes `<section class="task" id="task-N" data-task="task-N">`. The items of its numbered lists become
 * `<li id="task-3-step-6" data-step="6">`. Where the task has a checker, its end marker (or a line `::check{task="task-3"}` anywhere)
 * becomes the check panel; otherwise the end marker stays text. Numbered lists outside of tasks have anchors, too, `<heading>-step-6`, but
 * cannot be ticked off.
 */
export function remarkTasks(options: TaskOptions) {
  return (tree: Root, file: VFile): void => {
    const lab = labFile(file.path);
    if (lab === undefined) return;
    const panels = new Panels(lab, options, String(file.value));
    const parts: (RootContent | Section)[] = [];
    const sections = new TaskSections();
    const steps = new Steps(file);
    // Outside of tasks, the heading above a numbered list names its anchors.
    let heading = '';
    for (const node of tree.children) {
      if (node.type === 'heading') {
        const { opens, repeats } = sections.next(node.depth, plainText(node));
        if (opens !== undefined) {
          keepApart(node, opens);
          parts.push({ task: opens, content: [node] });
          continue;
        }
        if (repeats !== undefined) {
          const message = `There are two sections of ${taskInWords(repeats)}; number the tasks differently.`;
          problem(file, 'task-twice', message, node);
        }
      }
      const last = parts.at(-1);
      if (node.type === 'heading') heading = slug(plainText(node));
      if (sections.current === undefined && isNumbered(node)) steps.number(node, heading, false);
      if (sections.current !== undefined && last !== undefined && !('type' in last)) last.content.push(node);
      else parts.push(node);
    }
    const missing = (options.checkedTasks?.(lab.lab) ?? []).filter(
      (task) => !parts.some((part) => 'content' in part && part.task === task),
    );
    if (missing.length > 0) problem(file, 'task-missing', lacksTasks(missing), tree.children[0]);
    // `::check` lines outside of tasks come first, so that they win over end markers.
    const loose = new Map(
      parts.flatMap((part) => {
        if (!('type' in part)) return [];
        const root: Root = { type: 'root', children: [part] };
        placeByHand(root, undefined, panels, file);
        return [[part, root.children] as const];
      }),
    );
    tree.children = parts.flatMap((part) => ('type' in part ? (loose.get(part) ?? []) : [section(part, panels, steps, file)]));
  };
}
