import type { Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { LintDocument } from '../document.ts';
import { hasWord, nearest } from '../names.ts';
import { inlineCodesOf, lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

interface Tag {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** The tags of tables "Key | Value". */
function tagsOf({ tree }: LintDocument): Tag[] {
  const tags: Tag[] = [];
  walk(tree, (node) => {
    if (node.type !== 'table') return;
    const [head, ...rows] = (node as Table).children;
    const [key, value, ...others] = head?.children.map((cell) => plainText(cell).trim()) ?? [];
    if (
      others.length > 0 ||
      !/^(?:tag )?(?:key|키|キー)$|태그 키|タグキー/i.test(key ?? '') ||
      !/^(?:tag )?(?:value|값|値)$|태그 값|タグ値/i.test(value ?? '')
    )
      return;
    for (const row of rows)
      tags.push({ key: plainText(row.children[0] ?? row).trim(), value: plainText(row.children[1] ?? row).trim(), line: lineOf(row) });
  });
  return tags;
}

const PAIR = /`([A-Za-z][\w:.-]*)`[^`\n]{0,30}`([^`\n]+)`/g;

export default defineRule({
  id: 'tag',
  doc: 'Tags in prose are the tags of the table, and those are the tags that the checkers look for.',
  check({ documents, checkers }, report) {
    for (const document of documents) {
      const tags = tagsOf(document);
      const keys = tags.map(({ key }) => key);
      // Checkers that know none of the tags do not look at tags.
      const looked = checkers !== undefined && keys.some((key) => hasWord(checkers.source, key));
      for (const { key, value, line } of looked ? tags : []) {
        const unknown = [key, value].filter((word) => !hasWord(checkers?.source ?? '', word));
        if (unknown.length > 0)
          report({ path: document.path, line }, `The checkers know no tag ${key}=${value}.`, 'Write the tag that the checkers look for.');
      }
      const blocks = new Set(inlineCodesOf(document.tree).map(({ block }) => block));
      for (const block of blocks) {
        const text = sourceOf(document, block);
        if (block.type === 'tableRow' || !/태그|タグ|\btags?\b/i.test(text)) continue;
        for (const match of text.matchAll(PAIR)) {
          const [, key = '', value = ''] = match;
          const line = lineOf(block) + text.slice(0, match.index).split('\n').length - 1;
          const tag = tags.find((one) => one.key === key);
          const meant = nearest(key, keys);
          const isSet = tags.some((one) => one.key === key && one.value === value);
          if (tag !== undefined && !isSet && !keys.includes(value)) {
            report(
              { path: document.path, line },
              `The tag ${key} has the value ${tag.value} in line ${tag.line} and ${value} here.`,
              'Write the same value.',
            );
          } else if (tag === undefined && meant !== undefined && keys.length > 0) {
            report({ path: document.path, line }, `No step sets a tag ${key}.`, `Write ${meant}.`);
          }
        }
      }
    }
  },
});
