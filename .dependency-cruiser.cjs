/** The arrows of the house: which room may import which. `npm run layers` holds them. */
const rooms = [
  'accounts',
  'authoring',
  'aws',
  'checkers',
  'components',
  'content',
  'grading',
  'i18n',
  'markdown',
  'offline',
  'pages',
  'practice',
  'build',
  'store',
  'wildcards',
];

/** A room may import itself, packages, and only these other rooms. */
const onlyImports = (room, allowed, from = `^src/${room}/`) => ({
  name: `${room}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: from, pathNot: '[.]test[.]ts$' },
  to: { path: `^(src/(${rooms.filter((other) => other !== room && !allowed.includes(other)).join('|')})/|scripts/|test/|bench/)` },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^astro:' } },
    onlyImports('aws', []),
    onlyImports('wildcards', []),
    onlyImports('practice', ['wildcards']),
    onlyImports('store', []),
    onlyImports('i18n', []),
    onlyImports('content', []),
    onlyImports('offline', []),
    onlyImports('build', []),
    onlyImports('authoring', ['checkers', 'content', 'i18n', 'markdown']),
    onlyImports('checkers', ['aws', 'i18n', 'practice', 'wildcards']),
    onlyImports('accounts', ['aws', 'checkers', 'i18n', 'practice', 'store']),
    onlyImports('grading', ['aws', 'checkers', 'i18n', 'practice', 'store']),
    onlyImports('markdown', ['content', 'i18n']),
    onlyImports('components', ['authoring', 'checkers', 'content', 'i18n', 'markdown']),
    {
      name: 'a-lab-knows-only-the-core',
      comment: 'src/checkers/<lab> imports src/checkers/core/index.ts and its own room, nothing else of ours.',
      severity: 'error',
      from: { path: '^src/checkers/(?!core/)([^/]+)/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/', pathNot: '^src/checkers/(core/index[.]ts$|$1/)' },
    },
    {
      name: 'the-core-knows-no-lab',
      severity: 'error',
      from: { path: '^src/checkers/core/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/checkers/(?!core/)' },
    },
    {
      name: 'practice-accounts-only-as-types',
      comment: 'Moves are written against the shape of a practice account; the checkers run without one.',
      severity: 'error',
      from: { path: '^src/checkers/', pathNot: '[.]test(-support)?[.]ts$' },
      to: { path: '^src/practice/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'plain-node-runs-it',
      comment: 'Only the site itself may lean on Astro; the grade and the tests run these rooms with plain Node.',
      severity: 'error',
      from: { path: '^(src/(accounts|authoring|aws|checkers|grading|i18n|practice|store|wildcards)/|scripts/)' },
      to: { path: '^(astro:|astro$|node_modules/astro/|node_modules/@astrojs/)' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench)/|[.]test[.]ts$' },
      to: { path: '^(test|bench)/|[.]test[.]ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/content/labs/[^/]+/files/|dist/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
