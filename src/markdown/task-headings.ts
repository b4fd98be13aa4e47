const TASK = /^(?:태스크|과제|작업|タスク|課題|task)\s*(\d+)(?:\s*[:：.．\-–—)）(（[［]|\s+[-–—]|\s*$)/i;
const CLEANUP =
  /^(?:실습\s*)?(?:리소스\s*(?:정리|삭제)|(?:リソース|環境)の?(?:削除|クリーンアップ|後片付け|後片づけ)|クリーンアップ|後片付け|後片づけ|clean[\s-]?up)/i;

/** What may stand before the words of a heading: a picture or a number of its own, `🚀 `, `3. `. */
const LEAD = /^(?:(?:\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|\s)+|\d+[.)]\s+)+(?=\p{L})/u;

/** The id of the task a heading opens (`task-3`, `cleanup`), or `undefined` for any other heading. */
export function taskOfHeading(heading: string): string | undefined {
  const words = heading.trim().replace(LEAD, '');
  const number = TASK.exec(words)?.[1];
  if (number !== undefined) return `task-${Number(number)}`;
  return CLEANUP.test(words) ? 'cleanup' : undefined;
}
