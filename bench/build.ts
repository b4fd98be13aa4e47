/**
 * What a lab costs to build: time and peak memory of this site with N labs, beside a plain Starlight site with the same N texts and languages.
 * Both are ratios within one run. `node bench/build.ts [N ...]`, default 30 and 200.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { copyProject } from '../test/support/project-copy.ts';
import { plainStarlight } from './plain-starlight.ts';

const LAB = 'week9-2-codebuild';
const root = join(import.meta.dirname, '..');
const { positionals } = parseArgs({ allowPositionals: true });
const counts = positionals.length > 0 ? positionals.map(Number) : [30, 200];
const wrong = counts.find((count) => !Number.isInteger(count) || count < 1);
if (wrong !== undefined) throw new Error('Usage: node bench/build.ts [N ...], each N a number of labs from 1.');

// The real lab as the plain Markdown its authors write; its zip exists because the lab itself is in the copy as well.
const source = readFileSync(join(root, `src/content/labs/${LAB}/ko.mdx`), 'utf8').replace(/^zip:.*\n/m, '');
const text = (index: number) => source.replace(/^title:.*$/m, `title: Lab ${index}`);

interface Cost {
  /** Of the processor, all threads together: what else the machine does leaves it alone. */
  readonly seconds: number;
  readonly megabytes: number;
  /** Of one lab's page. */
  readonly pageBytes: number;
}

const WATCH = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.USAGE,JSON.stringify(process.resourceUsage())))`;

async function build(folder: string, env: Readonly<Record<string, string | undefined>>, page: string): Promise<Cost> {
  const usage = join(folder, 'usage.json');
  const args = ['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`, join(root, 'node_modules/astro/bin/astro.mjs'), 'build'];
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...env, USAGE: usage }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`The build in ${folder} failed:\n${output.slice(-4000)}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(readFileSync(usage, 'utf8'));
  return { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024, pageBytes: statSync(join(folder, page)).size };
}

async function labproof(count: number): Promise<Cost> {
  using project = copyProject('bench', [LAB]);
  for (let index = 0; index < count; index += 1) {
    const folder = join(project.folder, `src/content/labs/lab-${index}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'ko.md'), text(index));
  }
  mkdirSync(join(project.folder, 'public/files/week9'), { recursive: true });
  writeFileSync(join(project.folder, 'public/files/week9/week9-2-cicd-lab.zip'), '');
  return await build(project.folder, project.env, 'dist/client/ko/labs/lab-0/index.html');
}

async function plain(count: number): Promise<Cost> {
  using site = plainStarlight(Array.from({ length: count }, (_, index) => text(index)));
  return await build(site.folder, site.env, site.page(0));
}

const table = new Table({
  head: ['labs', 'time, s', 'plain, s', 'time ÷ plain', 'memory, MB', 'plain, MB', 'memory ÷ plain', 's per lab', 'page, KB'],
  style: { head: [] },
});
// What the first build of a day reads from the disk, the others find in memory.
await labproof(1);
await plain(1);
for (const count of counts) {
  const ours = await labproof(count);
  const theirs = await plain(count);
  table.push([
    count,
    ours.seconds.toFixed(1),
    theirs.seconds.toFixed(1),
    (ours.seconds / theirs.seconds).toFixed(2),
    ours.megabytes.toFixed(0),
    theirs.megabytes.toFixed(0),
    (ours.megabytes / theirs.megabytes).toFixed(2),
    (ours.seconds / count).toFixed(3),
    (ours.pageBytes / 1000).toFixed(1),
  ]);
}
console.log(table.toString());
