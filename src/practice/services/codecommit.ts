import {
  GetBranch$,
  type GetBranchCommandInput,
  type GetBranchCommandOutput,
  GetCommit$,
  type GetCommitCommandInput,
  type GetCommitCommandOutput,
  GetFile$,
  type GetFileCommandInput,
  type GetFileCommandOutput,
  GetFolder$,
  type GetFolderCommandInput,
  type GetFolderCommandOutput,
  GetRepository$,
  type GetRepositoryCommandInput,
  type GetRepositoryCommandOutput,
  ListBranches$,
  type ListBranchesCommandInput,
  type ListBranchesCommandOutput,
  ListRepositories$,
  type ListRepositoriesCommandInput,
  type ListRepositoriesCommandOutput,
  type RepositoryMetadata,
} from '@aws-sdk/client-codecommit';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, type Operation, operation, type Service } from '../protocol/operation.ts';
import { blobId, type CommitState, type Tree, treeId } from '../state/codecommit.ts';

const PAGE = 1000;
const LARGEST_FILE = 6 * 1024 * 1024;

const operations: readonly Operation[] = [
  operation<GetRepositoryCommandInput, GetRepositoryCommandOutput>(GetRepository$, ({ repositoryName }, call) => ({
    repositoryMetadata: repository(call, repositoryName),
  })),

  operation<ListRepositoriesCommandInput, ListRepositoriesCommandOutput>(
    ListRepositories$,
    ({ nextToken, sortBy = 'repositoryName', order = 'ascending' }, { region }) => {
      const member = sortBy === 'lastModifiedDate' ? 'lastModifiedDate' : 'repositoryName';
      const sorted = region.codecommit.repositories().toSorted((a, b) => ((a[member] ?? '') < (b[member] ?? '') ? -1 : 1));
      const ordered = order === 'descending' ? sorted.toReversed() : sorted;
      const { items, next } = pageOf(ordered, paging(`ListRepositories ${sortBy} ${order}`, nextToken));
      return { repositories: items.map(({ repositoryName, repositoryId }) => ({ repositoryName, repositoryId })), nextToken: next };
    },
  ),

  operation<ListBranchesCommandInput, ListBranchesCommandOutput>(ListBranches$, ({ repositoryName, nextToken }, call) => {
    const { repositoryName: name = '' } = repository(call, repositoryName);
    const { items, next } = pageOf(call.region.codecommit.branches(name), paging(`ListBranches ${name}`, nextToken));
    return { branches: items, nextToken: next };
  }),

  operation<GetBranchCommandInput, GetBranchCommandOutput>(GetBranch$, ({ repositoryName, branchName }, call) => {
    const { repositoryName: name = '' } = repository(call, repositoryName);
    if (!branchName) throw new AwsError('BranchNameRequiredException', 'A branch name is required');
    const commitId = call.region.codecommit.head(name, branchName);
    if (commitId === undefined) throw new AwsError('BranchDoesNotExistException', `Branch ${branchName} does not exist`);
    return { branch: { branchName, commitId } };
  }),

  operation<GetFolderCommandInput, GetFolderCommandOutput>(GetFolder$, ({ repositoryName, commitSpecifier, folderPath = '' }, call) => {
    const commit = resolve(call, repository(call, repositoryName), commitSpecifier);
    const path = folderPath.replace(/^\/+|\/+$/g, '');
    const inside = folder(commit.tree, path);
    if (inside.size === 0 && path !== '') {
      throw new AwsError('FolderDoesNotExistException', `The folder ${folderPath} does not exist for the commit ${commit.id}`);
    }
    const absolute = (relativePath: string) => (path === '' ? relativePath : `${path}/${relativePath}`);
    const names = [...inside.keys()];
    const subFolders = [...new Set(names.filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/'))))];
    return {
      commitId: commit.id,
      folderPath: path,
      treeId: treeId(inside),
      subFolders: subFolders
        .sort()
        .map((name) => ({ treeId: treeId(folder(inside, name)), absolutePath: absolute(name), relativePath: name })),
      files: names
        .filter((name) => !name.includes('/'))
        .sort()
        .map((name) => ({
          blobId: blobId(inside.get(name) ?? new Uint8Array()),
          absolutePath: absolute(name),
          relativePath: name,
          fileMode: 'NORMAL',
        })),
      symbolicLinks: [],
      subModules: [],
    };
  }),

  operation<GetFileCommandInput, GetFileCommandOutput>(GetFile$, ({ repositoryName, commitSpecifier, filePath = '' }, call) => {
    const commit = resolve(call, repository(call, repositoryName), commitSpecifier);
    const path = filePath.replace(/^\/+/, '');
    const fileContent = commit.tree.get(path);
    if (!fileContent) {
      throw new AwsError('FileDoesNotExistException', `The file ${filePath} does not exist for the commit ${commit.id}`);
    }
    if (fileContent.byteLength > LARGEST_FILE) throw new AwsError('FileTooLargeException', `The file ${filePath} exceeds 6 MB`);
    return {
      commitId: commit.id,
      blobId: blobId(fileContent),
      filePath: path,
      fileMode: 'NORMAL',
      fileSize: fileContent.byteLength,
      fileContent,
    };
  }),

  operation<GetCommitCommandInput, GetCommitCommandOutput>(GetCommit$, ({ repositoryName, commitId = '' }, call) => {
    const { repositoryName: name = '' } = repository(call, repositoryName);
    const commit = call.region.codecommit.commit(name, commitId);
    if (!commit) throw new AwsError('CommitIdDoesNotExistException', `The commit ${commitId} does not exist`);
    // Git's own spelling of a date: epoch seconds and the offset.
    const who = { name: commit.author, email: '', date: `${Math.floor(commit.at.getTime() / 1000)} +0000` };
    const { id, treeId: tree, parents, message } = commit;
    return { commit: { commitId: id, treeId: tree, parents: [...parents], message, author: who, committer: who, additionalData: '' } };
  }),
];

export const codecommit: Service = {
  id: 'codecommit',
  wire: { protocol: 'json', target: 'CodeCommit_20150413' },
  operations: operations.map(({ schema, handle }) => ({ schema, handle: (input, call) => handle(input, served(call)) })),
};

function served(call: Call): Call {
  if (call.account.settings.codecommitAvailable) return call;
  const why = 'because there is no existing repository in this AWS account or AWS Organization';
  throw new AwsError('OperationNotAllowedException', `The request is not allowed ${why}`);
}

function repository({ region }: Call, name: string | undefined): RepositoryMetadata {
  if (!name) throw new AwsError('RepositoryNameRequiredException', 'A repository name is required');
  if (!/^[\w.-]{1,100}$/.test(name)) throw new AwsError('InvalidRepositoryNameException', 'The repository name is not valid');
  const found = region.codecommit.repository(name);
  if (!found) throw new AwsError('RepositoryDoesNotExistException', `${name} does not exist`);
  return found;
}

/** A branch, `refs/heads/` branch or full commit id; without one the head of the default branch. */
function resolve({ region }: Call, { repositoryName = '', defaultBranch }: RepositoryMetadata, specifier: string | undefined): CommitState {
  const name = specifier?.replace(/^refs\/heads\//, '') ?? defaultBranch ?? 'HEAD';
  const id = region.codecommit.head(repositoryName, name) ?? name;
  const commit = region.codecommit.commit(repositoryName, id);
  if (!commit) throw new AwsError('CommitDoesNotExistException', `Could not resolve commit: ${specifier ?? name}`);
  return commit;
}

/** What lies under a folder, by path relative to it; everything for the root (`''`). */
function folder(tree: Tree, path: string): Tree {
  if (path === '') return tree;
  const prefix = `${path}/`;
  return new Map([...tree].flatMap(([name, content]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), content] as const] : [])));
}

function paging(of: string, token: string | undefined): PageRequest {
  const badToken = () => new AwsError('InvalidContinuationTokenException', 'The continuation token is not valid');
  return { of, token, size: PAGE, badToken };
}
