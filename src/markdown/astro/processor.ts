import { unified as astroUnified, type RehypePlugins, type RemarkPlugins } from '@astrojs/markdown-remark';
import type { Root as HtmlRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { type PluggableList, type Processor, unified } from 'unified';
import { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { problemsOf } from '../read/problem.ts';
import { codeMemory } from '../render/code/code-memory.ts';
import { rehypePageParts } from '../render/page-parts.ts';

function stringify(this: Processor): void {
  // At this point, the only raw HTML is highlighted code.
  this.compiler = (tree) => toHtml(tree as HtmlRoot, { allowDangerousHtml: true });
}

/** Fails with the plugin's own message when a plugin has refused the text. Any other error gets the name of the file. */
function refuse(file: VFile, trouble: unknown): never {
  if (trouble instanceof VFileMessage) throw trouble;
  const said = trouble instanceof Error ? trouble.message : String(trouble);
  file.fail(
    `The text cannot become a page because of a mistake in this program (${said}); remove one part after the other to find the cause.`,
    {
      place: { line: 1, column: 1 },
      ...(trouble instanceof Error && { cause: trouble }),
    },
  );
}

/**
 * The site's Markdown processor: Astro's unified processor for `.mdx`, and a faster renderer for `.md`. The renderer leaves out what lab
 * texts do not need, above all parsing the finished page as HTML again: the plugins leave no raw HTML in the tree.
 *
 * Integrations can add plugins to `options` as in Astro; the renderer runs those that work on HTML. Errors name file and line.
 */
export function labProcessor(plugins: { readonly remarkPlugins: RemarkPlugins; readonly rehypePlugins: RehypePlugins }) {
  // Prose mentions options such as `--user`, which must keep their two hyphens.
  const processor = astroUnified({ ...plugins, smartypants: false });
  return {
    ...processor,
    createRenderer: async () => {
      const code = codeMemory();
      const added = processor.options.rehypePlugins.slice(plugins.rehypePlugins.length);
      const pipeline = unified()
        .use(remarkParse)
        .use(remarkGfm)
        .use(plugins.remarkPlugins as PluggableList)
        .use(remarkRehype, { allowDangerousHtml: true })
        .use([...plugins.rehypePlugins, code.recall, ...added, code.remember, rehypePageParts] as PluggableList)
        .use(stringify)
        .freeze();
      return {
        render: async (content: string, about: { readonly fileURL?: URL; readonly frontmatter?: Record<string, unknown> } = {}) => {
          const astro = { frontmatter: about.frontmatter ?? {} };
          const file = new VFile({ value: content, ...(about.fileURL && { path: about.fileURL }), data: { astro } });
          await pipeline.process(file).catch((trouble: unknown) => refuse(file, trouble));
          const { headings = [], localImagePaths = [], frontmatter = {} } = file.data.astro ?? {};
          const problems = problemsOf(file).length;
          return { code: String(file), metadata: { headings, localImagePaths, remoteImagePaths: [], frontmatter, problems } };
        },
      };
    },
  };
}
