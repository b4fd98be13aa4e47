import { ecrConsole } from '../../../aws/services/ecr.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import type { Policy } from '../../dialects/iam/document.ts';
import { expectation } from '../../engine/expectation.ts';
import { namesLogin } from './repository-policy.ts';

interface PolicyOfLab {
  readonly repository: string;
  readonly step: number;
  /** The check of the policy itself. */
  readonly after: string;
  /** The practice move that breaks it: its id, and the policy with the login among its actions. */
  readonly move?: string;
  wrong(account: PracticeAccount): void;
}

/** The check that the policy of an image repository does not name the login, which it cannot give. */
export const policyWithoutLogin = ({ repository, step, after, move = 'policy-names-login', wrong }: PolicyOfLab) =>
  expectation<{ readonly policy: Policy | undefined }>()({
    id: 'policy-login',
    title: {
      ko: '리포지토리 정책에 소용없는 로그인 권한이 없습니다',
      ja: 'リポジトリポリシーに効果のないログインの許可がない',
      en: 'The policy does not name the login, which it cannot give',
    },
    step,
    after,
    holds: ({ policy }) => policy !== undefined && !namesLogin(policy),
    otherwise: ['policyNamesLogin', { repository }],
    resource: (_fact, { account, partition, region }) => `arn:${partition}:ecr:${region}:${account}:repository/${repository}`,
    console: (_fact, place) => ecrConsole.repository(place, repository),
    says: {
      policyNamesLogin: {
        ko: '"{repository}" 리포지토리의 정책에 ecr:GetAuthorizationToken이 있습니다. 레지스트리 전체에 대한 작업이라 여기서는 효과가 없으므로 지웁니다. 로그인 권한은 IAM 정책에서 "*"에 허용합니다.',
        ja: 'リポジトリ "{repository}" のポリシーに ecr:GetAuthorizationToken があります。レジストリ全体に対する操作なので、ここでは効果がありません。消してください。ログインは IAM ポリシーで "*" に許可します。',
        en: 'The policy of the repository "{repository}" names ecr:GetAuthorizationToken. It works on the whole registry and has no effect here; remove it. Allow the login on "*" in an IAM policy.',
      },
    },
    breaks: {
      [move]: {
        title: {
          ko: '리포지토리 정책에 GetAuthorizationToken을 적습니다',
          ja: 'リポジトリポリシーに GetAuthorizationToken を書く',
          en: 'Write GetAuthorizationToken into the repository policy',
        },
        says: 'policyNamesLogin',
        play: wrong,
      },
    },
  });
