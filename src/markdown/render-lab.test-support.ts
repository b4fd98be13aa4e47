import { labProcessor } from './astro/processor.ts';
import { AuthoringError } from './read/authoring-error.ts';
import type { ZipFile } from './render/callouts/file-list.ts';
import { labMarkdown } from './render/lab-markdown.ts';

interface TestLab {
  readonly language?: 'ko' | 'ja' | 'en';
  readonly path?: string;
  readonly title?: string;
  readonly values?: readonly object[];
  readonly zip?: readonly ZipFile[];
  /** Why the lab's files cannot be packed. */
  readonly unpackable?: string;
  /** Pictures that exist; by default all. */
  readonly images?: readonly string[];
  /** Tasks with a checker; by default all. */
  readonly checked?: readonly string[];
}

/** Renders a lab text as the build does, without highlighting of code. `told` lists the reported problems as `line: reason`. */
export async function renderAndTell(markdown: string, lab: TestLab = {}): Promise<{ html: string; told: string[] }> {
  const told: string[] = [];
  const plugins = labMarkdown({
    zipContents: () => {
      if (lab.unpackable !== undefined) throw new AuthoringError(lab.unpackable);
      return lab.zip ?? [];
    },
    hasFile: (path) => lab.zip !== undefined && path.endsWith('.zip'),
    hasImage: (_directory, path) => lab.images?.includes(path) ?? true,
    isChecked: (_lab, task) => lab.checked?.includes(task) ?? true,
    checkedTasks: () => lab.checked ?? [],
    tell: (line) => told.push(line.replace(/^[^:]*:/, '')),
  });
  const renderer = await labProcessor(plugins).createRenderer();
  const fileURL = new URL(`file://${lab.path ?? `/site/src/content/labs/demo/${lab.language ?? 'ko'}.md`}`);
  const { code } = await renderer.render(markdown, { fileURL, frontmatter: { title: lab.title ?? 'Demo', values: lab.values ?? [] } });
  return { html: code, told };
}

/** Renders a lab text as the build does. */
export async function renderLab(markdown: string, lab?: TestLab): Promise<string> {
  return (await renderAndTell(markdown, lab)).html;
}
