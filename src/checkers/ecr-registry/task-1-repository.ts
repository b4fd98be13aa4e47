import type { Bound } from '../../aws/reader.ts';
import { ecr, ecrConsole, type ImageRepository } from '../../aws/services/ecr.ts';
import { matches as matchesWildcards } from '../../wildcards/wildcards.ts';
import { type Evidence, expectationsOn } from '../engine/expectation.ts';
import { incomplete } from '../engine/incomplete.ts';
import type { Json } from '../engine/result.ts';
import { closest } from '../engine/similar-names.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, notStarted, passed } from '../engine/verdict.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { type MadeRepository, pastRepositories } from '../kit/ecr/past-repository.ts';
import { NAME, OTHER_REGIONS } from './names.ts';
import { createRepository, place } from './student.ts';

const isEncrypted = ({ encryption }: MadeRepository) => encryption?.startsWith('KMS') === true;

/** Evidence from the newest call that created the repository; one that created it as the lab asks comes first. */
const fromCreation =
  (proves: (made: MadeRepository) => Json | undefined) =>
  async (aws: Bound<typeof pastEventReads>): Promise<Evidence | undefined> => {
    const made = await pastRepositories(aws, NAME);
    const best = made.find((one) => isEncrypted(one) && one.scanOnPush === true) ?? made[0];
    const observed = best && proves(best);
    return best === undefined || observed === undefined ? undefined : provenByEvent(best.event, observed);
  };

const reads = {
  repository: ecr.repository,
  repositoryNames: ecr.repositoryNames,
  scanning: ecr.registryScanning,
  ...pastEventReads,
} as const;

/** The letters of a name, in lower case and without doubles: two names that differ by a slip of the keyboard share them. */
const skeleton = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(.)\1+/g, '$1');
const isNear = (name: string) => skeleton(name).startsWith(skeleton(NAME));

/** Whether a scanning filter of the registry matches the repository. A filter without the wildcard `*` matches every name that contains it. */
const takes = (filter: string) => (filter.includes('*') ? matchesWildcards(filter, NAME) : NAME.includes(filter));

function observe(aws: Bound<typeof reads>) {
  const found = aws.repository(NAME).then(async (repository) => {
    // A repository whose name is nearly right is only looked for when there is none of the right name.
    const misnamed = repository === undefined ? closest(NAME, (await aws.repositoryNames()).filter(isNear), 1)[0] : undefined;
    return { repository, misnamed };
  });
  const scanned = found.then(async ({ repository }) => {
    // The registry's rules matter only when the repository itself does not scan pushes.
    const rules = repository && repository.scanOnPush !== true ? (await aws.scanning()).rules : [];
    const pushes = rules.filter(({ frequency }) => frequency !== 'MANUAL');
    return { repository, byRegistry: pushes.some(({ repositories }) => repositories.some(takes)) };
  });
  return { found, scanned };
}

interface Found {
  readonly repository: ImageRepository | undefined;
}

const ofRepository = {
  step: 8,
  resource: ({ repository }: Found) => repository?.arn,
  console: ({ repository }: Found, place: TaskContext) =>
    repository ? ecrConsole.repository(place, NAME) : ecrConsole.repositories(place),
} as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-1',
  title: { ko: 'ECR 리포지토리 생성', ja: 'ECR リポジトリの作成', en: 'Create the ECR repository' },
  reads,
  observe,
  solve: {
    id: 'create-repository',
    title: {
      ko: 'KMS와 스캔을 켜고 리포지토리를 만든다',
      ja: 'KMS とスキャンを有効にしてリポジトリを作る',
      en: 'Create the repository with KMS and scanning',
    },
    play: (account) => createRepository(account),
  },
  expectations: [
    on.found({
      ...ofRepository,
      id: 'repository',
      title: { ko: 'my-application 리포지토리가 있다', ja: 'my-application リポジトリがある', en: 'The repository my-application exists' },
      expected: NAME,
      judge({ repository, misnamed }, { region }) {
        if (repository !== undefined) return passed();
        return misnamed === undefined
          ? notStarted(['repositoryMissing', { repository: NAME, region }])
          : failed(['repositoryMisnamed', { found: misnamed, expected: NAME }]);
      },
      observed: ({ repository, misnamed }) => repository?.name ?? misnamed ?? null,
      says: {
        repositoryMissing: {
          ko: '{region} 리전에 "{repository}" ECR 리포지토리가 없습니다. 리전을 확인하고 리포지토리를 생성합니다.',
          ja: '{region} リージョンに ECR リポジトリ "{repository}" がありません。リージョンを確かめ、リポジトリを作成してください。',
          en: 'There is no ECR repository "{repository}" in {region}. Check the region and create the repository.',
        },
        repositoryMisnamed: {
          ko: '리포지토리의 이름이 "{found}"입니다. 이름은 바꿀 수 없으므로 삭제하고 "{expected}" 이름으로 다시 만듭니다.',
          ja: 'リポジトリの名前が "{found}" です。名前は変えられないので、削除して "{expected}" という名前で作り直してください。',
          en: 'The repository is called "{found}". Names cannot be changed: delete it and create it again as "{expected}".',
        },
      },
      past: fromCreation(() => NAME),
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(NAME))?.arn },
      breaks: {
        'repository-misnamed': {
          title: { ko: '리포지토리의 이름을 잘못 적는다', ja: 'リポジトリの名前を間違える', en: 'Misspell the name of the repository' },
          says: 'repositoryMisnamed',
          instead: (account) => createRepository(account, { name: 'my-aplication' }),
        },
      },
    }),
    on.found({
      ...ofRepository,
      id: 'encryption',
      title: { ko: 'KMS로 암호화한다', ja: 'KMS で暗号化する', en: 'It is encrypted with KMS' },
      after: 'repository',
      expected: 'KMS',
      judge({ repository }) {
        if (repository === undefined) return blocked('repository');
        const found = repository.encryption ?? incomplete('ecr:DescribeRepositories', 'the encryption');
        // KMS_DSSE encrypts twice, both times with a KMS key.
        return found.startsWith('KMS') ? passed() : failed(['encryptionOther', { repository: NAME, found }]);
      },
      observed: ({ repository }) => repository?.encryption,
      says: {
        encryptionOther: {
          ko: '"{repository}" 리포지토리의 암호화가 {found} 방식입니다. 나중에 바꿀 수 없으므로 삭제하고 encryptionType=KMS로 다시 만듭니다.',
          ja: 'リポジトリ "{repository}" の暗号化は {found} です。後から変えられないので、削除して encryptionType=KMS で作り直してください。',
          en: 'The repository "{repository}" is encrypted with {found}. This cannot be changed later: delete it and create it again with encryptionType=KMS.',
        },
      },
      past: fromCreation((made) => (isEncrypted(made) ? made.encryption : undefined)),
      breaks: {
        'encryption-default': {
          title: { ko: '암호화를 기본값으로 둔다', ja: '暗号化を既定のままにする', en: 'Leave the encryption at its default' },
          says: 'encryptionOther',
          instead: (account) => createRepository(account, { encryptionType: 'AES256' }),
        },
      },
    }),
    on.scanned({
      ...ofRepository,
      id: 'scanning',
      title: { ko: '푸시한 이미지를 스캔한다', ja: 'プッシュされたイメージをスキャンする', en: 'Pushed images are scanned' },
      after: 'repository',
      expected: true,
      judge({ repository, byRegistry }) {
        if (repository?.scanOnPush === true || byRegistry) return passed();
        if (repository?.scanOnPush === undefined) incomplete('ecr:DescribeRepositories', 'whether pushes are scanned');
        return failed(['scanOff', { repository: NAME }]);
      },
      observed: ({ repository, byRegistry }) => ({ scanOnPush: repository?.scanOnPush ?? null, byRegistry }),
      says: {
        scanOff: {
          ko: '"{repository}" 리포지토리의 이미지를 푸시할 때 스캔하지 않습니다. 리포지토리의 scanOnPush를 켜거나 레지스트리의 스캔 규칙에 추가합니다.',
          ja: 'リポジトリ "{repository}" のイメージはプッシュ時にスキャンされません。リポジトリの scanOnPush を有効にするか、レジストリのスキャンルールに加えてください。',
          en: 'Images pushed to "{repository}" are not scanned. Turn on scanOnPush, or add the repository to the scanning rules of the registry.',
        },
      },
      past: fromCreation(({ scanOnPush }) => scanOnPush || undefined),
      breaks: {
        'scan-off': {
          title: { ko: '스캔을 끈다', ja: 'スキャンを無効にする', en: 'Turn scanning off' },
          says: 'scanOff',
          play: (account) => place(account).ecr.updateRepository(NAME, { scanOnPush: false }),
        },
      },
    }),
  ],
  publishes: {
    found: ({ repository }, { account, region }) =>
      repository === undefined ? {} : { AccountId: account, Region: region, RepositoryUri: repository.uri },
  },
});
