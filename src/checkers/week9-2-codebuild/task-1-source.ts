import { type Repository, readers, type SourceFile } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, type Verdict } from '../engine/verdict.ts';
import { misnamed, nestedCopy, type Survey, survey, surveyReads } from '../kit/codecommit/survey.ts';
import { utf16 } from '../kit/student/mistakes.ts';
import { APP_FILES, DEFAULTS, outputsOf, STACK } from './names.ts';
import { APP, emptyRepository, place, push, pushApp, removeFile } from './student.ts';

const BRANCHES = ['main', 'master'];

type AppFile = (typeof APP_FILES)[number];

interface Source {
  /** The name that the stack's output gives; unset while there is none. */
  readonly name: string | undefined;
  readonly repository: Repository | undefined;
  readonly files: Readonly<Record<AppFile, SourceFile>> | undefined;
  /** Only when a file is not where it should be. */
  readonly survey: Survey | undefined;
}

const missing = ({ files }: Source) => APP_FILES.filter((file) => files?.[file].state === 'no-path');

function judgeFile(source: Source, file: AppFile) {
  const { name, survey: around } = source;
  const found = source.files?.[file];
  if (name === undefined || found === undefined) return blocked('task-0');
  switch (found.state) {
    case 'present':
      return found.text.trim() === '' ? failed(['fileEmpty', { file }]) : passed();
    case 'too-large':
      return passed();
    case 'not-text':
      return failed(['fileNotText', { file }]);
    default: {
      const other = around && misnamed(around, file);
      if (other !== undefined) return failed(['fileMisnamed', { file, found: other }]);
      const nested = around && nestedCopy(around, file);
      if (nested !== undefined) return failed(['fileNested', { file, found: nested }]);
      return failed(['fileMissing', { file, repository: name }]);
    }
  }
}

/** The one folder that holds all three files, when none of them lies at the root. */
function folderOfAll(source: Source): string | undefined {
  const around = source.survey;
  if (around === undefined || missing(source).length < APP_FILES.length) return undefined;
  const folders = APP_FILES.map((file) => nestedCopy(around, file)?.slice(0, -file.length));
  return folders.every((folder) => folder !== undefined && folder === folders[0]) ? folders[0] : undefined;
}

/** Another branch that holds the files, when the default branch has none of them. */
function branchOfAll(source: Source): string | undefined {
  if (missing(source).length < APP_FILES.length || folderOfAll(source) !== undefined) return undefined;
  return source.survey?.branches.find(({ paths }) => APP_FILES.some((file) => paths.includes(file)))?.name;
}

const sizeOf = (source: Source, file: AppFile) => {
  const found = source.files?.[file];
  return found && 'sizeBytes' in found ? found.sizeBytes : undefined;
};

const fileExpectation = <const Id extends string>(id: Id, file: AppFile) =>
  ({
    id,
    step: file === 'Dockerfile' ? 15 : file === 'app.js' ? 13 : 14,
    after: 'files-at-root',
    expected: file,
    judge: (source: Source) => judgeFile(source, file),
    observed: (source: Source) => {
      const sizeBytes = sizeOf(source, file);
      return sizeBytes === undefined ? undefined : { sizeBytes };
    },
    resource: (source: Source) => source.repository?.arn,
    console: ({ name }: Source, { console }: { console: { codeCommitRepository(name: string): string } }) =>
      name === undefined ? undefined : console.codeCommitRepository(name),
  }) as const;

const reads = {
  stack: readers.cloudformation.stack,
  repository: readers.codecommit.pushedRepository,
  file: readers.codecommit.file,
  ...surveyReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const name = aws.stack(STACK).then((stack) => outputsOf(stack).sourceRepository);
  const repository = name.then(async (known) => ({
    name: known,
    repository: known === undefined ? undefined : await aws.repository(known),
  }));
  const source = name.then(async (known): Promise<Source> => {
    if (known === undefined) return { name: known, repository: undefined, files: undefined, survey: undefined };
    const [found, app, manifest, dockerfile] = await Promise.all([
      aws.repository(known),
      ...APP_FILES.map((file) => aws.file(known, undefined, file)),
    ] as [Promise<Repository | undefined>, Promise<SourceFile>, Promise<SourceFile>, Promise<SourceFile>]);
    const files = { 'app.js': app, 'package.json': manifest, Dockerfile: dockerfile };
    const lost = APP_FILES.some((file) => files[file].state === 'no-path');
    return { name: known, repository: found, files, survey: lost ? await survey(aws, known, found?.defaultBranch) : undefined };
  });
  return { repository, source };
}

const on = expectationsOn<typeof observe>();

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
  expectations: [
    on.repository({
      id: 'pushed',
      title: {
        ko: '코드를 CodeCommit에 푸시했습니다',
        ja: 'コードを CodeCommit にプッシュした',
        en: 'The code has been pushed to CodeCommit',
      },
      step: 23,
      judge({ name, repository }) {
        if (name === undefined) return blocked('task-0');
        if (repository === undefined) return failed(['repositoryGone', { repository: name }]);
        if (repository.defaultBranch === undefined) return failed(['notPushed', { repository: name }]);
        return passed();
      },
      observed: ({ repository }) => repository && { defaultBranch: repository.defaultBranch ?? null },
      resource: ({ name, repository }) => repository?.arn ?? name,
      console: ({ name }, { console }) => (name === undefined ? undefined : console.codeCommitRepository(name)),
      says: {
        notPushed: {
          ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin main`을 실행합니다.',
          ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin main` を実行してください。',
          en: 'The repository "{repository}" is empty. Did you commit without pushing? Run `git push origin main`.',
        },
        repositoryGone: {
          ko: '스택이 만든 "{repository}" CodeCommit 리포지토리가 없습니다. 삭제했다면 스택을 삭제하고 다시 생성하여 리포지토리를 만듭니다.',
          ja: 'スタックが作った CodeCommit リポジトリ "{repository}" がありません。削除した場合は、スタックを削除して作り直してください。',
          en: 'The CodeCommit repository "{repository}" that the stack made is gone. If you deleted it, delete the stack and create it again.',
        },
      },
      breaks: {
        'not-pushed': {
          title: { ko: '커밋만 하고 푸시하지 않습니다', ja: 'コミットだけしてプッシュしない', en: 'Commit and do not push' },
          says: 'notPushed',
          play: emptyRepository,
        },
        'repository-deleted': {
          title: {
            ko: 'CodeCommit 리포지토리를 삭제합니다',
            ja: 'CodeCommit リポジトリを削除する',
            en: 'Delete the CodeCommit repository',
          },
          says: 'repositoryGone',
          play: (account) => place(account).codecommit.deleteRepository(DEFAULTS.sourceRepository),
        },
      },
    }),
    on.source({
      id: 'default-branch',
      title: {
        ko: '코드가 기본 브랜치(main 또는 master)에 있습니다',
        ja: 'コードがデフォルトブランチ(main または master)にある',
        en: 'The code is on the default branch (main or master)',
      },
      step: 9,
      after: 'pushed',
      expected: BRANCHES,
      judge(source) {
        const branch = source.repository?.defaultBranch ?? '';
        if (!BRANCHES.includes(branch)) return failed(['branchWrong', { repository: source.name ?? '', branch }]);
        const other = branchOfAll(source);
        if (other !== undefined) return failed(['filesOnOtherBranch', { branch, other }]);
        return passed();
      },
      observed: ({ repository }) => repository?.defaultBranch,
      resource: ({ repository }) => repository?.arn,
      console: ({ name }, { console }) => (name === undefined ? undefined : console.codeCommitRepository(name)),
      says: {
        branchWrong: {
          ko: '"{repository}" 리포지토리의 기본 브랜치가 "{branch}"입니다. 코드를 main 브랜치에 푸시하고 main을 기본 브랜치로 지정합니다.',
          ja: 'リポジトリ "{repository}" のデフォルトブランチは "{branch}" です。コードを main にプッシュし、main をデフォルトブランチにしてください。',
          en: 'The default branch of "{repository}" is "{branch}". Push the code to main and make main the default branch.',
        },
        filesOnOtherBranch: {
          ko: '기본 브랜치 "{branch}"에는 파일이 없고 "{other}" 브랜치에 있습니다. 같은 파일을 "{branch}" 브랜치에 푸시합니다.',
          ja: 'ファイルはデフォルトブランチ "{branch}" になく、ブランチ "{other}" にあります。同じファイルを "{branch}" にプッシュしてください。',
          en: 'The default branch "{branch}" does not hold the files; the branch "{other}" does. Push the same files to "{branch}".',
        },
      },
      breaks: {
        'pushed-to-feature-branch': {
          title: { ko: 'feature 브랜치에만 푸시합니다', ja: 'feature ブランチにだけプッシュする', en: 'Push to a feature branch only' },
          says: 'branchWrong',
          play(account) {
            emptyRepository(account);
            push(account, APP, 'feature');
          },
        },
        'files-on-other-branch': {
          title: {
            ko: '기본 브랜치가 아닌 브랜치에 파일을 푸시합니다',
            ja: 'デフォルトでないブランチにファイルをプッシュする',
            en: 'Push the files to a branch that is not the default',
          },
          says: 'filesOnOtherBranch',
          play(account) {
            emptyRepository(account);
            push(account, { 'README.md': '# week9-2\n' });
            push(account, APP, 'feature');
          },
        },
      },
    }),
    on.source({
      id: 'files-at-root',
      title: {
        ko: '파일이 리포지토리의 맨 위에 있습니다',
        ja: 'ファイルがリポジトリの直下にある',
        en: 'The files are at the root of the repository',
      },
      step: 16,
      after: 'default-branch',
      judge(source) {
        const folder = folderOfAll(source);
        return folder === undefined ? passed() : failed(['allNested', { folder }]);
      },
      resource: ({ repository }) => repository?.arn,
      console: ({ name }, { console }) => (name === undefined ? undefined : console.codeCommitRepository(name)),
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
            emptyRepository(account);
            push(account, Object.fromEntries(Object.entries(APP).map(([file, text]) => [`week9-2-cicd-lab/${file}`, text])));
          },
        },
      },
    }),
    on.source({
      ...fileExpectation('app-js', 'app.js'),
      title: { ko: 'app.js가 있습니다', ja: 'app.js がある', en: 'app.js is there' },
      says: {
        fileEmpty: {
          ko: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 업로드하고 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" は空です。演習ファイルをアップロードし直し、コミットしてプッシュしてください。',
          en: '"{file}" is empty. Upload the lab file again, commit and push.',
        },
        fileNested: {
          ko: '"{file}" 파일이 리포지토리의 맨 위가 아니라 "{found}"에 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" はリポジトリの直下ではなく "{found}" にあります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
          en: '"{file}" is not at the root of the repository but at "{found}". Move it with `git mv {found} {file}`, commit and push again.',
        },
      },
      breaks: {
        'app-js-empty': {
          title: { ko: '빈 app.js를 푸시합니다', ja: '空の app.js をプッシュする', en: 'Push an empty app.js' },
          says: 'fileEmpty',
          play(account) {
            push(account, { 'app.js': '' });
          },
        },
        'app-js-nested': {
          title: { ko: 'app.js를 src 폴더에 넣습니다', ja: 'app.js を src フォルダに入れる', en: 'Put app.js into the folder src' },
          says: 'fileNested',
          play(account) {
            removeFile(account, 'app.js');
            push(account, { 'src/app.js': APP['app.js'] });
          },
        },
      },
    }),
    on.source({
      ...fileExpectation('package-json', 'package.json'),
      title: { ko: 'package.json이 있습니다', ja: 'package.json がある', en: 'package.json is there' },
      says: {
        fileMissing: {
          ko: '"{repository}" 리포지토리의 기본 브랜치에 "{file}" 파일이 없습니다. 파일을 업로드하고 커밋하고 푸시합니다.',
          ja: 'リポジトリ "{repository}" のデフォルトブランチに "{file}" がありません。ファイルをアップロードし、コミットしてプッシュしてください。',
          en: 'The default branch of "{repository}" has no "{file}". Upload the file, commit and push.',
        },
        fileNotText: {
          ko: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. 편집기에서 UTF-8로 저장하거나 실습 파일을 다시 업로드합니다.',
          ja: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをアップロードし直してください。',
          en: '"{file}" is not UTF-8 text. Save it as UTF-8 in your editor, or upload the lab file again.',
        },
      },
      breaks: {
        'package-json-missing': {
          title: { ko: 'package.json을 빠뜨립니다', ja: 'package.json を忘れる', en: 'Leave out package.json' },
          says: 'fileMissing',
          play: (account) => removeFile(account, 'package.json'),
        },
        'package-json-utf16': {
          title: { ko: 'package.json을 UTF-16으로 저장합니다', ja: 'package.json を UTF-16 で保存する', en: 'Save package.json as UTF-16' },
          says: 'fileNotText',
          play(account) {
            push(account, { 'package.json': utf16(APP['package.json']) });
          },
        },
      },
    }),
    on.source({
      ...fileExpectation('dockerfile', 'Dockerfile'),
      title: { ko: 'Dockerfile이 있습니다', ja: 'Dockerfile がある', en: 'Dockerfile is there' },
      says: {
        fileMisnamed: {
          ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
          ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
          en: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
        },
      },
      breaks: {
        'dockerfile-txt': {
          title: {
            ko: 'Dockerfile을 Dockerfile.txt로 저장합니다',
            ja: 'Dockerfile を Dockerfile.txt として保存する',
            en: 'Save Dockerfile as Dockerfile.txt',
          },
          says: 'fileMisnamed',
          play(account) {
            removeFile(account, 'Dockerfile');
            push(account, { 'Dockerfile.txt': APP.Dockerfile });
          },
        },
      },
    }),
  ],
});
