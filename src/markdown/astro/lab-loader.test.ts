import { EventEmitter } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoaderContext } from 'astro/loaders';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../authoring/temporary-folder.test-support.ts';
import { labTexts } from './lab-loader.ts';
import { QUIET } from './settled.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const folder = 'src/content/labs';
const ID = 'ko/labs/queues';

interface Developing extends Disposable {
  readonly text: (name: string) => string;
  /** The HTML of the lab's page. */
  readonly page: () => string | undefined;
  /** Sends an event the way chokidar does. */
  readonly tell: (event: 'add' | 'change' | 'unlink', name: string) => void;
  readonly logged: string[];
}

/** Runs the loader the way `astro dev` does, with one lab. */
async function develop(files: Readonly<Record<string, string>>): Promise<Developing> {
  const root = temporaryFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, 'queues', name), text])));
  const text = (name: string) => join(root.path, folder, 'queues', name);
  const store = new Map<string, { filePath: string; rendered?: { html: string } }>();
  const watcher = Object.assign(new EventEmitter(), { add: () => watcher });
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const context = {
    config: { root: pathToFileURL(`${root.path}/`) },
    store: {
      get: (id: string) => store.get(id),
      set: (entry: { id: string; filePath: string }) => void store.set(entry.id, entry),
      delete: (id: string) => void store.delete(id),
      keys: () => [...store.keys()],
    },
    watcher,
    logger: { info: log, warn: log, error: log },
    generateDigest: (content: string) => content,
    parseData: async ({ data }: { data: unknown }) => data,
    renderMarkdown: async (markdown: string) => ({ html: markdown, metadata: {} }),
  };
  // Only the parts of the context that the loader uses.
  await labTexts({ folder, dependencies: [] }).load(context as unknown as LoaderContext);
  return {
    text,
    page: () => store.get(ID)?.rendered?.html,
    tell: (event, name) => void watcher.emit(event, text(name)),
    logged,
    [Symbol.dispose]: () => root[Symbol.dispose](),
  };
}

const quiet = async () => {
  await vi.advanceTimersByTimeAsync(QUIET);
  // Nothing but the event loop waits for what the loader reads next.
  await new Promise((turn) => setImmediate(turn));
};

test('a text told of while it was empty is read when it is whole, although nobody tells again', async () => {
  using lab = await develop({ 'ko.md': '# 큐\n\n처음\n' });
  expect(lab.page()).toContain('처음');
  writeFileSync(lab.text('ko.md'), '');
  lab.tell('change', 'ko.md');
  writeFileSync(lab.text('ko.md'), '# 큐\n\n나중\n');
  await quiet();
  expect(lab.page()).toContain('나중');
  expect(lab.logged).toEqual(['Reloaded src/content/labs/queues/ko.md']);
});

test('a text that is renamed keeps its page, in whichever order it is told', async () => {
  for (const events of [
    ['add', 'unlink'],
    ['unlink', 'add'],
  ] as const) {
    using lab = await develop({ 'ko.mdx': '# 큐\n\n글\n' });
    renameSync(lab.text('ko.mdx'), lab.text('ko.md'));
    for (const event of events) {
      lab.tell(event, event === 'add' ? 'ko.md' : 'ko.mdx');
      await quiet();
    }
    expect(lab.page(), events.join()).toContain('글');
  }
});

test('a text that has gone takes its page along', async () => {
  using lab = await develop({ 'ko.md': '# 큐\n' });
  rmSync(lab.text('ko.md'));
  lab.tell('unlink', 'ko.md');
  await quiet();
  expect(lab.page()).toBeUndefined();
});
