import { expect, it } from 'vitest';
import { jsonOf } from './json-text.ts';

it('reads a document', () => {
  expect(jsonOf('{ "a": [1] }', 'a.json')).toEqual({ a: [1] });
});

it.each(['', 'a: b', '{ "a": '])('says that %j is not JSON', (text) => {
  expect(() => jsonOf(text, 'a.json')).toThrow(/^"a\.json" is not JSON: .+\.$/);
});

it.each(['null', '1', '[]', '"text"'])('refuses %s, which is no object', (text) => {
  expect(() => jsonOf(text, 'a.json')).toThrow('"a.json" is JSON, but not an object.');
});

it('names a byte order mark, which nobody sees', () => {
  expect(() => jsonOf('\u{FEFF}{}', 'a.json')).toThrow(
    '"a.json" is not JSON: it begins with a byte order mark; save it as UTF-8 without one.',
  );
});
