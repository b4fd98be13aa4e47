import { ACCOUNT, type ForeignAccount, type ForeignRole, MADE } from '../state.ts';
import { type Ask, element, type Reply, xml, xmlError } from '../wire.ts';

/** STS: whoever asks is the same user of the one account, and may take any role. */
export function callers({ operation, input }: Ask): Reply | undefined {
  if (operation === 'AssumeRole') {
    const name = String(input['RoleArn']).split('role/')[1];
    const secrets = `${element('SessionToken', 'token')}${element('SecretAccessKey', 'secret')}${element('AccessKeyId', 'ASIAFOREIGN')}`;
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${input['RoleSessionName']}`;
    return xml(
      operation,
      `<Credentials>${secrets}${element('Expiration', '2999-01-01T00:00:00.000Z')}</Credentials>` +
        `<AssumedRoleUser>${element('Arn', arn)}${element('AssumedRoleId', 'AROAFOREIGN:s')}</AssumedRoleUser>${element('PackedPolicySize', '6')}`,
    );
  }
  return operation === 'GetCallerIdentity'
    ? xml(
        operation,
        `${element('Arn', `arn:aws:sts::${ACCOUNT}:user/foreign`)}${element('UserId', 'AKIAFOREIGN')}${element('Account', ACCOUNT)}`,
      )
    : undefined;
}

const encoded = (document: unknown) => encodeURIComponent(JSON.stringify(document));
const whole = element('IsTruncated', 'false');
const lacking = (what: unknown) => xmlError('NoSuchEntity', `${what} not found.`, 404);

/** IAM: roles and the account's own managed policies. */
export function roles(
  { operation, input }: Ask,
  { roles: all = [], policies = {}, oidcProviders = {} }: ForeignAccount,
): Reply | undefined {
  if (operation === 'GetOpenIDConnectProvider') {
    const arn = String(input['OpenIDConnectProviderArn']);
    const url = arn.slice(arn.indexOf('/') + 1);
    const clientIds = oidcProviders[url];
    if (clientIds === undefined) return lacking(`OpenIDConnect Provider not found for arn ${arn}`);
    const listed = clientIds.map((id) => element('member', id)).join('');
    return xml(operation, `${element('Url', url)}<ClientIDList>${listed}</ClientIDList><ThumbprintList></ThumbprintList>`);
  }
  if (operation === 'GetPolicy' || operation === 'GetPolicyVersion') return ofPolicy(operation, String(input['PolicyArn']), policies);
  const found = all.find(({ name }) => name === input['RoleName']);
  if (found === undefined) return input['RoleName'] === undefined ? undefined : lacking(`Role ${input['RoleName']}`);
  return ofRole(operation, found, input);
}

function ofPolicy(operation: string, arn: string, policies: NonNullable<ForeignAccount['policies']>): Reply {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const document = policies[name];
  if (document === undefined) return lacking(`Policy ${arn}`);
  return operation === 'GetPolicy'
    ? xml(operation, `<Policy>${element('PolicyName', name)}${element('Arn', arn)}${element('DefaultVersionId', 'v1')}</Policy>`)
    : xml(operation, `<PolicyVersion>${element('VersionId', 'v1')}${element('Document', encoded(document))}</PolicyVersion>`);
}

function ofRole(operation: string, role: ForeignRole, input: Ask['input']): Reply | undefined {
  const { name, path = '/', trust, inline = {}, attached = [] } = role;
  switch (operation) {
    case 'GetRole':
      return xml(
        operation,
        `<Role>${element('Path', path)}${element('Arn', `arn:aws:iam::${ACCOUNT}:role${path}${name}`)}${element('RoleName', name)}` +
          `${element('AssumeRolePolicyDocument', encoded(trust))}${element('CreateDate', MADE)}${element('RoleId', 'AROAFOREIGN')}<Tags/></Role>`,
      );
    case 'ListRolePolicies': {
      const names = Object.keys(inline).map((policy) => element('member', policy));
      return xml(operation, `<PolicyNames>${names.join('')}</PolicyNames>${whole}`);
    }
    case 'GetRolePolicy': {
      const policy = String(input['PolicyName']);
      const document = element('PolicyDocument', encoded(inline[policy]));
      return xml(operation, `${element('PolicyName', policy)}${element('RoleName', name)}${document}`);
    }
    case 'ListAttachedRolePolicies': {
      const listed = attached.map((arn) => `<member>${element('PolicyName', arn)}${element('PolicyArn', arn)}</member>`);
      return xml(operation, `${whole}<AttachedPolicies>${listed.join('')}</AttachedPolicies>`);
    }
    default:
      return undefined;
  }
}
