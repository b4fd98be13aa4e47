import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClassReport } from './class-report.ts';
import { renderGradebook } from './gradebook.ts';
import { renderJunit } from './junit.ts';
import { renderReportPage } from './report-page.ts';
import { renderSummary } from './summary.ts';

const REPORTS: Readonly<Record<string, (report: ClassReport) => string>> = {
  'summary.json': renderSummary,
  'gradebook.csv': renderGradebook,
  'report.html': renderReportPage,
  'junit.xml': renderJunit,
};

/**
 * Writes all reports into `folder`. Each file is replaced in one step, so that nobody reads an incomplete one. @throws Error of the file
 * system.
 */
export async function writeReports(folder: string, report: ClassReport): Promise<void> {
  for (const [name, render] of Object.entries(REPORTS)) {
    const path = join(folder, name);
    await writeFile(`${path}.part`, render(report));
    await rename(`${path}.part`, path);
  }
}
