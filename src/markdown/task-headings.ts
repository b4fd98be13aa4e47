const TASK = /^(?:태스크|タスク|task)\s*(\d+)\s*[:：.]/i;
const CLEANUP = /^(?:리소스\s*정리|リソースの(?:削除|クリーンアップ|後片付け)|clean[\s-]?up)/i;

/** The id of the task a second-level heading opens (`task-3`, `cleanup`), or `undefined` for any other heading. */
export function taskOfHeading(heading: string): string | undefined {
  const number = TASK.exec(heading.trim())?.[1];
  if (number !== undefined) return `task-${Number(number)}`;
  return CLEANUP.test(heading.trim()) ? 'cleanup' : undefined;
}
