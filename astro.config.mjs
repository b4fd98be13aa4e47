import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import node from '@astrojs/node';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { AuthoringError } from './src/authoring/authoring-error.ts';
import { writeLabZips } from './src/authoring/lab-zips.ts';
import { zipContents } from './src/authoring/zip.ts';
import { labs as builtLabs } from './src/checkers/index.ts';
import { LANGUAGES } from './src/i18n/languages.ts';
import { LANGUAGE_NAMES } from './src/i18n/ui.ts';
import { labMarkdown } from './src/markdown/index.ts';
import { labFile } from './src/markdown/lab-file.ts';
import { liveLabs } from './src/markdown/live-labs.ts';
import { labProcessor } from './src/markdown/processor.ts';
import { offlineReading } from './src/offline/integration.ts';
import { leanSync } from './src/server/lean-sync.ts';
import { modulesStayFiles } from './src/server/modules-stay-files.ts';
import { textsStayPages } from './src/server/texts-stay-pages.ts';
import { wholeBuilds } from './src/server/whole-builds.ts';

// A build makes much garbage, and V8 would let the heap grow to several times what lives in it. Twice is room enough: a sixth less memory
// for a course of some hundred labs, in hardly more time.
setFlagsFromString('--heap-growing-percent=100');

// Parts of Starlight's page that no page of this site shows, or that say elsewhere what they would: their styles and scripts stay out, too.
const UNUSED_PARTS = ['DraftContentNotice', 'FallbackContentNotice', 'Hero', 'PageSidebar', 'SocialIcons'];

const zipFolders = { labs: 'src/content/labs', output: 'public/files', ledger: '.labproof/zips.json' };

// Astro keeps this file's modules; what `astro dev` reads again arrives through `liveLabs`.
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
  // Scripts call the API without an Origin; the API itself refuses what another site's page sends.
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
        // A command that is wrapped can be read whole; what is copied is the command itself.
        defaultProps: { wrap: true },
        styleOverrides: { borderRadius: '0.5rem' },
        // No lab marks lines of code, no code scrolls, and the theme is always an attribute of the page.
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
