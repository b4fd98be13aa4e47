import type { Repository, SourceFile } from '../../../aws/services/codecommit.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import type { Mistake } from '../../engine/expectation.ts';
import { says } from '../../engine/texts.ts';
import { failed } from '../../engine/verdict.ts';
import { utf16 } from '../student/mistakes.ts';
import type { PracticeSource } from './practice-source.ts';
import { misnamed, nestedCopy, type Survey } from './survey.ts';

/** What checks of a repository that a stack made say of it, until it holds anything. */
export const PUSHED_SAYS = says({
  repositoryGone: {
    ko: '스택이 만든 "{repository}" CodeCommit 리포지토리가 없습니다. 삭제했다면 스택을 삭제하고 다시 생성하여 리포지토리를 만듭니다.',
    ja: 'スタックが作った CodeCommit リポジトリ "{repository}" がありません。削除した場合は、スタックを削除して作り直してください。',
    en: 'The CodeCommit repository "{repository}" that the stack made is gone. If you deleted it, delete the stack and create it again.',
  },
  notPushed: {
    ko: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin main`을 실행합니다.',
    ja: 'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin main` を実行してください。',
    en: 'The repository "{repository}" is empty. Did you commit without pushing? Run `git push origin main`.',
  },
});

/** What a check says of a default branch that is none of the expected ones. */
export const BRANCH_SAYS = says({
  branchWrong: {
    ko: '"{repository}" 리포지토리의 기본 브랜치가 "{branch}"입니다. 코드를 main 브랜치에 푸시하고 main을 기본 브랜치로 지정합니다.',
    ja: 'リポジトリ "{repository}" のデフォルトブランチは "{branch}" です。コードを main にプッシュし、main をデフォルトブランチにしてください。',
    en: 'The default branch of "{repository}" is "{branch}". Push the code to main and make main the default branch.',
  },
});

/** The names that the labs let a default branch have. */
export const DEFAULT_BRANCHES: readonly string[] = ['main', 'master'];

/** What is wrong with a repository into which nothing was pushed yet; `undefined` when something was. */
export function unpushed(name: string, repository: Repository | undefined) {
  if (repository === undefined) return failed(['repositoryGone', { repository: name }] as const);
  return repository.defaultBranch === undefined ? failed(['notPushed', { repository: name }] as const) : undefined;
}

/** The mistakes of not pushing, by practice move. */
export const notPushing = (source: PracticeSource) =>
  ({
    'not-pushed': {
      title: { ko: '커밋만 하고 푸시하지 않습니다', ja: 'コミットだけしてプッシュしない', en: 'Commit and do not push' },
      says: 'notPushed',
      play: source.empty,
    },
    'repository-deleted': {
      title: { ko: 'CodeCommit 리포지토리를 삭제합니다', ja: 'CodeCommit リポジトリを削除する', en: 'Delete the CodeCommit repository' },
      says: 'repositoryGone',
      play: source.delete,
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;

/** The mistake of pushing to a branch of another name. @param files what is pushed */
export const pushingToFeature = (source: PracticeSource, files: () => Readonly<Record<string, string>>) =>
  ({
    'pushed-to-feature-branch': {
      title: { ko: 'feature 브랜치에만 푸시합니다', ja: 'feature ブランチにだけプッシュする', en: 'Push to a feature branch only' },
      says: 'branchWrong',
      play: (account: PracticeAccount) => source.pushElsewhere(account, files(), false),
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;

/** What checks say of a file that belongs at the root of a source. */
export const FILE_SAYS = says({
  fileEmpty: {
    ko: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 업로드하고 커밋하고 푸시합니다.',
    ja: 'ファイル "{file}" は空です。演習ファイルをアップロードし直し、コミットしてプッシュしてください。',
    en: '"{file}" is empty. Upload the lab file again, commit and push.',
  },
  fileNotText: {
    ko: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. 편집기에서 UTF-8로 저장하거나 실습 파일을 다시 업로드합니다.',
    ja: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをアップロードし直してください。',
    en: '"{file}" is not UTF-8 text. Save it as UTF-8 in your editor, or upload the lab file again.',
  },
  fileMisnamed: {
    ko: '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
    ja: 'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
    en: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
  },
  fileNested: {
    ko: '"{file}" 파일이 리포지토리의 맨 위가 아니라 "{found}"에 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋하고 푸시합니다.',
    ja: 'ファイル "{file}" はリポジトリの直下ではなく "{found}" にあります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
    en: '"{file}" is not at the root of the repository but at "{found}". Move it with `git mv {found} {file}`, commit and push again.',
  },
  fileMissing: {
    ko: '"{repository}" 리포지토리의 기본 브랜치에 "{file}" 파일이 없습니다. 파일을 업로드하고 커밋하고 푸시합니다.',
    ja: 'リポジトリ "{repository}" のデフォルトブランチに "{file}" がありません。ファイルをアップロードし、コミットしてプッシュしてください。',
    en: 'The default branch of "{repository}" has no "{file}". Upload the file, commit and push.',
  },
});

/** What is wrong with the text of a file that is there. A file too large to be read is not empty. */
export function wrongText(file: string, found: SourceFile) {
  if (found.state === 'present' && found.text.trim() === '') return failed(['fileEmpty', { file }] as const);
  return found.state === 'not-text' ? failed(['fileNotText', { file }] as const) : undefined;
}

/**
 * Where a file lies that is not at the root: under nearly its name, or in a folder.
 * @param names nearly which names are looked for
 */
export function misplacedFile(around: Survey | undefined, file: string, names: readonly string[] = [file]) {
  if (around === undefined) return undefined;
  const other = names.map((name) => misnamed(around, name)).find((found) => found !== undefined);
  if (other !== undefined) return failed(['fileMisnamed', { file, found: other }] as const);
  const nested = nestedCopy(around, file);
  return nested === undefined ? undefined : failed(['fileNested', { file, found: nested }] as const);
}

/**
 * What students get wrong with a file at the root of a source, to be listed under the lab's names for the moves.
 * @param object the file's name as the object of a Korean sentence, e.g. `app.js를`
 * @param folder where it lies when it is not at the root, @param name what it is called when that is wrong
 */
export function fileMistakes(
  source: PracticeSource,
  { file, object, folder = 'src', name = `${file}.txt` }: { file: string; object: string; folder?: string; name?: string },
) {
  return {
    empty: {
      title: { ko: `빈 ${object} 푸시합니다`, ja: `空の ${file} をプッシュする`, en: `Push an empty ${file}` },
      says: 'fileEmpty',
      play: source.write(file, '\n'),
    },
    nested: {
      title: {
        ko: `${object} ${folder} 폴더에 넣습니다`,
        ja: `${file} を ${folder} フォルダに入れる`,
        en: `Put ${file} into the folder ${folder}`,
      },
      says: 'fileNested',
      play: source.rename(file, `${folder}/${file}`),
    },
    missing: {
      title: { ko: `${object} 빠뜨립니다`, ja: `${file} を忘れる`, en: `Leave out ${file}` },
      says: 'fileMissing',
      play: (account: PracticeAccount) => source.remove(account, file),
    },
    utf16: {
      title: { ko: `${object} UTF-16으로 저장합니다`, ja: `${file} を UTF-16 で保存する`, en: `Save ${file} as UTF-16` },
      says: 'fileNotText',
      play: (account: PracticeAccount) => {
        source.push(account, { [file]: utf16(source.read(account, file)) });
      },
    },
    misnamed: {
      title: { ko: `${object} ${name} 이름으로 저장합니다`, ja: `${file} を ${name} として保存する`, en: `Save ${file} as ${name}` },
      says: 'fileMisnamed',
      play: source.rename(file, name),
    },
  } as const satisfies Readonly<Record<string, Mistake>>;
}
