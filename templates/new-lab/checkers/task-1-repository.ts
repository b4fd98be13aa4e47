import type { Bound } from '../../aws/reader.ts';
import { ecr, ecrConsole } from '../../aws/services/ecr.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { failed, notStarted, passed } from '../engine/verdict.ts';
import { createRepository, REPOSITORY } from './student.ts';

const reads = { repository: ecr.repository };
const observe = (aws: Bound<typeof reads>) => ({ repository: aws.repository(REPOSITORY) });
const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-1',
  title: { ko: '리포지토리 만들기', ja: 'リポジトリの作成', en: 'Create a repository' },
  reads,
  observe,
  solve: {
    id: 'create-repository',
    title: { ko: '리포지토리를 만듭니다', ja: 'リポジトリを作成します', en: 'Create the repository' },
    play: (account) => createRepository(account),
  },
  expectations: [
    on.repository({
      id: 'scan-on-push',
      title: {
        ko: '푸시할 때 스캔하는 리포지토리가 있습니다',
        ja: 'プッシュ時にスキャンするリポジトリがあります',
        en: 'There is a repository that scans on push',
      },
      step: 2,
      expected: true,
      judge(repository, { region }) {
        if (repository === undefined) return notStarted(['repositoryMissing', { repository: REPOSITORY, region }]);
        return repository.scanOnPush ? passed() : failed(['scanOff', { repository: REPOSITORY }]);
      },
      observed: (repository) => repository?.scanOnPush,
      resource: (repository) => repository?.arn,
      console: (repository, place) => (repository ? ecrConsole.repository(place, repository.name) : ecrConsole.repositories(place)),
      says: {
        repositoryMissing: {
          ko: '{region} 리전에 "{repository}" 리포지토리가 없습니다. 리전과 이름을 확인하고, 아직 만들지 않았다면 만듭니다.',
          ja: '{region} リージョンに "{repository}" リポジトリがありません。リージョンと名前を確認し、まだなら作成します。',
          en: 'There is no repository "{repository}" in {region}. Check the region and the name, and create it if you have not.',
        },
        scanOff: {
          ko: '"{repository}" 리포지토리가 푸시한 이미지를 스캔하지 않습니다. 리포지토리를 편집해 Scan on push를 켭니다.',
          ja: '"{repository}" リポジトリはプッシュしたイメージをスキャンしません。リポジトリを編集して Scan on push を有効にします。',
          en: 'The repository "{repository}" does not scan pushed images. Edit the repository and turn on Scan on push.',
        },
      },
      breaks: {
        'scan-off': {
          title: {
            ko: '스캔을 켜지 않고 리포지토리를 만듭니다',
            ja: 'スキャンを有効にせずにリポジトリを作成します',
            en: 'Create the repository without scanning',
          },
          says: 'scanOff',
          instead: (account) => createRepository(account, { scanOnPush: false }),
        },
      },
    }),
  ],
});
