const TASK = /^(?:태스크|과제|작업|タスク|課題|task)\s*#?(\d+)(?:\s*[:：.．\-–—)）(（[［]|\s+[-–—]|\s*$)/i;
const CLEANUP =
  /^(?:실습\s*)?(?:리소스\s*(?:정리|삭제)|(?:リソース|環境)の?(?:削除|クリーンアップ|後片付け|後片づけ)|クリーンアップ|後片付け|後片づけ|clean(?:ing)?[\s-]?up)/i;

/** What may stand before the words of a heading: a picture or a number of its own, `🚀 `, `3. `. */
const LEAD = /^(?:(?:\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|\s)+|\d+[.)]\s+)+(?=\p{L})/u;

/** The id of the task a heading opens (`task-3`, `cleanup`), or `undefined` for any other heading. */
export function taskOfHeading(heading: string): string | undefined {
  const words = heading.normalize('NFKC').trim().replace(LEAD, '');
  const number = TASK.exec(words)?.[1];
  if (number !== undefined) return `task-${Number(number)}`;
  return CLEANUP.test(words) ? 'cleanup' : undefined;
}

/** A task as a sentence calls it: `task 3` of `task-3`, `the cleanup`. */
export function taskInWords(task: string): string {
  return task === 'cleanup' ? 'the cleanup' : task.replace(/^task-/, 'task ');
}

/** What is wrong with a text that lacks tasks which checkers look at, and what to do. */
export function lacksTasks(missing: readonly string[]): string {
  const tasks = missing.map(taskInWords).join(', ');
  return `The checkers of this lab check ${tasks}, but the text has no such task; add its section, or take the task out of the checkers.`;
}

/** The sections of a text's tasks, as its headings open and end them one after the other. */
export class TaskSections {
  readonly #seen = new Set<string>();
  #open: { readonly task: string; readonly depth: number } | undefined;

  /** The task in whose section the text is now. */
  get current(): string | undefined {
    return this.#open?.task;
  }

  /**
   * Goes on to a heading of the text. Of the first three levels one that names a task opens its section, which lasts to the next heading
   * of its level or to the next task; what is cleaned up may be named by its task. A second heading of a task opens nothing.
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
