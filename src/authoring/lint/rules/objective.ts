import { textOfFile } from '../lab.ts';
import { sourceOf, tasksOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** The names and technical terms of an objective: everything in Latin letters, with whole names first. */
function termsOf(sentence: string): { readonly services: string[]; readonly terms: string[] } {
  const services = [...sentence.matchAll(/\b(?:AWS|Amazon)\s+([A-Z][A-Za-z0-9]+(?:\s[A-Z][A-Za-z0-9]+)*)/g)].map(([, name]) => name ?? '');
  const terms = [...sentence.matchAll(/[A-Za-z][A-Za-z0-9]*(?:[./_-][A-Za-z0-9]+)*/g)]
    .map(([word]) => word)
    .filter((word) => !/^(?:AWS|Amazon)$/.test(word));
  return { services, terms };
}

/** A service is also known by its last word. "Developer Tools" is not a service; "CodeBuild", "EKS" and "ECR" are. */
const isService = (name: string) =>
  !/^(?:CLI|SDK|API|ARN|SSO)$/.test(name) && /^(?:[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+|[A-Z][A-Z0-9]{1,4})$/.test(name);

/**
 * API calls such as `AssumeRole`, which have no other name. The name of a product or an idea (JavaScript, DevOps) may be taught without
 * being mentioned.
 */
const CALL =
  /^(?:Assume|Attach|Batch|Cancel|Copy|Create|Delete|Describe|Detach|Disable|Enable|Get|Grant|Invoke|List|Modify|Pass|Publish|Put|Receive|Register|Remove|Restore|Revoke|Run|Send|Start|Stop|Subscribe|Tag|Terminate|Untag|Update)(?:[A-Z][a-z]{3,})+$/;

/** Removes what commands and sentences put between the parts of a name: `sts assume-role`, "Assume role". */
const compact = (text: string) => text.replace(/[\s_-]+/g, '').toLowerCase();

export default defineRule({
  id: 'objective',
  doc: 'Every learning objective is met: tasks use the services it names, and the text contains the API calls and at least one of the terms it names.',
  check({ documents, files }, report) {
    const inFiles = compact(files.map((file) => textOfFile(file) ?? '').join('\n'));
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
      const anywhere = compact(document.frontMatter.body) + inFiles;
      for (const [at, objective] of objectives.entries()) {
        if (typeof objective !== 'string') continue;
        const { services, terms } = termsOf(objective);
        const missing = services.filter((name) => isService(name) && !worked.includes(name.toLowerCase()));
        const untouched = terms.length > 0 && !terms.some((term) => said.includes(term.toLowerCase()));
        const unnamed = terms.filter((term) => CALL.test(term) && !anywhere.includes(compact(term)));
        const place = { path: document.path, line: lineOf('learningObjectives', at) };
        const fix = 'Add a task that teaches it, or promise what the lab does.';
        if (missing.length > 0) report(place, `No task works with ${missing.join(', ')}, which this objective promises.`, fix);
        else if (untouched) report(place, `The text never mentions ${terms.join(' or ')}, which this objective is about.`, fix);
        else if (unnamed.length > 0) report(place, `The text never mentions ${unnamed.join(' or ')}, which this objective names.`, fix);
      }
    }
  },
});
