// Looks for mistakes in lab texts and their files, prints them, and exits 1 when there are any.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { labZipName } from '../src/authoring/lab-text.ts';
import { type LintSite, readLab, readSources } from '../src/authoring/lint/lab.ts';
import { lintLab } from '../src/authoring/lint/lint.ts';
import type { LintFinding } from '../src/authoring/lint/rule.ts';
import { rules } from '../src/authoring/lint/rules/index.ts';
import { zipContents } from '../src/authoring/zip.ts';
import { findLab } from '../src/checkers/index.ts';
import { OUR_LABS } from '../src/content/our-labs.ts';
import { AuthoringError } from '../src/markdown/read/authoring-error.ts';

const USAGE = `npm run lint:labs -- [PATH ...] [--ours] [--format text|json] [--rules]

PATH   a lab's folder, a folder of labs, or one Markdown file (default: src/content/labs)
--ours   only the labs that come with the product
--rules  list the rules

A comment silences a rule at its place: <!-- lint-ignore rule-id: reason --> in .md, {/* lint-ignore rule-id: reason */} in .mdx,
# lint-ignore rule-id: reason in front matter and in files, # lint-ignore rule-id in files/NAME: reason in front matter for a file.

Exit codes: 0 nothing found, 1 something found, 2 usage.`;

const root = join(import.meta.dirname, '..');
const labsFolder = join(root, 'src/content/labs');
const ourLabs = OUR_LABS.map((lab) => join(labsFolder, lab));

process.exitCode = main(process.argv.slice(2));

function main(words: string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        ours: { type: 'boolean' },
        rules: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) console.log(USAGE);
    else if (values.rules) for (const { id, doc } of rules) console.log(`${id}: ${doc}`);
    else if (!['text', 'json'].includes(values.format)) return usage(`--format must be text or json, not "${values.format}".`);
    else return print(lint(values.ours ? ourLabs : positionals.length > 0 ? positionals : [labsFolder]), values.format);
    return 0;
  } catch (thrown) {
    if (thrown instanceof AuthoringError || (thrown as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS'))
      return usage((thrown as Error).message);
    throw thrown;
  }
}

function usage(problem: string): number {
  console.error(`${problem}\n\n${USAGE}`);
  return 2;
}

function print(findings: readonly LintFinding[], format: string): number {
  if (format === 'json') console.log(JSON.stringify(findings, undefined, 2));
  else for (const { file, line, message, fix, rule } of findings) console.log(`${file}:${line}: ${message} ${fix} [${rule}]`);
  return findings.length > 0 ? 1 : 0;
}

function lint(paths: readonly string[]): LintFinding[] {
  const site = readSite();
  return paths.flatMap(targets).flatMap((path) => {
    const id =
      statSync(path).isFile() && !/^[a-z]{2}\.mdx?$/.test(basename(path))
        ? ''
        : basename(statSync(path).isFile() ? resolve(path, '..') : path);
    const lab = findLab(id);
    const checkers = lab && { lab, source: readSources(join(root, 'src/checkers', id)) };
    return lintLab(readLab(path, { checkers, site }), process.cwd());
  });
}

/** The labs that a path stands for: a lab's folder or a file is one lab, any other folder contains labs. */
function targets(path: string): string[] {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new AuthoringError(`There is no ${path}: name a lab's folder, a folder of labs or a Markdown file.`);
  if (statSync(absolute).isFile()) {
    if (/\.mdx?$/.test(absolute)) return [absolute];
    throw new AuthoringError(`${path} is not a Markdown file: name a lab's folder, a folder of labs or a .md or .mdx file.`);
  }
  const entries = readdirSync(absolute, { withFileTypes: true });
  if (entries.some(({ name }) => /\.mdx?$/.test(name))) return [absolute];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(absolute, name));
}

function readSite(): LintSite {
  const labs = readdirSync(labsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const publicFolder = join(root, 'public');
  return {
    labs,
    zips: labs.flatMap((lab) => zipOf(join(labsFolder, lab))),
    isPublic: (path) => {
      const file = join(publicFolder, path);
      // Zips in public/files are made from the labs, so their existence proves nothing.
      return !path.startsWith('/files/') && !relative(publicFolder, file).startsWith('..') && existsSync(file);
    },
  };
}

function zipOf(lab: string): string[] {
  try {
    return zipContents(lab).length > 0 ? [`/files/${labZipName(lab).zip}.zip`] : [];
  } catch (thrown) {
    // The rule `zip-files` reports it when that lab is checked.
    if (thrown instanceof AuthoringError) return [];
    throw thrown;
  }
}
