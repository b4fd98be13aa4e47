import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type GlobalService } from '../service.ts';
import { createIamState, encodePolicy, type IamState, type PolicyState, type RoleState } from '../state/iam.ts';

const MOST_ASKED = 1000;

export const iam: GlobalService<IamState> = {
  client: IAMClient,
  state: createIamState,
  global: true,
  paging: {
    token: 'Marker',
    size: 100,
    badToken: () => new AwsError('ValidationError', 'Invalid Marker.'),
    limit: {
      member: 'MaxItems',
      most: MOST_ASKED,
      bad(max) {
        const constraint = `failed to satisfy constraint: Member must have value between 1 and ${MOST_ASKED}`;
        return new AwsError('ValidationError', `1 validation error detected: Value '${max}' at 'maxItems' ${constraint}`);
      },
    },
  },
  operations: [
    answers(GetRoleCommand, ({ RoleName }, { state }) => ({ Role: role(state, RoleName) })),

    answers(ListAttachedRolePoliciesCommand, ({ RoleName, PathPrefix = '/' }, { state, page }) => {
      const pathOf = (arn = '') => arn.replace(/^arn:aws:iam::\w+:policy/, '');
      const attached = role(state, RoleName).attached.filter(({ PolicyArn }) => pathOf(PolicyArn).startsWith(PathPrefix));
      return page(attached, (AttachedPolicies, next) => ({ AttachedPolicies, IsTruncated: next !== undefined }));
    }),

    answers(ListRolePoliciesCommand, ({ RoleName }, { state, page }) => {
      const names = [...role(state, RoleName).inline.keys()].sort();
      return page(names, (PolicyNames, next) => ({ PolicyNames, IsTruncated: next !== undefined }));
    }),

    answers(GetRolePolicyCommand, ({ RoleName, PolicyName = '' }, { state }) => {
      const document = role(state, RoleName).inline.get(PolicyName) ?? missing(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName, PolicyName, PolicyDocument: encodePolicy(document) };
    }),

    answers(GetPolicyCommand, ({ PolicyArn }, { state }) => {
      const { name, arn, path, policyId, versions } = policy(state, PolicyArn);
      return {
        Policy: {
          ...{ PolicyName: name, PolicyId: policyId, Arn: arn, Path: path, IsAttachable: true },
          DefaultVersionId: versions.at(-1)?.id,
          AttachmentCount: state.roles().filter(({ attached }) => attached.some((one) => one.PolicyArn === arn)).length,
          CreateDate: versions[0]?.createdAt,
          UpdateDate: versions.at(-1)?.createdAt,
        },
      };
    }),

    answers(GetPolicyVersionCommand, ({ PolicyArn, VersionId }, { state }) => {
      const { versions } = policy(state, PolicyArn);
      const { document, createdAt } =
        versions.find(({ id }) => id === VersionId) ??
        missing(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`);
      const isDefault = VersionId === versions.at(-1)?.id;
      return { PolicyVersion: { VersionId, Document: encodePolicy(document), CreateDate: createdAt, IsDefaultVersion: isDefault } };
    }),

    answers(ListOpenIDConnectProvidersCommand, (_input, { state }) => ({
      OpenIDConnectProviderList: state.oidcProviders().map(({ arn }) => ({ Arn: arn })),
    })),

    answers(GetOpenIDConnectProviderCommand, ({ OpenIDConnectProviderArn: arn = '' }, { state }) => {
      const { url, clientIds, createdAt } = state.oidcProvider(arn) ?? missing(`OpenIDConnect Provider not found for arn ${arn}`);
      return { Url: url, ClientIDList: [...clientIds], ThumbprintList: [], CreateDate: createdAt, Tags: [] };
    }),
  ],
};

function missing(message: string): never {
  return refuse('NoSuchEntity', message, 404);
}

function role(state: IamState, name = ''): RoleState {
  return state.role(name) ?? missing(`The role with name ${name} cannot be found.`);
}

function policy(state: IamState, arn = ''): PolicyState {
  return state.policy(arn) ?? missing(`Policy ${arn} was not found.`);
}
