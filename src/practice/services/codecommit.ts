import * as sdk from '@aws-sdk/client-codecommit';
import { refuse } from '../protocol/aws-error.ts';
import { type Answering, answers, type Call, type RegionalService } from '../service.ts';
import { blobId, type CodeCommitState, type CommitState, createCodeCommitState, type Tree, treeId } from '../state/codecommit.ts';

const LARGEST_FILE = 6 * 1024 * 1024;

const operations: readonly Answering<CodeCommitState>[] = [
  answers(sdk.GetRepositoryCommand, ({ repositoryName }, { state }) => ({ repositoryMetadata: repository(state, repositoryName) })),

  answers(sdk.ListBranchesCommand, ({ repositoryName }, { state, page }) => {
    const { repositoryName: name = '' } = repository(state, repositoryName);
    return page(state.branches(name), (branches) => ({ branches }));
  }),

  answers(sdk.GetBranchCommand, ({ repositoryName, branchName }, { state }) => {
    const { repositoryName: name = '' } = repository(state, repositoryName);
    if (!branchName) refuse('BranchNameRequiredException', 'A branch name is required');
    const commitId = state.head(name, branchName) ?? refuse('BranchDoesNotExistException', `Branch ${branchName} does not exist`);
    return { branch: { branchName, commitId } };
  }),

  answers(sdk.GetFolderCommand, ({ repositoryName, commitSpecifier, folderPath = '' }, { state }) => {
    const commit = resolve(state, repository(state, repositoryName), commitSpecifier);
    const path = folderPath.replace(/^\/+|\/+$/g, '');
    const inside = folder(commit.tree, path);
    if (inside.size === 0 && path !== '')
      refuse('FolderDoesNotExistException', `The folder ${folderPath} does not exist for the commit ${commit.id}`);
    const names = [...inside.keys()].sort();
    const subFolders = [...new Set(names.filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/'))))].sort();
    const paths = (name: string) => ({ absolutePath: path === '' ? name : `${path}/${name}`, relativePath: name });
    return {
      commitId: commit.id,
      folderPath: path,
      treeId: treeId(inside),
      subFolders: subFolders.map((name) => ({ treeId: treeId(folder(inside, name)), ...paths(name) })),
      files: names
        .filter((name) => !name.includes('/'))
        .map((name) => ({ blobId: blobId(inside.get(name) ?? new Uint8Array()), ...paths(name), fileMode: 'NORMAL' })),
      symbolicLinks: [],
      subModules: [],
    };
  }),

  answers(sdk.GetFileCommand, ({ repositoryName, commitSpecifier, filePath = '' }, { state }) => {
    const { id, tree } = resolve(state, repository(state, repositoryName), commitSpecifier);
    const path = filePath.replace(/^\/+/, '');
    const fileContent = tree.get(path) ?? refuse('FileDoesNotExistException', `The file ${filePath} does not exist for the commit ${id}`);
    const fileSize = fileContent.byteLength;
    if (fileSize > LARGEST_FILE) refuse('FileTooLargeException', `The file ${filePath} exceeds 6 MB`);
    return { commitId: id, blobId: blobId(fileContent), filePath: path, fileMode: 'NORMAL' as const, fileSize, fileContent };
  }),
];

export const codecommit: RegionalService<CodeCommitState> = {
  client: sdk.CodeCommitClient,
  state: createCodeCommitState,
  paging: {
    token: 'nextToken',
    size: 1000,
    badToken: () => refuse('InvalidContinuationTokenException', 'The continuation token is not valid'),
  },
  operations: operations.map(({ schema, handle }) => ({ schema, handle: (input, call) => handle(input, served(call)) })),
};

function served(call: Call<CodeCommitState>): Call<CodeCommitState> {
  if (call.account.settings.codecommitAvailable) return call;
  const why = 'because there is no existing repository in this AWS account or AWS Organization';
  return refuse('OperationNotAllowedException', `The request is not allowed ${why}`);
}

function repository(state: CodeCommitState, name: string | undefined): sdk.RepositoryMetadata {
  if (!name) refuse('RepositoryNameRequiredException', 'A repository name is required');
  if (!/^[\w.-]{1,100}$/.test(name)) refuse('InvalidRepositoryNameException', 'The repository name is not valid');
  return state.repository(name) ?? refuse('RepositoryDoesNotExistException', `${name} does not exist`);
}

/** A branch, `refs/heads/` branch or full commit id; without one the head of the default branch. */
function resolve(
  state: CodeCommitState,
  { repositoryName = '', defaultBranch }: sdk.RepositoryMetadata,
  specifier: string | undefined,
): CommitState {
  const name = specifier?.replace(/^refs\/heads\//, '') ?? defaultBranch ?? 'HEAD';
  const commit = state.commit(repositoryName, state.head(repositoryName, name) ?? name);
  return commit ?? refuse('CommitDoesNotExistException', `Could not resolve commit: ${specifier ?? name}`);
}

/** What lies under a folder, by path relative to it; everything for the root (`''`). */
function folder(tree: Tree, path: string): Tree {
  if (path === '') return tree;
  const prefix = `${path}/`;
  return new Map([...tree].flatMap(([name, content]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), content] as const] : [])));
}
