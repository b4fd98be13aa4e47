import { taskInWords } from '../../../markdown/read/structure/task-headings.ts';
import { lineOf, tasksOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'task-checker',
  doc: 'Every task that a checker looks at is in the text, once. A task without a checker is one without a button.',
  check({ documents, checkers }, report) {
    for (const document of documents) {
      const tasks = tasksOf(document);
      for (const [at, { task, heading }] of tasks.entries()) {
        const place = { path: document.path, line: lineOf(heading) };
        if (tasks.findIndex((other) => other.task === task) < at)
          report(place, `There are two sections of ${taskInWords(task)}.`, 'Number the tasks differently.');
      }
      for (const { id } of checkers?.lab.tasks ?? []) {
        if (tasks.some(({ task }) => task === id)) continue;
        report(
          { path: document.path, line: document.frontMatter.bodyLine + 1 },
          `The checkers check ${taskInWords(id)}, but the text has no such task.`,
          'Add its section, or remove the task from the checkers.',
        );
      }
    }
  },
});
