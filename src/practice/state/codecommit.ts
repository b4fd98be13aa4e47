import { createHash } from 'node:crypto';
import type { RepositoryMetadata } from '@aws-sdk/client-codecommit';
import { impossible, keepNewest, Named, type Scope } from './scope.ts';

/** The files of a commit: path from the root without a leading slash, to content. */
export type Tree = ReadonlyMap<string, Uint8Array>;

export interface CommitState {
  /** 40 hex digits. */
  readonly id: string;
  readonly tree: Tree;
}

const MOST_COMMITS = 1000;

interface Entry {
  metadata: RepositoryMetadata;
  readonly wanted: string | undefined;
  readonly branches: Map<string, string>;
  readonly commits: CommitState[];
}

export type CodeCommitState = ReturnType<typeof createCodeCommitState>;

export function createCodeCommitState({ account, region, clock, mint }: Scope) {
  const entries = new Named<Entry>(clock, (name) => `${name} does not exist`);
  const headOf = (entry: Entry, branch: string) => entry.commits.find(({ id }) => id === entry.branches.get(branch));
  const commit = (entry: Entry, branch: string, tree: Tree) => {
    const parent = entry.branches.get(branch);
    const at = clock.tick(5);
    const made: CommitState = { id: mint.hex(40), tree };
    entry.commits.push(made);
    keepNewest(entry.commits, MOST_COMMITS);
    entry.branches.set(branch, made.id);
    const { defaultBranch } = entry.metadata;
    const becomesDefault = defaultBranch === undefined || (branch === entry.wanted && !parent);
    entry.metadata = { ...entry.metadata, defaultBranch: becomesDefault ? branch : defaultBranch, lastModifiedDate: at };
    return made.id;
  };
  return {
    /** `defaultBranch` takes effect with the first push to it, as in CodeCommit. */
    createRepository(name: string, { defaultBranch }: Pick<RepositoryMetadata, 'defaultBranch'> = {}): RepositoryMetadata {
      if (entries.has(name)) impossible(`Repository named ${name} already exists`);
      const at = clock.tick(1);
      const host = `git-codecommit.${region}.amazonaws.com/v1/repos/${name}`;
      const metadata: RepositoryMetadata = {
        accountId: account,
        repositoryId: mint.uuid(),
        repositoryName: name,
        lastModifiedDate: at,
        creationDate: at,
        cloneUrlHttp: `https://${host}`,
        cloneUrlSsh: `ssh://${host}`,
        Arn: `arn:aws:codecommit:${region}:${account}:${name}`,
      };
      entries.set(name, { metadata, wanted: defaultBranch, branches: new Map(), commits: [] });
      return metadata;
    },
    /**
     * Commits `files` over the branch's tree and pushes; a branch that does not exist begins empty.
     * The first branch pushed becomes the default branch.
     * @returns the commit id, 40 hex digits
     */
    push(repository: string, branch: string, files: Readonly<Record<string, string | Uint8Array>>): string {
      const entry = entries.known(repository);
      const tree = new Map(headOf(entry, branch)?.tree);
      for (const [path, content] of Object.entries(files)) {
        if (path === '' || path.split('/').includes('')) impossible(`A path has no empty part: received "${path}".`);
        tree.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content.slice());
      }
      return commit(entry, branch, tree);
    },
    /** Commits the removal of one file. @returns the commit id */
    remove(repository: string, branch: string, path: string): string {
      const entry = entries.known(repository);
      const tree = new Map(headOf(entry, branch)?.tree);
      if (!tree.delete(path)) impossible(`${repository} has no file ${path} on branch ${branch}`);
      return commit(entry, branch, tree);
    },
    deleteRepository: (name: string) => entries.remove(name),
    /** The commit id the branch points at. */
    head: (repository: string, branch: string): string | undefined => entries.get(repository)?.branches.get(branch),
    repository: (name: string): RepositoryMetadata | undefined => entries.get(name)?.metadata,
    /** Branch names, sorted. Empty for an empty or a missing repository. */
    branches: (repository: string): readonly string[] => [...(entries.get(repository)?.branches.keys() ?? [])].sort(),
    commit: (repository: string, id: string): CommitState | undefined => entries.get(repository)?.commits.find((one) => one.id === id),
  };
}

/** Git's own id of a file's content. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}

/** An id that is equal for equal folders; 40 hex digits. */
export function treeId(tree: Tree): string {
  const hash = createHash('sha1');
  for (const path of [...tree.keys()].sort()) hash.update(`${path}\0${blobId(tree.get(path) ?? new Uint8Array())}\n`);
  return hash.digest('hex');
}
