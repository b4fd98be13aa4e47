import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../authoring/temporary-folder.test-support.ts';
import { tellOfMissedFiles } from './missed-files.ts';
import { QUIET } from './settled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A watcher that reports nothing on its own. */
class BlindWatcher extends EventEmitter {
  readonly added: string[] = [];
  readonly told: string[] = [];
  readonly #watched: Record<string, string[]> = {};
  constructor() {
    super();
    this.on('add', (path: string) => this.told.push(path));
  }
  knows(folder: string, ...names: string[]): this {
    this.#watched[folder] = [...(this.#watched[folder] ?? []), ...names];
    return this;
  }
  add(path: string | readonly string[]): this {
    const file = String(path);
    this.added.push(file);
    return this.knows(join(file, '..'), file.split('/').at(-1) ?? '');
  }
  getWatched(): Record<string, string[]> {
    return this.#watched;
  }
}

// The type of Vite's watcher has all overloads of chokidar; the tests need only these.
const watcherOf = (watcher: BlindWatcher) => watcher as unknown as Parameters<typeof tellOfMissedFiles>[0];

test('files of a new folder that the watcher has not found are told and watched, once', async () => {
  using folder = temporaryFolder({ 'lab/ko.md': '', 'lab/files/a.yml': '', 'lab/known.txt': '' });
  const lab = join(folder.path, 'lab');
  const watcher = new BlindWatcher().knows(folder.path, 'lab').knows(lab, 'known.txt');
  tellOfMissedFiles(watcherOf(watcher), () => true);
  watcher.emit('addDir', lab);
  await vi.advanceTimersByTimeAsync(20 * QUIET);
  expect(watcher.told.sort()).toEqual([join(lab, 'files/a.yml'), join(lab, 'ko.md')]);
  expect(watcher.added.sort()).toEqual([join(lab, 'files'), join(lab, 'files/a.yml'), join(lab, 'ko.md')]);
});

test('what comes after the first look is found by the second', async () => {
  using folder = temporaryFolder({});
  const lab = join(folder.path, 'lab');
  mkdirSync(lab);
  const watcher = new BlindWatcher();
  tellOfMissedFiles(watcherOf(watcher), () => true);
  watcher.emit('addDir', lab);
  await vi.advanceTimersByTimeAsync(2 * QUIET);
  expect(watcher.told).toEqual([]);
  writeFileSync(join(lab, 'ko.md'), '');
  await vi.advanceTimersByTimeAsync(10 * QUIET);
  expect(watcher.told).toEqual([join(lab, 'ko.md')]);
});

test('folders of others, and folders that have gone again, are left alone', async () => {
  using folder = temporaryFolder({ 'other/ko.md': '', 'gone/ko.md': '' });
  const watcher = new BlindWatcher();
  tellOfMissedFiles(watcherOf(watcher), (path) => !path.endsWith('other'));
  watcher.emit('addDir', join(folder.path, 'other'));
  watcher.emit('addDir', join(folder.path, 'gone'));
  rmSync(join(folder.path, 'gone'), { recursive: true });
  await vi.advanceTimersByTimeAsync(20 * QUIET);
  expect(watcher.told).toEqual([]);
});
