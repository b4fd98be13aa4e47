/**
 * The arrows of the house: which room may import which. `npm run layers` holds them, for `.astro` files too (it reads `Page.astro` as
 * `Page.astro.ts`). A room may import itself, packages, and only the rooms named beside it. Tests and their helpers may import any room.
 */
const MAY_IMPORT = {
  // What stands on the ground.
  'src/aws/': [],
  'src/build/': [],
  'src/content/': [],
  'src/i18n/': [],
  'src/offline/': [],
  'src/store/': [],
  'src/wildcards/': [],
  'src/practice/': ['src/wildcards/'],
  'src/checkers/': ['src/aws/', 'src/i18n/', 'src/practice/', 'src/wildcards/'],
  // Whose account is looked at, and a class graded.
  'src/accounts/': ['src/aws/', 'src/checkers/', 'src/i18n/', 'src/practice/', 'src/store/'],
  'src/grading/': ['src/aws/', 'src/checkers/', 'src/i18n/', 'src/practice/', 'src/store/'],
  'src/judging/': ['src/aws/', 'src/checkers/', 'src/grading/', 'src/i18n/', 'src/practice/'],
  // Lab text to page, and what helps its authors.
  'src/markdown/read/': ['src/content/', 'src/i18n/'],
  'src/markdown/render/': ['src/i18n/', 'src/markdown/read/'],
  'src/markdown/astro/': ['src/content/', 'src/markdown/read/', 'src/markdown/render/'],
  'src/authoring/': ['src/checkers/', 'src/content/', 'src/i18n/', 'src/markdown/read/'],
  // What a student sees, and the commands.
  'src/components/': ['src/checkers/', 'src/content/', 'src/i18n/', 'src/markdown/read/', 'src/styles/'],
  'src/pages/': ['src/accounts/', 'src/aws/', 'src/checkers/', 'src/components/', 'src/i18n/', 'src/practice/', 'src/styles/'],
  'scripts/': [
    'src/accounts/',
    'src/authoring/',
    'src/aws/',
    'src/build/',
    'src/content/',
    'src/checkers/',
    'src/grading/',
    'src/i18n/',
    'src/judging/',
    'src/markdown/read/',
  ],
  // What wires the site together.
  'src/content.config.ts': ['src/content/', 'src/markdown/astro/'],
  'astro.config.mjs': ['src/authoring/', 'src/build/', 'src/checkers/', 'src/i18n/', 'src/markdown/', 'src/offline/'],
};

/** Tests, and what only tests import. */
const TESTS = '^(test|bench)/|[.]test(-support)?[.]ts$';

/** Everything of ours, as opposed to packages. */
const OURS = '^(src|scripts|test|bench)/';

const anyOf = (paths) => `^(${paths.map((path) => path.replaceAll('.', '[.]')).join('|')})`;

const rooms = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room.replace(/[/]$/, '')} may import ${others.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: anyOf([room]), pathNot: TESTS },
  to: { path: OURS, pathNot: anyOf([room, ...others]) },
}));

/**
 * The rooms inside src/checkers, from the ground up: the engine knows no AWS service and no lab, dialects read texts, the kit holds what
 * labs share, and a lab knows no other lab.
 */
const checkers = [
  {
    name: 'the-engine-stands-on-the-ground',
    severity: 'error',
    from: { path: '^src/checkers/engine/', pathNot: TESTS },
    to: { path: '^src/(checkers/(?!engine/)|aws/services/)' },
  },
  {
    name: 'dialects-only-read-texts',
    severity: 'error',
    from: { path: '^src/checkers/dialects/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/(checkers/(engine|dialects)|wildcards)/' },
  },
  {
    name: 'the-kit-knows-no-lab',
    severity: 'error',
    from: { path: '^src/checkers/kit/', pathNot: TESTS },
    to: { path: '^src/checkers/', pathNot: '^src/checkers/(engine|dialects|kit)/' },
  },
  {
    name: 'a-lab-knows-no-other-lab',
    severity: 'error',
    from: { path: '^src/checkers/(?!(?:engine|dialects|kit)/)([^/]+)/', pathNot: TESTS },
    to: { path: '^src/checkers/', pathNot: '^src/checkers/(engine|dialects|kit|$1)/' },
  },
  {
    name: 'practice-accounts-only-as-types',
    comment: 'Moves are written against the shape of a practice account; the checkers run without one.',
    severity: 'error',
    from: { path: '^src/checkers/', pathNot: TESTS },
    to: { path: '^src/practice/', dependencyTypesNot: ['type-only'] },
  },
];

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^astro:' } },
    ...rooms,
    ...checkers,
    {
      name: 'every-room-is-in-the-table',
      severity: 'error',
      from: { path: OURS, pathNot: `${anyOf([...Object.keys(MAY_IMPORT), 'src/env.d.ts'])}|${TESTS}` },
      to: { path: '.' },
    },
    {
      name: 'the-browser-takes-only-results-of-checkers',
      comment: 'Scripts of a page know what an answer of the API looks like, and nothing of how it is found.',
      severity: 'error',
      from: { path: '^src/components/client/', pathNot: TESTS },
      to: { path: '^src/(checkers|content|markdown)/', pathNot: '^src/checkers/[a-z]+/result[.]ts$' },
    },
    {
      name: 'plain-node-runs-it',
      comment: 'Only the site itself may lean on Astro; the commands and the tests run these rooms with plain Node.',
      severity: 'error',
      from: {
        path: '^(src/(accounts|authoring|aws|checkers|content|grading|i18n|judging|markdown/read|practice|store|wildcards)/|scripts/)',
      },
      to: { path: '^(astro:|astro$|node_modules/astro/|node_modules/@astrojs/)' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'packages-are-declared',
      comment: 'What is only there because another package needs it can be gone after the next update.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'the-site-needs-no-dev-dependency',
      comment: 'Only the lint of labs may use some: it runs where labs are written.',
      severity: 'error',
      from: { path: '^src/(?!authoring/)', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'triple-slash-type-reference'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/content/labs/[^/]+/files/|dist/)' },
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
