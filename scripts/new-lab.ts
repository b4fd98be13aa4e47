// Makes a new lab from the template and says what to do next.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AuthoringError } from '../src/authoring/authoring-error.ts';
import { newLab } from '../src/authoring/new-lab/new-lab.ts';

const USAGE = 'npm run new-lab -- <id>     for example: npm run new-lab -- week10-1-ecs';

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0) throw new AuthoringError('Name the id of the lab, and nothing else.');
  for (const path of newLab(join(import.meta.dirname, '..'), id)) console.log(path);
  console.log(`\nLook at it:  npm run dev, then http://localhost:4321/ko/labs/${id}/`);
  console.log(`Test it:     npx vitest run src/checkers && npm run lint:labs -- src/content/labs/${id}`);
} catch (thrown) {
  const isUsage = thrown instanceof AuthoringError || (thrown as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw thrown;
  console.error(`${(thrown as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
