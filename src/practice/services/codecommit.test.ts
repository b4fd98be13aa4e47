import {
  BranchDoesNotExistException,
  CodeCommitClient,
  CodeCommitServiceException,
  CommitDoesNotExistException,
  FileDoesNotExistException,
  FolderDoesNotExistException,
  GetBranchCommand,
  GetFileCommand,
  GetFolderCommand,
  GetRepositoryCommand,
  ListBranchesCommand,
  RepositoryDoesNotExistException,
} from '@aws-sdk/client-codecommit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const repositoryName = 'app';

describe('codecommit', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: CodeCommitClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new CodeCommitClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.region(REGION).codecommit;

  it('answers an empty repository: no default branch, no branch, no commit', async () => {
    state().createRepository(repositoryName, { defaultBranch: 'main' });
    const { repositoryMetadata } = await client.send(new GetRepositoryCommand({ repositoryName }));
    expect(repositoryMetadata).toMatchObject({ repositoryName, cloneUrlHttp: expect.stringContaining('/v1/repos/app') });
    expect(repositoryMetadata).not.toHaveProperty('defaultBranch');
    expect((await client.send(new ListBranchesCommand({ repositoryName }))).branches).toEqual([]);
    const branch = client.send(new GetBranchCommand({ repositoryName, branchName: 'main' }));
    expect(await rejection(branch)).toBeInstanceOf(BranchDoesNotExistException);
    const folder = client.send(new GetFolderCommand({ repositoryName, folderPath: '/' }));
    expect(await rejection(folder)).toBeInstanceOf(CommitDoesNotExistException);
  });

  it('shows what was pushed, merged over what was there', async () => {
    state().createRepository(repositoryName);
    const first = state().push(repositoryName, 'main', { 'app.js': 'one', 'src/lib/a.js': 'a' });
    const second = state().push(repositoryName, 'main', { 'app.js': '두 번째', 'Dockerfile.txt': '' });

    const { branch } = await client.send(new GetBranchCommand({ repositoryName, branchName: 'main' }));
    expect(branch).toEqual({ branchName: 'main', commitId: second });
    const root = await client.send(new GetFolderCommand({ repositoryName, folderPath: '' }));
    expect(root).toMatchObject({ commitId: second, folderPath: '', subFolders: [{ absolutePath: 'src', relativePath: 'src' }] });
    expect(root.files?.map(({ absolutePath }) => absolutePath)).toEqual(['Dockerfile.txt', 'app.js']);
    const lib = await client.send(new GetFolderCommand({ repositoryName, folderPath: 'src/lib', commitSpecifier: 'refs/heads/main' }));
    expect(lib.files).toMatchObject([{ absolutePath: 'src/lib/a.js', relativePath: 'a.js', fileMode: 'NORMAL' }]);

    const file = await client.send(new GetFileCommand({ repositoryName, filePath: 'app.js' }));
    expect(Buffer.from(file.fileContent ?? []).toString()).toBe('두 번째');
    expect(file).toMatchObject({
      commitId: second,
      fileSize: Buffer.byteLength('두 번째'),
      blobId: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    const before = await client.send(new GetFileCommand({ repositoryName, filePath: 'app.js', commitSpecifier: first }));
    expect(Buffer.from(before.fileContent ?? []).toString()).toBe('one');
    const empty = await client.send(new GetFileCommand({ repositoryName, filePath: 'Dockerfile.txt' }));
    expect(empty.fileSize).toBe(0);
  });

  it('uses the default branch, which is the first one pushed unless another was wanted', async () => {
    state().createRepository(repositoryName);
    state().push(repositoryName, 'dev', { a: '1' });
    state().push(repositoryName, 'main', { b: '1' });
    const defaultBranch = async () => (await client.send(new GetRepositoryCommand({ repositoryName }))).repositoryMetadata?.defaultBranch;
    expect(await defaultBranch()).toBe('dev');
    expect((await client.send(new ListBranchesCommand({ repositoryName }))).branches).toEqual(['dev', 'main']);

    state().deleteRepository(repositoryName);
    state().createRepository(repositoryName, { defaultBranch: 'main' });
    state().push(repositoryName, 'dev', { a: '1' });
    const main = state().push(repositoryName, 'main', { a: '1' });
    expect(await defaultBranch()).toBe('main');
    expect((await client.send(new GetFolderCommand({ repositoryName, folderPath: '/' }))).commitId).toBe(main);
  });

  it('names what is missing', async () => {
    state().createRepository(repositoryName);
    state().push(repositoryName, 'main', { 'src/app.js': 'x' });
    state().remove(repositoryName, 'main', 'src/app.js');
    const repository = client.send(new GetRepositoryCommand({ repositoryName: 'other' }));
    expect(await rejection(repository)).toBeInstanceOf(RepositoryDoesNotExistException);
    const file = client.send(new GetFileCommand({ repositoryName, filePath: 'src/app.js' }));
    expect(await rejection(file)).toBeInstanceOf(FileDoesNotExistException);
    const folder = client.send(new GetFolderCommand({ repositoryName, folderPath: 'src' }));
    expect(await rejection(folder)).toBeInstanceOf(FolderDoesNotExistException);
    const commit = client.send(new GetFileCommand({ repositoryName, filePath: 'a', commitSpecifier: 'nope' }));
    expect(await rejection(commit)).toBeInstanceOf(CommitDoesNotExistException);
  });

  it('serves nothing to an account without CodeCommit', async () => {
    practice.account.settings.codecommitAvailable = false;
    const error = await rejection(client.send(new GetRepositoryCommand({ repositoryName })));
    expect(error).toBeInstanceOf(CodeCommitServiceException);
    expect(error.name).toBe('OperationNotAllowedException');
  });
});
