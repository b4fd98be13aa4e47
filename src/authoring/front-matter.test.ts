import { expect, test } from 'vitest';
import { frontMatterOf, readFrontMatter } from './front-matter.ts';

const findings = (source: string) => readFrontMatter(source).findings.map(({ line, message }) => `${line}: ${message}`);

test('the front matter of a document that never knew this site is whole', () => {
  expect(findings('---\ntitle: T\nweek: 9\nsession: 2\nawsServices:\n  - Amazon ECR\n---\n')).toEqual([]);
  expect(findings('# No front matter\n')).toEqual([]);
  expect(findings('---\n\n---\n')).toEqual([]);
});

test('each mistake is told in plain words with its line', () => {
  const source = [
    '---',
    'title: ""',
    'week: nine',
    'awsService:',
    '  - Amazon ECR',
    'learningObjectives:',
    '  - one',
    '  - 7',
    'cost:',
    '  usd: -1',
    'region: Seoul',
    'values:',
    '  - { placeholder: "<x>" }',
    'colour: blue',
    '---',
    'Text',
  ].join('\n');
  expect(findings(source)).toMatchInlineSnapshot(`
    [
      "2: "title" must be the name of the lab, as text; it is "".",
      "3: "week" must be a whole number from 1, such as 9; it is "nine".",
      "4: The front matter has no field "awsService": write "awsServices".",
      "8: "learningObjectives.1" must be a list of sentences, one to a line after "- "; it is 7.",
      "10: "cost.usd" must not be negative; it is -1.",
      "11: "region" must be an AWS region such as ap-northeast-2; it is "Seoul".",
      "13: "values.0.value" must be the name under which a task publishes the value; it is missing.",
    ]
  `);
});

test.each([
  ['---\na: [\n---\n', /^\d: The front matter is not YAML: /],
  ['---\na: 1\nb: 2\na: 3\n---\n', /^4: The front matter is not YAML: Map keys must be unique/],
  ['---\n- a\n---\n', /^2: The front matter must be lines "key: value"\.$/],
  ['---\ntitle: x\n\ntext', /^1: The front matter does not end/],
])('front matter that cannot be read: %j', (source, message) => {
  const found = findings(source);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
});

test('the body begins on the line after the front matter', () => {
  expect(readFrontMatter('---\ntitle: x\n---\nbody\n')).toMatchObject({ body: 'body\n', bodyLine: 3 });
  expect(readFrontMatter('\uFEFF---\r\ntitle: x\r\n---\r\nbody')).toMatchObject({ body: 'body', bodyLine: 3, data: { title: 'x' } });
  expect(readFrontMatter('---\ntitle: x\n---')).toMatchObject({ body: '' });
});

test('the title is the front matter’s, else the first heading outside code, else the folder', () => {
  expect(frontMatterOf('---\ntitle: T\n---\n# H', '/labs/x/ko.md')).toEqual({ title: 'T' });
  expect(frontMatterOf('```\n# code\n```\n\n# The `real` **one**\n', '/labs/x/ko.md')).toEqual({ title: 'The real one' });
  expect(frontMatterOf('text', '/labs/x/ko.md')).toEqual({ title: 'x' });
});

test('a page with wrong front matter names file and line', () => {
  expect(() => frontMatterOf('---\nweek: x\n---\n', '/labs/x/ko.md')).toThrow(
    '/labs/x/ko.md:2: "week" must be a whole number from 1, such as 9; it is "x".',
  );
  expect(frontMatterOf('---\ntitle: T\nfoo: x\n---\n', '/labs/x/ko.md')).toEqual({ title: 'T' });
});
