import { unified } from '@astrojs/markdown-remark';
import type { ZipFile } from './file-list.ts';
import { labMarkdown } from './index.ts';

/** Lab text as the build renders it, up to the point where code blocks are highlighted. */
export async function renderLab(
  markdown: string,
  lab: { language?: 'ko' | 'ja' | 'en'; path?: string; values?: readonly object[]; zip?: readonly ZipFile[] } = {},
): Promise<string> {
  const { remarkPlugins, rehypePlugins } = labMarkdown({ zipContents: () => lab.zip ?? [] });
  const renderer = await unified({ remarkPlugins, rehypePlugins, smartypants: false }).createRenderer({ syntaxHighlight: false });
  const fileURL = new URL(`file://${lab.path ?? `/site/src/content/labs/demo/${lab.language ?? 'ko'}.mdx`}`);
  const { code } = await renderer.render(markdown, { fileURL, frontmatter: { values: lab.values ?? [] } });
  return code;
}
