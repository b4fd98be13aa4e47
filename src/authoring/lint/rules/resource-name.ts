import { basename } from 'node:path';
import { linesBefore } from '../../../markdown/read/lines.ts';
import type { LintDocument } from '../document.ts';
import type { LintLab } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { commandsOf, inlineCodesOf, leadsOf, shellFencesOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';
import { type TemplateNames, templatesOf } from '../templates.ts';
import { truthOf } from '../truth.ts';
import { hasWord, headOf } from '../words.ts';

const NAME = /(?<![\w.-])[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)+(?![\w-]|\.\w)/g;

const namesIn = (text: string) => [...text.matchAll(NAME)].map(([name]) => name);

/** A template in which parameters are replaced by their defaults, and by each value that the text gives them. */
function filledIn({ text, parameters }: TemplateNames, { source }: LintDocument): string {
  const fill = (name: string | undefined, value: string) =>
    text.replace(/\$\{(\w+)\}/g, (variable, one) => (one === name ? value : (parameters.get(one) ?? variable)));
  // The rule for templates reports invalid names.
  const names = [...parameters.keys()].filter((name) => /^\w+$/.test(name));
  const given = names.flatMap((name) => {
    const values = [...source.matchAll(new RegExp(`\\b${name}\\b[^\`\\n]{0,12}\`([\\w-]+)\``, 'g'))];
    return [...new Set(values.map(([, value = '']) => value))].flatMap((value) => [value, fill(name, value)]);
  });
  return [fill(undefined, ''), ...given].join('\n');
}

/**
 * The prefixes of the lab's own names up to a dash (`week9-2-`), and how often each occurs. Prefixes that other labs share are left out.
 */
function headsOf(own: readonly string[], lab: LintLab): Map<string, number> {
  const counts = new Map<string, number>();
  for (const head of own.map((name) => headOf(name).toLowerCase())) counts.set(head, (counts.get(head) ?? 0) + 1);
  return new Map([...counts].filter(([head]) => head.length >= 5 && (/\d/.test(head) || lab.id.startsWith(head))));
}

/** Whether one letter was inserted, removed or replaced, but not in a short part: `ALB-SG` and `NLB-SG` are two names. */
function isSlip(name: string, other: string): boolean {
  const parts = other.split(/[-_]/);
  const isShort = name.split(/[-_]/).every((part, at) => part === parts[at] || Math.max(part.length, parts[at]?.length ?? 0) <= 3);
  return !isShort && nearest(name, [other], 1) !== undefined;
}

function isIntroduced(name: string, source: string): boolean {
  const lines = source.split('\n').filter((line) => hasWord(line, name));
  return lines.length > 1 || lines.some((line) => /입력|이름|入力|名前|\benter\b|\bname\b/i.test(line));
}

/** Words with which students give a name or create something. */
const GIVES =
  /입력|지정|부여|(?:생성|만들|만듭|만드|추가)(?!되|된|됐|어졌|어진)|入力|指定|(?:作成|追加)(?!され|済)|\b(?:enter|create|add)\b|(?:\bname|이름|名前?)[*\s]*(?:[:：=]|에는?|은|는|을|를|を|は|に)?[*\s]*`/i;
const MADE_BY_STACK = /스택|템플릿|スタック|テンプレート|\b(?:stack|template|CloudFormation)\b/i;

/** Names that may be the student's own: those the text lets them choose, and those in a table or a command that creates something. */
function givenIn(document: LintDocument): Set<string> {
  const given = new Set<string>();
  const add = (text: string) => {
    for (const name of namesIn(text)) given.add(name);
  };
  walk(document.tree, (node, ancestors) => {
    if (node.type === 'tableRow') add(sourceOf(document, node));
    if (node.type !== 'paragraph') return;
    const source = sourceOf(document, node);
    const [lead = ''] = leadsOf(document, node, ancestors);
    if ([source, lead].some((text) => GIVES.test(text) && !MADE_BY_STACK.test(text))) add(source);
  });
  for (const fence of shellFencesOf(document)) {
    const commands = commandsOf(fence).replace(/\\\n/g, ' ').split('\n');
    for (const command of commands) if (/\b(?:create|put|run|mb|allocate)\b/.test(command)) add(command);
  }
  return given;
}

export default defineRule({
  id: 'resource-name',
  doc: "A name that begins like the lab's own names is one of them, or one that the text lets the student choose.",
  check(lab, report) {
    const files = truthOf(lab);
    const templates = templatesOf(lab);
    const known = [lab.id, ...(lab.zip ? [basename(lab.zip)] : []), ...lab.files.flatMap(({ path }) => path.split('/'))];
    for (const document of lab.documents) {
      const truth = [files, ...templates.map((template) => filledIn(template, document))].join('\n');
      const own = [...new Set(namesIn(truth))];
      const heads = headsOf(own, lab);
      if (heads.size === 0) continue;
      const given = givenIn(document);
      const { data } = document.frontMatter;
      const codes = inlineCodesOf(document.tree);
      const texts = [...codes, ...shellFencesOf(document).map((fence) => ({ value: commandsOf(fence), line: fence.line }))];
      for (const { value, line } of texts) {
        for (const match of value.matchAll(NAME)) {
          const [name] = match;
          const begun = [...heads].filter(([head]) => name.toLowerCase().startsWith(head));
          if (begun.length === 0 || known.includes(name) || hasWord(truth, name) || JSON.stringify(data['values'] ?? '').includes(name))
            continue;
          // Checkers know all names of a lab. Its files only know the names of what they create.
          const isChecked = lab.checkers !== undefined && begun.some(([head, count]) => count > 1 && name.startsWith(head));
          const meant = isChecked ? nearest(name, own) : own.find((other) => isSlip(name, other));
          // A name that the student chooses is theirs, and a name that occurs again was introduced before.
          if (isChecked ? meant === undefined && isIntroduced(name, document.source) : meant === undefined || given.has(name)) continue;
          const at = line + linesBefore(value, match.index);
          report(
            { path: document.path, line: at },
            `Neither the lab's files nor its checkers know ${name}.`,
            meant ? `Write ${meant}.` : 'Use the name that they use, or add it to them.',
          );
        }
      }
    }
  },
});
