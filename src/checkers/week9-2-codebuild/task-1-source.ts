import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { judgedFile, ofPushed, type PushedFiles, pushedSource, pushedSourceReads } from '../kit/codecommit/pushed-source.ts';
import {
  BRANCH_SAYS,
  DEFAULT_BRANCHES,
  FILE_SAYS,
  fileMistakes,
  misplacedFile,
  notPushing,
  PUSHED_SAYS,
  pushingToFeature,
  unpushed,
  wrongText,
} from '../kit/codecommit/source-files.ts';
import { nestedCopy } from '../kit/codecommit/survey.ts';
import { APP_FILES, outputsOf, STACK } from './names.ts';
import { appFiles, pushApp, source } from './student.ts';

type AppFile = (typeof APP_FILES)[number];
type Source = PushedFiles<AppFile>;

const allMissing = ({ files }: Source) => APP_FILES.every((file) => files?.[file].state === 'no-path');

/** The one folder that holds all three files, when none of them lies at the root. */
function folderOfAll(fact: Source): string | undefined {
  const { survey: around } = fact;
  if (around === undefined || !allMissing(fact)) return undefined;
  const [folder, ...others] = APP_FILES.map((file) => nestedCopy(around, file)?.slice(0, -file.length));
  return others.every((other) => other === folder) ? folder : undefined;
}

/** Another branch that holds the files, when the default branch has none of them. */
function branchOfAll(fact: Source): string | undefined {
  if (!allMissing(fact) || folderOfAll(fact) !== undefined) return undefined;
  return fact.survey?.branches.find(({ paths }) => APP_FILES.some((file) => paths.includes(file)))?.name;
}

const reads = { stack: cloudformation.stack, ...pushedSourceReads } as const;

const observe = (aws: Bound<typeof reads>) =>
  pushedSource(
    aws,
    aws.stack(STACK).then((stack) => outputsOf(stack).sourceRepository),
    APP_FILES,
  );

const on = expectationsOn<typeof observe>();

/** What the checks of the three files have in common. */
const ofFile = (file: AppFile, step: number) =>
  ({
    ...ofPushed,
    step,
    after: 'files-at-root',
    expected: file,
    judge({ name, files, survey: around }: Source) {
      const found = files?.[file];
      if (name === undefined || found === undefined) return blocked('task-0');
      const wrong = wrongText(file, found);
      if (wrong !== undefined) return wrong;
      if (found.state === 'present' || found.state === 'too-large') return passed();
      return misplacedFile(around, file) ?? failed(['fileMissing', { file, repository: name }] as const);
    },
    observed({ files }: Source) {
      const found = files?.[file];
      return found && 'sizeBytes' in found && found.sizeBytes !== undefined ? { sizeBytes: found.sizeBytes } : undefined;
    },
    says: FILE_SAYS,
  }) as const;

const appJs = fileMistakes(source, { file: 'app.js', object: 'app.js를' });
const packageJson = fileMistakes(source, { file: 'package.json', object: 'package.json을' });
const dockerfile = fileMistakes(source, { file: 'Dockerfile', object: 'Dockerfile을' });

export default defineTask({
  id: 'task-1',
  title: { ko: '애플리케이션 코드 준비', ja: 'アプリケーションコードの準備', en: 'Prepare the application code' },
  needs: ['task-0'],
  reads,
  observe,
  solve: {
    id: 'push-app',
    title: { ko: '애플리케이션 코드를 푸시합니다', ja: 'アプリケーションコードをプッシュする', en: 'Push the application code' },
    play: pushApp,
  },
  files: {
    'app.js': judgedFile(source, 'app.js', ['app-js']),
    'package.json': judgedFile(source, 'package.json', ['package-json']),
    Dockerfile: judgedFile(source, 'Dockerfile', ['dockerfile']),
  },
  expectations: [
    on.repository({
      ...ofPushed,
      id: 'pushed',
      title: {
        ko: '코드를 CodeCommit에 푸시했습니다',
        ja: 'コードを CodeCommit にプッシュした',
        en: 'The code has been pushed to CodeCommit',
      },
      step: 23,
      judge: ({ name, repository }) => (name === undefined ? blocked('task-0') : (unpushed(name, repository) ?? passed())),
      observed: ({ repository }) => repository && { defaultBranch: repository.defaultBranch ?? null },
      resource: ({ name, repository }) => repository?.arn ?? name,
      says: PUSHED_SAYS,
      breaks: notPushing(source),
    }),
    on.source({
      ...ofPushed,
      id: 'default-branch',
      title: {
        ko: '코드가 기본 브랜치(main 또는 master)에 있습니다',
        ja: 'コードがデフォルトブランチ(main または master)にある',
        en: 'The code is on the default branch (main or master)',
      },
      step: 9,
      after: 'pushed',
      expected: DEFAULT_BRANCHES,
      judge(fact) {
        const branch = fact.repository?.defaultBranch ?? '';
        if (!DEFAULT_BRANCHES.includes(branch)) return failed(['branchWrong', { repository: fact.name ?? '', branch }]);
        const other = branchOfAll(fact);
        return other === undefined ? passed() : failed(['filesOnOtherBranch', { branch, other }]);
      },
      observed: ({ repository }) => repository?.defaultBranch,
      says: {
        ...BRANCH_SAYS,
        filesOnOtherBranch: {
          ko: '기본 브랜치 "{branch}"에는 파일이 없고 "{other}" 브랜치에 있습니다. 같은 파일을 "{branch}" 브랜치에 푸시합니다.',
          ja: 'ファイルはデフォルトブランチ "{branch}" になく、ブランチ "{other}" にあります。同じファイルを "{branch}" にプッシュしてください。',
          en: 'The default branch "{branch}" does not hold the files; the branch "{other}" does. Push the same files to "{branch}".',
        },
      },
      breaks: {
        ...pushingToFeature(source, appFiles),
        'files-on-other-branch': {
          title: {
            ko: '기본 브랜치가 아닌 브랜치에 파일을 푸시합니다',
            ja: 'デフォルトでないブランチにファイルをプッシュする',
            en: 'Push the files to a branch that is not the default',
          },
          says: 'filesOnOtherBranch',
          play: (account) => source.pushElsewhere(account, appFiles(), true),
        },
      },
    }),
    on.source({
      ...ofPushed,
      id: 'files-at-root',
      title: {
        ko: '파일이 리포지토리의 맨 위에 있습니다',
        ja: 'ファイルがリポジトリの直下にある',
        en: 'The files are at the root of the repository',
      },
      step: 16,
      after: 'default-branch',
      judge(fact) {
        const folder = folderOfAll(fact);
        return folder === undefined ? passed() : failed(['allNested', { folder }]);
      },
      says: {
        allNested: {
          ko: '파일이 "{folder}" 폴더 안에 있습니다. 파일을 리포지토리의 맨 위로 옮기고 다시 커밋하고 푸시합니다.',
          ja: 'ファイルがフォルダ "{folder}" の中にあります。リポジトリの直下に移し、もう一度コミットしてプッシュしてください。',
          en: 'The files are inside the folder "{folder}". Move them to the root of the repository, commit and push again.',
        },
      },
      breaks: {
        'all-in-folder': {
          title: { ko: '압축을 푼 폴더째 푸시합니다', ja: '解凍したフォルダごとプッシュする', en: 'Push the unzipped folder as a whole' },
          says: 'allNested',
          play(account) {
            source.empty(account);
            source.push(account, Object.fromEntries(Object.entries(appFiles()).map(([file, text]) => [`week9-2-cicd-lab/${file}`, text])));
          },
        },
      },
    }),
    on.source({
      ...ofFile('app.js', 13),
      id: 'app-js',
      title: { ko: 'app.js가 있습니다', ja: 'app.js がある', en: 'app.js is there' },
      breaks: { 'app-js-empty': appJs.empty, 'app-js-nested': appJs.nested },
    }),
    on.source({
      ...ofFile('package.json', 14),
      id: 'package-json',
      title: { ko: 'package.json이 있습니다', ja: 'package.json がある', en: 'package.json is there' },
      breaks: { 'package-json-missing': packageJson.missing, 'package-json-utf16': packageJson.utf16 },
    }),
    on.source({
      ...ofFile('Dockerfile', 15),
      id: 'dockerfile',
      title: { ko: 'Dockerfile이 있습니다', ja: 'Dockerfile がある', en: 'Dockerfile is there' },
      breaks: { 'dockerfile-txt': dockerfile.misnamed },
    }),
  ],
});
