import { parseArn } from './arn.ts';
import { type Certainty, openBecause } from './certainty.ts';
import type { Listed, Principals } from './document.ts';

/**
 * Who asks: `aws` the ARN of a role or user (for a role its own ARN, not that of a session), `service` a service's name
 * such as `codebuild.amazonaws.com`, `federated` the ARN of an identity provider or its name.
 */
export type Principal = { readonly aws: string } | { readonly service: string } | { readonly federated: string };

/** `named`: itself or as anyone. `account`: only its account is named, which leaves the decision to that account's own policies. */
type Naming = 'named' | 'account' | 'not-named';

/** How a `Principal` list names the one who asks; open when it names a session of the role. */
export function namingOf(principals: Principals, principal: Principal): Naming | { readonly open: readonly string[] } {
  // "*" and { "AWS": "*" } are the same to a resource policy: anyone.
  if (principals.get('AWS')?.includes('*')) return 'named';
  if ('service' in principal) return principals.get('Service')?.includes(principal.service) ? 'named' : 'not-named';
  if ('federated' in principal) return principals.get('Federated')?.includes(principal.federated) ? 'named' : 'not-named';
  const names = principals.get('AWS') ?? [];
  const { account, partition, resource } = parseArn(principal.aws) ?? { account: '', partition: '', resource: '' };
  if (names.includes(principal.aws)) return 'named';
  if (account !== '' && (names.includes(account) || names.includes(`arn:${partition}:iam::${account}:root`))) return 'account';
  const role = /^role\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
  const session = `arn:${partition}:sts::${account}:assumed-role/${role}/`;
  return role !== undefined && names.some((name) => name.startsWith(session)) ? openBecause('the name of the role session') : 'not-named';
}

/**
 * Whether a statement is about the one who asks. A Deny that excepts them is open: IAM then still denies unless their
 * account and session are excepted as well. Source: IAM User Guide, "NotPrincipal".
 */
export function concerns({ except, values }: Listed<Principals>, effect: 'Allow' | 'Deny', principal: Principal | undefined): Certainty {
  if (principal === undefined) return values.get('AWS')?.includes('*') ? !except : openBecause('the principal');
  const naming = namingOf(values, principal);
  if (typeof naming === 'object') return naming;
  if (!except) return naming !== 'not-named';
  if (naming === 'not-named') return true;
  return effect === 'Deny' ? openBecause('NotPrincipal') : false;
}
