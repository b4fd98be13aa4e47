import { expect, test } from 'vitest';
import { readYaml } from './yaml-source.ts';

test('what is wrong is a sentence with its line, which names no place of its own', () => {
  expect(
    readYaml('a: 1\nb: [1, 2\nc: : d\n').findings.map(({ rule, message, line }) => `${rule} ${line} ${message}`),
  ).toMatchInlineSnapshot(`
    [
      "yaml 3 Flow sequence in block collection must be sufficiently indented and end with a ].",
      "yaml 3 Nested mappings are not allowed in compact mappings.",
    ]
  `);
  expect(readYaml('a: &x 1\na: *x\n').findings.map(({ rule, message, line }) => `${rule} ${line} ${message}`)).toMatchInlineSnapshot(`
    [
      "duplicate-key 2 Map keys must be unique.",
      "yaml 2 The alias *x is not supported by the service that reads this file; write the value out.",
    ]
  `);
});
