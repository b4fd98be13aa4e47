import { linesBefore } from '../../../markdown/read/lines.ts';
import { type CommandLine, linesRunIn, optionOf } from '../command-lines.ts';
import type { LintDocument } from '../document.ts';
import type { LintLab } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { codeOf, inlineCodesOf, lineOf, namedEntriesOf, sourceOf, walk } from '../outline.ts';
import { defineRule, type Place } from '../rule.ts';
import { stacksMadeIn } from '../stacks.ts';
import { hasEveryTemplate, templatesOf } from '../templates.ts';
import { truthBesideTemplates, truthOf } from '../truth.ts';
import { hasWord } from '../words.ts';

const KEY = /^(?=.*[a-z])(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z0-9]*$/;

/** Words for the outputs of a stack. Commands and logs have output, too, but no tab with this name. */
const OUTPUTS = /\bOutputs\b|(?:스택|スタック|\b[Ss]tack(?:'s)?)(?:의|の)?[\s*]{0,4}(?:출력|出力|outputs?\b)/;
const VALUES = /출력 ?값|出力値|出力の値|\boutput values\b/i;
const STACK = /\bOutputs\b|스택|スタック|\bstack\b|CloudFormation/i;
/** Words of a list that does not only contain outputs. */
const OTHERS = /리소스|매개 ?변수|파라미터|リソース|パラメータ|\bresources?\b|\bparameters?\b/i;
/** Words about the output of a command, a test or a log. */
const OTHER_OUTPUT = /테스트|명령|실행|로그|함수|テスト|コマンド|実行|ログ|関数|\b(?:test|command|log|run|function)/i;

/** Names in bold whose value the text asks for: `**BucketName** 값을 복사합니다`. */
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

/** Words of CloudFormation that occur near outputs. */
const OF_TEMPLATES = /^(?:AWSTemplate|ImportValue|ExportName|OutputKey|OutputValue|StackName)/;

/** Whether the text uses a name for an AWS service or a part of one: `AmazonECS_FullAccess 정책`. */
function isOfAws(name: string, source: string): boolean {
  const things = '정책|권한|버튼|함수|이벤트|ポリシー|権限|ボタン|関数|イベント|polic|permission|button|function|event';
  return OF_TEMPLATES.test(name) || new RegExp(`(?:AWS|Amazon) ${name}\\b|\\b${name}[\`*]*\\s*(?:${things})`, 'i').test(source);
}

/** An output that a command asks for: `Outputs[?OutputKey=='BucketName']`, also with the quotes of JMESPath. */
const QUERY = /\bOutputKey\s*==\s*\\?(["'`])([A-Za-z][A-Za-z0-9]*)\\?\1/g;

interface Asked {
  readonly name: string;
  readonly place: Place;
  /** The stack that the command asks, when it is named. */
  readonly stack: string | undefined;
}

function askedIn(lines: readonly CommandLine[]): Asked[] {
  return lines.flatMap((line) =>
    [...line.text.matchAll(QUERY)].map((match) => ({
      name: match[2] ?? '',
      place: line.placeOf(match.index),
      stack: optionOf(line, '--stack-name'),
    })),
  );
}

/** Outputs that commands ask the lab's own stacks for, and that no template declares. */
function missingFrom(outputs: readonly string[], lab: LintLab): (Asked & { readonly meant: string | undefined })[] {
  const made = stacksMadeIn(lab.documents);
  // A macro can write any output.
  const isWhole = lab.documents.every((document) => hasEveryTemplate(lab, document)) && !outputs.some((name) => name.startsWith('Fn::'));
  const known = lab.documents.map((document) => truthBesideTemplates(lab, document)).join('\n');
  return askedIn(linesRunIn(lab)).flatMap((one) => {
    const isOwn = one.stack !== undefined && made.has(one.stack);
    const isOther = one.stack !== undefined && made.size > 0 && !isOwn;
    if (outputs.includes(one.name) || isOther || hasWord(known, one.name)) return [];
    const meant = outputs.find((name) => name.toLowerCase() === one.name.toLowerCase()) ?? nearest(one.name, outputs);
    return meant !== undefined || (isOwn && isWhole) ? [{ ...one, meant }] : [];
  });
}

export default defineRule({
  id: 'output-key',
  doc: "An output of the stack that the text names is an output of the lab's template.",
  check(lab, report) {
    const outputs = templatesOf(lab).flatMap((template) => template.outputs);
    if (outputs.length === 0) return;
    const missing = (place: Place, name: string, meant: string | undefined) =>
      report(place, `The template has no output ${name}.`, `Write ${meant ?? `one of ${outputs.join(', ')}`}.`);
    for (const { place, name, meant } of missingFrom(outputs, lab)) missing(place, name, meant);
    const truth = truthOf(lab);
    for (const document of lab.documents) {
      const known = `${truth}\n${codeOf(document)}`;
      const elsewhere = truthBesideTemplates(lab, document);
      const isWhole = hasEveryTemplate(lab, document);
      /**
       * @param isSaid whether the text calls it an output; otherwise only a name that is nearly an output counts
       * @param areOutputs whether it is in a list of outputs, in which a resource of this name does not count
       */
      const look = (name: string, line: number, isSaid: boolean, areOutputs = false) => {
        const isKnown = areOutputs ? outputs.includes(name) || hasWord(elsewhere, name) : hasWord(known, name);
        if (!KEY.test(name) || isKnown || isOfAws(name, document.source)) return;
        const near = nearest(name, outputs);
        // AWS itself often has both a singular and a plural: `SubnetId`, `SubnetIds`.
        const meant = isSaid || (`${name}s` !== near && name !== `${near}s`) ? near : undefined;
        if (meant === undefined && !(isSaid && isWhole)) return;
        missing({ path: document.path, line }, name, meant);
      };
      for (const { value, line, block } of inlineCodesOf(document.tree)) look(value, line, OUTPUTS.test(sourceOf(document, block)));
      for (const { entries, leads, before, isOutput } of namedEntriesOf(document)) {
        const lead = (isOutput ? leads : leads.slice(0, 1)).join('\n');
        const isKnown = entries.some(({ name }) => outputs.includes(name));
        const isSaid = OUTPUTS.test(lead) || (VALUES.test(lead) && (isKnown || (STACK.test(before) && !OTHER_OUTPUT.test(lead))));
        const listed = entries.filter(({ name }) => outputs.includes(name)).length;
        const areOutputs = OUTPUTS.test(lead) && !OTHERS.test(lead) && listed * 2 > entries.length;
        if (isSaid || isOutput) for (const { name, line } of entries) look(name, line, isSaid, areOutputs);
      }
      for (const { name, line } of boldValuesOf(document)) if (nearest(name, outputs) !== undefined) look(name, line, true);
    }
  },
});
