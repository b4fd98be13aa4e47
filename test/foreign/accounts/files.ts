import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of a lab as a student has it, with what the text says to replace already replaced. */
export function fileOf(lab: string, path: string, replaced: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(fileURLToPath(new URL(`../../../src/content/labs/${lab}/files/${path}`, import.meta.url)), 'utf8');
  return Object.entries(replaced).reduce((done, [from, to]) => {
    if (!done.includes(from)) throw new Error(`${path} of ${lab} does not hold ${from}`);
    return done.replaceAll(from, to);
  }, text);
}

export const jsonOf = (lab: string, path: string, replaced: Readonly<Record<string, string>> = {}): unknown =>
  JSON.parse(fileOf(lab, path, replaced));

export const trusting = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
export const allowing = (
  ...statements: readonly (readonly [action: string | readonly string[], resource: string | readonly string[]])[]
) => ({
  Version: '2012-10-17',
  Statement: statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
});
