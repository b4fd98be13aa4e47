// Writes the zips of all labs into public/files and lists them.
import { join, relative } from 'node:path';
import { writeLabZips } from '../src/authoring/lab-zips.ts';
import { AuthoringError } from '../src/markdown/read/authoring-error.ts';

const root = join(import.meta.dirname, '..');

try {
  const zips = writeLabZips({
    labs: join(root, 'src/content/labs'),
    output: join(root, 'public/files'),
    ledger: join(root, '.labproof/zips.json'),
  });
  for (const { path, bytes, entries, sha256 } of zips) {
    console.log(`${relative(root, path)}  ${bytes} bytes  ${entries} ${entries === 1 ? 'entry' : 'entries'}  sha256 ${sha256}`);
  }
} catch (error) {
  if (!(error instanceof AuthoringError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
