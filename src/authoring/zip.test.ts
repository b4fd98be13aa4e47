import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { AuthoringError } from '../markdown/read/authoring-error.ts';
import { temporaryFolder } from './temporary-folder.test-support.ts';
import { packLab, zipContents } from './zip.ts';

const frontMatter = (zip: string) => `---\ntitle: Demo\n${zip}\n---\n\nText\n`;
const text = frontMatter('zip: week1/demo-lab');

const files = {
  'ko.mdx': text,
  'files/b.txt': 'bee',
  'files/run.sh': '#!/bin/sh\n',
  'files/a/z.txt': 'zed',
  'files/A.txt': 'ay',
  'files/안내.md': '한글',
  'files/empty.txt': '',
};

const order = ['A.txt', 'a/z.txt', 'b.txt', 'empty.txt', 'run.sh', '안내.md'].map((path) => `demo-lab/${path}`);

test('the zip holds each file with its content under one top folder named like the zip, sorted', () => {
  using lab = temporaryFolder(files);
  const unzipped = unzipSync(packLab(lab.path)?.data ?? new Uint8Array());
  expect(Object.keys(unzipped)).toEqual(order);
  expect(strFromU8(unzipped['demo-lab/안내.md'] ?? new Uint8Array())).toBe('한글');
  expect(unzipped['demo-lab/empty.txt']).toHaveLength(0);
});

test('zipContents lists the same files in the same order with their unpacked sizes', () => {
  using lab = temporaryFolder(files);
  expect(zipContents(lab.path)).toEqual(packLab(lab.path)?.entries);
  expect(zipContents(lab.path).map(({ path, bytes }) => [path, bytes])).toEqual(order.map((path, at) => [path, [2, 3, 3, 0, 10, 6][at]]));
});

test('modes are Unix modes that keep only whether a file may be run', () => {
  using lab = temporaryFolder(files, ['files/run.sh']);
  expect(centralDirectory(packLab(lab.path)?.data).map(({ name, madeBy, mode }) => [name, madeBy, mode.toString(8)])).toEqual(
    order.map((name) => [name, 3, name.endsWith('run.sh') ? '100755' : '100644']),
  );
});

test('names that are not ASCII are marked as UTF-8, times are one fixed time', () => {
  using lab = temporaryFolder(files);
  const directory = centralDirectory(packLab(lab.path)?.data);
  expect(directory.find(({ name }) => name.endsWith('안내.md'))?.utf8).toBe(true);
  // DOS date and time of 2000-01-01 12:00:00.
  expect(new Set(directory.map(({ time }) => time))).toEqual(new Set([(20 << 25) | (1 << 21) | (1 << 16) | (12 << 11)]));
});

test('the bytes are the same in every time zone and in any order of creation', () => {
  using lab = temporaryFolder(files);
  using reversed = temporaryFolder(Object.fromEntries(Object.entries(files).reverse()));
  const hashes = ['Asia/Seoul', 'UTC', 'America/New_York', 'Pacific/Apia'].map((zone) => hashIn(zone, lab.path));
  expect(hashes).toEqual(hashes.map(() => hash(packLab(reversed.path)?.data)));
});

test('a lab without zip and files has no zip', () => {
  using lab = temporaryFolder({ 'ko.mdx': frontMatter('week: 1') });
  expect(packLab(lab.path)).toBeUndefined();
  expect(zipContents(lab.path)).toEqual([]);
});

test.each([
  ['by its front matter', frontMatter('zip: week1/demo-lab'), 'week1/demo-lab'],
  ['by the link of a text that knows no zip', 'Text without front matter\n\n[x](/files/week1/linked.zip)', 'week1/linked'],
])('files go into the zip that is named %s', (_, content, zip) => {
  using lab = temporaryFolder({ 'ko.md': content, 'files/a': '' });
  expect(packLab(lab.path)).toMatchObject({ zip, entries: [{ path: `${zip.split('/')[1]}/a`, bytes: 0 }] });
});

test('files of a lab that names no zip go into one of its own', () => {
  using labs = temporaryFolder({ 'my-lab/ko.md': 'Text', 'my-lab/files/a': '' });
  expect(packLab(join(labs.path, 'my-lab'))?.zip).toBe('labs/my-lab');
});

test('a link alone asks for no files', () => {
  using lab = temporaryFolder({ 'ko.md': '[x](/files/week1/other.zip)' });
  expect(packLab(lab.path)).toBeUndefined();
});

test.each([
  ['a zip without files', { 'ko.mdx': text }, 'offers the zip week1/demo-lab but has no files'],
  ['a malformed zip name', { 'ko.mdx': frontMatter('zip: ../../etc/passwd'), 'files/a': '' }, '"zip" must be <group>/<name> in lower case'],
  [
    'languages that disagree',
    { 'ko.mdx': text, 'ja.mdx': frontMatter('zip: week1/other'), 'files/a': '' },
    'every language of a lab offers the same zip',
  ],
  ['front matter that does not end', { 'ko.mdx': '---\nweek: 1\n', 'files/a': '' }, 'ko.mdx:1: The front matter does not end'],
  ['two texts of a language', { 'ko.mdx': text, 'ko.md': text, 'files/a': '' }, 'has both ko.md and ko.mdx'],
  ['front matter that is no YAML', { 'ko.mdx': '---\na: [\n---\n', 'files/a': '' }, 'is not YAML'],
  ['front matter that is a list', { 'ko.mdx': '---\n- a\n---\n', 'files/a': '' }, 'must be lines "key: value"'],
  ['names that differ in case', { 'ko.mdx': text, 'files/Read.md': '', 'files/read.md': '' }, 'differ only in upper and lower case'],
])('refuses %s', (_, content, message) => {
  using lab = temporaryFolder(content);
  expect(() => packLab(lab.path)).toThrow(AuthoringError);
  expect(() => zipContents(lab.path)).toThrow(message);
});

test.each([
  '.DS_Store',
  '._app.js',
  'node_modules/express/index.js',
  '.git/config',
  '.env',
  '.env.production',
  'sub/server.pem',
  'private.key',
  'id_rsa',
  'id_ed25519.pub',
  'credentials',
  'credentials.csv',
  'student_accessKeys.csv',
  '.npmrc',
  'app.js~',
  'notes.txt.swp',
  'what?.txt',
  'a:b.txt',
  'back\\slash.txt',
  'dot.',
  'con.txt',
  'line\nbreak.txt',
])('refuses %j and names it', (name) => {
  using lab = temporaryFolder({ 'ko.mdx': text, 'files/app.js': '', [`files/${name}`]: '' });
  const refused = name.split('/').find((part) => part !== 'sub') ?? '';
  expect(() => packLab(lab.path)).toThrow(refused);
  expect(() => packLab(lab.path)).toThrow(AuthoringError);
});

test('refuses a link, which could point at anything', () => {
  using lab = temporaryFolder({ 'ko.mdx': text, 'files/app.js': '' });
  symlinkSync('/etc/hostname', join(lab.path, 'files/host.txt'));
  expect(() => packLab(lab.path)).toThrow('host.txt is not a plain file');
});

function hash(data: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(data ?? '')
    .digest('hex');
}

/** The hash of the lab's zip when another process, in another time zone, packs it. */
function hashIn(zone: string, labDir: string): string {
  const script = `
    import { createHash } from 'node:crypto';
    import { packLab } from ${JSON.stringify(new URL('./zip.ts', import.meta.url).href)};
    process.stdout.write(createHash('sha256').update(packLab(process.argv[1]).data).digest('hex'));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, labDir], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
}

/** Reads the central directory as the specification defines it (APPNOTE 4.3.12), without the library that wrote it. */
function centralDirectory(
  data: Uint8Array = new Uint8Array(),
): { name: string; madeBy: number; mode: number; utf8: boolean; time: number }[] {
  const view = Buffer.from(data);
  const end = view.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const entries = [];
  let at = view.readUInt32LE(end + 16);
  for (let left = view.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.readUInt16LE(at + offset));
    entries.push({
      name: view.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)),
      madeBy: view.readUInt8(at + 5),
      mode: view.readUInt32LE(at + 38) >>> 16,
      utf8: (view.readUInt16LE(at + 8) & 0x800) !== 0,
      time: view.readUInt32LE(at + 12),
    });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}
