import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type LabCheckers, type LintSite, readLab } from './lab.ts';
import { lintLab } from './lint.ts';
import { rules } from './rules/index.ts';

/*
 * Every rule on small labs: `fixtures/<rule>/<case>/` is a lab's folder, `findings.txt` beside its text is what the rule says of it.
 * Cases `quiet…` break nothing. UPDATE=1 writes `findings.txt` anew; read the difference before you commit it.
 */
const fixtures = join(import.meta.dirname, 'fixtures');

const site: LintSite = {
  labs: ['other-lab'],
  zips: ['/files/week1/other-lab.zip'],
  isPublic: (path) => path === '/favicon.svg',
};

/** The format of `checkers.json`: tasks with their checks and the step of each check, and the source of the checkers. */
const checkersSchema = z.object({ tasks: z.record(z.string(), z.record(z.string(), z.number())), source: z.string() });

function checkersOf(folder: string): LabCheckers | undefined {
  const path = join(folder, 'checkers.json');
  if (!existsSync(path)) return undefined;
  const { tasks, source } = checkersSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const lab = {
    id: 'demo',
    tasks: Object.entries(tasks).map(([id, checks]) => ({
      id,
      expectations: Object.entries(checks).map(([check, step]) => ({ id: check, step })),
    })),
  };
  return { lab, source };
}

const cases = readdirSync(fixtures).flatMap((rule) => readdirSync(join(fixtures, rule)).map((name) => ({ rule, name })));

it('every rule has a case that breaks it and one that does not, and every case belongs to a rule', () => {
  const has = (quiet: boolean) =>
    [...new Set(cases.filter(({ name }) => name.startsWith('quiet') === quiet).map(({ rule }) => rule))].sort();
  const ids = rules.map(({ id }) => id).sort();
  expect(has(false)).toEqual(ids);
  expect(has(true)).toEqual(ids);
});

it('every rule has an id in kebab-case of its own and says what it holds in one sentence', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, doc } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(doc).toMatch(/^[A-Z].*\.$/);
  }
});

describe.each(cases)('$rule/$name', ({ rule, name }) => {
  const folder = join(fixtures, rule, name);
  const said = () =>
    lintLab(
      readLab(folder, { checkers: checkersOf(folder), site }),
      folder,
      rules.filter(({ id }) => id === rule),
    ).map(({ file, line, message, fix }) => `${file.replace(folder, '<lab>')}:${line}: ${message} ${fix}\n`);

  it('is told what it is told', () => {
    const found = said().join('').replaceAll(folder, '<lab>');
    const expected = join(folder, 'findings.txt');
    if (name.startsWith('quiet')) return expect(found).toBe('');
    if (process.env['UPDATE'] === '1') writeFileSync(expected, found);
    expect(found).not.toBe('');
    expect(found).toBe(readFileSync(expected, 'utf8'));
  });
});
