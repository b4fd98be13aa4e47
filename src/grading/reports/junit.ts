import junit from 'junit-report-builder';
import { type ClassReport, taskTitle } from './class-report.ts';
import { plainText } from './plain-text.ts';

/**
 * `junit.xml`: a suite per student, a case per check. A check that fails or was not begun is a failure, one that could not be seen
 * an error, one that waits or is blocked is skipped.
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
