import { registerHooks } from 'node:module';
import { byLine, type Finding } from '../markdown/read/finding.ts';
import { readYaml } from '../markdown/read/yaml-source.ts';

// The package is made for bundlers: it imports JSON without the attribute that Node requires.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isSchema = context.parentURL?.includes('/@actions/workflow-parser/') && specifier.endsWith('.json');
    return isSchema ? { ...found, importAttributes: { type: 'json' } } : found;
  },
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

/** Checks a GitHub Actions workflow with GitHub's own parser and schema: its members, their values, and its expressions. */
export function validateWorkflow(text: string): Finding[] {
  const { findings } = readYaml(text);
  // The parser would report the same mistake several times.
  const broken = findings.filter(({ rule }) => rule === 'yaml');
  if (broken.length > 0) return byLine(broken);
  const { context } = parseWorkflow({ name: 'workflow.yml', content: text }, new NoOperationTraceWriter());
  return byLine(
    context.errors.getErrors().map(({ rawMessage, range }) => ({
      rule: 'workflow',
      message: /[.!?]$/.test(rawMessage) ? rawMessage : `${rawMessage}.`,
      line: range?.start.line ?? 1,
    })),
  );
}
