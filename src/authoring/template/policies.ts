import { isSeq, type Node } from 'yaml';
import type { Finding } from '../../markdown/read/finding.ts';
import { describeNode, entriesOf, itemsOf, textOf, valueAt, type YamlSource } from '../../markdown/read/yaml-source.ts';
import { functionCall } from './functions.ts';

/** What a statement of a policy document must contain besides Effect and Action, by the property that contains the document. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  AssumeRolePolicyDocument: ['Principal', 'NotPrincipal'],
  PolicyDocument: ['Resource', 'NotResource'],
  RepositoryPolicyText: ['Principal', 'NotPrincipal'],
};

const STATEMENT_KEYS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** Checks all IAM policy documents below a node against the IAM User Guide, "Grammar of the IAM JSON policy language". */
export function checkPolicies(node: Node | null | undefined, source: YamlSource): Finding[] {
  return [
    ...entriesOf(node).flatMap(({ key, keyNode, value }) => [
      ...(Object.hasOwn(DOCUMENTS, key) && !functionCall(value) ? checkDocument(value, key, keyNode, source) : []),
      ...checkPolicies(value, source),
    ]),
    ...itemsOf(node).flatMap((item) => checkPolicies(item, source)),
  ];
}

function checkDocument(document: Node | null, property: string, at: Node, source: YamlSource): Finding[] {
  const version = valueAt(document, 'Version');
  const body = valueAt(document, 'Statement');
  const statements = isSeq(body) ? itemsOf(body) : body ? [body] : [];
  const say = (node: Node | null | undefined, message: string) => ({ rule: 'policy', message, line: source.lineOf(node ?? at) });
  return [
    ...(textOf(version) === '2012-10-17' ? [] : [say(version, `${property} needs Version: '2012-10-17'.`)]),
    ...(statements.length > 0 ? [] : [say(document, `${property} has no Statement.`)]),
    ...statements.filter((statement) => !functionCall(statement)).flatMap((statement) => checkStatement(statement, property, say)),
  ];
}

function checkStatement(statement: Node, property: string, say: (node: Node | null | undefined, message: string) => Finding): Finding[] {
  const entries = entriesOf(statement);
  const has = (...names: string[]) => entries.some(({ key }) => names.includes(key));
  const effect = valueAt(statement, 'Effect');
  const target = DOCUMENTS[property] ?? [];
  const actions = [...actionsOf(valueAt(statement, 'Action')), ...actionsOf(valueAt(statement, 'NotAction'))];
  return [
    ...entries
      .filter(({ key }) => !STATEMENT_KEYS.includes(key))
      .map(({ key, keyNode }) => say(keyNode, `A statement of ${property} has no element ${key}; it has ${STATEMENT_KEYS.join(', ')}.`)),
    ...(['Allow', 'Deny'].includes(textOf(effect) ?? '') || functionCall(effect)
      ? []
      : [say(effect ?? statement, `Effect in ${property} must be Allow or Deny.`)]),
    ...(has('Action', 'NotAction') ? [] : [say(statement, `A statement of ${property} names no Action.`)]),
    ...(has(...target) ? [] : [say(statement, `A statement of ${property} names no ${target[0] ?? ''}.`)]),
    ...actions
      .filter((action) => !functionCall(action) && !/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/.test(textOf(action) ?? ''))
      .map((action) => say(action, `An action in ${property} must read like ecr:PutImage, not ${textOf(action) ?? describeNode(action)}.`)),
  ];
}

function actionsOf(node: Node | null | undefined): Node[] {
  return isSeq(node) ? itemsOf(node) : node ? [node] : [];
}
