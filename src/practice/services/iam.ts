import {
  GetOpenIDConnectProvider$,
  type GetOpenIDConnectProviderCommandInput,
  type GetOpenIDConnectProviderCommandOutput,
  GetPolicy$,
  type GetPolicyCommandInput,
  type GetPolicyCommandOutput,
  GetPolicyVersion$,
  type GetPolicyVersionCommandInput,
  type GetPolicyVersionCommandOutput,
  GetRole$,
  type GetRoleCommandInput,
  type GetRoleCommandOutput,
  GetRolePolicy$,
  type GetRolePolicyCommandInput,
  type GetRolePolicyCommandOutput,
  ListAttachedRolePolicies$,
  type ListAttachedRolePoliciesCommandInput,
  type ListAttachedRolePoliciesCommandOutput,
  ListOpenIDConnectProviders$,
  type ListOpenIDConnectProvidersCommandInput,
  type ListOpenIDConnectProvidersCommandOutput,
  ListRolePolicies$,
  type ListRolePoliciesCommandInput,
  type ListRolePoliciesCommandOutput,
} from '@aws-sdk/client-iam';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import { encodePolicy, type PolicyState, type RoleState } from '../state/iam.ts';

const PAGE = 100;
const MOST_ASKED = 1000;

export const iam: Service = {
  id: 'iam',
  wire: { protocol: 'query', version: '2010-05-08', xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  operations: [
    operation<GetRoleCommandInput, GetRoleCommandOutput>(GetRole$, ({ RoleName = '' }, call) => ({ Role: role(call, RoleName) })),

    operation<ListAttachedRolePoliciesCommandInput, ListAttachedRolePoliciesCommandOutput>(
      ListAttachedRolePolicies$,
      ({ RoleName = '', PathPrefix = '/', Marker, MaxItems }, call) => {
        const attached = role(call, RoleName).attached.filter(({ PolicyArn = '' }) =>
          PolicyArn.replace(/^arn:aws:iam::\w+:policy/, '').startsWith(PathPrefix),
        );
        const { items, next } = pageOf(attached, paging(`ListAttachedRolePolicies ${RoleName}`, Marker, MaxItems));
        return { AttachedPolicies: items, ...truncation(next) };
      },
    ),

    operation<ListRolePoliciesCommandInput, ListRolePoliciesCommandOutput>(
      ListRolePolicies$,
      ({ RoleName = '', Marker, MaxItems }, call) => {
        const names = [...role(call, RoleName).inline.keys()].sort();
        const { items, next } = pageOf(names, paging(`ListRolePolicies ${RoleName}`, Marker, MaxItems));
        return { PolicyNames: items, ...truncation(next) };
      },
    ),

    operation<GetRolePolicyCommandInput, GetRolePolicyCommandOutput>(GetRolePolicy$, ({ RoleName = '', PolicyName = '' }, call) => {
      const document = role(call, RoleName).inline.get(PolicyName);
      if (!document) throw new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404);
      return { RoleName, PolicyName, PolicyDocument: encodePolicy(document) };
    }),

    operation<GetPolicyCommandInput, GetPolicyCommandOutput>(GetPolicy$, ({ PolicyArn = '' }, call) => {
      const { name, arn, path, policyId, versions } = policy(call, PolicyArn);
      return {
        Policy: {
          ...{ PolicyName: name, PolicyId: policyId, Arn: arn, Path: path, IsAttachable: true },
          DefaultVersionId: versions.at(-1)?.id,
          AttachmentCount: call.account.iam.roles().filter(({ attached }) => attached.some((one) => one.PolicyArn === arn)).length,
          CreateDate: versions[0]?.createdAt,
          UpdateDate: versions.at(-1)?.createdAt,
        },
      };
    }),

    operation<GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput>(
      GetPolicyVersion$,
      ({ PolicyArn = '', VersionId = '' }, call) => {
        const { versions } = policy(call, PolicyArn);
        const found = versions.find(({ id }) => id === VersionId);
        if (!found)
          throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`, 404);
        return {
          PolicyVersion: {
            ...{ VersionId, Document: encodePolicy(found.document), CreateDate: found.createdAt },
            IsDefaultVersion: found === versions.at(-1),
          },
        };
      },
    ),

    operation<ListOpenIDConnectProvidersCommandInput, ListOpenIDConnectProvidersCommandOutput>(
      ListOpenIDConnectProviders$,
      (_input, { account }) => ({ OpenIDConnectProviderList: account.iam.oidcProviders().map(({ arn }) => ({ Arn: arn })) }),
    ),

    operation<GetOpenIDConnectProviderCommandInput, GetOpenIDConnectProviderCommandOutput>(
      GetOpenIDConnectProvider$,
      ({ OpenIDConnectProviderArn: arn = '' }, { account }) => {
        const provider = account.iam.oidcProvider(arn);
        if (!provider) throw new AwsError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`, 404);
        const { url, clientIds, createdAt } = provider;
        return { Url: url, ClientIDList: [...clientIds], ThumbprintList: [], CreateDate: createdAt, Tags: [] };
      },
    ),
  ],
};

function role({ account }: Call, name: string): RoleState {
  const found = account.iam.role(name);
  if (!found) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  return found;
}

function policy({ account }: Call, arn: string): PolicyState {
  const found = account.iam.policy(arn);
  if (!found) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  return found;
}

function truncation(next: string | undefined) {
  return { IsTruncated: next !== undefined, Marker: next };
}

function paging(of: string, token: string | undefined, max: number | undefined): PageRequest {
  if (max !== undefined && (max < 1 || max > MOST_ASKED)) {
    const constraint = `failed to satisfy constraint: Member must have value between 1 and ${MOST_ASKED}`;
    throw new AwsError('ValidationError', `1 validation error detected: Value '${max}' at 'maxItems' ${constraint}`);
  }
  return { of, token, size: PAGE, max, badToken: () => new AwsError('ValidationError', 'Invalid Marker.') };
}
