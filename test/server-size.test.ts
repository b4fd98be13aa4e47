import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const DIST = join(import.meta.dirname, '../dist');

test('the built server holds no lab text: the pages are files', () => {
  const modules = globSync('server/**/*.mjs', { cwd: DIST });
  expect(modules.length).toBeGreaterThan(5);
  const holding = modules.filter((path) => readFileSync(join(DIST, path), 'utf8').includes('</lab-check></section>'));
  expect(holding).toEqual([]);
});
