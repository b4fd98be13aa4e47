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

describe.each(labs)('texts of $id', ({ messages, tasks, moves }) => {
  const sections = Object.keys(messages.ko) as (keyof typeof messages.ko)[];
  const keys = sections.flatMap((section) => Object.keys(messages.ko[section]).map((key) => ({ section, key })));

  it.each(keys)('$section.$key says something with the same parameters in every language', ({ section, key }) => {
    const wanted = parametersOf(messages.ko[section][key] ?? '', 'ko');
    for (const language of LANGUAGES) {
      const pattern = messages[language][section][key] ?? '';
      expect(pattern.trim()).not.toBe('');
      expect(parametersOf(pattern, language)).toEqual(wanted);
    }
  });

  it('has titles for exactly the tasks, checks and moves there are', () => {
    expect(Object.keys(messages.ko.tasks).sort()).toEqual(tasks.map(({ id }) => id).sort());
    expect(Object.keys(messages.ko.checks).sort()).toEqual(tasks.flatMap(({ expectations }) => expectations.map(({ id }) => id)).sort());
    expect(Object.keys(messages.ko.moves).sort()).toEqual(moves.map(({ id }) => id).sort());
  });

  // A particle whose form follows the last sound of a value that is only known later: `{name}을` reads wrong for half of them.
  it('joins no Korean particle of two forms to a parameter', () => {
    const glued = Object.entries(messages.ko.says).filter(([, text]) =>
      /\}["`)]?(?:을|를|이(?!며|나)|가|은|는|과|와|으로|로)(?=[ .,])/.test(text),
    );
    expect(glued).toEqual([]);
  });
});
