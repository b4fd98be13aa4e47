import { iamConsole, type Role } from '../../../aws/services/iam.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import type { RequestContext } from '../../dialects/iam/context.ts';
import { readPolicy } from '../../dialects/iam/document.ts';
import { trusts } from '../../dialects/iam/evaluate.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { failed, notStarted, passed, undecided } from '../../engine/verdict.ts';
import { ownRequest } from './role-access.ts';

export const TRUST_SAYS = says({
  trustMissing: {
    ko: '"{role}" 역할의 신뢰 정책이 {service} 서비스에 sts:AssumeRole을 허용하지 않습니다. 신뢰 관계를 고칩니다.',
    ja: 'ロール "{role}" の信頼ポリシーは {service} に sts:AssumeRole を許可していません。信頼関係を直してください。',
    en: 'The trust policy of the role "{role}" does not allow {service} sts:AssumeRole. Correct the trust relationship.',
  },
  trustUndecided: {
    ko: '"{role}" 역할의 신뢰 정책이 허용하는지 여기서는 알 수 없습니다({open}). 틀렸다는 뜻은 아닙니다.',
    ja: 'ロール "{role}" の信頼ポリシーが許可するか、ここからは分かりません ({open})。間違いという意味ではありません。',
    en: 'Whether the trust policy of the role "{role}" allows it cannot be told from here ({open}). That does not mean it is wrong.',
  },
});

/** The same, for a role that students create themselves. */
export const ROLE_SAYS = says({
  roleMissing: {
    ko: '"{role}" IAM 역할이 없습니다. 역할을 생성합니다.',
    ja: 'IAM ロール "{role}" がありません。ロールを作成してください。',
    en: 'There is no IAM role "{role}". Create it.',
  },
  ...TRUST_SAYS,
});

/** What is known of the request with which a service takes a role for a resource of the account looked at. */
export function serviceRequest(context: TaskContext, sourceArn: string): RequestContext {
  return { ...ownRequest(context), 'aws:SourceAccount': context.account, 'aws:SourceArn': sourceArn };
}

/** Whether a service such as `codebuild.amazonaws.com` may take the role. */
export function trustOf({ trust }: Pick<Role, 'trust'>, service: string, request: RequestContext = {}) {
  const answer = trusts(readPolicy('trust policy', trust, 'resource'), { service }, 'sts:AssumeRole', request);
  if (answer.decision === 'allowed') return { state: 'trusted' } as const;
  return answer.decision === 'undecided' ? ({ state: 'undecided', open: answer.open } as const) : ({ state: 'not-trusted' } as const);
}

export function judgeTrust({ name: role }: Pick<Role, 'name'>, trust: ReturnType<typeof trustOf>, service: string) {
  if (trust.state === 'trusted') return passed();
  if (trust.state === 'undecided') return undecided(['trustUndecided', { role, open: trust.open.join(', ') }]);
  return failed(['trustMissing', { role, service }]);
}

type TrustMistakes = Readonly<Record<string, Mistake<keyof typeof ROLE_SAYS>>>;

interface TrustOfRole {
  readonly id: string;
  readonly title: Texts;
  readonly step: number;
  readonly role: string;
  readonly service: string;
  /** The ARN of the resource for which the service takes the role: `aws:SourceArn` of its requests. */
  source(context: TaskContext): string;
  readonly breaks: TrustMistakes;
  readonly moments?: TrustMistakes;
}

/** The check that a role exists and that a service may take it. */
export const roleTrusted = ({ role, service, source, moments = {}, ...declared }: TrustOfRole) =>
  expectation<Role | undefined>()({
    ...declared,
    moments,
    expected: service,
    judge: (found, context) =>
      found === undefined
        ? notStarted(['roleMissing', { role }])
        : judgeTrust(found, trustOf(found, service, serviceRequest(context, source(context))), service),
    observed: (found) => found?.arn ?? null,
    resource: (_found, { account, partition }) => `arn:${partition}:iam::${account}:role/${role}`,
    console: (_found, place) => iamConsole.role(place, role),
    says: ROLE_SAYS,
  });

/** The mistake of letting another service take the role. */
export const trustOther = (title: Texts, role: string, service: string) =>
  ({ title, says: 'trustMissing', play: (account: PracticeAccount) => trustService(account, role, service) }) as const;

/** Lets a service, and no other, take the role. @param condition of the statement */
export function trustService(account: PracticeAccount, role: string, service: string, condition?: object): void {
  account.iam.updateAssumeRolePolicy(role, serviceTrust(service, condition));
}

/** A trust policy that lets one service take a role. */
export const serviceTrust = (service: string, condition?: object) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(condition !== undefined && { Condition: condition }),
    },
  ],
});
