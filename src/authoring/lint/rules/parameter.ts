import { linesBefore } from '../../../markdown/lines.ts';
import type { LintDocument } from '../document.ts';
import { hasEveryTemplate, hasWord, nearest, templatesOf, truthOf } from '../names.ts';
import { codeOf, lineOf, namedEntriesOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

const PARAMETERS = /\bParameters?\b(?! Store| Group)|파라미터|매개 ?변수|パラメータ/;
const STACK = /스택|スタック|\bstack\b|CloudFormation/i;

/** Fields of the console that may stand among the parameters. */
const FIELD = /^(?:StackName|TemplateUrl)$/i;

const DEFAULT = '(?:기본 ?값|デフォルト値?|既定値?|default(?: value)?)';
/** (기본값 `값` 사용): the default itself. */
const STATED = `[(（]${DEFAULT}(?:은|는|は| is)?\\s*[:：]?\\s*\`([^\`]+)\``;
/** `값` (기본값 유지): a value that is the default. With more words it may be another one. */
const KEPT = `^\`([^\`]+)\`\\s*[(（]${DEFAULT}(?: ?(?:유지|사용|그대로|のまま|を使用|を維持))?(?:\\s+[-–—,][^)）]*)?[)）]`;

const STATED_IN_ENTRY = new RegExp(STATED, 'i');
const KEPT_IN_ENTRY = new RegExp(KEPT, 'i');
const STATED_IN_PROSE = new RegExp(`\\*\\*([A-Za-z0-9]+)\\*\\*[^\`*\\n]{0,20}${STATED}`, 'gi');

/** A list behind these words has nothing but defaults, if each of its points is only a value. */
const LISTS_DEFAULTS = new RegExp(`${DEFAULT}s?[^\\n]*(?:확인|유지|確認|維持|check|keep)`, 'i');
const LISTS_OTHERS = /대부분|나머지|변경|수정|입력|ほとんど|その他|変更|入力|\bmost\b|\bother|\bchange|\benter/i;
const VALUE = /^`([^`]+)`\s*(?:\|.*)?$/;

interface SaidDefault {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The defaults of parameters that a text tells. */
function defaultsIn(document: LintDocument): SaidDefault[] {
  const said: SaidDefault[] = [];
  walk(document.tree, (node) => {
    const text = node.type === 'paragraph' ? sourceOf(document, node) : '';
    if (!PARAMETERS.test(text)) return;
    for (const match of text.matchAll(STATED_IN_PROSE)) {
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

export default defineRule({
  id: 'parameter',
  doc: "A parameter of the stack that the text names is one of the lab's template, and what it calls the default is its default.",
  check(lab, report) {
    const templates = templatesOf(lab);
    const names = templates.flatMap(({ parameters }) => [...parameters.keys()]);
    if (names.length === 0) return;
    for (const document of lab.documents) {
      for (const { name, value, line } of defaultsIn(document)) {
        const defaults = templates.flatMap(({ parameters }) => parameters.get(name) || []);
        // A placeholder and a value cut short stand for another one.
        if (defaults.length === 0 || /[{<]|\.\.\.|…/.test(value) || defaults.some((one) => one.toLowerCase() === value.toLowerCase()))
          continue;
        const message = `The default of the parameter ${name} is ${defaults.join(' or ')}, not ${value}.`;
        report({ path: document.path, line }, message, 'Write the default of the template.');
      }
      const isWhole = hasEveryTemplate(lab, document);
      const known = `${truthOf(lab)}\n${codeOf(document)}`;
      for (const { entries, leads, before } of namedEntriesOf(document)) {
        if (!PARAMETERS.test(leads[0] ?? '')) continue;
        // Functions, queries and rules have parameters as well; where one is the template's, all are.
        const isStack = entries.some(({ name }) => names.includes(name));
        for (const { name, line } of entries) {
          if (FIELD.test(name) || hasWord(known, name)) continue;
          const meant = nearest(name, names, isStack ? 2 : 1);
          const isMissing = meant === undefined ? isStack && isWhole && /[a-z][A-Z]/.test(name) : isStack || STACK.test(before);
          if (!isMissing) continue;
          const mend = `Write ${meant ?? `one of ${names.join(', ')}`}.`;
          report({ path: document.path, line }, `The template has no parameter ${name}.`, mend);
        }
      }
    }
  },
});
