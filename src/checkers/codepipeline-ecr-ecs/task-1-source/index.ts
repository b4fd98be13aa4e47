import { codecommitConsole } from '../../../aws/services/codecommit.ts';
import { defineTask } from '../../engine/task.ts';
import { failed, notStarted, passed } from '../../engine/verdict.ts';
import { BUILDSPEC, DOCKERFILE, NAME, OTHER_REGIONS } from '../names.ts';
import { pushSource, source } from '../student.ts';
import { artifacts, imageDefinitions, imagePush, login } from './course.ts';
import { observe, on, reads } from './facts.ts';
import { baseImage, buildspecPresent, buildspecValid, dockerfile } from './files.ts';

export default defineTask({
  id: 'task-1',
  title: {
    ko: 'CodeCommit 리포지토리 생성과 소스 푸시',
    ja: 'CodeCommit リポジトリの作成とソースのプッシュ',
    en: 'Create the CodeCommit repository and push the source',
  },
  reads,
  observe,
  solve: { id: 'push-source', title: { ko: '소스를 푸시한다', ja: 'ソースをプッシュする', en: 'Push the source' }, play: pushSource },
  files: {
    [BUILDSPEC]: {
      checks: ['buildspec-present', 'buildspec-valid', 'ecr-login', 'image-push', 'image-definitions', 'artifacts', 'base-image'],
      use: (account, text) => source.write(BUILDSPEC, text)(account),
    },
    [DOCKERFILE]: { checks: ['dockerfile', 'base-image'], use: (account, text) => source.write(DOCKERFILE, text)(account) },
  },
  expectations: [
    on.repository({
      id: 'repository',
      title: {
        ko: '소스를 CodeCommit에 푸시했다',
        ja: 'ソースを CodeCommit にプッシュした',
        en: 'The source has been pushed to CodeCommit',
      },
      step: 14,
      expected: NAME,
      judge(repository, { region }) {
        if (repository === undefined) return notStarted(['repositoryMissing', { repository: NAME, region }]);
        return repository.defaultBranch === undefined ? failed(['notPushed', { repository: NAME }]) : passed();
      },
      observed: (repository) => repository && { defaultBranch: repository.defaultBranch ?? null },
      resource: (repository) => repository?.arn,
      console: (_repository, place) => codecommitConsole.repository(place, NAME),
      says: {
        repositoryMissing: {
          ko: '{region} 리전에 "{repository}" CodeCommit 리포지토리가 없습니다. 리전을 확인하고 리포지토리를 생성합니다.',
          ja: '{region} リージョンに CodeCommit リポジトリ "{repository}" がありません。リージョンを確かめ、リポジトリを作成してください。',
          en: 'There is no CodeCommit repository "{repository}" in {region}. Check the region and create the repository.',
        },
        notPushed: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin master`를 실행합니다.',
          ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin master` を実行してください。',
          en: 'The repository "{repository}" is empty. Committed but not pushed? Run `git push origin master`.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['repository'], find: async (aws) => (await aws.repository(NAME))?.arn },
      breaks: {
        'not-pushed': {
          title: { ko: '커밋만 하고 푸시하지 않는다', ja: 'コミットだけしてプッシュしない', en: 'Commit without pushing' },
          says: 'notPushed',
          play: source.empty,
        },
      },
    }),
    buildspecPresent,
    buildspecValid,
    login,
    imagePush,
    imageDefinitions,
    artifacts,
    dockerfile,
    baseImage,
  ],
  publishes: {
    repository: (repository, { account, region }) => (repository === undefined ? {} : { AccountId: account, Region: region }),
  },
});
