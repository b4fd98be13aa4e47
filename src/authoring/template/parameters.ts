import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Finding } from '../../markdown/read/finding.ts';
import { entriesOf, itemsOf, textOf, valueAt, type YamlEntry, type YamlSource } from '../../markdown/read/yaml-source.ts';

/** AWS CloudFormation User Guide, "Parameters": the keys of a parameter. */
const KEYS = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

const TYPES = /^(String|Number|List<Number>|CommaDelimitedList|(List<)?AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+>?|AWS::SSM::Parameter::Value<.+>)$/;

/** Checks one entry of `Parameters`: its keys, its type, and whether its default meets its own constraints. */
export function checkParameter({ key: id, keyNode, value: node }: YamlEntry, source: YamlSource): Finding[] {
  const say = (rule: string, at: Node | null | undefined, message: string) => ({ rule, message, line: source.lineOf(at ?? keyNode) });
  if (!isMap(node)) return [say('parameter', node, `The parameter ${id} must be a mapping with Type.`)];
  const type = textOf(valueAt(node, 'Type'));
  return [
    ...entriesOf(node)
      .filter(({ key }) => !KEYS.includes(key))
      .map((entry) => say('parameter', entry.keyNode, `The parameter ${id} has no key ${entry.key}; it has ${KEYS.join(', ')}.`)),
    ...(type !== undefined && TYPES.test(type)
      ? []
      : [say('parameter', valueAt(node, 'Type'), `The parameter ${id} needs a Type such as String or Number.`)]),
    ...checkDefault(id, node, type).map((message) => say('parameter-default', valueAt(node, 'Default'), message)),
  ];
}

function checkDefault(id: string, node: Node, type: string | undefined): string[] {
  const given = valueAt(node, 'Default');
  if (given === undefined) return [];
  if (!isScalar(given) || given.value === null) return [`The default of ${id} must be a single value.`];
  const value = String(given.value);
  const limit = (key: string) => {
    const bound = valueAt(node, key);
    return isScalar(bound) ? Number(bound.value) : undefined;
  };
  const allowed = valueAt(node, 'AllowedValues');
  const pattern = textOf(valueAt(node, 'AllowedPattern'));
  const measures = type === 'Number' ? [['Value', Number(value)] as const] : [['Length', value.length] as const];
  return [
    ...(type === 'Number' && !Number.isFinite(Number(value)) ? [`The default of ${id} must be a number.`] : []),
    ...(isSeq(allowed) && !itemsOf(allowed).some((item) => isScalar(item) && String(item.value) === value)
      ? [`The default of ${id} is not among its AllowedValues.`]
      : []),
    // CloudFormation matches the pattern against the whole value.
    ...(pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)
      ? [`The default of ${id} does not match its AllowedPattern.`]
      : []),
    ...measures.flatMap(([what, measure]) => [
      ...(measure < (limit(`Min${what}`) ?? measure) ? [`The default of ${id} is below its Min${what}.`] : []),
      ...(measure > (limit(`Max${what}`) ?? measure) ? [`The default of ${id} is above its Max${what}.`] : []),
    ]),
  ];
}
