import type { PracticeAccount } from '../../../practice/account.ts';
import { edited } from '../student/mistakes.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

export type PracticeSource = ReturnType<typeof practiceSource>;

/**
 * What a student does in one CodeCommit repository of a practice account.
 * @param branch the branch that students push to
 */
export function practiceSource({ region, repository, branch = 'main' }: { region: string; repository: string; branch?: string }) {
  const codecommit = (account: PracticeAccount) => account.region(region).codecommit;

  const push = (account: PracticeAccount, files: Files, to: string = branch): string => codecommit(account).push(repository, to, files);

  /** @throws Error when the branch has no such file */
  const read = (account: PracticeAccount, path: string): string => {
    const head = codecommit(account).head(repository, branch);
    const content = head === undefined ? undefined : codecommit(account).commit(repository, head)?.tree.get(path);
    if (content === undefined) throw new Error(`The repository "${repository}" of the practice account has no file "${path}".`);
    return new TextDecoder().decode(content);
  };

  const remove = (account: PracticeAccount, path: string): void => {
    codecommit(account).remove(repository, branch, path);
  };

  const empty = (account: PracticeAccount): void => {
    codecommit(account).deleteRepository(repository);
    codecommit(account).createRepository(repository);
  };

  return {
    push,
    read,
    remove,
    /** A move that pushes another text in the place of the file's. */
    write: (path: string, text: string) => (account: PracticeAccount) => {
      push(account, { [path]: text });
    },
    /** A move that changes one thing in a file. */
    edit: (path: string, from: string | RegExp, to: string | ((found: string) => string)) => (account: PracticeAccount) => {
      push(account, { [path]: edited(read(account, path), from, to) });
    },
    /** A move that gives a file another path. */
    rename: (from: string, to: string) => (account: PracticeAccount) => {
      const text = read(account, from);
      remove(account, from);
      push(account, { [to]: text });
    },
    /** The repository as it was before anything was pushed. */
    empty,
    /**
     * Starts the repository anew and pushes the files to the branch `feature` only.
     * @param beside whether the right branch exists beside it, with nothing but a README
     */
    pushElsewhere(account: PracticeAccount, files: Files, beside: boolean): void {
      empty(account);
      if (beside) push(account, { 'README.md': `# ${repository}\n` });
      push(account, files, 'feature');
    },
    delete(account: PracticeAccount): void {
      codecommit(account).deleteRepository(repository);
    },
    /** The commit that a build takes. @throws Error when nothing was pushed */
    head(account: PracticeAccount): string {
      const head = codecommit(account).head(repository, branch);
      if (head === undefined) throw new Error(`Nothing was pushed to "${repository}" of the practice account.`);
      return head;
    },
  } as const;
}
