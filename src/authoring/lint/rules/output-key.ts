import { linesBefore } from '../../../markdown/lines.ts';
import type { LintDocument } from '../document.ts';
import { hasEveryTemplate, hasWord, nearest, templatesOf, truthOf } from '../names.ts';
import { codeOf, inlineCodesOf, lineOf, namedEntriesOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

const KEY = /^(?=.*[a-z])(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z0-9]*$/;

/** The words for a stack's outputs; a command and a log have output too, but no tab of this name. */
const OUTPUTS = /\bOutputs\b|(?:스택|スタック|\b[Ss]tack(?:'s)?)(?:의|の)?[\s*]{0,4}(?:출력|出力|outputs?\b)/;
const VALUES = /출력 ?값|出力値|出力の値|\boutput values\b/i;
const STACK = /\bOutputs\b|스택|スタック|\bstack\b|CloudFormation/i;
/** Steps that look at what a command, a test or a log puts out. */
const OTHER_OUTPUT = /테스트|명령|실행|로그|함수|テスト|コマンド|実行|ログ|関数|\b(?:test|command|log|run|function)/i;

/** What the text asks for the value of in bold: `**BucketName** 값을 복사합니다`. */
function boldValuesOf(document: LintDocument): { readonly name: string; readonly line: number }[] {
  const found: { name: string; line: number }[] = [];
  walk(document.tree, (node) => {
    if (node.type !== 'paragraph') return;
    const text = sourceOf(document, node);
    for (const match of text.matchAll(/\*\*([A-Za-z0-9]+)\*\*(?:의|の)? ?(?:값|値|value)/g))
      found.push({ name: match[1] ?? '', line: lineOf(node) + linesBefore(text, match.index) });
  });
  return found;
}

/** Words of CloudFormation itself that go with outputs. */
const OF_TEMPLATES = /^(?:AWSTemplate|ImportValue|ExportName|OutputKey|OutputValue|StackName)/;

/** The text names a service so, or something of one: `AmazonECS_FullAccess 정책`. */
function isOfAws(name: string, source: string): boolean {
  const things = '정책|권한|버튼|함수|이벤트|ポリシー|権限|ボタン|関数|イベント|polic|permission|button|function|event';
  return OF_TEMPLATES.test(name) || new RegExp(`(?:AWS|Amazon) ${name}\\b|\\b${name}[\`*]*\\s*(?:${things})`, 'i').test(source);
}

export default defineRule({
  id: 'output-key',
  doc: "An output of the stack that the text names is an output of the lab's template.",
  check(lab, report) {
    const outputs = templatesOf(lab).flatMap((template) => template.outputs);
    if (outputs.length === 0) return;
    const truth = truthOf(lab);
    for (const document of lab.documents) {
      const known = `${truth}\n${codeOf(document)}`;
      const isWhole = hasEveryTemplate(lab, document);
      /** @param isSaid The text says that it is an output; without that only a slip of an output is one. */
      const look = (name: string, line: number, isSaid: boolean) => {
        if (!KEY.test(name) || hasWord(known, name) || isOfAws(name, document.source)) return;
        const near = nearest(name, outputs);
        // Of what AWS itself calls by such names there are often one and many: `SubnetId`, `SubnetIds`.
        const meant = isSaid || (`${name}s` !== near && name !== `${near}s`) ? near : undefined;
        if (meant === undefined && !(isSaid && isWhole)) return;
        report({ path: document.path, line }, `The template has no output ${name}.`, `Write ${meant ?? `one of ${outputs.join(', ')}`}.`);
      };
      for (const { value, line, block } of inlineCodesOf(document.tree)) look(value, line, OUTPUTS.test(sourceOf(document, block)));
      for (const { entries, leads, before, isOutput } of namedEntriesOf(document)) {
        const lead = (isOutput ? leads : leads.slice(0, 1)).join('\n');
        const isKnown = entries.some(({ name }) => outputs.includes(name));
        const isSaid = OUTPUTS.test(lead) || (VALUES.test(lead) && (isKnown || (STACK.test(before) && !OTHER_OUTPUT.test(lead))));
        if (isSaid || isOutput) for (const { name, line } of entries) look(name, line, isSaid);
      }
      for (const { name, line } of boldValuesOf(document)) if (nearest(name, outputs) !== undefined) look(name, line, true);
    }
  },
});
