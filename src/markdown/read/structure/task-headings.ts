const TASK = /^(?:태스크|과제|작업|タスク|課題|task)\s*#?(\d+)(?:\s*[:：.．\-–—)）(（[［]|\s+[-–—]|\s*$)/i;
const CLEANUP =
  /^(?:실습\s*)?(?:리소스\s*(?:정리|삭제)|(?:リソース|環境)の?(?:削除|クリーンアップ|後片付け|後片づけ)|クリーンアップ|後片付け|後片づけ|clean(?:ing)?[\s-]?up)/i;

/** What may come before the words of a heading: an emoji, or a number as in `3. `. */
const LEAD = /^(?:(?:\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|\s)+|\d+[.)]\s+)+(?=\p{L})/u;

/** The id of the task that a heading begins (`task-3`, `cleanup`); `undefined` for any other heading. */
export function taskOfHeading(heading: string): string | undefined {
  const words = heading.normalize('NFKC').trim().replace(LEAD, '');
  const number = TASK.exec(words)?.[1];
  if (number !== undefined) return `task-${Number(number)}`;
  return CLEANUP.test(words) ? 'cleanup' : undefined;
}

/** The name of a task in a sentence: `task 3` for `task-3`, `the cleanup`. */
export function taskInWords(task: string): string {
  return task === 'cleanup' ? 'the cleanup' : task.replace(/^task-/, 'task ');
}

/** What is wrong with a text that lacks tasks which checkers look at, and what to do. */
export function lacksTasks(missing: readonly string[]): string {
  const tasks = missing.map(taskInWords).join(', ');
  return `The checkers of this lab check ${tasks}, but the text has no such task; add its section, or take the task out of the checkers.`;
}

/** Follows the headings of a text and knows which task's section they are in. */
export class TaskSections {
  readonly #seen = new Set<string>();
  #open: { readonly task: string; readonly depth: number } | undefined;

  /** The task whose section is open. */
  get current(): string | undefined {
    return this.#open?.task;
  }

  /**
   * Moves on to the next heading. A heading of level 1 to 3 that names a task opens its section, which lasts until the next heading of the
   * same level or the next task. A heading inside the cleanup may name the task whose resources are removed. A second heading of the same
   * task opens nothing.
   */
  next(depth: number, heading: string): { readonly opens?: string; readonly repeats?: string } {
    const task = depth <= 3 ? taskOfHeading(heading) : undefined;
    const isNew = task !== undefined && !this.#seen.has(task);
    const ends = this.#open !== undefined && (depth <= this.#open.depth || (isNew && task !== 'cleanup' && this.#open.task !== 'cleanup'));
    if (ends) this.#open = undefined;
    if (task === undefined || this.#open !== undefined) return {};
    if (!isNew) return { repeats: task };
    this.#seen.add(task);
    this.#open = { task, depth };
    return { opens: task };
  }
}
