// Creates a new lab from the template and prints the next steps.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newLab } from '../src/authoring/new-lab/new-lab.ts';
import { isLanguage, LANGUAGES } from '../src/i18n/languages.ts';
import { AuthoringError } from '../src/markdown/read/authoring-error.ts';

const USAGE = `npm run new-lab -- <id> [--lang ${LANGUAGES.join('|')}]     for example: npm run new-lab -- week10-1-ecs`;

try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string', default: LANGUAGES[0] } } });
  const { lang } = values;
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0) throw new AuthoringError('Name the id of the lab, and nothing else.');
  if (!isLanguage(lang)) throw new AuthoringError(`--lang must be one of ${LANGUAGES.join(', ')}, not "${lang}".`);
  for (const path of newLab(join(import.meta.dirname, '..'), id, lang)) console.log(path);
  console.log(`\nLook at it:  npm run dev, then http://localhost:4321/${lang}/labs/${id}/`);
  console.log(`Test it:     npx vitest run --project unit src/checkers && npm run lint:labs -- src/content/labs/${id}`);
} catch (thrown) {
  const isUsage = thrown instanceof AuthoringError || (thrown as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw thrown;
  console.error(`${(thrown as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
