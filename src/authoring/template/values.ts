import { isMap, isScalar, type Node } from 'yaml';
import type { Finding } from '../../markdown/read/finding.ts';
import { entriesOf, itemsOf, valueAt, type YamlEntry, type YamlSource } from '../../markdown/read/yaml-source.ts';
import { isJson } from '../json-text.ts';
import { functionCall } from './functions.ts';
import type { ResourceSpec } from './resource-spec.ts';
import { isServerlessType } from './serverless.ts';

// Values that match the type in the specification and that services refuse all the same.

/** What the check of values needs to know about the rest of the template. */
export interface ValueContext {
  readonly source: YamlSource;
  readonly spec: ResourceSpec;
  /** Logical id -> type. */
  readonly types: ReadonlyMap<string, string>;
  /** The properties of a resource. */
  propertiesOf(id: string): Node | null | undefined;
}

/** Checks the values of a resource's properties. Values that a function or a dynamic reference computes are skipped. */
export function checkValues(type: string, properties: Node | null | undefined, context: ValueContext): Finding[] {
  return [
    ...forgottenGetAtts(properties, context),
    ...(type.startsWith('AWS::EC2::') ? addressBlocks(properties, type, context) : []),
    ...(CHECKS[type]?.(properties, context) ?? []),
  ];
}

type Check = (properties: Node | null | undefined, context: ValueContext) => Finding[];

const CHECKS: Readonly<Record<string, Check | undefined>> = {
  'AWS::ECS::Service': loadBalancedContainers,
  'AWS::ECS::TaskDefinition': fargateSize,
  'AWS::RDS::DBInstance': storage,
  'AWS::SecretsManager::Secret': secretTemplate,
};

/** A single value as text; `undefined` when it is only known at deployment. */
function literal(node: Node | null | undefined): string | undefined {
  if (!isScalar(node) || node.value === null || functionCall(node)) return undefined;
  const text = String(node.value);
  return text.includes('{{resolve:') ? undefined : text;
}

function say(node: Node | null | undefined, message: string, { source }: ValueContext): Finding {
  return { rule: 'value', message, line: source.lineOf(node) };
}

/** Text such as `BuildRole.Arn` that names an attribute of a resource and is not a function call. Prose may contain it. */
export function forgottenGetAtts(node: Node | null | undefined, context: ValueContext): Finding[] {
  const call = functionCall(node);
  if (call) return call.name === 'Fn::If' ? itemsOf(call.argument).flatMap((branch) => forgottenGetAtts(branch, context)) : [];
  const isProse = ({ key }: YamlEntry) => /(?:Description|Comment|Tags)$/i.test(key);
  if (isMap(node))
    return entriesOf(node)
      .filter((entry) => !isProse(entry))
      .flatMap(({ value }) => forgottenGetAtts(value, context));
  const text = literal(node);
  if (text === undefined) return itemsOf(node).flatMap((item) => forgottenGetAtts(item, context));
  const [, id = '', attribute = ''] = /^([A-Za-z0-9]+)\.([A-Za-z0-9.]+)$/.exec(text) ?? [];
  return hasAttribute(context.types.get(id), attribute, context.spec)
    ? [say(node, `${text} is only text here; the attribute of ${id} is !GetAtt ${text}.`, context)]
    : [];
}

function hasAttribute(type: string | undefined, attribute: string, spec: ResourceSpec): boolean {
  if (type === undefined) return false;
  return isServerlessType(type) ? attribute === 'Arn' : Object.hasOwn(spec.resource(type)?.attributes ?? {}, attribute);
}

/** Amazon VPC User Guide, "VPC CIDR blocks": a block is an address and the length of its prefix. */
function addressBlocks(node: Node | null | undefined, type: string, context: ValueContext): Finding[] {
  if (functionCall(node)) return [];
  return [
    ...entriesOf(node).flatMap(({ key, value }) =>
      ['CidrBlock', 'CidrIp', 'DestinationCidrBlock'].includes(key) && /^\d+(?:\.\d+){3}$/.test(literal(value) ?? '')
        ? [say(value, `${key} of ${type} needs the length of its prefix, such as /16 or /32.`, context)]
        : addressBlocks(value, type, context),
    ),
    ...itemsOf(node).flatMap((item) => addressBlocks(item, type, context)),
  ];
}

/** Amazon RDS API Reference, CreateDBInstance: AllocatedStorage is a number of GiB. */
function storage(properties: Node | null | undefined, context: ValueContext): Finding[] {
  const node = valueAt(properties, 'AllocatedStorage');
  const size = literal(node);
  return size === undefined || /^\d+$/.test(size)
    ? []
    : [say(node, `AllocatedStorage is a number of GiB such as 20, not ${size}.`, context)];
}

/** AWS Secrets Manager API Reference: the template of a generated secret is a JSON structure that the generated key is added to. */
function secretTemplate(properties: Node | null | undefined, context: ValueContext): Finding[] {
  const node = valueAt(valueAt(properties, 'GenerateSecretString'), 'SecretStringTemplate');
  const text = literal(node);
  return text === undefined || isJson(text) ? [] : [say(node, 'SecretStringTemplate is not JSON.', context)];
}

/**
 * Memory in MiB that Fargate offers for each number of CPU units, and the same in words: Amazon ECS Developer Guide, "Task definition
 * parameters for Fargate".
 */
const FARGATE_MEMORY: Readonly<Record<string, { readonly said: string; has(memory: number): boolean } | undefined>> = {
  256: { said: '512, 1024 or 2048', has: (memory) => [512, 1024, 2048].includes(memory) },
  512: inSteps(1024, 4096),
  1024: inSteps(2048, 8192),
  2048: inSteps(4096, 16384),
  4096: inSteps(8192, 30720),
};

function inSteps(from: number, to: number) {
  return {
    said: `${from} to ${to} in steps of 1024`,
    has: (memory: number) => memory >= from && memory <= to && memory % 1024 === 0,
  };
}

function fargateSize(properties: Node | null | undefined, context: ValueContext): Finding[] {
  const isFargate = itemsOf(valueAt(properties, 'RequiresCompatibilities')).some((item) => literal(item) === 'FARGATE');
  const cpu = literal(valueAt(properties, 'Cpu')) ?? '';
  const node = valueAt(properties, 'Memory');
  const memory = literal(node);
  const sizes = FARGATE_MEMORY[cpu];
  // Sizes with a unit, such as `1 vCPU`, and larger sizes are skipped.
  if (!isFargate || !sizes || !/^\d+$/.test(memory ?? '') || sizes.has(Number(memory))) return [];
  return [say(node, `Fargate has no task of Cpu ${cpu} and Memory ${memory}; with this Cpu, Memory is ${sizes.said}.`, context)];
}

/** The containers that the load balancers of a service send requests to must be in its task definition. */
function loadBalancedContainers(properties: Node | null | undefined, context: ValueContext): Finding[] {
  const task = functionCall(valueAt(properties, 'TaskDefinition'));
  const id = task?.name === 'Ref' && isScalar(task.argument) ? String(task.argument.value) : '';
  if (context.types.get(id) !== 'AWS::ECS::TaskDefinition') return [];
  const containers = itemsOf(valueAt(context.propertiesOf(id), 'ContainerDefinitions')).map((item) => literal(valueAt(item, 'Name')));
  if (containers.length === 0 || containers.includes(undefined)) return [];
  return itemsOf(valueAt(properties, 'LoadBalancers')).flatMap((item) => {
    const node = valueAt(item, 'ContainerName');
    const name = literal(node);
    return name === undefined || containers.includes(name)
      ? []
      : [say(node, `ContainerName is ${name}, but the containers of ${id} are called ${containers.join(', ')}.`, context)];
  });
}
