import { Document, type Scalar, visit } from 'yaml';
import { packPolicies } from './pack.ts';
import { type PolicyStatement, type RoleNeeds, readOnlyPolicy } from './policy.ts';

export interface RoleTemplateOptions {
  /** @default 'LabproofReadOnly' */
  readonly name?: string;
  /** Who may assume the role: an account's 12 digits, or the ARN of a user, role or account root. Default: a parameter of the template. */
  readonly principal?: string;
  /** Default: a parameter of the template. */
  readonly externalId?: string;
}

const PRINCIPAL = /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(root|user\/[\w+=,.@/-]+|role\/[\w+=,.@/-]+))$/;
/** What STS takes as an ExternalId. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const PRINCIPAL_PARAMETER = 'LabproofPrincipal';
const EXTERNAL_ID_PARAMETER = 'LabproofExternalId';

/**
 * A CloudFormation template, as YAML, of the read-only role that the checks of these labs look with.
 * @throws Error in one sentence for a principal, ExternalId or name that IAM would refuse, or more labs than one role has room for.
 */
export function roleTemplate(needs: readonly RoleNeeds[], options: RoleTemplateOptions = {}): string {
  const { name = 'LabproofReadOnly', principal, externalId } = options;
  if (!ROLE_NAME.test(name)) throw new Error(`"${name}" is not the name of a role; write it like LabproofReadOnly.`);
  if (principal !== undefined && !PRINCIPAL.test(principal)) {
    throw new Error(
      `"${principal}" is not a principal; write an account like 123456789012 or an ARN like arn:aws:iam::123456789012:role/Instructor.`,
    );
  }
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId)) {
    throw new Error(`"${externalId}" is not an ExternalId; it has at least 2 letters, digits or characters of _+=,.@:/-.`);
  }
  const { inline, managed } = packPolicies(readOnlyPolicy(needs));
  const policies = managed.map((statements, index) => [`ReadOnlyPolicy${index + 1}`, managedPolicy(statements)] as const);
  const labs = needs.map(({ what }) => what).join(', ');
  const document = new Document({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Labproof looks at this account with this read-only role - ${labs}`.slice(0, 1024),
    ...parameters(principal, externalId),
    Resources: {
      ...Object.fromEntries(policies),
      ReadOnlyRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: name,
          Description: 'Read-only access for the checks of Labproof',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: principalOf(principal) },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': externalId ?? `<ref>${EXTERNAL_ID_PARAMETER}` } },
              },
            ],
          },
          ...(policies.length > 0 && { ManagedPolicyArns: policies.map(([id]) => `<ref>${id}`) }),
          Policies: [{ PolicyName: 'labproof-checks', PolicyDocument: documentOf(inline) }],
        },
      },
    },
    Outputs: { RoleArn: { Description: 'The ARN to put into the roster, as role_arn', Value: '<get>ReadOnlyRole.Arn' } },
  });
  tagIntrinsics(document);
  document.commentBefore = ` The read-only role of Labproof for: ${labs}.\n Made by "npm run role"; deploy it with --capabilities CAPABILITY_NAMED_IAM.`;
  return document.toString({ lineWidth: 0 });
}

const documentOf = (statements: readonly PolicyStatement[]) => ({ Version: '2012-10-17', Statement: statements.map(plain) });

const managedPolicy = (statements: readonly PolicyStatement[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { Description: 'What the checks of Labproof may read', PolicyDocument: documentOf(statements) },
});

/** An account's digits stand for its root, as everywhere in IAM; spelled out so that the partition is right. */
function principalOf(principal: string | undefined): string {
  if (principal === undefined) return `<ref>${PRINCIPAL_PARAMETER}`;
  return /^\d{12}$/.test(principal) ? `arn:\${AWS::Partition}:iam::${principal}:root` : principal;
}

function parameters(principal: string | undefined, externalId: string | undefined) {
  const asked = {
    ...(principal === undefined && {
      [PRINCIPAL_PARAMETER]: {
        Type: 'String',
        Description: "Who may look - the ARN of the instructor's user or role, or of their account (arn:aws:iam::123456789012:root)",
        AllowedPattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:(root|user/.+|role/.+)',
      },
    }),
    ...(externalId === undefined && {
      [EXTERNAL_ID_PARAMETER]: {
        Type: 'String',
        Description: 'The ExternalId that the instructor gave you',
        AllowedPattern: '[A-Za-z0-9_+=,.@:/-]+',
        MinLength: 2,
        MaxLength: 1224,
      },
    }),
  };
  return Object.keys(asked).length === 0 ? {} : { Parameters: asked };
}

/** Lists of one are written as the one. */
function plain({ Resource, NotResource, Condition, ...rest }: PolicyStatement) {
  return {
    ...rest,
    ...(Resource && { Resource: Resource.length === 1 ? Resource[0] : Resource }),
    ...(NotResource && { NotResource: NotResource.length === 1 ? NotResource[0] : NotResource }),
    ...(Condition && { Condition }),
  };
}

/** Writes references as CloudFormation's short forms. */
function tagIntrinsics(document: Document): void {
  visit(document, {
    Scalar(_key, node: Scalar) {
      if (typeof node.value !== 'string') return;
      const [, intrinsic, rest] = /^<(ref|get)>(.*)$/.exec(node.value) ?? [];
      if (intrinsic !== undefined) {
        node.tag = intrinsic === 'ref' ? '!Ref' : '!GetAtt';
        node.value = rest;
      } else if (node.value.includes('${AWS::')) node.tag = '!Sub';
      // A date for readers of YAML 1.1.
      else if (/^\d{4}-\d{2}-\d{2}$/.test(node.value)) node.type = 'QUOTE_SINGLE';
    },
  });
}
