import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copyProject } from '../support/project-copy.ts';

/*
 * Documents by other hands, copied in as they are, built as a site; and an author who changes one of them, its files and a checker while
 * `astro dev` runs, without starting it again.
 */

const DOCUMENTS = join(import.meta.dirname, 'documents');
const project = copyProject('live', ['week9-2-codebuild']);
const lab = (id: string, ...rest: string[]) => join(project.folder, 'src/content/labs', id, ...rest);

interface Run {
  readonly code: number;
  readonly output: string;
}

async function node(...args: string[]): Promise<Run> {
  const options = { cwd: project.folder, env: project.env, maxBuffer: 1 << 24 };
  return promisify(execFile)(process.execPath, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (thrown: { code: number; stdout: string; stderr: string }) => ({ code: thrown.code, output: thrown.stdout + thrown.stderr }),
  );
}

const build = () => node(project.bin('astro/bin/astro.mjs'), 'build');

beforeAll(() => {
  for (const name of readdirSync(DOCUMENTS)) {
    const [id = '', language] = name.split('.');
    mkdirSync(lab(id), { recursive: true });
    cpSync(join(DOCUMENTS, name), lab(id, `${language}.md`));
  }
  mkdirSync(lab('pictures'));
  writeFileSync(lab('pictures', 'ko.md'), '# 그림\n\n<img src="/images/a.png" alt="콘솔" />\n');
});
afterAll(() => project[Symbol.dispose]());

const PICTURE = join(project.folder, 'public/images/a.png');
const NO_PICTURE = 'src/content/labs/pictures/ko.md:3: There is no picture /images/a.png';
const built = (path: string) => readFileSync(join(project.folder, 'dist/client', path, 'index.html'), 'utf8');

test('documents copied in as they are build, and the build names the lines that do not fit', async () => {
  const { code, output } = await build();
  expect(output).toContain('Zips in public/files: 1');
  expect(output).toContain(
    "src/content/labs/s3-lifecycle/ko.md:24: /files/week3/s3-lab.zip does not exist; put the lab's files into files/",
  );
  expect(output).toContain('src/content/labs/mess/ko.md:6: ":::tip" is never closed');
  expect(output).toMatch(/src\/content\/labs\/front-matter\/ko\.md:2: The front matter is not YAML: /);
  expect(output).toContain('src/content/labs/front-matter/ja.md:3: "week" must be a whole number from 0, such as 9; it is "9-2".');
  expect(code, output).toBe(0);
  expect(output).toContain(NO_PICTURE);
  expect(built('ko/labs/pictures')).toContain('<span class="image-missing">콘솔</span>');
  expect(built('ko/labs/front-matter')).toContain('9주차: 큐와 *토픽*');
  expect(built('ja/labs/front-matter')).toMatch(/<title>キュー.*Amazon SQS.*そのまま/s);
  const html = built('ko/labs/s3-lifecycle');
  expect(html).toContain('Amazon S3 수명 주기로 로그 보관하기');
  expect(html).not.toContain('<lab-check');
  expect(html).toContain('id="task-1-step-6"');
});

test('the next build says again what does not fit, and finds a picture that came later', async () => {
  mkdirSync(join(PICTURE, '..'));
  writeFileSync(PICTURE, '');
  const { output } = await build();
  expect(output).toContain('src/content/labs/mess/ko.md:6: ":::tip" is never closed');
  expect(output).not.toContain(NO_PICTURE);
  expect(built('ko/labs/pictures')).toContain('<img src="/images/a.png" alt="콘솔">');
});

test('a file that has no place in a zip stops the build by name', async () => {
  mkdirSync(lab('secret', 'files'), { recursive: true });
  writeFileSync(lab('secret', 'ko.md'), '# 비밀\n');
  writeFileSync(lab('secret', 'files', '.env'), 'KEY=1\n');
  const { code, output } = await build();
  expect(code).not.toBe(0);
  expect(output).toContain("src/content/labs/secret/files/.env does not belong in a lab's zip");
  rmSync(lab('secret'), { recursive: true });
});

test('a text that cannot be a page stops the build with its line and without a stack', async () => {
  // A picture that has gone since is told as well, although nothing was wrong with its text before.
  rmSync(join(PICTURE, '..'), { recursive: true });
  mkdirSync(lab('deep'));
  writeFileSync(lab('deep', 'ko.md'), `---\ntitle: 깊은 글\n---\n\n${'> '.repeat(10_000)}x\n`);
  const { code, output } = await build();
  expect(code).not.toBe(0);
  expect(output).toContain('src/content/labs/deep/ko.md:5: This line opens 10000 nested quotations and lists; a page allows 50.');
  expect(output).not.toMatch(/^\s+at .*\/src\/markdown\//m);
  expect(output).toContain(NO_PICTURE);
  rmSync(lab('deep'), { recursive: true });
});

test('an .mdx that cannot be read stops the build with its line and the mend', async () => {
  mkdirSync(lab('mdx'));
  writeFileSync(lab('mdx', 'ko.mdx'), '---\ntitle: MDX\n---\n\n글\n\n{{Upload file}} 클릭\n');
  const { code, output } = await build();
  expect(code).not.toBe(0);
  expect(output).toContain('in .mdx, write a console button as [[Upload file]]');
  expect(output).toMatch(/labs\/mdx\/ko\.mdx:7/);
  rmSync(lab('mdx'), { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on.');
  return address.port;
}

interface Dev extends AsyncDisposable {
  readonly page: (path: string) => Promise<string>;
  readonly output: () => string;
}

async function startDev(): Promise<Dev> {
  const port = await freePort();
  const env = { ...project.env, PORT: String(port), HOST: '127.0.0.1' };
  const child: ChildProcess = spawn(process.execPath, [project.bin('astro/bin/astro.mjs'), 'dev'], { cwd: project.folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const page = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const dev: Dev = {
    page,
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((end) => child.once('exit', end));
      child.kill('SIGTERM');
      await ended;
    },
  };
  await vi
    .waitFor(() => page('/ko/'), { timeout: 60_000, interval: 250 })
    .catch(async (error: unknown) => {
      await dev[Symbol.asyncDispose]();
      throw new Error(`astro dev does not answer:\n${output}`, { cause: error });
    });
  return dev;
}

test('text, files and checkers are live while developing, and a broken text shows where', async () => {
  await using dev = await startDev();
  const shows = (path: string, wanted: string | RegExp) =>
    vi
      .waitFor(async () => expect(await dev.page(path)).toMatch(wanted), { timeout: 60_000, interval: 500 })
      .catch((error: unknown) => {
        const said = dev.output().replaceAll(/^.*\[(200|404)\].*\n/gm, '');
        throw new Error(`${path} does not show ${wanted}; astro dev says:\n${said.slice(-4000)}`, { cause: error });
      });
  const s3 = '/ko/labs/s3-lifecycle/';
  await shows(s3, '수명 주기 규칙을 만들 수 있습니다');

  const source = readFileSync(lab('s3-lifecycle', 'ko.md'), 'utf8');
  writeFileSync(lab('s3-lifecycle', 'ko.md'), source.replace('다섯째 단계는 없습니다.', '새 문장 [[New]]입니다.'));
  await shows(s3, /새 문장 <span class="console-button">New/);

  mkdirSync(lab('s3-lifecycle', 'files'));
  writeFileSync(lab('s3-lifecycle', 'files', 'policy.json'), '{}\n');
  await shows(s3, /policy\.json<\/code><\/span><span class="file-description">버킷 정책<\/span><span class="file-size">3 B/);
  expect((await dev.page('/files/week3/s3-lab.zip')).slice(0, 2)).toBe('PK');

  writeFileSync(lab('s3-lifecycle', 'ko.md'), `${source}\n![버킷](/images/b.png)\n`);
  await shows(s3, '<span class="image-missing">버킷</span>');
  mkdirSync(join(project.folder, 'public/images'));
  writeFileSync(join(project.folder, 'public/images/b.png'), '');
  await shows(s3, '<img src="/images/b.png" alt="버킷">');

  const index = join(project.folder, 'src/checkers/index.ts');
  const checkers = readFileSync(index, 'utf8');
  writeFileSync(
    index,
    checkers.replace(
      /export const labs[^=]*= \[(\w+)/,
      "$&, { ...$1, id: 's3-lifecycle', tasks: $1.tasks.filter(({ id }) => ['task-1', 'task-2', 'cleanup'].includes(id)) }",
    ),
  );
  await shows(s3, /<lab-check [^>]*data-task="task-1"/);
  writeFileSync(lab('s3-lifecycle', 'ko.md'), source.replace('태스크 2', '연습 2'));
  await shows(s3, 'The checkers of this lab check task 2, but the text has no such task');
  // A checker that is taken away takes its button along, and its task stays.
  writeFileSync(index, readFileSync(index, 'utf8').replace("'task-2', ", ''));
  await shows(s3, /^(?!.*but the text has no such task)(?!.*<lab-check [^>]*data-task="task-2").*<lab-check [^>]*data-task="task-1"/s);
  writeFileSync(lab('s3-lifecycle', 'ko.md'), source);
  await shows(s3, /^(?!.*<lab-check [^>]*data-task="task-2").*<section class="task" id="task-2"/s);
  writeFileSync(index, checkers);
  await shows(s3, /^(?!.*<lab-check ).*✅ <strong>태스크 완료<\/strong>/s);

  writeFileSync(lab('s3-lifecycle', 'ko.md'), `---\ntitle: 깊은 글\n---\n\n${'> '.repeat(200)}x\n`);
  await shows(s3, /src\/content\/labs\/s3-lifecycle\/ko\.md:5: This line opens 200 nested quotations/);
  writeFileSync(lab('s3-lifecycle', 'ko.md'), source);
  await shows(s3, '다섯째 단계는 없습니다.');

  mkdirSync(lab('added'));
  writeFileSync(lab('added', 'ko.md'), '# 새 실습\n\n글');
  await shows('/ko/labs/added/', '새 실습');
});
