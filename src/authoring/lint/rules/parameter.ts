import { basename } from 'node:path';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { type CommandLine, linesRunIn, optionOf } from '../command-lines.ts';
import type { LintDocument } from '../document.ts';
import type { LintLab } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { codeOf, lineOf, namedEntriesOf, sourceOf, walk } from '../outline.ts';
import { defineRule, type Place } from '../rule.ts';
import { stacksMadeIn } from '../stacks.ts';
import { hasEveryTemplate, type TemplateFile, templatesOf } from '../templates.ts';
import { truthBesideTemplates, truthOf } from '../truth.ts';
import { hasWord } from '../words.ts';

const PARAMETERS = /\bParameters?\b(?! Store| Group)|파라미터|매개 ?변수|パラメータ/;
const STACK = /스택|スタック|\bstack\b|CloudFormation/i;

/** Fields of the console that may be listed with the parameters. */
const FIELD = /^(?:StackName|TemplateUrl)$/i;

const DEFAULT = '(?:기본 ?값|デフォルト値?|既定値?|default(?: value)?)';
/** (기본값 `값` 사용): the default itself. */
const STATED = `[(（]${DEFAULT}(?:은|는|は| is)?\\s*[:：]?\\s*\`([^\`]+)\``;
/** `값` (기본값 유지): a value that is the default. With more words in between it may be another value. */
const KEPT = `^\`([^\`]+)\`\\s*[(（]${DEFAULT}(?: ?(?:유지|사용|그대로|のまま|を使用|を維持))?(?:\\s+[-–—,][^)）]*)?[)）]`;

const STATED_IN_ENTRY = new RegExp(STATED, 'i');
const KEPT_IN_ENTRY = new RegExp(KEPT, 'i');
const STATED_IN_PROSE = new RegExp(`\\*\\*([A-Za-z0-9]+)\\*\\*[^\`*\\n]{0,20}${STATED}`, 'gi');

const PARAMETER = '(?:파라미터|매개 ?변수|パラメータ[ーｰ]?|[Pp]arameter)';
/**
 * Sentences about a default: 매개변수 `이름`의 기본값은 `값`, パラメータ `名前` のデフォルト値は `値`, the default of the parameter `Name` is `value`. A negated
 * sentence does not count.
 */
const SENTENCES = [
  new RegExp(
    `${PARAMETER}\\s*\`([A-Za-z0-9]+)\`\\s*(?:의|の)\\s*${DEFAULT}(?:은|는|は)\\s*\`([^\`]+)\`(?!(?:이|가)?\\s*아니|では?な)`,
    'g',
  ),
  /[Dd]efault(?: value)? of (?:the )?parameter `([A-Za-z0-9]+)` is `([^`]+)`/g,
  /[Pp]arameter `([A-Za-z0-9]+)` (?:has the default|defaults to) `([^`]+)`/g,
];

/** Words before a list that only contains defaults, provided that each item is only a value. */
const LISTS_DEFAULTS = new RegExp(`${DEFAULT}s?[^\\n]*(?:확인|유지|確認|維持|check|keep)`, 'i');
const LISTS_OTHERS = /대부분|나머지|변경|수정|입력|ほとんど|その他|変更|入力|\bmost\b|\bother|\bchange|\benter/i;
const VALUE = /^`([^`]+)`\s*(?:\|.*)?$/;

interface SaidDefault {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The defaults of parameters that a text mentions. */
function defaultsIn(document: LintDocument): SaidDefault[] {
  const said: SaidDefault[] = [];
  walk(document.tree, (node) => {
    const text = node.type === 'paragraph' ? sourceOf(document, node) : '';
    const patterns = PARAMETERS.test(text) ? [STATED_IN_PROSE, ...SENTENCES] : SENTENCES;
    for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const line = lineOf(node) + linesBefore(text, match.index);
      said.push({ name: match[1] ?? '', value: match[2] ?? '', line });
    }
  });
  for (const { entries, leads } of namedEntriesOf(document)) {
    const [lead = ''] = leads;
    if (!PARAMETERS.test(lead)) continue;
    const areDefaults = LISTS_DEFAULTS.test(lead) && !LISTS_OTHERS.test(lead);
    for (const { name, line, said: words } of entries) {
      const value = (STATED_IN_ENTRY.exec(words) ?? KEPT_IN_ENTRY.exec(words) ?? (areDefaults ? VALUE.exec(words) : null))?.[1];
      if (value !== undefined) said.push({ name, value, line });
    }
  }
  return said;
}

interface Given {
  readonly name: string;
  readonly place: Place;
  readonly template: TemplateFile;
}

const ON_STACKS = /\b(?:cloudformation\s+(?:deploy|create-stack|update-stack|create-change-set)|sam\s+deploy)\b/;
const OVERRIDES = /--parameter-overrides((?:\s+(?!--)(?:"[^"]*"|'[^']*'|[^\s"';&|)])+)+)/g;

/** The template with which a command creates a stack: the one it names, else the only template when the stack is the lab's. */
function templateOf(line: CommandLine, templates: readonly TemplateFile[], made: ReadonlySet<string>): TemplateFile | undefined {
  if (/--template-(?:file|body|url)|\s-t\s|--template\s/.test(line.text)) {
    const named = optionOf(line, '(?:--template-(?:file|body|url)|-t|--template)');
    const fitting = templates.filter(({ path }) => basename(path) === basename(named ?? ''));
    return fitting.length === 1 ? fitting[0] : undefined;
  }
  const stack = optionOf(line, '--stack-name');
  return templates.length === 1 && stack !== undefined && made.has(stack) ? templates[0] : undefined;
}

/** The parameters that commands set: `--parameter-overrides Name=value`, `ParameterKey=Name,ParameterValue=value`. */
function givenIn(lines: readonly CommandLine[], templates: readonly TemplateFile[], made: ReadonlySet<string>): Given[] {
  return lines.flatMap((line) => {
    const template = ON_STACKS.test(line.text) ? templateOf(line, templates, made) : undefined;
    if (template === undefined) return [];
    const names = [...line.text.matchAll(/\bParameterKey=["']?([A-Za-z0-9]+)/g)].map((match) => ({
      name: match[1] ?? '',
      index: match.index,
    }));
    for (const overrides of line.text.matchAll(OVERRIDES)) {
      const from = overrides.index + overrides[0].length - (overrides[1] ?? '').length;
      for (const word of (overrides[1] ?? '').matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
        const name = /^["']?([A-Za-z0-9]+)=/.exec(word[0])?.[1];
        if (name !== undefined && name !== 'ParameterKey') names.push({ name, index: from + word.index });
      }
    }
    return names.map(({ name, index }) => ({ name, place: line.placeOf(index), template }));
  });
}

/**
 * The parameter that is meant by a name that the only template does not have: its name is similar, or it is the only one with this default.
 */
function strangerOf(name: string, value: string, templates: readonly TemplateFile[]): string | undefined {
  const [template] = templates;
  if (template === undefined || templates.length > 1 || template.parameters.has(name)) return undefined;
  const alike = [...template.parameters].filter(([, one]) => one === value).map(([one]) => one);
  return nearest(name, [...template.parameters.keys()]) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** The description of a template, which is prose and contains no names. */
const DESCRIPTION = /^\s*Description:.*$/gm;

/** Whether the text tells the student to add the parameter to the template. */
const adds = (lab: LintLab, name: string) =>
  lab.documents.some(
    (document) =>
      hasWord(truthBesideTemplates(lab, document), name) ||
      document.source.split('\n').some((line) => hasWord(line, name) && /추가|追加|\badd/i.test(line)),
  );

export default defineRule({
  id: 'parameter',
  doc: "A parameter of the stack that the text names is one of the lab's template, and what it calls the default is its default.",
  check(lab, report) {
    const templates = templatesOf(lab);
    const names = templates.flatMap(({ parameters }) => [...parameters.keys()]);
    if (names.length === 0) return;
    const areAll = lab.documents.every((document) => hasEveryTemplate(lab, document));
    const made = areAll ? stacksMadeIn(lab.documents) : new Set<string>();
    for (const { name, place, template } of givenIn(linesRunIn(lab), templates, made)) {
      const own = [...template.parameters.keys()];
      if (own.includes(name) || own.some((one) => one.startsWith('Fn::')) || adds(lab, name)) continue;
      const fix = own.length === 0 ? 'Remove it.' : `Write ${nearest(name, own) ?? `one of ${own.join(', ')}`}.`;
      report(place, `The template ${template.path} has no parameter ${name}.`, fix);
    }
    for (const document of lab.documents) {
      for (const { name, value, line } of defaultsIn(document)) {
        const strange = strangerOf(name, value, templates);
        if (
          strange !== undefined &&
          areAll &&
          !hasWord(`${templates[0]?.text.replace(DESCRIPTION, '')}\n${truthBesideTemplates(lab, document)}`, name)
        ) {
          report({ path: document.path, line }, `The template has no parameter ${name}.`, `Write ${strange}.`);
          continue;
        }
        const defaults = templates.flatMap(({ parameters }) => parameters.get(name) || []);
        // A placeholder and a shortened value stand for another value.
        if (defaults.length === 0 || /[{<]|\.\.\.|…/.test(value) || defaults.some((one) => one.toLowerCase() === value.toLowerCase()))
          continue;
        const message = `The default of the parameter ${name} is ${defaults.join(' or ')}, not ${value}.`;
        report({ path: document.path, line }, message, 'Write the default of the template.');
      }
      const isWhole = hasEveryTemplate(lab, document);
      const known = `${truthOf(lab)}\n${codeOf(document)}`;
      for (const { entries, leads, before } of namedEntriesOf(document)) {
        if (!PARAMETERS.test(leads[0] ?? '')) continue;
        // Functions, queries and rules have parameters, too. When one of a list is the template's, all are.
        const isStack = entries.some(({ name }) => names.includes(name));
        for (const { name, line } of entries) {
          if (FIELD.test(name) || hasWord(known, name)) continue;
          const meant = nearest(name, names, isStack ? 2 : 1);
          const isMissing = meant === undefined ? isStack && isWhole && /[a-z][A-Z]/.test(name) : isStack || STACK.test(before);
          if (!isMissing) continue;
          const fix = `Write ${meant ?? `one of ${names.join(', ')}`}.`;
          report({ path: document.path, line }, `The template has no parameter ${name}.`, fix);
        }
      }
    }
  },
});
