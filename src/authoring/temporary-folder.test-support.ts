import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes files (path -> content) into a new folder that is deleted at the end of the scope: `using labs = temporaryFolder({...})`. */
export function temporaryFolder(
  files: Readonly<Record<string, string>>,
  executables: readonly string[] = [],
): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'labproof-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
    chmodSync(join(path, name), executables.includes(name) ? 0o775 : 0o664);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
