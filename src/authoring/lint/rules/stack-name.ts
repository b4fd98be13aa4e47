import type { LintDocument } from '../document.ts';
import { nearest } from '../near-names.ts';
import { inlineCodesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';
import { type StackMention, stacksIn } from '../stacks.ts';
import { truthOf } from '../truth.ts';
import { hasWord, headOf } from '../words.ts';

/** Words of a line that gives something a name. */
const NAMES = /입력|이름|지정|생성합|入力|名前|指定|作成し|\b(?:enter|name|create)\b/i;

/** Code that differs from a stack's name in one letter and occurs nowhere else, so that it is not the name of something else. */
function slipsOf(document: LintDocument, given: readonly string[], truth: string): StackMention[] {
  const lines = document.source.split('\n');
  return inlineCodesOf(document.tree).flatMap(({ value, line }) => {
    const places = lines.filter((text) => hasWord(text, value));
    const isOther = places.length > 1 || places.some((text) => NAMES.test(text)) || hasWord(truth, value);
    return !isOther && nearest(value, given, 1) !== undefined ? [{ name: value, line, given: false }] : [];
  });
}

export default defineRule({
  id: 'stack-name',
  doc: 'A stack that the text mentions is one that the student creates, under the name that the checkers know.',
  check(lab, report) {
    const { documents, checkers } = lab;
    const truth = truthOf(lab);
    for (const document of documents) {
      const mentions = stacksIn(document);
      const given = [...new Set(mentions.filter((mention) => mention.given).map(({ name }) => name))];
      for (const { name, line, given: here } of [...mentions, ...slipsOf(document, given, truth)]) {
        const place = { path: document.path, line };
        const meant = nearest(name, given);
        // Stacks of other labs are ignored.
        const isOwn = meant !== undefined || given.some((own) => headOf(own) === headOf(name));
        if (!here && isOwn && !given.includes(name)) {
          report(place, `No step creates a stack ${name}.`, `Write ${meant ?? given.join(' or ')}.`);
        } else if (here && checkers !== undefined && !hasWord(checkers.source, name)) {
          report(place, `The checkers know no stack ${name}.`, 'Give the stack the name that the checkers look for.');
        }
      }
    }
  },
});
