import type { CheckResult, Json, TaskResult } from '../checkers/engine/result.ts';
import { plainText } from '../grading/reports/plain-text.ts';
import { STATUS_MARKS } from '../grading/reports/status-marks.ts';

/** A result for people at a terminal: a line per check, and below it what is wrong. Ends with a line break. */
export function judgement({ task, status, account, region, checks }: TaskResult): string {
  return [...checks.flatMap(linesOf), '', `${task} in account ${account}, region ${region}: ${status}`, ''].join('\n');
}

function linesOf({ id, status, title, message, expected, observed, step }: CheckResult): readonly string[] {
  const head = `${STATUS_MARKS[status]} ${status.padEnd(11)} ${id}: ${plainText(title)}${step === undefined ? '' : ` (step ${step})`}`;
  if (status === 'passed' || status === 'blocked') return [head];
  const details = [
    message,
    ...(expected === undefined ? [] : [`expected: ${shown(expected)}`]),
    ...(observed === undefined ? [] : [`observed: ${shown(observed)}`]),
  ];
  return [head, ...details.filter(Boolean).map((line) => `    ${plainText(line)}`)];
}

const shown = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
