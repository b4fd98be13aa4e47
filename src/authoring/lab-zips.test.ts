import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeLabZips } from './lab-zips.ts';
import { temporaryFolder } from './temporary-folder.test-support.ts';

const text = (zip: string) => `---\nzip: ${zip}\n---\n`;
const twoLabs = {
  'labs/one/ko.mdx': text('week1/one'),
  'labs/one/files/a.txt': 'a',
  'labs/two/ko.mdx': text('week2/two'),
  'labs/two/files/b.txt': 'b',
  'labs/three/ko.mdx': '---\nweek: 3\n---\n',
};

const folders = (root: string) => ({ labs: join(root, 'labs'), output: join(root, 'out'), ledger: join(root, 'state/zips.json') });

test('writes one zip per lab that offers one and tells its size, entries and hash', () => {
  using root = temporaryFolder(twoLabs);
  const zips = writeLabZips(folders(root.path));
  expect(zips.map(({ lab, entries }) => [lab, entries])).toEqual([
    ['one', 1],
    ['two', 1],
  ]);
  for (const { path, bytes, sha256 } of zips) {
    const data = readFileSync(path);
    expect(data.byteLength).toBe(bytes);
    expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
  }
  expect(zips[0]?.path).toBe(join(root.path, 'out/week1/one.zip'));
  expect(readdirSync(join(root.path, 'out/week1'))).toEqual(['one.zip', 'one.zip.sha256']);
  expect(readFileSync(`${zips[0]?.path}.sha256`, 'utf8')).toBe(`${zips[0]?.sha256}  one.zip\n`);
});

test('leaves a zip whose bytes are right untouched and fixes one whose bytes are not', () => {
  using root = temporaryFolder(twoLabs);
  const [one, two] = writeLabZips(folders(root.path)).map(({ path }) => path) as [string, string];
  for (const path of [one, two]) utimesSync(path, 1000, 1000);
  writeFileSync(two, 'damaged');
  utimesSync(two, 1000, 1000);
  const [, fixed] = writeLabZips(folders(root.path));
  expect(statSync(one).mtimeMs).toBe(1_000_000);
  expect(readFileSync(two).byteLength).toBe(fixed?.bytes);
});

test("removes the zip of a lab that is gone, but nobody else's files", () => {
  using root = temporaryFolder({ ...twoLabs, 'out/week2/handout.pdf': 'pdf', 'out/week9/other.zip': 'zip' });
  writeLabZips(folders(root.path));
  rmSync(join(root.path, 'labs/one'), { recursive: true });
  rmSync(join(root.path, 'labs/two'), { recursive: true });
  writeLabZips(folders(root.path));
  expect(existsSync(join(root.path, 'out/week1'))).toBe(false);
  expect(readdirSync(join(root.path, 'out/week2'))).toEqual(['handout.pdf']);
  expect(readdirSync(join(root.path, 'out/week9'))).toEqual(['other.zip']);
});

test.each([
  ['lost', undefined],
  ['damaged', '{'],
  ['tampered with', '["../labs/one"]'],
])('a ledger that is %s removes nothing', (_, ledger) => {
  using root = temporaryFolder({ ...twoLabs, 'labs/one.zip': 'kept', 'out/week1/old.zip': 'kept' });
  writeLabZips(folders(root.path));
  if (ledger === undefined) rmSync(folders(root.path).ledger);
  else writeFileSync(folders(root.path).ledger, ledger);
  writeLabZips(folders(root.path));
  expect(existsSync(join(root.path, 'labs/one.zip'))).toBe(true);
  expect(existsSync(join(root.path, 'out/week1/old.zip'))).toBe(true);
});

test('with somebody who is told, a lab whose zip has no name of its own is left out, and a file that has no place in a zip still stops all', () => {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  using root = temporaryFolder({
    ...twoLabs,
    'labs/four/ko.mdx': '---\na: [\n---\n',
    'labs/four/files/a.txt': 'a',
    'labs/five/ko.md': text('A B'),
    'labs/five/files/a.txt': 'a',
    'labs/six/ko.md': text('week6/six'),
    'labs/zz/ko.md': text('week1/one'),
    'labs/zz/files/a.txt': 'other',
  });
  expect(writeLabZips({ ...folders(root.path), tell }).map(({ lab }) => lab)).toEqual(['one', 'two']);
  expect(told.map((line) => line.replaceAll(root.path, ''))).toEqual([
    'In /labs/five/ko.md, "zip" must be <group>/<name> in lower case, such as week9/week9-2-cicd-lab.',
    expect.stringMatching(/^\/labs\/four\/ko\.mdx:\d: The front matter is not YAML: /),
    '/labs/six offers the zip week6/six but has no files: put them into files/ or take "zip" out of the front matter.',
    'The labs one and zz both offer the zip week1/one: give one of them another name in its front matter.',
  ]);
  using secret = temporaryFolder({ 'labs/one/ko.md': '', 'labs/one/files/.env': 'KEY=1' });
  expect(() => writeLabZips({ ...folders(secret.path), tell })).toThrow("does not belong in a lab's zip");
});

test('two labs with the same zip stop before anything is written', () => {
  using root = temporaryFolder({ ...twoLabs, 'labs/two/ko.mdx': text('week1/one') });
  expect(() => writeLabZips(folders(root.path))).toThrow('The labs one and two both offer the zip week1/one');
  expect(existsSync(join(root.path, 'out'))).toBe(false);
});
