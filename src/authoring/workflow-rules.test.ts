import { expect, test } from 'vitest';
import { validateWorkflow } from './workflow-rules.ts';

const WORKFLOW = `name: Build
on:
  push:
    branches: [main]
permissions:
  id-token: write
  contents: read
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - env:
          TAG: \${{ github.sha }}
        run: docker build -t "app:$TAG" .
`;

test('a right workflow has no findings', () => {
  expect(validateWorkflow(WORKFLOW)).toEqual([]);
});

test.each<[string, string, string, number, RegExp]>([
  ['an unknown member', 'steps:', 'step:', 11, /'step'/],
  ['a permission that there is not', 'id-token: write', 'id-tokens: write', 6, /'id-tokens'/],
  ['a value that a permission cannot have', 'id-token: write', 'id-token: yes', 6, /'yes'/],
  ['an unknown context', 'github.sha', 'git.sha', 14, /'git'/],
  ['an expression that is not closed', 'github.sha }}', 'github.sha', 14, /not closed/],
  ['an unknown event', 'push:', 'pushed:', 3, /'pushed'/],
  ['a tab', '    runs-on', '\truns-on', 10, /[Tt]ab/],
  ['a member twice', '      - uses: actions/checkout@v6', '      - name: a\n        name: b\n        run: ls', 13, /'name'/],
  ['no jobs', WORKFLOW.slice(WORKFLOW.indexOf('jobs:')), '', 1, /jobs/],
])('%s is found in its line', (_, right, wrong, line, message) => {
  expect(validateWorkflow(WORKFLOW.replace(right, wrong))).toContainEqual({
    rule: expect.any(String),
    message: expect.stringMatching(message),
    line,
  });
});

test.each(['', '- a', 'a: &a\n  b: *a', '\u0000', `a: ${'['.repeat(5000)}`, '? x'])('hostile text %# does not stop it', (text) => {
  expect(validateWorkflow(text).length).toBeGreaterThan(0);
});
