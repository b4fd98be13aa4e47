import type { Property, PropertyType } from '@aws-cdk/service-spec-types';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Finding } from '../../markdown/read/finding.ts';
import { describeNode, entriesOf, itemsOf, type YamlSource } from '../../markdown/read/yaml-source.ts';
import { functionCall } from './functions.ts';
import type { ResourceSpec } from './resource-spec.ts';
import { isPolicyTemplate, mayHaveProperty } from './serverless.ts';

/** What a function call may return, as far as that is known without running it. */
export type FunctionResult = 'scalar' | 'list' | 'any';

/** What the check of property values needs to know about the rest of the template. */
export interface PropertyContext {
  readonly spec: ResourceSpec;
  readonly source: YamlSource;
  /** What a call of `Ref` returns. */
  refResult(name: string): FunctionResult;
}

/**
 * Checks a mapping of properties against their definitions: unknown and missing properties, types and allowed values. For a function call,
 * only the kind of its result is checked.
 * @param owner The owner of the properties, for messages: `AWS::ECR::Repository` or `Environment of AWS::CodeBuild::Project`.
 */
export function checkProperties(
  node: Node | null | undefined,
  definitions: Readonly<Record<string, Property>>,
  owner: string,
  at: Node,
  context: PropertyContext,
): Finding[] {
  const { source } = context;
  if (functionCall(node)) return [];
  if (node !== undefined && !isMap(node)) {
    return [
      {
        rule: 'property-type',
        message: `${owner} takes a mapping of properties, not ${describeNode(node)}.`,
        line: source.lineOf(node ?? at),
      },
    ];
  }
  if (isPolicyTemplate(node, owner)) return [];
  const given = entriesOf(node);
  const missing = Object.entries(definitions)
    .filter(([name, { required }]) => required && !given.some(({ key }) => key === name))
    .map(([name]) => ({
      rule: 'required-property',
      message: `${owner} does not have the required property ${name}.`,
      line: source.lineOf(at),
    }));
  const wrong = given.flatMap(({ key, keyNode, value }) => {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    if (definition) return checkValue(value, definition.type, `${key} of ${owner}`, keyNode, context);
    if (mayHaveProperty(owner, key)) return [];
    const known = Object.keys(definitions).sort().join(', ');
    return [{ rule: 'unknown-property', message: `${owner} has no property ${key}; it has ${known}.`, line: source.lineOf(keyNode) }];
  });
  return [...missing, ...wrong];
}

const TAG_PROPERTIES: Readonly<Record<string, Property>> = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
  PropagateAtLaunch: { type: { type: 'boolean' } },
};

function checkValue(node: Node | null, type: PropertyType, name: string, at: Node, context: PropertyContext): Finding[] {
  const wrong = (expected: string) => [
    { rule: 'property-type', message: `${name} must be ${expected}, not ${describeNode(node)}.`, line: context.source.lineOf(node ?? at) },
  ];
  const call = functionCall(node);
  if (call?.name === 'Fn::If')
    return itemsOf(call.argument)
      .slice(1)
      .flatMap((branch) => checkValue(branch, type, name, at, context));
  if (call) return checkCall(call.name, call.argument, type, name, at, context);

  switch (type.type) {
    case 'union':
      return checkUnion(node, type.types, name, at, context);
    case 'array':
      return isSeq(node)
        ? itemsOf(node).flatMap((item) => checkValue(item, type.element, `An item of ${name}`, item, context))
        : wrong('a list');
    case 'map':
      return isMap(node)
        ? entriesOf(node).flatMap(({ key, keyNode, value }) => checkValue(value, type.element, `${key} in ${name}`, keyNode, context))
        : wrong('a mapping');
    case 'ref':
      return isMap(node)
        ? checkProperties(node, context.spec.definition(type.reference).properties, name, at, context)
        : wrong('a mapping');
    case 'tag':
      return isMap(node) ? checkProperties(node, TAG_PROPERTIES, name, at, context) : wrong('a mapping with Key and Value');
    case 'json':
      return isMap(node) || isSeq(node) || isJson(node) ? [] : wrong('a mapping or JSON text');
    default:
      return checkScalar(node, type, name, at, context);
  }
}

function checkScalar(node: Node | null, type: PropertyType, name: string, at: Node, context: PropertyContext): Finding[] {
  const value = isScalar(node) ? node.value : undefined;
  const line = context.source.lineOf(node ?? at);
  // CloudFormation converts numbers and booleans to text and back where a property needs it.
  const fits = value !== null && value !== undefined && SCALARS[type.type]?.fits(String(value));
  if (!fits) {
    return [
      { rule: 'property-type', message: `${name} must be ${SCALARS[type.type]?.name ?? 'a value'}, not ${describeScalar(node)}.`, line },
    ];
  }
  const allowed: readonly (string | number)[] | undefined = 'allowedValues' in type ? type.allowedValues : undefined;
  if (!allowed || allowed.map(String).includes(String(value))) return [];
  return [{ rule: 'allowed-value', message: `${name} is ${String(value)}, but must be one of ${allowed.join(', ')}.`, line }];
}

const SCALARS: Readonly<Record<string, { readonly name: string; fits(text: string): boolean }>> = {
  string: { name: 'text', fits: () => true },
  'date-time': { name: 'a date and time', fits: (text) => !Number.isNaN(Date.parse(text)) },
  number: { name: 'a number', fits: (text) => text.trim() !== '' && Number.isFinite(Number(text)) },
  integer: { name: 'a whole number', fits: (text) => /^[+-]?\d+$/.test(text) },
  boolean: { name: 'true or false', fits: (text) => /^(true|false)$/i.test(text) },
};

function describeScalar(node: Node | null): string {
  return isScalar(node) && typeof node.value === 'string' ? `"${node.value}"` : describeNode(node);
}

/** A value matches a union when it matches one of its members. Otherwise the findings of the closest member are reported. */
function checkUnion(node: Node | null, types: readonly PropertyType[], name: string, at: Node, context: PropertyContext): Finding[] {
  const attempts = types.map((type) => checkValue(node, type, name, at, context)).sort((a, b) => a.length - b.length);
  return attempts.find((findings) => findings.every(({ rule }) => rule !== 'property-type')) ?? attempts[0] ?? [];
}

function isJson(node: Node | null): boolean {
  if (!isScalar(node) || typeof node.value !== 'string') return false;
  try {
    return typeof JSON.parse(node.value) === 'object';
  } catch {
    return false;
  }
}

function checkCall(
  name: string,
  argument: Node | null,
  type: PropertyType,
  property: string,
  at: Node,
  context: PropertyContext,
): Finding[] {
  const yields = name === 'Ref' && isScalar(argument) ? context.refResult(String(argument.value)) : (RESULTS[name] ?? 'any');
  if (yields === 'any' || accepts(type, yields)) return [];
  const what = yields === 'scalar' ? 'a single value' : 'a list';
  const wanted = accepts(type, 'list') ? 'a list' : accepts(type, 'scalar') ? 'a single value' : 'a mapping';
  return [
    {
      rule: 'property-type',
      message: `${property} must be ${wanted}, but ${name} yields ${what}.`,
      line: context.source.lineOf(argument ?? at),
    },
  ];
}

const RESULTS: Readonly<Record<string, FunctionResult>> = {
  'Fn::Base64': 'scalar',
  'Fn::Cidr': 'list',
  'Fn::GetAZs': 'list',
  'Fn::Join': 'scalar',
  'Fn::Split': 'list',
  'Fn::Sub': 'scalar',
};

function accepts(type: PropertyType, result: FunctionResult): boolean {
  if (type.type === 'union') return type.types.some((member) => accepts(member, result));
  if (type.type === 'json') return true;
  return result === 'list' ? type.type === 'array' : !['array', 'map', 'ref', 'tag'].includes(type.type);
}
