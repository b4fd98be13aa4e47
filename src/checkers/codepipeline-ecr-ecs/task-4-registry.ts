import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, ecrConsole, type ImageRepository } from '../../aws/services/ecr.ts';
import { readPolicy } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, notStarted, passed, undecided } from '../engine/verdict.ts';
import { policyWithoutLogin } from '../kit/ecr/policy-login.ts';
import { anyoneMayPull, PUSH_ACTIONS, repositoryAccess } from '../kit/ecr/repository-policy.ts';
import { ACCESS_SAYS } from '../kit/iam/role-access.ts';
import { NAME, OTHER_REGIONS, ROLES, roleName } from './names.ts';
import { createRegistry, editPolicy, place, REPOSITORY_POLICY, setPolicy } from './student.ts';

const { actionsUndecided } = ACCESS_SAYS;

const reads = { repository: ecr.repository, policy: ecr.repositoryPolicy, project: codebuild.project } as const;

function observe(aws: Bound<typeof reads>) {
  const repository = aws.repository(NAME);
  const policy = Promise.all([repository, aws.policy(NAME)]).then(([found, text]) => ({
    repository: found,
    policy: text && readPolicy(NAME, text.document, 'resource'),
  }));
  const pushing = Promise.all([policy, aws.project(NAME)]).then(([fact, project]) => ({ ...fact, buildRole: project?.serviceRole }));
  return { repository, policy, pushing };
}

const ofRepository = {
  resource: ({ repository }: { readonly repository: ImageRepository | undefined }) => repository?.arn,
  console: (_fact: unknown, place: TaskContext) => ecrConsole.repository(place, NAME),
} as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-4',
  title: {
    ko: 'ECR 리포지토리 생성과 정책 설정',
    ja: 'ECR リポジトリの作成とポリシーの設定',
    en: 'Create the ECR repository and its policy',
  },
  needs: ['task-2', 'task-3'],
  reads,
  observe,
  solve: {
    id: 'create-registry',
    title: {
      ko: 'ECR 리포지토리를 만들고 정책을 설정한다',
      ja: 'ECR リポジトリを作成し、ポリシーを設定する',
      en: 'Create the ECR repository and set its policy',
    },
    play: createRegistry,
  },
  files: { [REPOSITORY_POLICY]: { checks: ['policy-set', 'policy-push', 'policy-login', 'policy-private'], use: setPolicy } },
  expectations: [
    on.repository({
      id: 'registry',
      title: {
        ko: '같은 태그를 다시 푸시할 수 있는 ECR 리포지토리가 있다',
        ja: '同じタグを何度もプッシュできる ECR リポジトリがある',
        en: 'An ECR repository takes the same tag again and again',
      },
      step: 4,
      expected: { name: NAME, tagMutability: 'MUTABLE' },
      judge(repository, { region }) {
        if (repository === undefined) return notStarted(['registryMissing', { repository: NAME, region }]);
        // Every build pushes the same tag. MUTABLE is AWS's default; there is also MUTABLE with exceptions.
        return (repository.tagMutability ?? 'MUTABLE').startsWith('MUTABLE') ? passed() : failed(['tagsImmutable', { repository: NAME }]);
      },
      observed: (repository) => repository && { name: repository.name, tagMutability: repository.tagMutability ?? null },
      resource: (repository) => repository?.arn,
      console: (repository, place) => (repository ? ecrConsole.repository(place, NAME) : ecrConsole.repositories(place)),
      says: {
        registryMissing: {
          ko: '{region} 리전에 "{repository}" ECR 리포지토리가 없습니다. 리포지토리를 생성합니다.',
          ja: '{region} リージョンに ECR リポジトリ "{repository}" がありません。リポジトリを作成してください。',
          en: 'There is no ECR repository "{repository}" in {region}. Create it.',
        },
        tagsImmutable: {
          ko: '"{repository}" ECR 리포지토리의 태그를 바꿀 수 없습니다. 빌드마다 같은 태그를 푸시하므로 두 번째 푸시가 실패합니다. 태그 변경 가능성을 Mutable로 바꿉니다.',
          ja: 'ECR リポジトリ "{repository}" のタグは変更できません。ビルドのたびに同じタグをプッシュするので、2 回目のプッシュが失敗します。タグの変更可能性を Mutable に変えてください。',
          en: 'The tags of the ECR repository "{repository}" are immutable. Every build pushes the same tag, so the second push fails. Set tag mutability to Mutable.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(NAME))?.arn },
      breaks: {
        'tags-immutable': {
          title: { ko: '태그를 바꿀 수 없게 만든다', ja: 'タグを変更できないようにする', en: 'Make the tags immutable' },
          says: 'tagsImmutable',
          play: (account) => place(account).ecr.updateRepository(NAME, { imageTagMutability: 'IMMUTABLE' }),
        },
      },
    }),
    on.policy({
      ...ofRepository,
      id: 'policy-set',
      title: { ko: '리포지토리 정책이 설정되어 있다', ja: 'リポジトリポリシーが設定されている', en: 'The repository has a policy' },
      step: 7,
      after: 'registry',
      judge({ policy }) {
        if (policy === undefined) return failed(['policyMissing', { repository: NAME }]);
        return policy.state === 'read'
          ? passed()
          : undecided(['actionsUndecided', { role: ROLES.build, policy: NAME, actions: PUSH_ACTIONS.join(', '), open: policy.problem }]);
      },
      says: {
        actionsUndecided,
        policyMissing: {
          ko: '"{repository}" ECR 리포지토리에 정책이 없습니다. Permissions에서 정책 JSON을 붙여 넣고 저장합니다.',
          ja: 'ECR リポジトリ "{repository}" にポリシーがありません。Permissions でポリシーの JSON を貼り付けて保存してください。',
          en: 'The ECR repository "{repository}" has no policy. Paste the policy JSON under Permissions and save it.',
        },
      },
      breaks: {
        'policy-forgotten': {
          title: { ko: '리포지토리 정책을 빠뜨린다', ja: 'リポジトリポリシーを忘れる', en: 'Forget the repository policy' },
          says: 'policyMissing',
          play: (account) => place(account).ecr.setRepositoryPolicy(NAME, undefined),
        },
      },
    }),
    on.pushing({
      ...ofRepository,
      id: 'policy-push',
      title: {
        ko: '정책이 빌드 역할에 푸시를 허용한다',
        ja: 'ポリシーがビルドのロールにプッシュを許可する',
        en: 'The policy lets the build role push',
      },
      step: 7,
      after: 'policy-set',
      expected: ({ buildRole }) => buildRole,
      judge({ repository, policy, buildRole }, { account, partition }) {
        if (buildRole === undefined) return blocked('task-2');
        if (repository === undefined || policy === undefined) return blocked('policy-set');
        const { push } = repositoryAccess(policy, repository.arn, { aws: buildRole });
        const [denied] = push.denied;
        if (denied !== undefined) return failed(['policyDenies', { role: buildRole, action: denied.action }]);
        if (push.missing.length > 0) {
          // What is given to the account is each role's by its own policy, which task 3 looks at.
          const toAccount = repositoryAccess(policy, repository.arn, { aws: `arn:${partition}:iam::${account}:root` }).push;
          if (toAccount.missing.length + toAccount.denied.length + toAccount.undecided.length === 0) return passed();
          return failed(['policyGivesNothing', { role: buildRole, actions: push.missing.join(', ') }]);
        }
        const [open] = push.undecided;
        return open === undefined
          ? passed()
          : undecided(['actionsUndecided', { role: roleName(buildRole), policy: NAME, actions: open.action, open: open.open.join(', ') }]);
      },
      says: {
        actionsUndecided,
        policyGivesNothing: {
          ko: '리포지토리 정책이 빌드 역할 "{role}"에 다음 작업을 허용하지 않습니다: {actions}. Principal의 ARN(service-role/ 포함)과 Action을 확인합니다.',
          ja: 'リポジトリポリシーがビルドのロール "{role}" に次の操作を許可していません: {actions}。Principal の ARN(service-role/ を含む)と Action を確かめてください。',
          en: 'The repository policy does not allow this to the build role "{role}": {actions}. Check the ARN of the Principal (with service-role/) and the actions.',
        },
        policyDenies: {
          ko: '리포지토리 정책이 빌드 역할 "{role}"에 {action} 작업을 거부합니다. 그 문장을 지웁니다.',
          ja: 'リポジトリポリシーがビルドのロール "{role}" に {action} を拒否しています。その文を消してください。',
          en: 'The repository policy denies {action} to the build role "{role}". Remove that statement.',
        },
      },
      breaks: {
        'policy-other-role': {
          title: {
            ko: 'Principal에서 service-role/을 빠뜨린다',
            ja: 'Principal の service-role/ を忘れる',
            en: 'Leave out service-role/ in the Principal',
          },
          says: 'policyGivesNothing',
          play: editPolicy('role/service-role/', 'role/'),
        },
        'policy-denies': {
          title: {
            ko: '정책에서 빌드 역할의 푸시를 거부한다',
            ja: 'ポリシーでビルドのロールのプッシュを拒否する',
            en: 'Deny the push to the build role',
          },
          says: 'policyDenies',
          play: editPolicy('"Statement": [', '"Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage" },'),
        },
      },
    }),
    on.policy(
      policyWithoutLogin({
        repository: NAME,
        step: 6,
        after: 'policy-set',
        wrong: editPolicy('"ecr:PutImage",', '"ecr:PutImage", "ecr:GetAuthorizationToken",'),
      }),
    ),
    on.policy({
      ...ofRepository,
      id: 'policy-private',
      title: {
        ko: '누구에게나 열려 있지 않다',
        ja: 'だれにでも開かれてはいない',
        en: 'The policy does not open the repository to everyone',
      },
      step: 6,
      after: 'policy-set',
      judge({ repository, policy }) {
        if (repository === undefined || policy === undefined) return blocked('policy-set');
        return anyoneMayPull(policy, repository.arn) === 'allowed' ? failed(['policyPublic', { repository: NAME }]) : passed();
      },
      says: {
        policyPublic: {
          ko: '"{repository}" 리포지토리의 정책이 누구에게나 이미지를 열어 둡니다. Principal을 빌드 역할의 ARN으로 바꿉니다.',
          ja: 'リポジトリ "{repository}" のポリシーが、だれにでもイメージを開放しています。Principal をビルドのロールの ARN にしてください。',
          en: 'The policy of the repository "{repository}" gives the image to anyone. Make the Principal the ARN of the build role.',
        },
      },
      breaks: {
        'policy-public': {
          title: { ko: 'Principal을 *로 적는다', ja: 'Principal を * と書く', en: 'Write * as the Principal' },
          says: 'policyPublic',
          play: editPolicy(/\{\s*"AWS": "[^"]*"\s*\}/, '"*"'),
        },
      },
    }),
  ],
});
