import { entriesOf, readYaml, textOf, valueAt } from '../../markdown/read/yaml-source.ts';
import { FUNCTION_TAGS } from './functions.ts';

/**
 * The capability that is needed to create a stack of this template; `undefined` for none (AWS CloudFormation API Reference, CreateStack:
 * IAM resources with custom names need CAPABILITY_NAMED_IAM).
 */
export function requiredCapability(text: string): 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | undefined {
  const { root } = readYaml(text, FUNCTION_TAGS);
  const resources = entriesOf(valueAt(root, 'Resources')).map(({ value }) => value);
  const iam = resources.filter((resource) => NAMES_OF_IAM_RESOURCES.has(textOf(valueAt(resource, 'Type')) ?? ''));
  if (iam.length === 0) return undefined;
  const named = iam.some((resource) => {
    const name = NAMES_OF_IAM_RESOURCES.get(textOf(valueAt(resource, 'Type')) ?? '');
    return name !== undefined && valueAt(valueAt(resource, 'Properties'), name) !== undefined;
  });
  return named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

const NAMES_OF_IAM_RESOURCES: ReadonlyMap<string, string | undefined> = new Map([
  ['AWS::IAM::AccessKey', undefined],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', undefined],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', undefined],
]);
