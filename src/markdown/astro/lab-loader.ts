import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { labSchema } from '../../content/lab-schema.ts';
import { AuthoringError } from '../read/authoring-error.ts';
import { type PageFrontMatter, pageFrontMatter } from '../read/front-matter.ts';
import { type LabFile, labFile } from '../read/lab-file.ts';
import { isPlainMdx } from '../read/parse/fast-parse.ts';
import { settled } from './settled.ts';

/** Where lab texts lie: `<folder>/<lab>/<language>.md` or `.mdx`. */
export interface LabTextsOptions {
  /** Relative to the site's root. */
  readonly folder: string;
  /** Other files and folders that pages depend on, relative to the site's root. */
  readonly dependencies: readonly string[];
}

type Store = LoaderContext['store'];

/** The id of a text in the store, which is also its route. */
function idOf({ lab, language }: LabFile): string {
  return `${language}/labs/${lab}`;
}

/** All lab texts below a folder, sorted by path. */
function findTexts(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(folder, entry.name)).map((name) => join(folder, entry.name, name)))
    .filter((path) => labFile(path) !== undefined)
    .sort();
}

/** A text that changes when any file below the path changes: names, sizes and times. */
function stamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (!stats.isDirectory()) return `${stats.size} ${stats.mtimeMs}\n`;
  return readdirSync(path)
    .sort()
    .map((name) => `${name} ${stamp(join(path, name))}`)
    .join('');
}

/** An error as `path:line: reason`, without a stack. */
function told(error: unknown, path: string): string {
  if (error instanceof AuthoringError) return error.message;
  const { line, reason, message } = error as { line?: number; reason?: string; message?: string };
  return `${path}:${line ?? 1}: ${reason ?? message ?? String(error)}`;
}

/** What the page of a broken text shows until its author fixes it. */
function brokenPage(reason: string): string {
  return toHtml(h('p', { className: ['lab-broken'], role: 'alert' }, reason));
}

/** The text with the valid fields of its front matter. Empty lines fill the gap, so that line numbers in messages are those of the file. */
function withLinesKept({ data, body, bodyLine }: PageFrontMatter): string {
  return bodyLine === 0 ? body : `---\n${JSON.stringify(data)}\n---\n${'\n'.repeat(bodyLine - 1)}${body}`;
}

class LabTexts {
  readonly #context: LoaderContext;
  readonly #root: string;
  readonly #shared: string;

  constructor(context: LoaderContext, root: string, shared: string) {
    this.#context = context;
    this.#root = root;
    this.#shared = shared;
  }

  /**
   * Renders one text and puts it into the store. Returns what is wrong with it, or `undefined`.
   * @param known what to do when the stored page is up to date.
   */
  async load(path: string, known: 'keep' | 'render' = 'keep'): Promise<string | undefined> {
    const { store } = this.#context;
    const lab = labFile(path);
    if (lab === undefined) return undefined;
    const id = idOf(lab);
    const where = relative(this.#root, path);
    const source = readFileSync(path, 'utf8');
    const depends = createHash('sha256')
      .update(`${path}\n${this.#shared}\n${stamp(lab.directory)}`)
      .digest('hex');
    const digest = this.#context.generateDigest(depends + source);
    const stored = store.get(id);
    if (known === 'keep' && stored?.digest === digest) {
      // Astro registers the pictures of an entry with the build only when the entry is set.
      replace(store, stored);
      return undefined;
    }
    const base = { id, filePath: this.#filePath(path) };
    try {
      const frontMatter = pageFrontMatter(source, where);
      const isProgram = path.endsWith('.mdx') && !isPlainMdx(frontMatter.body);
      // MDX reads the file again and takes only YAML as front matter.
      if (isProgram && !frontMatter.isYaml) throw new AuthoringError(frontMatter.problems.join('\n'));
      for (const problem of frontMatter.problems) this.#context.logger.warn(problem);
      const data = await this.#parse(id, frontMatter, path);
      if (isProgram) {
        replace(store, { ...base, data, deferredRender: true });
        return undefined;
      }
      const rendered = await this.#context.renderMarkdown(withLinesKept(frontMatter), { fileURL: pathToFileURL(path) });
      // Only a page without warnings is cached, because every build must print the warnings of a text.
      const isFlawless = frontMatter.problems.length === 0 && rendered.metadata?.['problems'] === 0;
      const assetImports = rendered.metadata?.imagePaths ?? [];
      replace(store, { ...base, data, rendered, assetImports, ...(isFlawless && { digest }) });
      return undefined;
    } catch (error) {
      const reason = told(error, where);
      const data = await this.#context.parseData({ id, data: { title: lab.lab }, filePath: path });
      replace(store, { ...base, data, rendered: { html: brokenPage(reason), metadata: { headings: [] } } });
      return reason;
    }
  }

  /** Removes the page of a deleted text, unless another text has replaced it, as `ko.md` replaces `ko.mdx`. */
  forget(path: string): void {
    const { store } = this.#context;
    const lab = labFile(path);
    if (lab !== undefined && store.get(idOf(lab))?.filePath === this.#filePath(path)) store.delete(idOf(lab));
  }

  /** Relative to the site's root, as the store keeps it. */
  #filePath(path: string): string {
    return relative(this.#root, path).replaceAll('\\', '/');
  }

  /**
   * The validated fields of a page. When Starlight refuses a field of another tool, such as `sidebar: auto`, only the lab's own fields are
   * used.
   */
  async #parse(id: string, { data, title }: PageFrontMatter, filePath: string): Promise<Record<string, unknown>> {
    try {
      return await this.#context.parseData({ id, data: { ...data, title }, filePath });
    } catch {
      const own = Object.fromEntries(Object.entries(data).filter(([field]) => Object.hasOwn(labSchema.shape, field)));
      return await this.#context.parseData({ id, data: { ...own, title }, filePath });
    }
  }
}

function replace(store: Store, entry: Parameters<Store['set']>[0]): void {
  store.delete(entry.id);
  store.set(entry);
}

/**
 * Astro content loader for all lab texts. Their id `<language>/labs/<lab>` is also their route. A text is rendered again when its lab's
 * folder or one of the `dependencies` has changed, and when the last build had warnings about it.
 *
 * A text that cannot become a page stops the build with `path:line: reason`. In `astro dev`, its page shows that line.
 */
export function labTexts({ folder, dependencies }: LabTextsOptions): Loader {
  return {
    name: 'lab-texts',
    load: async (context) => {
      const root = fileURLToPath(context.config.root);
      const labs = join(root, folder);
      const loader = () => new LabTexts(context, root, dependencies.map((path) => stamp(join(root, path))).join('\n'));
      const paths = findTexts(labs);
      const twin = paths.find((path) => path.endsWith('.md') && paths.includes(`${path}x`));
      if (twin) throw new AuthoringError(`${relative(root, twin)}:1: There is also a ${relative(root, twin)}x: delete one of them.`);
      const gone = new Set(context.store.keys());
      const wrong: string[] = [];
      const texts = loader();
      for (const path of paths) {
        const lab = labFile(path);
        if (lab !== undefined) gone.delete(idOf(lab));
        const reason = await texts.load(path);
        // The garbage of a rendered text can only be collected between two turns of the event loop.
        await setImmediate();
        if (reason !== undefined) wrong.push(reason);
      }
      for (const id of gone) context.store.delete(id);
      if (context.watcher === undefined) {
        if (wrong.length === 0) return;
        throw new AuthoringError(wrong.join('\n'));
      }
      for (const reason of wrong) context.logger.error(reason);
      const reload = async (path: string) => {
        const where = relative(root, path);
        const asItIs = loader();
        try {
          if (!existsSync(path)) return asItIs.forget(path);
          // The digest may not show the change, because the files it covers may have changed before it was computed.
          const reason = await asItIs.load(path, 'render');
          if (reason === undefined) context.logger.info(`Reloaded ${where}`);
          else context.logger.error(reason);
        } catch (error) {
          context.logger.error(told(error, where));
        }
      };
      const note = settled<string>(async (paths) => {
        for (const path of paths) await reload(path);
      });
      context.watcher.add(labs);
      for (const event of ['add', 'change', 'unlink'] as const) {
        context.watcher.on(event, (path) => {
          if (labFile(path) !== undefined && !relative(labs, path).startsWith('..')) note(path);
        });
      }
    },
  };
}
