import { hasWord, nearest, truthOf } from '../names.ts';
import { fencesOf, inlineCodesOf, sourceOf } from '../outline.ts';
import { PROVIDED } from '../provided-variables.ts';
import { defineRule } from '../rule.ts';

const VARIABLE = /^\$?\{?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\}?$/;

export default defineRule({
  id: 'environment-variable',
  doc: "An environment variable in prose is one that the lab's files, its checkers or its own code blocks know.",
  check(lab, report) {
    const truth = truthOf(lab);
    for (const document of lab.documents) {
      const code = fencesOf(document)
        .map(({ node }) => node.value)
        .join('\n');
      const known = `${truth}\n${code}`;
      const names = [...new Set([...known.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name))];
      // Without code there is nothing the prose could contradict.
      if (names.length === 0) continue;
      for (const { value, line, block } of inlineCodesOf(document.tree)) {
        const name = VARIABLE.exec(value)?.[1];
        if (name === undefined || PROVIDED.test(name) || hasWord(known, name)) continue;
        const meant = nearest(name, names);
        // A word in capitals may as well be a status of AWS; a dollar, or prose about variables, says that it is a variable.
        const said =
          value.startsWith('$') || (truth !== '' && /환경\s*변수|環境変数|environment variable/i.test(sourceOf(document, block)));
        if (!said && meant === undefined) continue;
        report(
          { path: document.path, line },
          `Nothing sets or reads the variable ${name}.`,
          meant ? `Write ${meant}.` : "Use the name that the lab's files use.",
        );
      }
    }
  },
});
