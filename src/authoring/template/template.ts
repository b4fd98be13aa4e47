import { isMap, isScalar, type Node } from 'yaml';
import { byLine, type Finding } from '../../markdown/read/finding.ts';
import {
  describeNode,
  entriesOf,
  itemsOf,
  readYaml,
  textOf,
  valueAt,
  type YamlEntry,
  type YamlSource,
} from '../../markdown/read/yaml-source.ts';
import { FUNCTION_TAGS, functionCall } from './functions.ts';
import { checkParameter } from './parameters.ts';
import { checkPolicies } from './policies.ts';
import { checkProperties, type FunctionResult } from './properties.ts';
import { type Declarations, findReferences, type References } from './references.ts';
import { type ResourceSpec, resourceSpec } from './resource-spec.ts';
import { isGenerated, isServerless, isUnpublishedType, SERVERLESS_KEYS } from './serverless.ts';
import { checkValues, forgottenGetAtts, type ValueContext } from './values.ts';

/** AWS CloudFormation User Guide, "Template sections". */
const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

const RESOURCE_KEYS = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Metadata',
];

/** Attributes of a resource whose values may call functions. */
const RESOURCE_VALUES = ['Properties', 'Metadata', 'CreationPolicy', 'UpdatePolicy'];

const OUTPUT_KEYS = ['Value', 'Description', 'Export', 'Condition'];

const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/**
 * Checks a CloudFormation template in YAML without an account: its sections and parameters, the types and properties of its resources
 * against AWS's published specification, all references, its IAM policy documents, and circular dependencies. A template without findings
 * may still fail to deploy (quotas, names already taken), but no finding is a matter of taste.
 */
export function validateTemplate(text: string): Finding[] {
  const source = readYaml(text, FUNCTION_TAGS);
  if (source.findings.length > 0) return byLine(source.findings);
  if (!isMap(source.root))
    return [{ rule: 'section', message: `A template is a mapping with Resources, not ${describeNode(source.root)}.`, line: 1 }];
  return byLine(new TemplateCheck(source, source.root, resourceSpec()).findings());
}

class TemplateCheck {
  readonly #source: YamlSource;
  readonly #root: Node;
  readonly #spec: ResourceSpec;
  readonly #declared: Declarations;
  readonly #isServerless: boolean;
  readonly #used = new Set<string>();

  constructor(source: YamlSource, root: Node, spec: ResourceSpec) {
    this.#source = source;
    this.#root = root;
    this.#spec = spec;
    this.#isServerless = isServerless(root);
    this.#declared = {
      parameters: new Map(this.#section('Parameters').map(({ key, value }) => [key, textOf(valueAt(value, 'Type')) ?? ''])),
      resources: new Map(this.#section('Resources').map(({ key, value }) => [key, textOf(valueAt(value, 'Type')) ?? ''])),
      conditions: new Set(this.#section('Conditions').map(({ key }) => key)),
      mappings: new Map(this.#section('Mappings').map(({ key, value }) => [key, new Set(entriesOf(value).map((entry) => entry.key))])),
    };
  }

  findings(): Finding[] {
    // Unused parameters are only known after all references have been followed.
    const followed = [
      ...this.#section('Resources').flatMap((entry) => this.#resource(entry)),
      ...this.#section('Conditions').flatMap((entry) => this.#condition(entry)),
      ...this.#section('Outputs').flatMap((entry) => this.#output(entry)),
      ...this.#references(valueAt(this.#root, 'Rules'), true).findings,
      ...(this.#isServerless ? this.#references(valueAt(this.#root, 'Globals')).findings : []),
    ];
    return [...this.#sections(), ...this.#parameters(), ...followed, ...this.#unused(), ...this.#cycles()];
  }

  #section(name: string): YamlEntry[] {
    return entriesOf(valueAt(this.#root, name));
  }

  #say(rule: string, node: Node | null | undefined, message: string): Finding {
    return { rule, message, line: this.#source.lineOf(node) };
  }

  #sections(): Finding[] {
    const version = valueAt(this.#root, 'AWSTemplateFormatVersion');
    const description = valueAt(this.#root, 'Description');
    const resources = this.#section('Resources');
    const known = this.#isServerless ? [...SECTIONS, 'Globals'].sort() : SECTIONS;
    const ids = [...this.#section('Parameters'), ...resources];
    return [
      ...entriesOf(this.#root)
        .filter(({ key }) => !known.includes(key))
        .map(({ key, keyNode }) =>
          this.#say('section', keyNode, `${key} is not a section of a template; the sections are ${known.join(', ')}.`),
        ),
      ...(version === undefined || textOf(version) === '2010-09-09'
        ? []
        : [this.#say('section', version, "AWSTemplateFormatVersion must be '2010-09-09'.")]),
      ...(description === undefined || Buffer.byteLength(textOf(description) ?? ' '.repeat(1025)) <= 1024
        ? []
        : [this.#say('section', description, 'Description must be text of at most 1,024 bytes.')]),
      ...(resources.length > 0 ? [] : [this.#say('section', this.#root, 'The template has no Resources.')]),
      ...ids
        .filter(({ key }) => !/^[A-Za-z0-9]+$/.test(key))
        .map(({ key, keyNode }) => this.#say('logical-id', keyNode, `The logical id ${key} may only contain letters and digits.`)),
      ...resources
        .filter(({ key }) => this.#declared.parameters.has(key))
        .map(({ key, keyNode }) => this.#say('logical-id', keyNode, `${key} names both a parameter and a resource.`)),
    ];
  }

  #parameters(): Finding[] {
    return this.#section('Parameters').flatMap((entry) => checkParameter(entry, this.#source));
  }

  #unused(): Finding[] {
    return this.#section('Parameters')
      .filter(({ key }) => !this.#used.has(key))
      .map(({ key, keyNode }) => this.#say('unused-parameter', keyNode, `Nothing refers to the parameter ${key}.`));
  }

  #references(node: Node | null | undefined, isRule = false): References {
    const references = findReferences(node, this.#declared, this.#source, this.#spec, isRule);
    for (const name of references.names) this.#used.add(name);
    return references;
  }

  #keys(node: Node | null, known: readonly string[], owner: string): Finding[] {
    return entriesOf(node)
      .filter(({ key }) => !known.includes(key))
      .map(({ key, keyNode }) => this.#say('unknown-key', keyNode, `${owner} has no key ${key}; it has ${known.join(', ')}.`));
  }

  #conditionOf(node: Node | null, owner: string): Finding[] {
    const condition = valueAt(node, 'Condition');
    const name = textOf(condition);
    if (condition === undefined || (name !== undefined && this.#declared.conditions.has(name))) return [];
    return [this.#say('condition', condition, `${owner} depends on ${name ?? 'something'}, which is not a condition of this template.`)];
  }

  #resource({ key: id, keyNode, value: node }: YamlEntry): Finding[] {
    const type = textOf(valueAt(node, 'Type'));
    if (!isMap(node) || type === undefined) return [this.#say('resource-type', keyNode, `The resource ${id} needs a Type.`)];
    const properties = valueAt(node, 'Properties');
    const policies = ['DeletionPolicy', 'UpdateReplacePolicy'].flatMap((name) => {
      const policy = valueAt(node, name);
      if (policy === undefined || functionCall(policy) || DELETION_POLICIES.includes(textOf(policy) ?? '')) return [];
      return [this.#say('unknown-key', policy, `${name} of ${id} must be one of ${DELETION_POLICIES.join(', ')}.`)];
    });
    return [
      ...this.#keys(node, this.#isServerless ? [...RESOURCE_KEYS, ...SERVERLESS_KEYS] : RESOURCE_KEYS, `The resource ${id}`),
      ...this.#conditionOf(node, id),
      ...policies,
      ...this.#dependsOn(id, node),
      ...this.#ofType(id, type, node, keyNode),
      ...checkPolicies(properties, this.#source),
      ...checkValues(type, properties, this.#values()),
      ...RESOURCE_VALUES.flatMap((key) => this.#references(valueAt(node, key)).findings),
    ];
  }

  #ofType(id: string, type: string, node: Node, at: Node): Finding[] {
    if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource' || isUnpublishedType(type)) return [];
    const properties = valueAt(node, 'Properties');
    const resource = this.#spec.resource(type);
    if (!resource) return [this.#say('resource-type', valueAt(node, 'Type'), `The type ${type} of ${id} does not exist.`)];
    const context = { spec: this.#spec, source: this.#source, refResult: (name: string) => this.#refResult(name) };
    return checkProperties(properties, resource.properties, type, at, context);
  }

  #values(): ValueContext {
    return {
      source: this.#source,
      spec: this.#spec,
      types: this.#declared.resources,
      propertiesOf: (id) => valueAt(valueAt(valueAt(this.#root, 'Resources'), id), 'Properties'),
    };
  }

  #refResult(name: string): FunctionResult {
    if (name === 'AWS::NoValue') return 'any';
    if (name === 'AWS::NotificationARNs') return 'list';
    const type = this.#declared.parameters.get(name);
    return type !== undefined && /List</.test(type.replace('CommaDelimitedList', 'List<')) ? 'list' : 'scalar';
  }

  #dependsOn(id: string, node: Node): Finding[] {
    return dependencies(node)
      .filter((target) => {
        const name = textOf(target) ?? '';
        return !this.#declared.resources.has(name) && !isGenerated(name, this.#declared.resources);
      })
      .map((target) =>
        this.#say('reference', target, `${id} depends on ${textOf(target) ?? 'something'}, which is not a resource of this template.`),
      );
  }

  #condition({ key: id, keyNode, value }: YamlEntry): Finding[] {
    const references = this.#references(value);
    const resources = [...references.names].filter((name) => this.#declared.resources.has(name));
    return [
      ...references.findings,
      ...(functionCall(value) || isMap(value)
        ? []
        : [this.#say('condition', keyNode, `The condition ${id} must be a function such as Fn::Equals.`)]),
      ...resources.map((name) =>
        this.#say('condition', keyNode, `The condition ${id} refers to the resource ${name}; conditions may only refer to parameters.`),
      ),
    ];
  }

  #output({ key: id, keyNode, value: node }: YamlEntry): Finding[] {
    const value = valueAt(node, 'Value');
    const single = functionCall(value) !== undefined || (isScalar(value) && value.value !== null);
    return [
      ...this.#keys(node, OUTPUT_KEYS, `The output ${id}`),
      ...this.#conditionOf(node, `The output ${id}`),
      ...(/^[A-Za-z0-9]+$/.test(id)
        ? []
        : [this.#say('logical-id', keyNode, `The output's name ${id} may only contain letters and digits.`)]),
      ...(single
        ? []
        : [this.#say('output', value ?? keyNode, `The output ${id} needs a Value that is a single value, not ${describeNode(value)}.`)]),
      ...forgottenGetAtts(value, this.#values()),
      ...this.#references(value).findings,
      ...this.#references(valueAt(node, 'Export')).findings,
    ];
  }

  /** Resources that depend on each other can never be created. */
  #cycles(): Finding[] {
    const edges = new Map(
      this.#section('Resources').map(({ key, value }) => {
        const { names } = findReferences(valueAt(value, 'Properties'), this.#declared, this.#source, this.#spec);
        const explicit = dependencies(value).flatMap((node) => textOf(node) ?? []);
        return [key, [...names, ...explicit].filter((name) => this.#declared.resources.has(name))] as const;
      }),
    );
    const reaches = (from: string, to: string, seen: Set<string>): boolean =>
      (edges.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    return this.#section('Resources')
      .filter(({ key }) => reaches(key, key, new Set()))
      .map(({ key, keyNode }) => this.#say('circular', keyNode, `${key} waits for itself through its references.`));
  }
}

function dependencies(resource: Node | null): Node[] {
  const node = valueAt(resource, 'DependsOn');
  return isScalar(node) ? [node] : itemsOf(node);
}
