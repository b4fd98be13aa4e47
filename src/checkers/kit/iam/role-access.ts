import { iamConsole } from '../../../aws/services/iam.ts';
import type { RequestContext } from '../../dialects/iam/context.ts';
import type { Policy } from '../../dialects/iam/document.ts';
import { accountsNamed, whichActionsMissing } from '../../dialects/iam/questions.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { blocked, failed, passed, undecided } from '../../engine/verdict.ts';

/** What checks say of permissions. `role` is the role that has the policies, or a policy that is judged by itself. */
export const OWN_ACCESS_SAYS = says({
  actionsMissing: {
    ko: '"{role}"에는 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책과 비교해 고칩니다.',
    ja: '"{role}" に、"{resource}" に対する次の権限がありません: {actions}。教材のポリシーと比べて直してください。',
    en: '"{role}" lacks these permissions: {actions} on the resource {resource}. Compare it with the policies of the lab.',
  },
  actionsDenied: {
    ko: '"{role}"의 "{policy}" 정책이 다음 작업을 명시적으로 거부합니다: {actions}. 거부는 허용보다 우선하므로 그 문장을 지웁니다.',
    ja: '"{role}" のポリシー "{policy}" が次の操作を明示的に拒否しています: {actions}。拒否は許可に優先するので、その文を消してください。',
    en: 'The policy "{policy}" of "{role}" explicitly denies: {actions}. A Deny wins over every Allow: remove that statement.',
  },
  actionsUndecided: {
    ko: '"{role}"에 다음 작업이 허용되는지 판단하지 못했습니다: {actions}. "{policy}" 정책에서 여기서는 알 수 없는 것({open})에 달려 있습니다. 틀렸다는 뜻이 아닙니다. 조건 없는 문장으로 적으면 확인할 수 있습니다.',
    ja: '"{role}" に次の操作が許可されるか判断できませんでした: {actions}。ポリシー "{policy}" の、ここからは分からないもの({open})によります。間違いという意味ではありません。条件のないステートメントなら確認できます。',
    en: 'We could not decide whether "{role}" may do this: {actions}. It depends on something in the policy "{policy}" that cannot be seen from here ({open}). That does not mean it is wrong. A statement without a condition can be checked.',
  },
});

/** The same, and what checks say when policies name another account. */
export const ACCESS_SAYS = says({
  ...OWN_ACCESS_SAYS,
  actionsOtherAccount: {
    ko: '"{role}"에 다음 권한이 없습니다: {actions}. 정책에 계정 {other}의 리소스가 적혀 있습니다. 자신의 계정 ID인 {account} 값으로 바꿉니다.',
    ja: '"{role}" に次の権限がありません: {actions}。ポリシーにはアカウント {other} のリソースが書かれています。自分のアカウント ID {account} に替えてください。',
    en: '"{role}" lacks these permissions: {actions}. The policy names resources of the account {other}. Put your own account id {account} there.',
  },
});

/**
 * Whether the policies of a role allow actions on one resource. What is wrong comes before what is undecided, of which `open` names
 * what would have to be known. `other-account`: not allowed, and the policies name `other`, which is not the account looked at.
 * @param resource an ARN, or `*` for actions that work on none in particular
 * @param request what is known of the request besides account and region
 */
export function accessOf(
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  context: TaskContext,
  request: RequestContext = {},
) {
  const { denied, missing, undecided } = whichActionsMissing(policies, actions, resource, { ...ownRequest(context), ...request });
  const [denial] = denied;
  if (denial !== undefined) return { state: 'denied', actions: denied.map(({ action }) => action), policy: denial.because.policy } as const;
  if (missing.length > 0) {
    const other = accountsNamed(policies).find((named) => named !== context.account);
    return other === undefined
      ? ({ state: 'missing', actions: missing } as const)
      : ({ state: 'other-account', actions: missing, other } as const);
  }
  const [doubt] = undecided;
  if (doubt === undefined) return { state: 'allowed' } as const;
  const open = [...new Set(undecided.flatMap((one) => one.open))];
  return { state: 'undecided', actions: undecided.map(({ action }) => action), policy: doubt.because.policy, open } as const;
}

type Access = ReturnType<typeof accessOf>;

/** What is known of a request that a role of the account looked at makes there. */
export const ownRequest = ({ account, region }: TaskContext): RequestContext => ({
  'aws:PrincipalAccount': account,
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
});

/** The powers, each an action on a resource, that the policies certainly give. */
export function powersOf(
  policies: readonly Policy[],
  powers: readonly { readonly action: string; readonly resource: string }[],
  context: TaskContext,
) {
  return powers.filter(({ action, resource }) => {
    const { missing, denied, undecided } = whichActionsMissing(policies, [action], resource, ownRequest(context));
    return missing.length + denied.length + undecided.length === 0;
  });
}

const listed = (names: readonly string[]) => names.join(', ');

/** What to say of permissions on a resource of the account looked at. @param role the role or policy, as students know it */
export function judgeOwnAccess(role: string, access: Exclude<Access, { state: 'other-account' }>, resource: string) {
  if (access.state === 'allowed') return passed();
  const about = { role, actions: listed(access.actions), resource };
  if (access.state === 'missing') return failed(['actionsMissing', about]);
  const byPolicy = { ...about, policy: access.policy };
  return access.state === 'denied'
    ? failed(['actionsDenied', byPolicy])
    : undecided(['actionsUndecided', { ...byPolicy, open: listed(access.open) }]);
}

/** The same, and says so when policies name another account. */
export function judgeAccess(role: string, access: Access, resource: string, { account }: TaskContext) {
  if (access.state !== 'other-account') return judgeOwnAccess(role, access, resource);
  return failed(['actionsOtherAccount', { role, actions: listed(access.actions), resource, other: access.other, account }]);
}

type AccessMistakes = Readonly<Record<string, Mistake<keyof typeof ACCESS_SAYS>>>;

interface AccessOfRole {
  readonly id: string;
  readonly title: Texts;
  readonly step: number;
  /** The check of the role itself. */
  readonly after: string;
  readonly role: string;
  readonly actions: readonly string[];
  /** An ARN, or `*`. */
  resource(context: TaskContext): string;
  readonly breaks: AccessMistakes;
  readonly moments?: AccessMistakes;
}

/** The check that a role's policies allow actions on one resource. Its fact is the role's policies; undefined when there is no role. */
export const roleAllows = ({ role, actions, resource, moments = {}, ...declared }: AccessOfRole) =>
  expectation<readonly Policy[] | undefined>()({
    ...declared,
    moments,
    expected: actions,
    judge: (policies, context) =>
      policies === undefined
        ? blocked(declared.after)
        : judgeAccess(role, accessOf(policies, actions, resource(context), context), resource(context), context),
    observed: (policies) => policies?.map(({ name }) => name),
    resource: (_policies, { account, partition }) => `arn:${partition}:iam::${account}:role/${role}`,
    console: (_policies, place) => iamConsole.role(place, role),
    says: ACCESS_SAYS,
  });
