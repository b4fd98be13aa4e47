import type { LabFileContent } from '../lab-files.ts';
import { FUNCTION_TAGS } from '../template-functions.ts';
import { entriesOf, readYaml, valueAt } from '../yaml-source.ts';
import { type LintLab, textOfFile } from './lab.ts';

/** A CloudFormation template of the lab's files. */
export interface LabTemplate {
  readonly file: LabFileContent;
  readonly text: string;
  readonly outputs: readonly string[];
  /** Logical ids of parameters and resources. */
  readonly ids: readonly string[];
}

/** The files of a lab that are CloudFormation templates. */
export function templatesOf(lab: LintLab): LabTemplate[] {
  return lab.files.flatMap((file) => {
    const text = textOfFile(file);
    if (text === undefined || !isTemplateFile(file.path, text)) return [];
    const { root } = readYaml(text, FUNCTION_TAGS);
    const keys = (section: string) => entriesOf(valueAt(root, section)).map(({ key }) => key);
    return [{ file, text, outputs: keys('Outputs'), ids: [...keys('Parameters'), ...keys('Resources')] }];
  });
}

export function isTemplateFile(path: string, text: string): boolean {
  return /\.(ya?ml|json|template)$/.test(path) && isTemplate(text);
}

/** A text that wants to be a CloudFormation template. */
export function isTemplate(text: string): boolean {
  return /^["']?AWSTemplateFormatVersion["']?\s*:/m.test(text) || (/^Resources:/m.test(text) && /^\s+Type:\s*["']?AWS::/m.test(text));
}

/** A template that is shown whole; a part of one refers to what it leaves out. */
export function isWholeTemplate(text: string): boolean {
  return /^AWSTemplateFormatVersion\s*:/m.test(text) && /^Resources:/m.test(text) && !leavesOut(text);
}

/** A part of something, with what is left out marked as such: nothing to be judged as a whole. */
export function leavesOut(text: string): boolean {
  return /^\s*(?:#\s*)?(?:\.{3}|…)/m.test(text);
}

/** A text that wants to be a buildspec. */
export function isBuildspec(text: string): boolean {
  return /^version:\s*["']?0\.\d/m.test(text) && /^\s*(phases|pre_build|build|post_build|install):/m.test(text);
}

/** A text that wants to be a GitHub Actions workflow. */
export function isWorkflow(text: string): boolean {
  return /^["']?on["']?\s*:/m.test(text) && /^["']?jobs["']?\s*:/m.test(text);
}

/** A text that wants to be a state machine's definition. */
export function isStateMachine(text: string): boolean {
  return /^\s*\{/.test(text) && /"StartAt"\s*:/.test(text) && /"States"\s*:/.test(text);
}

/** Where a lab's names are true: its files that are not prose, and its checkers. Empty when it has neither. */
export function truthOf(lab: LintLab): string {
  const files = lab.files.filter(({ path }) => !/\.(md|txt)$/i.test(path)).map((file) => textOfFile(file) ?? '');
  return [...files, lab.checkers?.source ?? ''].join('\n').trim();
}

const special = /[.*+?^${}()|[\]\\]/g;

/** Whether a text has a name as a whole word; `-` and `_` are parts of words. */
export function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${name.replace(special, '\\$&')}(?![\\w-])`).test(text);
}

/** Edits (insert, delete, replace, swap neighbours) from one word to another, counted up to `most`. */
export function distance(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(replace, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap));
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

/** Two names that are meant to be two: they differ in a number or in a part of one letter (`subnet-1`, `zone-a`), or are short. */
function areSiblings(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5) return true;
  const parts = (name: string) => name.split(/[-_.]/);
  const pairs = parts(a).map((part, at) => [part, parts(b)[at] ?? ''] as const);
  const isCounter = (part: string) => /^[a-z]?\d*[a-z]?$/i.test(part);
  const differing = pairs.filter(([one, other]) => one !== other);
  return differing.every(([one, other]) => (isCounter(one) && isCounter(other)) || one.replace(/\d+/g, '0') === other.replace(/\d+/g, '0'));
}

/** The name an author most likely meant, when one of `known` is at most so many edits away and not a sibling. */
export function nearest(name: string, known: readonly string[], most = 2): string | undefined {
  const near = known.map((other) => ({ other, edits: distance(name, other, most) })).filter(({ edits }) => edits > 0 && edits <= most);
  return near.sort((a, b) => a.edits - b.edits).find(({ other }) => !areSiblings(name, other))?.other;
}

/** How names of one lab begin, up to a dash: `week9-2-` of `week9-2-codebuild-stack`, `sbcntr-` of `sbcntr-backend`. */
export function headOf(name: string): string {
  const parts = name.split(/(?<=[-_])/);
  // A number alone says too little; it takes the next part with it.
  return parts.slice(0, parts[1] !== undefined && /^\d+[-_]$/.test(parts[1]) ? 2 : 1).join('');
}
