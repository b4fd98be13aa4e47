import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.ts';
import { readLab } from './lab.ts';
import { lintLab } from './lint.ts';

const site = { labs: [], zips: [], isPublic: () => false };

function lint(files: Readonly<Record<string, string>>): string[] {
  using folder = temporaryFolder(files);
  return lintLab(readLab(folder.path, { site }), folder.path).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

const fence = '```\nsome words\n```\n';

test('a finding names its rule, file, line, sentence and fix', () => {
  using folder = temporaryFolder({ 'ko.md': `글\n\n${fence}` });
  expect(lintLab(readLab(folder.path, { site }), folder.path)).toEqual([
    {
      rule: 'code-language',
      file: 'ko.md',
      line: 3,
      message: 'This fence does not name its language.',
      fix: 'Write it after the backticks, such as ```text.',
    },
  ]);
});

test.each([
  ['the block after a comment', 'ko.md', `<!-- lint-ignore code-language: words, no language -->\n\n${fence}`, []],
  ['the same in MDX', 'ko.mdx', `{/* lint-ignore code-language: words, no language */}\n\n${fence}`, []],
  ['only that block', 'ko.md', `<!-- lint-ignore code-language: words, no language -->\n${fence}\n${fence}`, ['ko.md:6 code-language']],
  ['the paragraph a comment stands in', 'ko.md', 'a\n[x](#none) <!-- lint-ignore link: made by a script -->\n', []],
  ['a line of the front matter', 'ko.md', '---\n# lint-ignore front-matter: for another tool\naws_services: x\n---\n\n글\n', []],
  ['nothing without a reason but says so', 'ko.md', `<!-- lint-ignore code-language -->\n\n${fence}`, ['ko.md:1 lint-ignore']],
  ['not another rule', 'ko.md', `<!-- lint-ignore link: because -->\n\n${fence}`, ['ko.md:1 lint-ignore', 'ko.md:3 code-language']],
  ['no rule that there is not', 'ko.md', '<!-- lint-ignore no-such-rule: because -->\n\n글\n', ['ko.md:1 lint-ignore']],
  ['not where nothing is wrong', 'ko.md', '<!-- lint-ignore code-language: because -->\n\n글\n', ['ko.md:1 lint-ignore']],
])('a comment silences %s', (_, name, text, findings) => {
  expect(lint({ [name]: text })).toEqual(findings);
});

test('a comment at the head of a file silences a rule for the whole file, elsewhere for the next line', () => {
  const misplaced = 'version: 0.2\nphases:\n  install:\n    commands: [echo]\nbuild:\n  commands: [echo]\n';
  const text = 'buildspec.yml\n';
  expect(lint({ 'ko.md': `${text}\n[!DOWNLOAD]: x\n`, 'files/buildspec.yml': misplaced })).toContain('files/buildspec.yml:5 buildspec');
  expect(
    lint({ 'ko.md': text, 'files/buildspec.yml': `# why\n# lint-ignore buildspec: shown on purpose\n${misplaced}` }),
  ).not.toContainEqual(expect.stringContaining(' buildspec'));
  expect(
    lint({ 'ko.md': text, 'files/buildspec.yml': misplaced.replace('build:\n', '# lint-ignore buildspec: shown on purpose\nbuild:\n') }),
  ).not.toContainEqual(expect.stringContaining(' buildspec'));
});

test('a comment in the front matter can speak for a file', () => {
  const files = { 'files/buildspec.yml': 'version: 0.2\nphases: {}\n' };
  const text = (comment: string) => `---\n${comment}\ntitle: x\n---\n\n> [!DOWNLOAD]\n> [x.zip](/files/a/x.zip) buildspec.yml\n`;
  expect(lint({ ...files, 'ko.md': text('# none') })).toEqual(['files/buildspec.yml:2 buildspec']);
  expect(lint({ ...files, 'ko.md': text('# lint-ignore buildspec in files/buildspec.yml: shown on purpose') })).toEqual([]);
  expect(lint({ ...files, 'ko.md': text('# lint-ignore buildspec in files/other.yml: shown on purpose') })).toEqual([
    'files/buildspec.yml:2 buildspec',
    'ko.md:2 lint-ignore',
  ]);
});

test('comments inside code are code', () => {
  expect(lint({ 'ko.md': '```html\n<!-- lint-ignore link -->\n```\n' })).toEqual([]);
});

test('a text that MDX cannot read hides nothing else of the lab', () => {
  expect(lint({ 'ko.mdx': 'a\n\n<x\n', 'en.md': fence })).toEqual(['en.md:1 code-language', expect.stringMatching(/^ko\.mdx:\d syntax$/)]);
});

test('one text is looked at without its neighbours', () => {
  using folder = temporaryFolder({ 'week9.ko.md': fence, 'other.md': fence });
  const findings = lintLab(readLab(join(folder.path, 'week9.ko.md'), { site }), folder.path);
  expect(findings.map(({ file }) => file)).toEqual(['week9.ko.md']);
});

test.each([
  `${'> '.repeat(2000)}a`,
  '```',
  ':::note[',
  '[!NOTE]\n> [!',
  '| a |\n|',
  '\u0000\u202E\u0007',
  '---\n: [\n---\n<script>',
  '1. '.repeat(500),
])('hostile text %# does not stop the lint', (text) => {
  expect(() => lint({ 'ko.md': text, 'en.mdx': text })).not.toThrow();
});
