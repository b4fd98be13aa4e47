import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { labs } from '../src/checkers/index.ts';

const DIST = join(import.meta.dirname, '../dist');
const modules = globSync('server/**/*.mjs', { cwd: DIST }).map((path) => ({ path, code: readFileSync(join(DIST, path), 'utf8') }));
const pathsHolding = (text: string) => modules.filter(({ code }) => code.includes(text)).map(({ path }) => path);

test('the built server holds no lab text: the pages are files', () => {
  expect(modules.length).toBeGreaterThan(5);
  expect(pathsHolding('</lab-check></section>')).toEqual([]);
});

test('the built server holds no copy of a checker: it imports the list that the grade imports, too', () => {
  const [task] = labs.flatMap((lab) => lab.tasks);
  expect(task).toBeDefined();
  expect(pathsHolding(`'${task?.id}'`).concat(pathsHolding(`"${task?.id}"`))).toEqual([]);
  const imported = modules.flatMap(({ path, code }) =>
    [...code.matchAll(/from\s*["'](\.[^"']+\.ts)["']/g)].map(([, id = '']) => resolve(DIST, dirname(path), id)),
  );
  expect(imported).toContain(join(import.meta.dirname, '../src/checkers/index.ts'));
});
