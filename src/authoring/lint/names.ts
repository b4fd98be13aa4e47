import { basename } from 'node:path';
import { isScalar, type Node } from 'yaml';
import { entriesOf, readYaml, valueAt } from '../../markdown/read/yaml-source.ts';
import { FUNCTION_TAGS } from '../template/functions.ts';
import type { LintDocument } from './document.ts';
import { type LintLab, textOfFile } from './lab.ts';
import { fencesOf, shellFencesOf } from './outline.ts';

/** What a CloudFormation template declares. */
export interface TemplateNames {
  readonly text: string;
  /** The parameters with their defaults as written. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
  /** The resources with their types. */
  readonly resources: ReadonlyMap<string, string | undefined>;
  readonly outputs: readonly string[];
}

/** What a template, or the part of one that a text shows, declares. */
export function namesOfTemplate(text: string): TemplateNames {
  const { root } = readYaml(text, FUNCTION_TAGS);
  const written = (section: string, member: string) =>
    new Map(entriesOf(valueAt(root, section)).map(({ key, value }) => [key, writtenAt(value, member)]));
  const outputs = entriesOf(valueAt(root, 'Outputs')).map(({ key }) => key);
  return { text, parameters: written('Parameters', 'Default'), resources: written('Resources', 'Type'), outputs };
}

/** A value as its author wrote it: `3.10` is not 3.1. */
function writtenAt(node: Node | null, key: string): string | undefined {
  const value = valueAt(node, key);
  return isScalar(value) ? (value.source ?? String(value.value)) : undefined;
}

/** A CloudFormation template below `files/`. */
export interface TemplateFile extends TemplateNames {
  readonly path: string;
}

/** The files of a lab that are CloudFormation templates. */
export function templatesOf(lab: LintLab): TemplateFile[] {
  return lab.files.flatMap((file) => {
    const text = textOfFile(file);
    return text !== undefined && isTemplateFile(file.path, text) ? [{ ...namesOfTemplate(text), path: file.path }] : [];
  });
}

const ON_TEMPLATES =
  /스택|템플릿|파일 ?선택|업로드|スタック|テンプレート|ファイルの?選択|アップロード|CloudFormation|\b(?:stack|template|choose file|upload)\b/i;

/** Whether the lab has every template that a text names; what the others declare is not known. */
export function hasEveryTemplate(lab: LintLab, { source }: LintDocument): boolean {
  const names = lab.files.map(({ path }) => basename(path));
  const lines = source.split('\n').filter((line) => ON_TEMPLATES.test(line));
  return lines.every((line) => [...line.matchAll(/[\w.-]+\.(?:ya?ml|template)\b/g)].every(([name]) => names.includes(name)));
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

/** A part of something, with what is left out marked as such (`...`, `# 생략`, `# 以下省略`): nothing to be judged as a whole. */
export function leavesOut(text: string): boolean {
  return /^\s*(?:#\s*)?(?:\.{3}|…)|^\s*#\s*[(（]?(?:이하 ?|중간 ?|以下)?(?:생략|중략|省略|中略|後略|omitted)[)）]?\s*$/m.test(text);
}

/** A file of a lab that CodeBuild would read. */
export function isBuildspecFile(path: string): boolean {
  return /^buildspec.*\.ya?ml$/i.test(basename(path));
}

/** Where a name may come from besides a lab's templates: its other files, and the code of a text that is no command. */
export function truthBesideTemplates(lab: LintLab, document: LintDocument): string {
  const files = lab.files
    .filter(({ path }) => !/\.(?:md|txt|sh|bash)$/i.test(path))
    .map((file) => ({ path: file.path, text: textOfFile(file) ?? '' }));
  const others = files.flatMap(({ path, text }) => (isTemplateFile(path, text) ? [] : text));
  const commands = shellFencesOf(document).map(({ node }) => node);
  const shown = fencesOf(document).flatMap(({ node, isOutput }) => (isOutput || commands.includes(node) ? [] : node.value));
  return [...others, ...shown].join('\n');
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

/** Two names that are meant to be two: they differ in a number, in a part or hump of one letter (`subnet-1`, `zone-a`, `SubnetBId`), or are short. */
function areSiblings(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5) return true;
  const parts = (name: string) => name.split(/[-_.]/);
  const pairs = parts(a).map((part, at) => [part, parts(b)[at] ?? ''] as const);
  const isCounter = (part: string) => /^[a-z]?\d*[a-z]?$/i.test(part);
  // Numbers are alike, and in humps so are capitals that begin no word.
  const bare = (part: string) => part.replace(/\d+/g, '0').replace(/(?<=[a-z].*)[A-Z](?![a-z])/g, 'A');
  const differing = pairs.filter(([one, other]) => one !== other);
  return differing.every(([one, other]) => (isCounter(one) && isCounter(other)) || bare(one) === bare(other));
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
