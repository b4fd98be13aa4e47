import { AuthoringError } from '../authoring/authoring-error.ts';
import type { ZipFile } from './file-list.ts';
import { labMarkdown } from './index.ts';
import { labProcessor } from './processor.ts';

interface TestLab {
  readonly language?: 'ko' | 'ja' | 'en';
  readonly path?: string;
  readonly title?: string;
  readonly values?: readonly object[];
  readonly zip?: readonly ZipFile[];
  /** Why the lab's files cannot be packed. */
  readonly unpackable?: string;
  /** Pictures there are; all of them unless said otherwise. */
  readonly images?: readonly string[];
  /** The tasks that are checked; all that the text has unless said otherwise. */
  readonly checked?: readonly string[];
}

/** Lab text as the build renders it, up to the point where code blocks are highlighted, and what it says of the text, `line: reason`. */
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

/** Lab text as the build renders it. */
export async function renderLab(markdown: string, lab?: TestLab): Promise<string> {
  return (await renderAndTell(markdown, lab)).html;
}
