import { join, relative } from 'node:path';
import { type LintLab, textOfFile } from './lab.ts';
import type { LintFinding, Place, Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { type Silence, silencesInFile, silencesOf } from './silence.ts';

/** The id of findings about comments that silence a rule. It cannot be silenced. */
export const SILENCE_RULE = 'lint-ignore';

interface Told extends Place {
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * All findings of a lab, sorted by file and line, without those that a comment silences. A comment without a reason, for an unknown rule or
 * with nothing to silence is itself a finding.
 * @param from Folder that the paths of findings are relative to.
 */
export function lintLab(lab: LintLab, from: string, rules: readonly Rule[] = allRules): LintFinding[] {
  const told: Told[] = rules.flatMap((rule) => {
    const found: Told[] = [];
    rule.check(lab, ({ path, line }, message, fix) => found.push({ rule: rule.id, path, line, message, fix }));
    return found;
  });
  const silences = [
    ...lab.documents.flatMap(silencesOf),
    ...lab.files.flatMap((file) => silencesInFile(join(lab.folder, 'files', file.path), textOfFile(file) ?? '')),
  ];
  const silenced = (finding: Told, { path, about, rule, from: first, to }: Silence) =>
    (about ?? path) === finding.path && rule === finding.rule && finding.line >= first && finding.line <= to;
  const heard = told.filter((finding) => !silences.some((silence) => silenced(finding, silence)));
  const misused = silences.flatMap((silence): Told[] => {
    const complain = (message: string, fix: string) => [{ ...silence, rule: SILENCE_RULE, message, fix }];
    if (!rules.some(({ id }) => id === silence.rule)) {
      // When only some rules run, comments for the other rules are ignored.
      if (allRules.some(({ id }) => id === silence.rule)) return [];
      return complain(`There is no rule "${silence.rule}" to silence.`, 'Write the id in brackets at the end of a finding.');
    }
    if (silence.reason === '') {
      return complain(
        `The rule "${silence.rule}" is silenced without a reason.`,
        `Write it after a colon: lint-ignore ${silence.rule}: why.`,
      );
    }
    if (told.some((finding) => silenced(finding, silence))) return [];
    return complain(`Nothing here breaks the rule "${silence.rule}".`, 'Delete the comment.');
  });
  return [...heard, ...misused]
    .map(({ rule, path, line, message, fix }) => ({ rule, file: relative(from, path).replaceAll('\\', '/') || path, line, message, fix }))
    .filter((finding, at, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(finding)) === at)
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.rule, b.rule));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
