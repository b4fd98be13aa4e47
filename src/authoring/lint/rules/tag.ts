import type { List, Paragraph, Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { linesBefore } from '../../../markdown/read/lines.ts';
import type { LintDocument } from '../document.ts';
import { nearest } from '../near-names.ts';
import { leadsOf, lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';
import { truthOf } from '../truth.ts';
import { hasWord } from '../words.ts';

interface Tag {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

const TAG = /태그|タグ|\btags?\b/i;

/** The tags in tables "Key | Value" that list tags. */
function tagsOf(document: LintDocument): Tag[] {
  const tags: Tag[] = [];
  walk(document.tree, (node, ancestors) => {
    if (node.type !== 'table') return;
    const [head, ...rows] = (node as Table).children;
    const [key = '', value = '', ...others] = head?.children.map((cell) => plainText(cell).trim()) ?? [];
    if (
      others.length > 0 ||
      !/^(?:tag )?(?:key|키|キー)$|태그 키|タグキー/i.test(key) ||
      !/^(?:tag )?(?:value|값|値)$|태그 값|タグ値/i.test(value) ||
      // Environment variables have keys and values, too.
      !TAG.test([key, ...leadsOf(document, node, ancestors)].join('\n'))
    )
      return;
    for (const row of rows)
      tags.push({ key: plainText(row.children[0] ?? row).trim(), value: plainText(row.children[1] ?? row).trim(), line: lineOf(row) });
  });
  return tags;
}

const KEY = '([A-Za-z][\\w.-]*)';
/** Two pieces of code with the text between them, and one piece that contains both: `Project` = `AWS-Lab`, `Project: AWS-Lab`. */
const CODES = new RegExp(`\`${KEY}\`([^\`\\n]{0,30})(?=\`([^\`\\n]+)\`([^\`\\n]{0,8}))`, 'g');
const CODE = new RegExp(`\`${KEY}\\s*[=:]\\s*([^\`\\s:=]+)\``, 'g');
/** One list item for the key and one for the value. */
const POINTS = new RegExp(
  `(?:\\bkey|키|キー)[^\`\\n]{0,12}\`${KEY}\`[^\`\\n]{0,20}\\n[ >]*[-*] [^\`\\n]{0,12}(?:\\bvalue|값|値)[^\`\\n]{0,12}\`([^\`\\n]+)\``,
  'gi',
);

/** Whether the code of a key is followed by the code of its value. In a list of keys it is not. */
function isJoined(between: string, after: string): boolean {
  const words = between.replace(/[*\s]+/g, ' ').trim();
  return (
    /^[=:：]$/.test(words) ||
    /(?:값|値|\bvalue)(?:은|는|이|가|을|를|으로|에|は|が|を|に|で| of| is)?[=:：(（]?$/i.test(words) ||
    /^(?:tag )?(?:is|equals|set to)$/i.test(words) ||
    (/^(?:태그|タグ)?(?:에서|에는?|은|는|이|가|을|를|が|は|に|を|で)$/.test(words) &&
      /^(?:을|를|으로|로|인|이어야|여야|입니다|を|に|の|で|である)/.test(after.trim()))
  );
}

interface Pair extends Tag {
  /** The text around it. */
  readonly text: string;
}

/** Tag keys with their values, as the text mentions them. */
function pairsOf(document: LintDocument): Pair[] {
  const pairs: Pair[] = [];
  walk(document.tree, (node, ancestors) => {
    if (node.type !== 'paragraph' && node.type !== 'list') return;
    const source = sourceOf(document, node as List | Paragraph);
    const text = [source, ...leadsOf(document, node, ancestors)].join('\n');
    if (!TAG.test(text)) return;
    const add = (key = '', value = '', index: number) => {
      const line = lineOf(node) + linesBefore(source, index);
      // A list inside another list is visited twice.
      if (!pairs.some((pair) => pair.line === line && pair.key === key && pair.value === value)) pairs.push({ key, value, line, text });
    };
    if (node.type === 'list') {
      for (const match of source.matchAll(POINTS)) add(match[1], match[2], match.index);
      return;
    }
    for (const match of source.matchAll(CODE)) add(match[1], match[2], match.index);
    for (const match of source.matchAll(CODES)) if (isJoined(match[2] ?? '', match[4] ?? '')) add(match[1], match[3], match.index);
  });
  return pairs;
}

/** Words with which a step sets, changes or exemplifies a tag. Other steps need not have set the same tag then. */
const SETS =
  /추가|입력|설정|변경|수정|바꾸|바꿔|부여|지정|생성|예:|예를|예시|追加|入力|設定|変更|付け|付与|作成|例|\b(?:add|enter|set|change|edit|update|create|assign|e\.g\.|example)\b/i;
/** Words with which a step looks for a tag or repeats it. */
const LOOKS = /동일|같은|찾|검색|편집기|同じ|検索|探|エディタ|\bsame\b|\bsearch|\bfind\b|Tag Editor/i;

export default defineRule({
  id: 'tag',
  doc: 'Tags in prose are the tags of the table, and those are the tags that the checkers look for.',
  check(lab, report) {
    const truth = truthOf(lab);
    for (const document of lab.documents) {
      const tags = tagsOf(document);
      const keys = tags.map(({ key }) => key);
      if (keys.length === 0) continue;
      // When the checkers know none of the tags, they do not check tags.
      const checked = lab.checkers?.source ?? '';
      for (const { key, value, line } of keys.some((one) => hasWord(checked, one)) ? tags : []) {
        if ([key, value].every((word) => hasWord(checked, word))) continue;
        report({ path: document.path, line }, `The checkers know no tag ${key}=${value}.`, 'Write the tag that the checkers look for.');
      }
      const pairs = pairsOf(document);
      const isSetting = ({ text }: Pair) => SETS.test(text) && !LOOKS.test(text);
      for (const pair of pairs) {
        const { key, value, line } = pair;
        const place = { path: document.path, line };
        const own = tags.filter((tag) => tag.key === key);
        const meant = own.find((tag) => nearest(value, [tag.value]) !== undefined);
        const tag = meant ?? own[0];
        const isOf = (others: readonly Tag[]) => others.some((other) => other.key === key && other.value === value);
        const isOther = isSetting(pair) || isOf(pairs.filter(isSetting)) || keys.includes(value) || hasWord(truth, value);
        if (tag === undefined) {
          const near = nearest(key, keys);
          if (near !== undefined) report(place, `No step sets a tag ${key}.`, `Write ${near}.`);
          // Names differ between resources, and a step may set another tag than the step before.
        } else if (!isOf(tags) && key !== 'Name' && (meant !== undefined || !isOther)) {
          report(place, `The tag ${key} has the value ${tag.value} in line ${tag.line} and ${value} here.`, 'Write the same value.');
        }
      }
    }
  },
});
