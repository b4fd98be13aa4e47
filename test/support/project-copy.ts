import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { registerOnly } from '../../src/authoring/new-lab/register.ts';
import { OUR_LABS } from '../../src/content/our-labs.ts';

const root = join(import.meta.dirname, '../..');
const TAKEN = ['astro.config.mjs', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'public', 'scripts', 'src', 'templates'];
const GENERATED = ['public/files'];
const SHARED = ['engine', 'dialects', 'kit'];

/** A copy of the project to break. It lies inside the project, where packages are found. */
export interface ProjectCopy extends Disposable {
  readonly folder: string;
  /** The command line of a package's program, for `node`. */
  readonly bin: (path: string) => string;
  /** What a child process needs to know, without the settings of the one who runs the tests. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @param labs which lab texts come along: ours, unless said otherwise. What others put beside our labs and checkers stays behind. */
export function copyProject(name: string, labs: readonly string[] = OUR_LABS): ProjectCopy {
  mkdirSync(join(root, '.labproof'), { recursive: true });
  const folder = mkdtempSync(join(root, '.labproof', `${name}-`));
  const checkers: readonly string[] = [...OUR_LABS, ...SHARED];
  const isLeft = (path: string) => {
    const where = relative(root, path).replaceAll('\\', '/');
    const lab = /^src\/content\/labs\/([^/.]+)(?:\/|$)/.exec(where)?.[1];
    const checker = /^src\/checkers\/([^/.]+)(?:\/|$)/.exec(where)?.[1];
    return (
      GENERATED.includes(where) || (lab !== undefined && !labs.includes(lab)) || (checker !== undefined && !checkers.includes(checker))
    );
  };
  for (const entry of TAKEN) {
    if (existsSync(join(root, entry))) cpSync(join(root, entry), join(folder, entry), { recursive: true, filter: (path) => !isLeft(path) });
  }
  const index = join(folder, 'src/checkers/index.ts');
  writeFileSync(index, registerOnly(readFileSync(index, 'utf8'), OUR_LABS));
  return {
    folder,
    bin: (path) => join(root, 'node_modules', path),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
