import type { Nodes } from 'mdast';
import { taskInWords } from '../../../markdown/read/structure/task-headings.ts';
import type { LintDocument } from '../document.ts';
import { calloutsOf, commandsOf, endLineOf, lineOf, type Section, shellFencesOf, stepsOf, tasksOf } from '../outline.ts';
import { defineRule, type Report } from '../rule.ts';

/** Something that all languages of a lab must have in common, in the same order. */
interface Part {
  readonly what: string;
  readonly value: string;
  readonly line: number;
}

function rangeOf(section: Section): [number, number] {
  const nodes: Nodes[] = [...(section.heading ? [section.heading] : []), ...section.content];
  return [nodes[0] ? lineOf(nodes[0]) : 1, nodes.at(-1) ? endLineOf(nodes.at(-1) as Nodes) : 1];
}

function partsOf(document: LintDocument, section: Section): Part[][] {
  const [from, to] = rangeOf(section);
  const within = ({ line }: Part) => line >= from && line <= to;
  const steps = stepsOf(document, section.content).map(({ number, line }): Part => ({ what: 'step', value: `step ${number}`, line }));
  const commands = shellFencesOf(document).map(
    (fence): Part => ({ what: 'command', value: withoutProse(commandsOf(fence)), line: fence.line - 1 }),
  );
  const callouts = calloutsOf(document.tree).map(
    ({ node, name }): Part => ({ what: 'callout', value: `[!${name.toUpperCase()}]`, line: lineOf(node) }),
  );
  return [steps, commands.filter(within), callouts.filter(within)];
}

/** A command without its translatable parts: comments, and quoted texts with letters outside of ASCII. */
function withoutProse(commands: string): string {
  return commands
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/(["'])(?:(?!\1)[^\n])*[^\p{ASCII}](?:(?!\1)[^\n])*\1/gu, '"…"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first place in which two lists differ. */
function compare(
  original: readonly Part[],
  translated: readonly Part[],
  whole: { of: string; path: string; line: number },
  report: Report,
): void {
  const at = original.findIndex(({ value }, index) => value !== translated[index]?.value);
  const extra = at < 0 ? translated[original.length] : undefined;
  const fix = 'Make the two texts say the same.';
  if (extra)
    report(
      { path: whole.path, line: extra.line },
      `The ${whole.of} text has no ${extra.what} like this here (${brief(extra.value)}).`,
      fix,
    );
  const wanted = original[at];
  if (wanted === undefined) return;
  const got = translated[at];
  const here = { path: whole.path, line: got?.line ?? whole.line };
  const source = `${whole.of} text, line ${wanted.line}`;
  if (got) {
    const from = parting(got.value, wanted.value);
    report(here, `The ${wanted.what} here is ${brief(got.value, from)}, but ${brief(wanted.value, from)} in the ${source}.`, fix);
  } else report(here, `The ${wanted.what} ${brief(wanted.value)} of the ${source} is missing.`, fix);
}

const SHOWN = 50;

/** Where a quotation of two texts must begin to show the difference: at their start, or a little before they differ. */
function parting(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at < SHOWN / 2 ? 0 : one.lastIndexOf(' ', at - 1) + 1;
}

function brief(text: string, from = 0): string {
  const shown = text.slice(from, from + SHOWN);
  return `"${from > 0 ? '…' : ''}${shown}${from + SHOWN < text.length ? '…' : ''}"`;
}

export default defineRule({
  id: 'translation',
  doc: 'Translations have the same tasks, steps, commands and callouts as the original, which is the Korean text, else the Japanese.',
  check({ documents }, report) {
    // `documents` are sorted by file name. The order of LANGUAGES puts the original first.
    const [original, ...translations] = ['ko', 'ja', 'en'].flatMap((language) =>
      documents.filter((document) => document.language === language),
    );
    if (original === undefined) return;
    for (const translation of translations) {
      if (translation.language === original.language) continue;
      const { path } = translation;
      for (const section of tasksOf(original)) {
        const same = tasksOf(translation).find(({ task }) => task === section.task);
        if (same === undefined) {
          const lacking = `The translation has no section for ${taskInWords(section.task)}.`;
          report({ path, line: translation.frontMatter.bodyLine + 1 }, lacking, 'Translate it too.');
          continue;
        }
        const whole = { of: original.language, path, line: lineOf(same.heading) };
        const translated = partsOf(translation, same);
        for (const [at, parts] of partsOf(original, section).entries()) compare(parts, translated[at] ?? [], whole, report);
      }
      for (const { task, heading } of tasksOf(translation)) {
        if (!tasksOf(original).some((section) => section.task === task))
          report(
            { path, line: lineOf(heading) },
            `The ${original.language} text has no section for ${taskInWords(task)}.`,
            'Add it there or delete it here.',
          );
      }
    }
  },
});
