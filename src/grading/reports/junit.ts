import junit from 'junit-report-builder';
import { type ClassReport, taskTitle } from './class-report.ts';
import { plainText } from './plain-text.ts';

/**
 * `junit.xml`: one suite for each student and one case for each check. A check that failed or was not started is a failure, an unknown
 * check is an error, and a check that is waiting or blocked is skipped.
 */
export function renderJunit(report: ClassReport): string {
  const builder = junit.newBuilder().name(report.lab.id);
  for (const { entry, result } of report.students) {
    const suite = builder.testSuite().name(plainText(`${entry.student} (${entry.account})`));
    suite.timestamp(report.at);
    for (const { task, checks } of result?.tasks ?? []) {
      for (const check of checks) {
        const testCase = suite
          .testCase()
          .className(plainText(`${report.lab.id}.${task}`))
          .name(plainText(`${taskTitle(report, task)}: ${check.title}`));
        const message = plainText(check.message);
        if (check.status === 'failed' || check.status === 'not-started') testCase.failure(message, check.status);
        else if (check.status === 'unknown') testCase.error(message, check.reason);
        else if (check.status !== 'passed') testCase.skipped();
      }
    }
  }
  return builder.build();
}
