import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/*
 * A lab that `npm run new-lab` has just made: it builds, checks, lints and passes its tests at once, in a copy of the project. The copy lies
 * inside the project, where packages are found.
 */

const root = join(import.meta.dirname, '..');
const generated = ['node_modules', 'dist', '.git', '.astro', '.labproof', 'runs', join('public', 'files')];
const run = promisify(execFile);

let copy = '';
beforeAll(async () => {
  mkdirSync(join(root, '.labproof'), { recursive: true });
  copy = mkdtempSync(join(root, '.labproof', 'new-lab-'));
  const copied = (path: string) => !generated.includes(relative(root, path));
  for (const name of ['astro.config.mjs', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'public', 'scripts', 'src', 'templates']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true, filter: copied });
  }
  await node('scripts/new-lab.ts', 'made-by-test');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a script of the copy. @throws Error with all it printed when it ends with another exit code than 0. */
async function node(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, {
    cwd: copy,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    maxBuffer: 16 * 1024 * 1024,
  }).catch((thrown: { stdout?: string; stderr?: string }) => {
    throw new Error(`${args.join(' ')} failed:\n${thrown.stdout}\n${thrown.stderr}`, { cause: thrown });
  });
  return stdout;
}

const bin = (path: string) => join(root, 'node_modules', path);

test('the lint has nothing to say about it', async () => {
  expect(await node('scripts/lint-labs.ts', 'src/content/labs/made-by-test')).toBe('');
});

test('its proof cycle, faults and texts pass, and it is really tested', async () => {
  const report = join(copy, 'report.json');
  const only = ['src/checkers/', '-t', 'made-by-test', '--project', 'unit'];
  await node(bin('vitest/vitest.mjs'), 'run', ...only, '--reporter', 'json', '--outputFile', report);
  const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(10);
});

test('it builds into a page with its zip, its check and nothing left of its marks, and type-checks', async () => {
  await node('scripts/zips.ts');
  await node(bin('astro/bin/astro.mjs'), 'build');
  const page = readFileSync(join(copy, 'dist/client/ko/labs/made-by-test/index.html'), 'utf8');
  expect(page).toContain('data-lab="made-by-test" data-task="task-1"');
  expect(page).toContain('href="/files/labs/made-by-test.zip"');
  expect(existsSync(join(copy, 'dist/client/files/labs/made-by-test.zip'))).toBe(true);
  expect(page).not.toMatch(/\[!|\[\[/);
  // Vite has bundled nothing for the toolbar of `astro dev`.
  expect(existsSync(join(copy, 'node_modules/.vite/deps'))).toBe(false);
  await node(bin('typescript/bin/tsc'), '--noEmit', '-p', '.');
});

test('a second lab of the same id is refused in one sentence', async () => {
  await expect(node('scripts/new-lab.ts', 'made-by-test')).rejects.toThrow('src/content/labs/made-by-test is already there');
});

test('without it, everything is as it was', async () => {
  rmSync(join(copy, 'src/content/labs/made-by-test'), { recursive: true });
  rmSync(join(copy, 'src/checkers/made-by-test'), { recursive: true });
  cpSync(join(root, 'src/checkers/index.ts'), join(copy, 'src/checkers/index.ts'));
  await node('scripts/zips.ts');
  expect(existsSync(join(copy, 'public/files/labs/made-by-test.zip'))).toBe(false);
  expect(await node('scripts/lint-labs.ts', '--rules')).toContain('step-number: ');
});
