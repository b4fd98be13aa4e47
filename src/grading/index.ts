export type { AccountResult } from './account-result.ts';
export { DEFAULT_CONCURRENCY, DEFAULT_DEADLINE_SECONDS, DEFAULT_ROLE, type GradeFlags, readOptions } from './options.ts';
export { plainText } from './reports/plain-text.ts';
export { type ExitCode, type GradeOutput, runGrade } from './run.ts';
export { UsageError } from './usage-error.ts';
