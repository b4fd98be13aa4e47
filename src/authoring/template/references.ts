import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Finding } from '../../markdown/read/finding.ts';
import { entriesOf, itemsOf, textOf, type YamlSource } from '../../markdown/read/yaml-source.ts';
import { arity, functionCall, isKnownFunction, isRuleFunction, subVariables } from './functions.ts';
import type { ResourceSpec } from './resource-spec.ts';
import { isGenerated, isServerlessType } from './serverless.ts';

/** The names that a template declares and its functions may refer to. */
export interface Declarations {
  /** Logical id -> parameter type. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Logical id -> resource type. */
  readonly resources: ReadonlyMap<string, string>;
  readonly conditions: ReadonlySet<string>;
  /** Mapping -> its top-level keys. */
  readonly mappings: ReadonlyMap<string, ReadonlySet<string>>;
}

/** AWS CloudFormation User Guide, "Pseudo parameters reference". */
export const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** What the functions below a node refer to, and the findings about them. */
export interface References {
  readonly findings: readonly Finding[];
  /** Logical ids of the parameters and resources that are used. */
  readonly names: ReadonlySet<string>;
}

/**
 * Follows all function calls below a node: names must be declared, attributes must exist, and lists of arguments must have the right
 * length.
 * @param isRule Whether the node belongs to the section Rules, which has functions of its own.
 */
export function findReferences(
  root: Node | null | undefined,
  declared: Declarations,
  source: YamlSource,
  spec: ResourceSpec,
  isRule = false,
): References {
  const findings: Finding[] = [];
  const names = new Set<string>();
  const say = (rule: string, node: Node | null, message: string) => findings.push({ rule, message, line: source.lineOf(node) });

  function ref(name: string, node: Node | null): void {
    names.add(name);
    if (declared.parameters.has(name) || declared.resources.has(name) || PSEUDO_PARAMETERS.has(name)) return;
    if (isGenerated(name, declared.resources)) return;
    say('reference', node, `${name} is neither a parameter nor a resource of this template nor a pseudo parameter.`);
  }

  function attribute(resource: string, name: string, node: Node | null): void {
    names.add(resource);
    const type = declared.resources.get(resource);
    if (type === undefined && isGenerated(resource, declared.resources)) return;
    if (type === undefined) say('reference', node, `${resource}.${name} refers to ${resource}, which is not a resource of this template.`);
    else if (!hasAttribute(type, name, spec)) {
      const known = Object.keys(spec.resource(type)?.attributes ?? {}).sort();
      say('attribute', node, `${resource} (${type}) has no attribute ${name}; it has ${known.length > 0 ? known.join(', ') : 'none'}.`);
    }
  }

  function substitution(argument: Node | null): void {
    const [first, second] = itemsOf(argument);
    const text = textOf(isSeq(argument) ? first : argument);
    if (text === undefined) {
      say('function', argument, 'Fn::Sub takes text, or a list of text and a mapping of its variables.');
      return;
    }
    const local = entriesOf(second);
    const used = subVariables(text);
    for (const name of used.filter((name) => !local.some(({ key }) => key === name))) {
      const dot = name.indexOf('.');
      if (dot < 0) ref(name, argument);
      else attribute(name.slice(0, dot), name.slice(dot + 1), argument);
    }
    for (const { key, keyNode, value } of local) {
      if (!used.includes(key)) say('function', keyNode, `Fn::Sub is given the variable ${key}, but its text does not use it.`);
      walk(value);
    }
  }

  function getAtt(argument: Node | null): void {
    const [resource, ...path] = isSeq(argument) ? itemsOf(argument).map(textOf) : (textOf(argument)?.split('.') ?? []);
    if (resource === undefined || path.length === 0) {
      say('function', argument, 'Fn::GetAtt takes a resource and its attribute.');
      return;
    }
    // A computed attribute cannot be looked up, so its function is followed.
    if (path.every((part) => part !== undefined)) attribute(resource, path.join('.'), argument);
    else children(argument);
  }

  function call(name: string, argument: Node | null): void {
    const lengths = arity(name);
    if (isRuleFunction(name) && !isRule) {
      say('function', argument, `${name} is a function of the section Rules alone.`);
    } else if (!isKnownFunction(name) && !isRuleFunction(name)) {
      say('function', argument, `${name} is not a function of CloudFormation.`);
    } else if (lengths && !(isSeq(argument) && lengths.includes(argument.items.length))) {
      say('function', argument, `${name} takes a list of ${lengths.join(' or ')} ${lengths.at(-1) === 1 ? 'item' : 'items'}.`);
    } else if (name === 'Ref') {
      if (isScalar(argument)) ref(String(argument.value), argument);
      else say('function', argument, 'Ref takes the name of a parameter or a resource.');
    } else if (name === 'Condition') {
      condition(argument);
    } else if (name === 'Fn::ValueOf') {
      const [parameter = null] = itemsOf(argument);
      ref(textOf(parameter) ?? 'This', parameter);
    } else if (name === 'Fn::Sub') {
      substitution(argument);
    } else if (name === 'Fn::GetAtt') {
      getAtt(argument);
    } else {
      if (name === 'Fn::FindInMap') mapping(itemsOf(argument));
      if (name === 'Fn::If') condition(itemsOf(argument)[0] ?? null);
      // In the short form, the argument carries the tag of the function and must not be read as another call.
      if (functionCall(argument)?.argument === argument) children(argument);
      else walk(argument);
    }
  }

  function condition(node: Node | null): void {
    const name = textOf(node);
    if (name === undefined || !declared.conditions.has(name))
      say('condition', node, `${name ?? 'This'} is not a condition of this template.`);
  }

  function mapping([map, key]: readonly Node[]): void {
    const name = textOf(map);
    if (map === undefined || name === undefined || functionCall(map)) return;
    const keys = declared.mappings.get(name);
    const first = functionCall(key) ? undefined : textOf(key);
    if (keys === undefined) say('mapping', map, `${name} is not a mapping of this template.`);
    else if (first !== undefined && !keys.has(first)) say('mapping', map, `The mapping ${name} has no key ${first}.`);
  }

  function walk(node: Node | null): void {
    const found = functionCall(node);
    if (found) call(found.name, found.argument);
    else children(node);
  }

  function children(node: Node | null): void {
    if (isMap(node)) for (const { value } of entriesOf(node)) walk(value);
    for (const item of itemsOf(node)) walk(item);
  }

  walk(root ?? null);
  return { findings, names };
}

function hasAttribute(type: string, name: string, spec: ResourceSpec): boolean {
  // Custom resources and nested stacks can return anything. The attributes of serverless types are not published.
  if (isServerlessType(type) || /^(Custom::|AWS::CloudFormation::(CustomResource|Stack)$)/.test(type)) return true;
  const resource = spec.resource(type);
  return resource === undefined || Object.hasOwn(resource.attributes, name);
}
