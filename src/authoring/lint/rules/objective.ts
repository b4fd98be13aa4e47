import { sourceOf, tasksOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Names and technical terms: what an objective says in Latin letters, whole names first. */
function termsOf(sentence: string): { readonly services: string[]; readonly terms: string[] } {
  const services = [...sentence.matchAll(/\b(?:AWS|Amazon)\s+([A-Z][A-Za-z0-9]+(?:\s[A-Z][A-Za-z0-9]+)*)/g)].map(([, name]) => name ?? '');
  const terms = [...sentence.matchAll(/[A-Za-z][A-Za-z0-9]*(?:[./_-][A-Za-z0-9]+)*/g)]
    .map(([word]) => word)
    .filter((word) => !/^(?:AWS|Amazon)$/.test(word));
  return { services, terms };
}

/** Services go by their last word as well: "Developer Tools" is no service, "CodeBuild", "EKS" and "ECR" are. */
const isService = (name: string) =>
  !/^(?:CLI|SDK|API|ARN|SSO)$/.test(name) && /^(?:[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+|[A-Z][A-Z0-9]{1,4})$/.test(name);

export default defineRule({
  id: 'objective',
  doc: 'Every learning objective is met: tasks work with the services it names, and the text has at least one of its terms.',
  check({ documents }, report) {
    for (const document of documents) {
      const { data, lineOf } = document.frontMatter;
      const tasks = tasksOf(document);
      const objectives: unknown = data['learningObjectives'];
      if (tasks.length === 0 || !Array.isArray(objectives)) continue;
      const worked = tasks
        .flatMap(({ heading, content }) => [heading, ...content])
        .map((node) => sourceOf(document, node))
        .join('\n')
        .toLowerCase();
      const said = document.frontMatter.body.toLowerCase();
      for (const [at, objective] of objectives.entries()) {
        if (typeof objective !== 'string') continue;
        const { services, terms } = termsOf(objective);
        const missing = services.filter((name) => isService(name) && !worked.includes(name.toLowerCase()));
        const untouched = terms.length > 0 && !terms.some((term) => said.includes(term.toLowerCase()));
        const place = { path: document.path, line: lineOf('learningObjectives', at) };
        const mend = 'Add what teaches it, or promise what the lab does.';
        if (missing.length > 0) report(place, `No task works with ${missing.join(', ')}, which this objective promises.`, mend);
        else if (untouched) report(place, `The text never mentions ${terms.join(' or ')}, which this objective is about.`, mend);
      }
    }
  },
});
