import type { Bound } from '../../../aws/reader.ts';
import { cloudtrail, type TrailEvent } from '../../../aws/services/cloudtrail.ts';
import { type Policy, readPolicy } from '../../dialects/iam/document.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';
export const pastRoleReads = { iamChanges: cloudtrail.iamChanges } as const;

/** What a role was from one change to the next. */
export interface PastRole {
  readonly name: string;
  /** The trust policy, parsed; its text when it is no JSON document. */
  readonly trust: unknown;
  /** Its inline policies; it had no others. */
  readonly policies: readonly Policy[];
  /** The change that made it so. */
  readonly change: TrailEvent;
}

interface State {
  trust: unknown;
  readonly inline: Map<string, unknown>;
  /** Managed policies and the permissions boundary: the role's changes do not tell what they say. */
  readonly unread: Set<string>;
}

/** CloudTrail's times are whole seconds. Changes within one second are put in this order. */
const ORDER = [
  'CreateRole',
  'UpdateAssumeRolePolicy',
  'PutRolePolicy',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'DeleteRolePolicy',
  'DeleteRole',
];

/**
 * What a role was after each of its changes of the last 90 days, newest first, whether or not it still exists. Left out are a role that was
 * created earlier, and the times at which it had managed policies or a boundary, because what those said is not known.
 */
export async function pastRoles(aws: Bound<typeof pastRoleReads>, name: string): Promise<readonly PastRole[]> {
  const changes = (await aws.iamChanges(name)).filter(({ requestParameters }) => requestParameters?.['roleName'] === name);
  const rank = (change: TrailEvent) => ORDER.indexOf(change.name);
  const past: PastRole[] = [];
  let state: State | undefined;
  for (const change of changes.toSorted((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b))) {
    state = changed(state, change);
    if (state === undefined || state.unread.size > 0) continue;
    const policies = [...state.inline].map(([policy, document]) => readPolicy(policy, document, 'identity'));
    past.unshift({ name, trust: state.trust, policies, change });
  }
  return past;
}

/** The role after a change; `undefined` while it does not exist, or when its creation is not known. */
function changed(state: State | undefined, { name, requestParameters = {} }: TrailEvent): State | undefined {
  const text = (member: string) => {
    const value = requestParameters[member];
    return typeof value === 'string' ? value : '';
  };
  if (name === 'CreateRole') {
    const boundary = text('permissionsBoundary');
    return { trust: text('assumeRolePolicyDocument'), inline: new Map(), unread: new Set(boundary === '' ? [] : ['boundary']) };
  }
  if (state === undefined || name === 'DeleteRole') return undefined;
  if (name === 'UpdateAssumeRolePolicy') state.trust = text('policyDocument');
  else if (name === 'PutRolePolicy') state.inline.set(text('policyName'), text('policyDocument'));
  else if (name === 'DeleteRolePolicy') state.inline.delete(text('policyName'));
  else if (name === 'AttachRolePolicy') state.unread.add(text('policyArn'));
  else if (name === 'DetachRolePolicy') state.unread.delete(text('policyArn'));
  else if (name === 'PutRolePermissionsBoundary') state.unread.add('boundary');
  else if (name === 'DeleteRolePermissionsBoundary') state.unread.delete('boundary');
  return state;
}

/** Evidence from the newest time at which everything about the role was right. */
export function provenByRole(
  past: readonly PastRole[],
  isRight: (role: PastRole) => boolean,
  observed: (role: PastRole) => Json,
): Evidence | undefined {
  const role = past.find(isRight);
  return role && { event: { at: role.change.at.toISOString(), id: role.change.id }, observed: observed(role), resource: role.name };
}
