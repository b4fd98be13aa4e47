import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../authoring/temporary-folder.test-support.ts';
import { recoverSite, removeAbandoned, replaceSite } from './site-folder.ts';

test('a finished build takes the place of the site, or is the first one', () => {
  using root = temporaryFolder({ 'built/page': 'first' });
  const site = join(root.path, 'dist');
  replaceSite(site, join(root.path, 'built'));
  expect(readdirSync(root.path)).toEqual(['dist']);
  using next = temporaryFolder({ 'dist/page': 'old', 'dist/gone': '', 'dist.replaced/page': 'older', 'built/page': 'new' });
  replaceSite(join(next.path, 'dist'), join(next.path, 'built'));
  expect(readdirSync(next.path)).toEqual(['dist']);
  expect(readdirSync(join(next.path, 'dist'))).toEqual(['page']);
  expect(readFileSync(join(next.path, 'dist/page'), 'utf8')).toBe('new');
});

test('a build that cannot be moved leaves the site there was', () => {
  using root = temporaryFolder({ 'dist/page': 'old' });
  const site = join(root.path, 'dist');
  expect(() => replaceSite(site, join(root.path, 'nowhere'))).toThrow('ENOENT');
  expect(readFileSync(join(site, 'page'), 'utf8')).toBe('old');
});

test('a site that was about to be replaced when its build was killed comes back', () => {
  using root = temporaryFolder({ 'dist.replaced/page': 'old' });
  const site = join(root.path, 'dist');
  recoverSite(site);
  expect(readFileSync(join(site, 'page'), 'utf8')).toBe('old');
  using whole = temporaryFolder({ 'dist.replaced/page': 'old', 'dist/page': 'new' });
  recoverSite(join(whole.path, 'dist'));
  expect(readFileSync(join(whole.path, 'dist/page'), 'utf8')).toBe('new');
});

test('what killed builds have left goes, but not what a running one writes, nor anything else', () => {
  const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
  const running = `dist.building-${process.pid}`;
  using root = temporaryFolder({
    [`dist.building-${ended}/page`]: '',
    [`${running}/page`]: '',
    'dist.building-x/page': '',
    [`other.building-${ended}/page`]: '',
  });
  removeAbandoned(join(root.path, 'dist'));
  expect(existsSync(join(root.path, `dist.building-${ended}`))).toBe(false);
  expect(readdirSync(root.path).sort()).toEqual([running, 'dist.building-x', `other.building-${ended}`].sort());
});
