import type { BuildspecReading } from '../../dialects/buildspec/parse.ts';
import { says } from '../../engine/texts.ts';
import { failed, passed } from '../../engine/verdict.ts';

/** What a check says of a text that is no YAML. @param name what the lab calls the buildspec */
export const yamlSays = <const Name extends string>(name: Name) =>
  says({
    yamlTabs: {
      ko: `${name} {line}번째 줄의 들여쓰기에 탭이 있습니다. YAML은 탭을 허용하지 않으므로 공백으로 바꿉니다.`,
      ja: `${name} の {line} 行目がタブで字下げされています。YAML ではタブを使えないので、空白に置き換えてください。`,
      en: `Line {line} of ${name} is indented with a tab. YAML does not allow tabs: use spaces.`,
    },
    yamlInvalid: {
      ko: `${name}을 YAML로 읽을 수 없습니다({line}번째 줄: {problem}). 그 줄의 들여쓰기와 따옴표를 확인합니다.`,
      ja: `${name} を YAML として読み取れません({line} 行目: {problem})。その行の字下げと引用符を確かめてください。`,
      en: `${name} cannot be read as YAML (line {line}: {problem}). Check the indentation and the quotes of that line.`,
    },
  });

/** What checks say of the structure of a buildspec that is YAML. @param name what the lab calls it */
export const structureSays = <const Name extends string>(name: Name) =>
  says({
    yamlNotMapping: {
      ko: `${name}의 맨 위에 \`version:\`과 \`phases:\` 같은 항목이 없습니다. 실습 파일의 내용과 비교합니다.`,
      ja: `${name} の先頭に \`version:\` や \`phases:\` のような項目がありません。演習ファイルの内容と比べてください。`,
      en: `${name} does not begin with members such as \`version:\` and \`phases:\`. Compare it with the lab file.`,
    },
    versionWrong: {
      ko: `${name}의 version이 "{found}"입니다. \`version: 0.2\`로 바꿉니다.`,
      ja: `${name} の version は "{found}" です。\`version: 0.2\` に直してください。`,
      en: `The version in ${name} is "{found}". Change it to \`version: 0.2\`.`,
    },
    phasesMissing: {
      ko: `${name}에 \`phases:\`가 없거나 비어 있습니다. pre_build, build, post_build 단계를 그 아래에 적습니다.`,
      ja: `${name} に \`phases:\` がないか、空です。その下に pre_build、build、post_build を書いてください。`,
      en: `${name} has no \`phases:\`, or it is empty. Write the phases pre_build, build and post_build under it.`,
    },
    commandsNotList: {
      ko: '"{phase}" 단계의 commands가 목록이 아닙니다. 명령마다 줄을 바꾸고 앞에 `- `를 붙입니다.',
      ja: 'フェーズ "{phase}" の commands がリストではありません。コマンドを 1 行ずつ、先頭に `- ` を付けて書いてください。',
      en: 'The commands of the phase "{phase}" are not a list. Put every command on its own line, with `- ` before it.',
    },
    commandNotText: {
      ko: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 명령을 문자열 하나로 적습니다.',
      ja: 'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コマンドを 1 つの文字列で書いてください。',
      en: 'A command of the phase "{phase}" is not a string (line {line}: {command}). Write the command as one string.',
    },
  });

/** The texts for a buildspec that is a file of the source. */
export const YAML_SAYS = yamlSays('buildspec.yml');
export const STRUCTURE_SAYS = structureSays('buildspec.yml');

/** Whether a text can be read as a buildspec at all. @param notMapping what to say of YAML that is a list or plain text */
export function judgeSyntax<const S>(reading: BuildspecReading, notMapping: S) {
  switch (reading.state) {
    case 'parsed':
      return passed();
    case 'tabs':
      return failed(['yamlTabs', { line: reading.line }] as const);
    case 'invalid':
      return failed(['yamlInvalid', { line: reading.line, problem: reading.problem }] as const);
    case 'not-a-map':
      return failed(notMapping);
  }
}
