import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

export default defineRule({
  id: 'policy',
  doc: 'IAM policies in the text grant ecr:GetAuthorizationToken on "*", the only resource for which AWS honours it.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { node, line } of fencesOf(document)) {
        const policy = parsed(node.value);
        if (policy === undefined) continue;
        for (const statement of list(policy.Statement)) {
          if (typeof statement !== 'object' || statement === null) continue;
          const { Effect, Action, Resource, Principal } = statement as Readonly<Record<string, unknown>>;
          if (Effect !== 'Allow' || !list(Action).includes('ecr:GetAuthorizationToken') || list(Resource).includes('*')) continue;
          const at = node.value.split('\n').findIndex((text) => text.includes('ecr:GetAuthorizationToken'));
          const message =
            Principal === undefined
              ? 'ecr:GetAuthorizationToken works only on the resource "*".'
              : 'A repository policy cannot grant ecr:GetAuthorizationToken.';
          report(
            { path: document.path, line: line + Math.max(0, at) },
            message,
            'Grant it in a statement of its own with "Resource": "*" in the policy of the role.',
          );
        }
      }
    }
  },
});

function parsed(text: string): { readonly Statement: unknown } | undefined {
  if (!text.includes('ecr:GetAuthorizationToken')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'Statement' in value ? value : undefined;
  } catch {
    // Another rule reports invalid JSON.
    return undefined;
  }
}
