import { expect, test } from 'vitest';
import { pageFrontMatter, readFrontMatter } from './front-matter.ts';

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
      "3: "week" must be a whole number from 0, such as 9; it is "nine".",
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
  expect(pageFrontMatter('---\ntitle: T\n---\n# H', '/labs/x/ko.md')).toMatchObject({ title: 'T', problems: [] });
  expect(pageFrontMatter('```\n# code\n```\n\n# The `real` **one**\n', '/labs/x/ko.md')).toMatchObject({ title: 'The real one' });
  expect(pageFrontMatter('text', '/labs/x/ko.md')).toMatchObject({ data: {}, title: 'x', problems: [] });
});

test('a page is made without the fields that are wrong, and names them with file and line', () => {
  expect(
    pageFrontMatter('---\nweek: "9-2"\nsession: 0\nprerequisites:\n  - Week 7\n  - 실습 1: VPC\n---\n', '/labs/x/ko.md'),
  ).toMatchObject({
    data: { session: 0, prerequisites: ['Week 7'] },
    title: 'x',
    problems: [
      '/labs/x/ko.md:2: "week" must be a whole number from 0, such as 9; it is "9-2".',
      '/labs/x/ko.md:6: "prerequisites.1" must be a list of sentences, one to a line after "- "; it is {"실습 1":"VPC"}.',
    ],
  });
  expect(pageFrontMatter('---\ntitle: T\nfoo: x\n---\n', '/labs/x/ko.md')).toMatchObject({
    data: { title: 'T', foo: 'x' },
    title: 'T',
    problems: [],
  });
});

test.each([
  ['title: Week 9: CodeBuild\nweek: 9', { title: 'Week 9: CodeBuild', week: 9 }],
  ['title: [실습] 큐\nawsServices:\n\t- Amazon SQS', { title: '[실습] 큐', awsServices: ['Amazon SQS'] }],
  ['title: *bold*\ndescription: "it: is"', { title: '*bold*', description: 'it: is' }],
  ['title: T\nweek: 9\n\tsession: 0', { title: 'T', week: 9 }],
  ['a: 1\na: 2', { a: 2 }],
  [': :\n- x', {}],
])('of broken YAML %j a page takes what can be made out', (yaml, data) => {
  const page = pageFrontMatter(`---\n${yaml}\n---\n`, '/labs/x/ko.md');
  expect(page.data).toEqual(data);
  expect(page.problems[0]).toMatch(/^\/labs\/x\/ko\.md:\d: The front matter is not YAML: /);
});
