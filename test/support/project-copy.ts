import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const TAKEN = ['astro.config.mjs', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'public', 'scripts', 'src', 'templates'];
const GENERATED = [join('public', 'files')];

/** A copy of the project to break. It lies inside the project, where packages are found. */
export interface ProjectCopy extends Disposable {
  readonly folder: string;
  /** The command line of a package's program, for `node`. */
  readonly bin: (path: string) => string;
  /** What a child process needs to know, without the settings of the one who runs the tests. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @param labs which labs come along; all of them unless said otherwise. */
export function copyProject(name: string, labs?: readonly string[]): ProjectCopy {
  mkdirSync(join(root, '.labproof'), { recursive: true });
  const folder = mkdtempSync(join(root, '.labproof', `${name}-`));
  const isLeft = (path: string) => {
    const where = relative(root, path);
    const lab = /^src\/content\/labs\/([^/]+)/.exec(where.replaceAll('\\', '/'))?.[1];
    return GENERATED.includes(where) || (lab !== undefined && labs !== undefined && !labs.includes(lab));
  };
  for (const entry of TAKEN) {
    if (existsSync(join(root, entry))) cpSync(join(root, entry), join(folder, entry), { recursive: true, filter: (path) => !isLeft(path) });
  }
  return {
    folder,
    bin: (path) => join(root, 'node_modules', path),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
