/** What names a lab in a sentence. */
interface Known {
  readonly lab: string;
  readonly title: string;
  readonly data: { readonly week?: number | undefined; readonly session?: number | undefined };
}

/**
 * The lab that a prerequisite names: by id or title, or as `9-2`, `Week 9-2`, `9주차 2차시`, `第9週 2回` or `week 9, session 2`. `undefined` when
 * it names none, or only a week.
 */
export function labNamedIn<Lab extends Known>(prerequisite: string, labs: readonly Lab[]): Lab | undefined {
  const named = labs.find(({ lab, title }) => prerequisite.includes(lab) || prerequisite.includes(title));
  if (named !== undefined) return named;
  const [, week, session] =
    /(?<![\d.-])(\d{1,2})-(\d{1,2})(?![\d.-])/.exec(prerequisite) ??
    /(\d{1,2})\s*(?:주차|週)\s*(?:の\s*)?(\d{1,2})\s*(?:차시|回)/.exec(prerequisite) ??
    /week\s*(\d{1,2}),?\s*session\s*(\d{1,2})/i.exec(prerequisite) ??
    [];
  return labs.find(({ data }) => data.week !== undefined && data.week === Number(week) && data.session === Number(session));
}
