import { toString as plainText } from 'mdast-util-to-string';
import { endMarker, lacksCheckMark } from '../../../markdown/read/structure/end-marker.ts';
import { lineOf, tasksOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'end-marker',
  doc: 'An end marker has its check mark. Without it, it is a line of text and shows no status.',
  check({ documents }, report) {
    for (const document of documents) {
      const tasks = tasksOf(document);
      const ends = tasks.filter(({ content }) => content.some((node) => endMarker(node) !== undefined));
      // When no task has an end marker, the text may have a style of its own.
      if (ends.length === 0) continue;
      for (const task of tasks) {
        const bare = ends.includes(task) ? undefined : task.content.find(lacksCheckMark);
        if (bare === undefined) continue;
        report(
          { path: document.path, line: lineOf(bare) },
          `The end marker of "${plainText(task.heading)}" has no check mark.`,
          'Begin the line with ✅, as the other tasks do.',
        );
      }
    }
  },
});
