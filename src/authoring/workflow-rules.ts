import { registerHooks } from 'node:module';
import { byLine, type Finding } from '../markdown/read/finding.ts';
import { readYaml } from '../markdown/read/yaml-source.ts';

// The package is built for bundlers: it imports its schema as JSON without the attribute that Node asks for.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isSchema = context.parentURL?.includes('/@actions/workflow-parser/') && specifier.endsWith('.json');
    return isSchema ? { ...found, importAttributes: { type: 'json' } } : found;
  },
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

/** Checks a GitHub Actions workflow with GitHub's own parser and schema: its members and their values, and the expressions in it. */
export function validateWorkflow(text: string): Finding[] {
  const { findings } = readYaml(text);
  // The parser would tell the same in several lines.
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
