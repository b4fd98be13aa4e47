import * as sdk from '@aws-sdk/client-iam';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type GlobalService } from '../service.ts';
import { createIamState, type IamState, type RoleState } from '../state/iam.ts';
import { encodePolicy, type PolicyState } from '../state/managed-policies.ts';

export const iam: GlobalService<IamState> = {
  client: sdk.IAMClient,
  state: createIamState,
  global: true,
  paging: {
    token: 'Marker',
    size: 100,
    badToken: () => refuse('ValidationError', 'Invalid Marker.'),
    limit: {
      member: 'MaxItems',
      most: 1000,
      bad(max) {
        const constraint = 'failed to satisfy constraint: Member must have value between 1 and 1000';
        return refuse('ValidationError', `1 validation error detected: Value '${max}' at 'maxItems' ${constraint}`);
      },
    },
  },
  operations: [
    answers(sdk.GetRoleCommand, ({ RoleName }, { state }) => ({ Role: role(state, RoleName) })),

    answers(sdk.ListAttachedRolePoliciesCommand, ({ RoleName, PathPrefix = '/' }, { state, page }) => {
      const pathOf = (arn = '') => arn.replace(/^arn:aws:iam::\w+:policy/, '');
      const attached = role(state, RoleName).attached.filter(({ PolicyArn }) => pathOf(PolicyArn).startsWith(PathPrefix));
      return page(attached, (AttachedPolicies, next) => ({ AttachedPolicies, IsTruncated: next !== undefined }));
    }),

    answers(sdk.ListRolePoliciesCommand, ({ RoleName }, { state, page }) => {
      const names = [...role(state, RoleName).inline.keys()].sort();
      return page(names, (PolicyNames, next) => ({ PolicyNames, IsTruncated: next !== undefined }));
    }),

    answers(sdk.GetRolePolicyCommand, ({ RoleName, PolicyName = '' }, { state }) => {
      const document = role(state, RoleName).inline.get(PolicyName) ?? missing(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName, PolicyName, PolicyDocument: encodePolicy(document) };
    }),

    answers(sdk.GetPolicyCommand, ({ PolicyArn }, { state }) => {
      const { versions, ...found } = policy(state, PolicyArn);
      const AttachmentCount = state.roles().filter(({ attached }) => attached.some((one) => one.PolicyArn === found.arn)).length;
      const [oldest, newest] = [versions[0], versions.at(-1)];
      const dates = { CreateDate: oldest?.CreateDate, UpdateDate: newest?.CreateDate };
      return { Policy: { ...found, DefaultVersionId: newest?.VersionId, AttachmentCount, ...dates } };
    }),

    answers(sdk.GetPolicyVersionCommand, ({ PolicyArn, VersionId: id }, { state }) => {
      const { versions } = policy(state, PolicyArn);
      const found =
        versions.find(({ VersionId }) => VersionId === id) ??
        missing(`Policy ${PolicyArn} version ${id} does not exist or is not attachable.`);
      return { PolicyVersion: { ...found, IsDefaultVersion: found === versions.at(-1) } };
    }),

    answers(
      sdk.GetOpenIDConnectProviderCommand,
      ({ OpenIDConnectProviderArn: arn = '' }, { state }) =>
        state.oidcProvider(arn) ?? missing(`OpenIDConnect Provider not found for arn ${arn}`),
    ),
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
