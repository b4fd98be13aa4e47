import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import node from '@astrojs/node';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { writeLabZips } from './src/authoring/lab-zips.ts';
import { zipContents } from './src/authoring/zip.ts';
import { leanSync } from './src/build/lean-sync.ts';
import { modulesStayFiles } from './src/build/modules-stay-files.ts';
import { textsStayPages } from './src/build/texts-stay-pages.ts';
import { wholeBuilds } from './src/build/whole-builds.ts';
import { labs as builtLabs } from './src/checkers/index.ts';
import { LANGUAGES } from './src/i18n/languages.ts';
import { LANGUAGE_NAMES } from './src/i18n/ui.ts';
import { liveLabs } from './src/markdown/astro/live-labs.ts';
import { labProcessor } from './src/markdown/astro/processor.ts';
import { AuthoringError } from './src/markdown/read/authoring-error.ts';
import { labFile } from './src/markdown/read/lab-file.ts';
import { labMarkdown } from './src/markdown/render/lab-markdown.ts';
import { offlineReading } from './src/offline/integration.ts';

// A build produces much garbage, and V8 would let the heap grow to several times the live data. Twice is enough: it saves a sixth of the
// memory for a course of some hundred labs and costs hardly any time.
setFlagsFromString('--heap-growing-percent=100');

// Parts of Starlight's page that this site does not show, or shows elsewhere. Their styles and scripts are left out, too.
const UNUSED_PARTS = ['DraftContentNotice', 'FallbackContentNotice', 'Hero', 'PageSidebar', 'SocialIcons'];

const zipFolders = { labs: 'src/content/labs', output: 'public/files', ledger: '.labproof/zips.json' };

// Astro never reloads the modules of this file. When checkers change in `astro dev`, `liveLabs` delivers the new ones.
let labs = builtLabs;

// Texts that lack a task which a checker looks at: a build goes on to its end, so that it tells of all, and then fails.
const contradictions = [];

const markdown = labMarkdown({
  zipContents,
  hasFile: (path) => existsSync(`public/files/${path}`),
  hasImage: (directory, path) => existsSync(path.startsWith('/') ? join('public', path) : join(directory, path)),
  isChecked: (lab, task) => labs.some(({ id, tasks }) => id === lab && tasks.some((checked) => checked.id === task)),
  checkedTasks: (lab) => labs.find(({ id }) => id === lab)?.tasks.map(({ id }) => id) ?? [],
  tell: (line, id) => {
    console.warn(line);
    if (id === 'task-missing') contradictions.push(line);
  },
});

export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  server: { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 4321) },
  // Scripts call the API without an Origin. The API itself refuses requests from pages of other sites.
  security: { checkOrigin: false },
  prefetch: false,
  markdown: {
    processor: labProcessor(markdown),
  },
  integrations: [
    liveLabs({
      labs: zipFolders.labs,
      checkers: 'src/checkers',
      zips: zipFolders.output,
      onCheckers: (module) => {
        labs = module.labs;
      },
      writeZips: () => writeLabZips({ ...zipFolders, tell: (line) => console.warn(line) }),
    }),
    starlight({
      title: 'Labproof',
      defaultLocale: LANGUAGES[0],
      locales: Object.fromEntries(LANGUAGES.map((lang) => [lang, { label: LANGUAGE_NAMES[lang], lang }])),
      sidebar: [],
      // The list of tasks beside the text is the table of contents.
      tableOfContents: false,
      markdown: { headingLinks: false },
      pagination: false,
      disable404Route: true,
      credits: false,
      customCss: ['tones', 'site', 'lab', 'callouts', 'checks', 'diagrams', 'search'].map((sheet) => `./src/styles/${sheet}.css`),
      components: {
        ...Object.fromEntries(UNUSED_PARTS.map((part) => [part, './src/components/Nothing.astro'])),
        Banner: './src/components/AccountBanner.astro',
        Footer: './src/components/LabFooter.astro',
        PageTitle: './src/components/LabTitle.astro',
        Search: './src/components/SiteSearch.astro',
        Sidebar: './src/components/LabSidebar.astro',
      },
      expressiveCode: {
        plugins: markdown.codePlugins,
        getBlockLocale: ({ file }) => labFile(file.path)?.language,
        // A wrapped command can be read as a whole. The copy button copies the unwrapped command.
        defaultProps: { wrap: true },
        styleOverrides: { borderRadius: '0.5rem' },
        // No lab highlights lines of code, code never scrolls, and the theme is always an attribute of the page.
        textMarkers: false,
        useThemedScrollbars: false,
        useDarkModeMediaQuery: false,
      },
    }),
    leanSync(),
    modulesStayFiles(),
    textsStayPages(),
    offlineReading(),
    wholeBuilds({
      approve: () => {
        if (contradictions.length > 0) throw new AuthoringError(contradictions.join('\n'));
      },
    }),
  ],
});
