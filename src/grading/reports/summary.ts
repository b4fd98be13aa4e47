import { type ClassReport, countStatuses, resultsOf, stumbles } from './class-report.ts';

/** `summary.json`: the class in numbers. All counts are numbers of accounts. */
export function renderSummary(report: ClassReport): string {
  const results = resultsOf(report);
  const summary = {
    lab: report.lab.id,
    generatedAt: report.at.toISOString(),
    practice: report.practice,
    accounts: report.students.length,
    /** Smaller than `accounts` when the run was interrupted. */
    graded: results.length,
    byStatus: countStatuses(results.map(({ status }) => status)),
    tasks: report.tasks.map(({ id }) => ({
      task: id,
      byStatus: countStatuses(results.flatMap(({ tasks }) => tasks.filter(({ task }) => task === id)).map(({ status }) => status)),
    })),
    mostFailed: stumbles(report),
    notSeen: results.flatMap(({ student, account, reason, trouble }) =>
      reason === undefined ? [] : [{ student, account, reason, trouble }],
    ),
  };
  return `${JSON.stringify(summary, undefined, 2)}\n`;
}
