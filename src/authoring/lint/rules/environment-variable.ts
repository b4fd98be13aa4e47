import { linesBefore } from '../../../markdown/read/lines.ts';
import { itemsOf, readYaml, textOf, valueAt } from '../../../markdown/read/yaml-source.ts';
import { type CommandLine, commandLinesOf } from '../command-lines.ts';
import type { LintDocument } from '../document.ts';
import { isBuildspec } from '../file-kinds.ts';
import { type LintLab, textOfFile } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { fencesOf, inlineCodesOf, lineOf, sourceOf, walk } from '../outline.ts';
import { PROVIDED } from '../provided-variables.ts';
import { defineRule, type Place } from '../rule.ts';
import { truthBesideTemplates, truthOf } from '../truth.ts';
import { hasWord } from '../words.ts';

const VARIABLE = /^\$?\{?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\}?$/;

interface Said {
  readonly name: string;
  readonly place: Place;
}

/** The texts that a pattern finds in paragraphs: its first group, where `isMeant` agrees. */
function saidIn(document: LintDocument, pattern: RegExp, isMeant: (text: string) => boolean): Said[] {
  const found: Said[] = [];
  walk(document.tree, (node) => {
    if (node.type !== 'paragraph') return;
    const text = sourceOf(document, node);
    if (!isMeant(text)) return;
    for (const match of text.matchAll(pattern)) {
      const line = lineOf(node) + linesBefore(text, match.index);
      found.push({ name: match[1] ?? match[2] ?? '', place: { path: document.path, line } });
    }
  });
  return found;
}

/** A name of one word that is called an environment variable: 환경 변수 `VERSION`, `ENV PORT`. */
const CALLED = /(?:환경 ?변수|環境変数|\b[Ee]nvironment variable) `([A-Z][A-Z0-9]{2,})`|`(?:ENV|ARG) ([A-Z][A-Z0-9]{2,})`/g;
/** Words with which a text lets students add a variable of their own. */
const ADDS = /추가|만들|만듭|생성|입력|설정|지정|새\s|追加|作成|作り|入力|設定|指定|\b(?:add|creat|enter|set|defin|new\b)/i;

/** Variables that a command overrides for a build (AWS CLI, `codebuild start-build`). */
const OVERRIDE = /--environment-variables-override\s+["']?(?:[^-]|-(?!-))*/g;

function overriddenIn(lines: readonly CommandLine[]): Said[] {
  return lines.flatMap((line) =>
    [...line.text.matchAll(OVERRIDE)].flatMap((overrides) =>
      [...overrides[0].matchAll(/\bname=["']?([A-Z][A-Z0-9_]*)\b/g)].map((match) => ({
        name: match[1] ?? '',
        place: line.placeOf(overrides.index + match.index),
      })),
    ),
  );
}

/** The variable whose name contains this part, or equals it without underscores. */
function wholeOf(name: string, names: readonly string[]): string | undefined {
  const bare = (one: string) => one.replaceAll('_', '');
  const meant = names.filter((one) => bare(one) === bare(name) || one.endsWith(`_${name}`));
  return meant.length === 1 ? meant[0] : undefined;
}

/**
 * The variables that the only buildspec of a lab exports; empty when it has no buildspec or several (CodeBuild User Guide,
 * `env/exported-variables`).
 */
function exportedBy(lab: LintLab): string[] {
  const buildspecs = lab.files.map((file) => textOfFile(file) ?? '').filter(isBuildspec);
  const [text] = buildspecs.length === 1 ? buildspecs : [];
  return text === undefined
    ? []
    : itemsOf(valueAt(valueAt(readYaml(text).root, 'env'), 'exported-variables')).flatMap((one) => textOf(one) ?? []);
}

const EXPORTED = /`exported-variables`[^`\n]{0,6}`([A-Z][A-Z0-9_]*)`/g;

export default defineRule({
  id: 'environment-variable',
  doc: "An environment variable in prose occurs in the lab's files, its checkers or its code blocks.",
  check(lab, report) {
    const truth = truthOf(lab);
    const exported = exportedBy(lab);
    const inFiles = [...new Set([...truth.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name))];
    for (const document of lab.documents) {
      for (const { name, place } of saidIn(document, EXPORTED, (text) => !ADDS.test(text))) {
        if (exported.length === 0 || exported.includes(name)) continue;
        const meant = nearest(name, exported) ?? wholeOf(name, exported) ?? exported.join(' or ');
        report(place, `The buildspec exports no ${name}.`, `Write ${meant}.`);
      }
      const called = saidIn(document, CALLED, (text) => !ADDS.test(text));
      for (const { name, place } of [...called, ...overriddenIn(commandLinesOf(document))]) {
        const meant = wholeOf(name, inFiles) ?? nearest(name, inFiles, 1);
        if (meant === undefined || PROVIDED.test(name) || hasWord(`${truth}\n${truthBesideTemplates(lab, document)}`, name)) continue;
        report(place, `Nothing sets or reads the variable ${name}.`, `Write ${meant}.`);
      }
      const code = fencesOf(document)
        .map(({ node }) => node.value)
        .join('\n');
      const known = `${truth}\n${code}`;
      const names = [...new Set([...known.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name))];
      // Without code, nothing can contradict the text.
      if (names.length === 0) continue;
      for (const { value, line, block } of inlineCodesOf(document.tree)) {
        const name = VARIABLE.exec(value)?.[1];
        if (name === undefined || PROVIDED.test(name) || hasWord(known, name)) continue;
        const meant = nearest(name, names);
        // A word in capitals may be a status of AWS. A dollar sign, or words about variables, show that it is a variable.
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
