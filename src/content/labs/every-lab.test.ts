import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLabTexts } from '../../authoring/lab-text.ts';
import { textParts } from '../../authoring/text-parts.test-support.ts';
import { findLab } from '../../checkers/index.ts';
import { taskOfHeading } from '../../markdown/read/structure/task-headings.ts';
import { OUR_LABS } from '../our-labs.ts';

/*
 * What holds for every one of our labs' texts and is no matter of the lint, which sees that steps, references, file lists, names and code are
 * right. What a lab itself promises stands in its own folder. Labs by other authors keep no rule of this file.
 */
const texts = OUR_LABS.flatMap((lab) => readLabTexts(join(import.meta.dirname, lab)).map(({ language }) => ({ lab, language })));

const DONE = /^✅ \*\*(태스크 완료|실습 종료|タスク完了|演習終了|Task complete|Lab complete)\*\*: .+$/m;

test.each(OUR_LABS)('%s has a text, and a checker for every task of it', (lab) => {
  const checked = findLab(lab)?.tasks.map(({ id }) => id) ?? [];
  const ofLab = texts.filter((text) => text.lab === lab);
  expect(ofLab).not.toEqual([]);
  for (const { language } of ofLab) {
    const { sections } = textParts(join(import.meta.dirname, lab), language);
    expect(sections.flatMap(({ title }) => taskOfHeading(title) ?? [])).toEqual(checked);
  }
});

describe.each(texts)('$lab in $language', ({ lab, language }) => {
  const { frontMatter, body, plain, fences, sections } = textParts(join(import.meta.dirname, lab), language);

  test('every task ends with its marker, and no other section has one', () => {
    for (const { title, section } of sections) expect(DONE.test(section), title).toBe(taskOfHeading(title) !== undefined);
  });

  test('headings never skip a level', () => {
    const levels = [...plain.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
    expect(levels).not.toContain(1);
  });

  const known = frontMatter.values.map(({ placeholder }) => placeholder);
  const commands = fences.filter((fence) => fence.language === 'bash').map(({ content }) => content);

  test("every placeholder of the front matter is used, and what else stands for a student's value is told of", () => {
    for (const placeholder of known) expect(body).toContain(placeholder);
    const prose = sections.map(({ section }) => section).join('\n');
    for (const [placeholder] of commands.join('\n').matchAll(/<[a-z][a-z-]*>/g)) {
      if (!known.includes(placeholder)) expect(prose).toContain(placeholder);
    }
  });

  test('no account id and no long-lived key is typed', () => {
    expect(commands.length).toBeGreaterThan(10);
    const typed = known.reduce((text, placeholder) => text.replaceAll(placeholder, ''), commands.join('\n'));
    expect(typed).not.toMatch(/\b\d{12}\b|aws configure\b(?! get)|AKIA/);
  });
});
