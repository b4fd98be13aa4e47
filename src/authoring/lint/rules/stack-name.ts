import { linesBefore } from '../../../markdown/lines.ts';
import type { LintDocument } from '../document.ts';
import { hasWord, headOf, nearest, truthOf } from '../names.ts';
import { commandsOf, inlineCodesOf, lineOf, shellFencesOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

interface Mention {
  readonly name: string;
  readonly line: number;
  /** The student gives the stack this name here. */
  readonly given: boolean;
}

const NAME = '`([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)`';
const GIVEN = new RegExp(`(?:\\*\\*)?(?:Stack name|스택 이름|スタック名|スタックの名前)(?:\\*\\*)?[^\`\\n]{0,12}${NAME}`, 'gi');
const SPOKEN = [new RegExp(`${NAME}\\s*(?:스택|スタック|stack\\b)`, 'gi'), new RegExp(`(?:스택|スタック|stack):?\\s*${NAME}`, 'gi')];

/** The line names something. */
const NAMES = /입력|이름|지정|생성합|入力|名前|指定|作成し|\b(?:enter|name|create)\b/i;

function mentionsOf(document: LintDocument): Mention[] {
  const found: Mention[] = [];
  walk(document.tree, (node) => {
    if (node.type !== 'paragraph') return;
    const text = sourceOf(document, node);
    const at = (index: number) => lineOf(node) + linesBefore(text, index);
    for (const match of text.matchAll(GIVEN)) found.push({ name: match[1] ?? '', line: at(match.index), given: true });
    for (const match of SPOKEN.flatMap((pattern) => [...text.matchAll(pattern)]))
      found.push({ name: match[1] ?? '', line: at(match.index), given: false });
  });
  for (const fence of shellFencesOf(document)) {
    const commands = commandsOf(fence);
    for (const match of commands.matchAll(/--stack-name[= ]+["']?([A-Za-z][A-Za-z0-9-]+)/g)) {
      const given = /(?:create-stack|cloudformation deploy)(?:[^\n]|\\\n)*$/.test(commands.slice(0, match.index));
      found.push({ name: match[1] ?? '', line: fence.line + linesBefore(commands, match.index), given });
    }
  }
  return found;
}

/** Codes that are a given name but for one letter and stand nowhere else, so that they cannot be the name of something else. */
function slipsOf(document: LintDocument, given: readonly string[], truth: string): Mention[] {
  const lines = document.source.split('\n');
  return inlineCodesOf(document.tree).flatMap(({ value, line }) => {
    const places = lines.filter((text) => hasWord(text, value));
    const isOther = places.length > 1 || places.some((text) => NAMES.test(text)) || hasWord(truth, value);
    return !isOther && nearest(value, given, 1) !== undefined ? [{ name: value, line, given: false }] : [];
  });
}

export default defineRule({
  id: 'stack-name',
  doc: 'A stack the text speaks of is one the student creates, under the name the checkers know.',
  check(lab, report) {
    const { documents, checkers } = lab;
    const truth = truthOf(lab);
    for (const document of documents) {
      const mentions = mentionsOf(document);
      const given = [...new Set(mentions.filter((mention) => mention.given).map(({ name }) => name))];
      for (const { name, line, given: here } of [...mentions, ...slipsOf(document, given, truth)]) {
        const place = { path: document.path, line };
        const meant = nearest(name, given);
        // A stack of another lab is none of this one's business.
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
