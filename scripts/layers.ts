import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Everything that `.dependency-cruiser.cjs` has rules for. */
const HOUSE = ['src', 'scripts', 'test', 'bench', 'astro.config.mjs'];

/** What dependency-cruiser and its resolver read in addition to the code. */
const SETTINGS = ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'];

/** The TypeScript of an `.astro` file: its front matter and its scripts. */
function codeOf(astro: string): string {
  const frontMatter = /^---\n([\s\S]*?)^---$/m.exec(astro)?.[1] ?? '';
  const scripts = [...astro.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
  return [frontMatter, ...scripts].join('\n');
}

/**
 * Checks which room imports which. dependency-cruiser cannot read `.astro` files. Therefore it reads a copy of the project, in which each
 * `Page.astro` is replaced by its TypeScript, `Page.astro.ts`.
 */
function main(): void {
  const copy = mkdtempSync(join(tmpdir(), 'labproof-layers-'));
  try {
    for (const name of [...HOUSE, ...SETTINGS]) cpSync(name, join(copy, name), { recursive: true });
    for (const path of globSync('src/**/*.astro', { cwd: copy })) {
      const astro = join(copy, path);
      writeFileSync(`${astro}.ts`, codeOf(readFileSync(astro, 'utf8')));
      rmSync(astro);
    }
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    const { status, error } = spawnSync(resolve('node_modules/.bin/depcruise'), HOUSE, { cwd: copy, stdio: 'inherit' });
    if (error) throw error;
    process.exitCode = status ?? 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

main();
