import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OUR_LABS } from '../../src/content/our-labs.ts';
import { copyProject } from '../support/project-copy.ts';

/*
 * Labs by other authors beside ours, in a copy of the project: labs that `npm run new-lab` has just made, documents dropped in as they are, and
 * a lab with a checker for one task of six. All of them build, and the suite stays green. A build that fails leaves the site as it was.
 */

const root = join(import.meta.dirname, '../..');
const project = copyProject('other-labs');
const labs = join(project.folder, 'src/content/labs');

/** Labs from the template, by id: an id with letters, one that begins with a digit, and the template's own. */
const MADE = { 'made-by-test': 'ko', '3-1-my-bucket': 'ja', 'my-lab': 'en' } as const;
const PARTLY = 'partly-checked';

const DROPPED: Readonly<Record<string, string>> = {
  'no-front-matter/ko.md': '앞글이 없는 문서\n\n## 태스크 1: 하나\n\n1. 한다\n\n✅ **태스크 완료**: 끝\n',
  'broken-yaml/ko.md': '---\ntitle: [열린\n b: : c\n---\n\n## 태스크 1: 하나\n\n1. 한다\n',
  'broken-yaml/files/a.txt': 'a',
  'nothing-left/ko.md': '---\n[[[\n---\n\n글\n',
  'nothing-left/files/a.txt': 'a',
  'wrong-fields/ko.md': '---\ntitle: 3\nweek: nine\nzip: A B\n---\n\n글\n',
  'no-files/ko.md': '---\ntitle: 파일 없음\nzip: labs/no-files\n---\n\n글\n',
  'only-files/ko.md': '# 파일만\n\n글\n',
  'only-files/files/a.txt': 'a',
  'only-files/files/broken.json': '{',
  'a-program/en.mdx': '---\nweek: nine\n---\n\nexport const price = 3;\n\n# A program\n\n## Task 1: Read\n\n1. It costs {price}.\n',
  'plain-mdx/ko.mdx': '---\ntitle: [열린\n---\n\n## 태스크 1: 하나\n\n1. 한다\n',
  'translated/ja.md': '---\ntitle: 訳\noriginal: { language: ko, hash: 0123456789abcdef }\n---\n\n## タスク 1: 一\n\n1. する\n',
  '9/ko.md': '# 아홉\n',
  'empty-text/ko.md': '',
  'not-a-lab/notes.txt': 'x',
  'not-a-lab/data.json': '{"a":   1}',
  'README.md': '# Labs\n',
};

interface Run {
  readonly code: number;
  readonly output: string;
}

const options = { cwd: project.folder, env: project.env, maxBuffer: 1 << 24 };

function run(program: string, ...args: string[]): Promise<Run> {
  return promisify(execFile)(program, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (thrown: { code: number; stdout: string; stderr: string }) => ({ code: thrown.code, output: thrown.stdout + thrown.stderr }),
  );
}

const node = (...args: string[]) => run(process.execPath, ...args);
const ASTRO = project.bin('astro/bin/astro.mjs');
const build = () => node(ASTRO, 'build');
const VITEST = project.bin('vitest/vitest.mjs');
const site = (path: string) => join(project.folder, 'dist/client', path);
const page = (path: string) => readFileSync(site(`${path}/index.html`), 'utf8');
const builds = () => readdirSync(project.folder).filter((name) => name.startsWith('dist'));

let built: Run;
beforeAll(async () => {
  for (const [id, language] of Object.entries(MADE)) {
    const { code, output } = await node('scripts/new-lab.ts', id, '--lang', language);
    expect(code, output).toBe(0);
  }
  for (const [path, content] of Object.entries(DROPPED)) {
    mkdirSync(join(labs, path, '..'), { recursive: true });
    writeFileSync(join(labs, path), content);
  }
  mkdirSync(join(labs, 'empty'));
  await node('scripts/new-lab.ts', PARTLY);
  const partly = join(labs, PARTLY, 'ko.md');
  const others = [2, 3, 4, 5, 6].map(
    (task) => `\n## 태스크 ${task}: 일 ${task}\n\n1. 합니다.\n2. 봅니다.\n\n✅ **태스크 완료**: 끝 ${task}\n`,
  );
  writeFileSync(partly, readFileSync(partly, 'utf8') + others.join(''));
  built = await build();
});
afterAll(() => project[Symbol.dispose]());

test('the build makes a page of each, and names what does not fit by file and line', () => {
  expect(built.code, built.output).toBe(0);
  const shown = Object.keys(DROPPED).flatMap(
    (path) => /^([^/]+)\/([a-z]{2})\.mdx?$/.exec(path)?.slice(1, 3).reverse().join('/labs/') ?? [],
  );
  for (const path of shown) expect(existsSync(site(`${path}/index.html`)), path).toBe(true);
  for (const said of [
    /src\/content\/labs\/broken-yaml\/ko\.md:2: The front matter is not YAML: /,
    /src\/content\/labs\/nothing-left\/ko\.md:2: The front matter is not YAML: /,
    /src\/content\/labs\/plain-mdx\/ko\.mdx:2: The front matter is not YAML: /,
    /src\/content\/labs\/wrong-fields\/ko\.md:3: "week" must be a whole number from 0, such as 9; it is "nine"\./,
    /src\/content\/labs\/a-program\/en\.mdx:2: "week" must be a whole number from 0, such as 9; it is "nine"\./,
    /src\/content\/labs\/no-files offers the zip labs\/no-files but has no files/,
  ]) {
    expect(built.output).toMatch(said);
  }
  expect(page('en/labs/a-program')).toContain('It costs 3.');
  expect(existsSync(site('files/labs/only-files.zip'))).toBe(true);
  expect(existsSync(site('ko/labs/empty'))).toBe(false);
  expect(page('ko/labs/week9-2-codebuild')).toContain('data-task="cleanup"');
  expect(builds()).toEqual(['dist']);
});

test.each(Object.entries(MADE))('%s has a page in %s with its zip, its check and nothing left of its marks', (id, language) => {
  const html = page(`${language}/labs/${id}`);
  expect(html).toContain(`data-lab="${id}" data-task="task-1"`);
  expect(html).toContain(`href="/files/labs/${id}.zip"`);
  expect(existsSync(site(`files/labs/${id}.zip`))).toBe(true);
  expect(html).not.toMatch(/\[!|\[\[/);
});

test('a lab with a checker for one task of six has one button and six tasks, and counts one', () => {
  const html = page(`ko/labs/${PARTLY}`);
  expect(html.match(/<lab-check [^>]*data-task="[^"]*"/g)).toEqual([expect.stringContaining('data-task="task-1"')]);
  expect(html.match(/<section class="task"/g)).toHaveLength(6);
  expect(html.match(/<a [^>]*data-task="task-\d"/g)).toHaveLength(6);
  expect(html.match(/class="check-status" data-status="unchecked"/g)).toHaveLength(2);
  expect(html).toMatch(/lab-nav-progress[^>]* data-total="1"/);
  expect(html).toContain('<strong>태스크 완료</strong>: 끝 6');
  expect(page('ko/progress')).toContain(`data-lab="${PARTLY}" data-total="1"`);
});

test('what was made lints, beside our own labs, is formatted and type-checks', async () => {
  const made = [...Object.keys(MADE), PARTLY];
  expect(await node('scripts/lint-labs.ts', ...[...OUR_LABS, ...made].map((id) => `src/content/labs/${id}`))).toEqual({
    code: 0,
    output: '',
  });
  // The copy has no repository, whose list of ignored files the formatter follows.
  const biome = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(project.folder, 'biome.json'), JSON.stringify({ ...biome, $schema: undefined, vcs: undefined, root: true }));
  expect(await node(project.bin('@biomejs/biome/bin/biome'), 'check', 'src/checkers', 'src/content')).toMatchObject({ code: 0 });
  const types = join(project.folder, 'tsconfig.made.json');
  writeFileSync(
    types,
    JSON.stringify({ extends: './tsconfig.json', include: made.map((id) => `src/checkers/${id}`), files: ['src/checkers/index.ts'] }),
  );
  expect(await node(project.bin('typescript/bin/tsc'), '--noEmit', '-p', types)).toEqual({ code: 0, output: '' });
  // Vite has bundled nothing for the toolbar of `astro dev`.
  expect(existsSync(join(project.folder, 'node_modules/.vite/deps'))).toBe(false);
});

test('the rules of our labs stay green beside them, and proof cycle, faults, texts and role hold for what was made', async () => {
  const report = join(project.folder, 'report.json');
  const files = ['src/content/labs/every-lab', ...['proof-cycle', 'faults', 'texts', 'role'].map((name) => `src/checkers/${name}`)];
  const names = [...Object.keys(MADE), PARTLY, 'has a text', ' in (?:ko|ja|en) '].join('|');
  const { output } = await node(VITEST, 'run', ...files, '-t', names, '--reporter', 'json', '--outputFile', report);
  const { numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  expect({ numFailedTests, numFailedTestSuites }, output).toEqual({ numFailedTests: 0, numFailedTestSuites: 0 });
  const passed = (about: string) =>
    testResults.flatMap(({ assertionResults }: { assertionResults: { fullName: string; status: string }[] }) =>
      assertionResults.filter(({ fullName, status }) => status === 'passed' && fullName.includes(about)),
    ).length;
  for (const id of [...Object.keys(MADE), PARTLY]) expect(passed(id), id).toBeGreaterThan(10);
  for (const id of OUR_LABS) expect(passed(`${id} `), id).toBeGreaterThan(4);
});

test('a second lab of the same id is refused in one sentence', async () => {
  const { code, output } = await node('scripts/new-lab.ts', 'made-by-test');
  expect(code).toBe(2);
  expect(output).toContain('src/content/labs/made-by-test is already there');
});

test('a checker whose task the text does not have stops the site with file and line, and the last good one stays', async () => {
  const path = join(labs, 'made-by-test/ko.md');
  const source = readFileSync(path, 'utf8');
  const before = page('ko/labs/made-by-test');
  writeFileSync(path, source.replace('## 태스크 1:', '## 일 1:'));
  const { code, output } = await run('npm', 'start');
  writeFileSync(path, source);
  expect(code).not.toBe(0);
  expect(output).toMatch(
    /src\/content\/labs\/made-by-test\/ko\.md:\d+: The checkers of this lab check task 1, but the text has no such task; /,
  );
  expect(output).toContain('The site was not built, for the reason above; dist/ is as the last good build left it.');
  expect(output).not.toMatch(/^\s+at /m);
  expect(output).not.toContain('Labproof is at');
  expect(builds()).toEqual(['dist']);
  expect(page('ko/labs/made-by-test')).toBe(before);
});

test('a build that is interrupted leaves the site as it was', async () => {
  const before = page('ko/labs/9');
  const child = spawn(process.execPath, [ASTRO, 'build'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((end) => child.once('exit', end));
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk;
    // By now it has begun to write.
    if (seen.includes('prerendering')) child.kill('SIGINT');
  });
  const said = text(child.stderr);
  expect(await ended).toBe(130);
  expect(await said).toContain('dist/ is as the last good build left it.');
  expect(builds()).toEqual(['dist']);
  expect(page('ko/labs/9')).toBe(before);
});

test('a build for which the disk has no room leaves the site as it was', async () => {
  const before = page('ko/labs/9');
  // No file may grow beyond 64 KiB: the first page or script that is larger cannot be written.
  const { code } = await run('bash', '-c', 'ulimit -f 64; exec "$@"', 'bash', process.execPath, ASTRO, 'build');
  expect(code).not.toBe(0);
  expect(builds()).toEqual(['dist']);
  expect(page('ko/labs/9')).toBe(before);
});

test('without a lab that was made, everything is as it was', async () => {
  rmSync(join(labs, 'made-by-test'), { recursive: true });
  rmSync(join(project.folder, 'src/checkers/made-by-test'), { recursive: true });
  cpSync(join(root, 'src/checkers/index.ts'), join(project.folder, 'src/checkers/index.ts'));
  for (const path of ['no-files/ko.md', 'nothing-left/ko.md', 'wrong-fields/ko.md']) rmSync(join(labs, path));
  expect((await node('scripts/zips.ts')).code).toBe(0);
  expect(existsSync(join(project.folder, 'public/files/labs/made-by-test.zip'))).toBe(false);
  expect((await node('scripts/lint-labs.ts', '--rules')).output).toContain('step-number: ');
});
