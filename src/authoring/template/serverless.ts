import { isSeq, type Node } from 'yaml';
import { entriesOf, itemsOf, textOf, valueAt } from '../../markdown/read/yaml-source.ts';

// AWS Serverless Application Model Developer Guide. The published specification is out of date.

/** Types that the specification does not have. */
const TYPES = [
  'AWS::Serverless::CapacityProvider',
  'AWS::Serverless::Connector',
  'AWS::Serverless::GraphQLApi',
  'AWS::Serverless::WebSocketApi',
];

/** Properties of a function that the specification does not have. */
const FUNCTION_PROPERTIES = [
  'AutoPublishAliasAllProperties',
  'CapacityProviderConfig',
  'DurableConfig',
  'FunctionScalingConfig',
  'LoggingConfig',
  'PropagateTags',
  'PublishToLatestPublished',
  'RecursiveLoop',
  'RolePath',
  'RuntimeManagementConfig',
  'SnapStart',
  'SourceKMSKeyArn',
  'TenancyConfig',
  'VersionDeletionPolicy',
];

/** The keys that a resource may have in addition to CloudFormation's own. */
export const SERVERLESS_KEYS = ['Connectors', 'IgnoreGlobals'];

/** Whether a template uses the transform of the Serverless Application Model. */
export function isServerless(root: Node): boolean {
  const transform = valueAt(root, 'Transform');
  return (isSeq(transform) ? itemsOf(transform) : [transform]).some((node) => textOf(node) === 'AWS::Serverless-2016-10-31');
}

export function isServerlessType(type: string): boolean {
  return type.startsWith('AWS::Serverless::');
}

/** Whether nothing is known about the properties of a type. */
export function isUnpublishedType(type: string): boolean {
  return TYPES.includes(type);
}

/**
 * Whether a property is allowed although the specification does not have it.
 * @param owner As in messages: `AWS::Serverless::Function` or `Auth of AWS::Serverless::Api`.
 */
export function mayHaveProperty(owner: string, property: string): boolean {
  if (/^(?:An item of )?Policies of AWS::Serverless::/.test(owner)) return property.endsWith('Policy');
  if (owner === 'AWS::Serverless::Function') return FUNCTION_PROPERTIES.includes(property);
  return isServerlessType(owner) ? property === 'PropagateTags' : owner.includes(' of AWS::Serverless::');
}

/** Whether a node is a policy template, which is allowed in place of a policy document: a mapping from its name to its parameters. */
export function isPolicyTemplate(node: Node | null | undefined, owner: string): boolean {
  const [only, ...others] = entriesOf(node);
  return /^Policies of AWS::Serverless::/.test(owner) && others.length === 0 && (only?.key ?? '').endsWith('Policy');
}

/**
 * Whether the transform may generate a resource of this name: `HelloRole`, `Hello.Version`, `ServerlessRestApi` ("Generated CloudFormation
 * resources for AWS SAM").
 * @param resources Logical id -> type of what the template declares.
 */
export function isGenerated(name: string, resources: ReadonlyMap<string, string>): boolean {
  const made = [...resources].filter(([, type]) => isServerlessType(type));
  const common = /^(?:Serverless(?:RestApi|HttpApi|DeploymentApplication)|CodeDeployServiceRole)/;
  return made.length > 0 && (common.test(name) || made.some(([id]) => name.length > id.length && name.startsWith(id)));
}
