import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/languages.ts';
import { labs } from './index.ts';

/** The names of the `{parameters}` of a pattern, at any depth. */
function parametersOf(pattern: string, language: string): string[] {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (part !== null && typeof part === 'object') {
      const { type, value, ...rest } = part as { type?: unknown; value?: unknown };
      // 0 is literal text; every other element names a parameter.
      if (typeof type === 'number' && type !== 0 && typeof value === 'string') names.add(value);
      walk(Object.values(rest));
    }
  };
  walk(new IntlMessageFormat(pattern, language, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe.each(labs)('texts of $id', ({ tasks, moves }) => {
  const checks = tasks.flatMap(({ id: task, expectations }) => expectations.map((expectation) => ({ ...expectation, task })));
  const said = checks.flatMap(({ task, id, says }) =>
    Object.entries(says).map(([key, texts]) => ({ where: `${task}/${id} says ${key}`, texts })),
  );
  const all = [
    ...tasks.map(({ id, title }) => ({ where: `the title of ${id}`, texts: title })),
    ...checks.map(({ task, id, title }) => ({ where: `the title of ${task}/${id}`, texts: title })),
    ...moves.map(({ id, title }) => ({ where: `the title of the move ${id}`, texts: title })),
    ...said,
  ];

  it.each(all)('$where has the same parameters in every language', ({ texts }) => {
    const wanted = parametersOf(texts.ko, 'ko');
    for (const language of LANGUAGES) {
      expect(texts[language].trim()).not.toBe('');
      expect(parametersOf(texts[language], language)).toEqual(wanted);
    }
  });

  // A particle whose form follows the last sound of a value that is only known later: `{name}을` reads wrong for half of them.
  it('joins no Korean particle of two forms to a parameter', () => {
    const glued = said.filter(({ texts }) => /\}["`)]?(?:을|를|이(?!며|나)|가|은|는|과|와|으로|로)(?=[ .,])/.test(texts.ko));
    expect(glued).toEqual([]);
  });
});
