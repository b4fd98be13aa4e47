import { isMap, type Node, Scalar, type Tags, type YAMLMap, type YAMLSeq } from 'yaml';
import { entriesOf } from '../../markdown/read/yaml-source.ts';

/**
 * CloudFormation's intrinsic functions, with the number of arguments where it is fixed (AWS CloudFormation User Guide, "Intrinsic function
 * reference"). Functions that need a transform are left out.
 */
const FUNCTIONS: Readonly<Record<string, readonly number[] | undefined>> = {
  Ref: undefined,
  Condition: undefined,
  'Fn::And': undefined,
  'Fn::Base64': undefined,
  'Fn::Cidr': [2, 3],
  'Fn::Equals': [2],
  'Fn::FindInMap': [3, 4],
  'Fn::GetAtt': undefined,
  'Fn::GetAZs': undefined,
  'Fn::If': [3],
  'Fn::ImportValue': undefined,
  'Fn::Join': [2],
  'Fn::Not': [1],
  'Fn::Or': undefined,
  'Fn::Select': [2],
  'Fn::Split': [2],
  'Fn::Sub': undefined,
  'Fn::Transform': undefined,
};

/** The functions that are only allowed in the section Rules (the same guide, "Rule-specific intrinsic functions"). */
const RULE_FUNCTIONS: Readonly<Record<string, readonly number[] | undefined>> = {
  'Fn::Contains': [2],
  'Fn::EachMemberEquals': [2],
  'Fn::EachMemberIn': [2],
  'Fn::RefAll': undefined,
  'Fn::ValueOf': [2],
  'Fn::ValueOfAll': [2],
};

/** The YAML tags of the short forms (`!Ref`, `!Sub` …) on text, lists and mappings. */
export const FUNCTION_TAGS: Tags = Object.keys({ ...FUNCTIONS, ...RULE_FUNCTIONS }).flatMap((name) => {
  const tag = `!${name.replace('Fn::', '')}`;
  return [
    { tag, resolve: (text: string) => new Scalar(text) },
    { tag, collection: 'seq' as const, resolve: (list: YAMLMap.Parsed | YAMLSeq.Parsed) => list },
    { tag, collection: 'map' as const, resolve: (map: YAMLMap.Parsed | YAMLSeq.Parsed) => map },
  ];
});

/** A call of an intrinsic function, in either form. */
export interface FunctionCall {
  /** `Ref`, `Condition` or `Fn::…`. */
  readonly name: string;
  readonly argument: Node | null;
}

/**
 * The function call in a node; `undefined` when it is a plain value. `{ Condition: x }` is only a call inside conditions, so its long form
 * is not recognised here.
 */
export function functionCall(node: Node | null | undefined): FunctionCall | undefined {
  if (node?.tag?.startsWith('!') && !node.tag.startsWith('!!')) {
    const short = node.tag.slice(1);
    return { name: short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`, argument: node };
  }
  const [only, ...others] = entriesOf(node);
  if (!isMap(node) || only === undefined || others.length > 0) return undefined;
  return only.key === 'Ref' || only.key.startsWith('Fn::') ? { name: only.key, argument: only.value } : undefined;
}

export function isKnownFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

export function isRuleFunction(name: string): boolean {
  return Object.hasOwn(RULE_FUNCTIONS, name);
}

/** How many arguments a function can have; `undefined` when its argument is not a list of fixed length. */
export function arity(name: string): readonly number[] | undefined {
  return FUNCTIONS[name] ?? RULE_FUNCTIONS[name];
}

/** The variables of a `Fn::Sub` text, without `${!literal}`. */
export function subVariables(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => (name ?? '').trim());
}
