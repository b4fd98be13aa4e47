import type { GetFileCommand, GetFolderCommand } from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import { CannotLook } from '../errors.ts';
import { type Caller, defineReader, type Question, type ServiceError } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly id?: string | undefined;
  readonly cloneUrlHttp?: string | undefined;
  /** Unset until the first push. */
  readonly defaultBranch?: string | undefined;
  readonly createdAt?: Date | undefined;
}

export interface Branch {
  readonly name: string;
  /** The head: 40 hexadecimal digits. */
  readonly commitId: string;
}

/** Why there is nothing to read at a path. */
export type SourceGap =
  /** No such repository. */
  | { readonly state: 'no-repository' }
  /** The repository has no commit yet. Only seen when the default branch was asked for. */
  | { readonly state: 'empty' }
  /** The branch, tag or commit that was asked for does not exist (every one, while the repository is empty). */
  | { readonly state: 'no-commit' }
  /** The commit exists, the path in it does not. */
  | { readonly state: 'no-path' };

export interface FolderEntry {
  /** From the root of the repository, e.g. `src/app.js`. */
  readonly path: string;
  readonly blobId?: string | undefined;
  /** `NORMAL`, `EXECUTABLE` or `SYMLINK`. */
  readonly mode?: string | undefined;
}

export type Folder =
  | SourceGap
  | {
      readonly state: 'present';
      readonly commitId: string;
      /** Files directly in the folder. */
      readonly files: readonly FolderEntry[];
      /** Folders directly in it, as paths from the root. */
      readonly folders: readonly string[];
    };

export type SourceFile =
  | SourceGap
  /** Larger than {@link MAX_TEXT_BYTES}. */
  | { readonly state: 'too-large'; readonly commitId?: string | undefined; readonly sizeBytes?: number | undefined }
  /** Not UTF-8, e.g. saved as UTF-16 by a Windows editor. */
  | { readonly state: 'not-text'; readonly commitId: string; readonly blobId?: string | undefined; readonly sizeBytes: number }
  | {
      readonly state: 'present';
      readonly commitId: string;
      readonly blobId?: string | undefined;
      readonly path: string;
      readonly sizeBytes: number;
      readonly text: string;
    };

/** The largest file that is read as text, in bytes. */
export const MAX_TEXT_BYTES = 1_048_576;

const NO_REPOSITORY = ['RepositoryDoesNotExistException'];

/** The repository of this name. */
const repository = defineReader({
  name: 'codecommit.repository',
  finds: 'source-repository',
  calls: ['codecommit:GetRepository'],
  async read(aws, name: string): Promise<Repository | undefined> {
    const answer = z.object({
      repositoryMetadata: z.object({
        repositoryName: z.literal(name),
        Arn: z.string().min(1),
        repositoryId: z.string().optional(),
        cloneUrlHttp: z.string().optional(),
        defaultBranch: z.string().optional(),
        creationDate: z.date().optional(),
      }),
    });
    const found = await aws.send(sdk.codecommit.CodeCommitClient, new sdk.codecommit.GetRepositoryCommand({ repositoryName: name }), {
      answer,
      absent: NO_REPOSITORY,
    });
    if (found === undefined) return undefined;
    const { repositoryName, Arn, repositoryId, cloneUrlHttp, defaultBranch, creationDate } = found.repositoryMetadata;
    return { name: repositoryName, arn: Arn, id: repositoryId, cloneUrlHttp, defaultBranch, createdAt: creationDate };
  },
});

/** The branch's head. `undefined` when the branch or the repository does not exist. */
const branch = defineReader({
  name: 'codecommit.branch',
  probe: (repository) => [repository, 'main'],
  calls: ['codecommit:GetBranch'],
  async read(aws, repositoryName: string, branchName: string): Promise<Branch | undefined> {
    const answer = z.object({ branch: z.object({ branchName: z.literal(branchName), commitId: z.string().min(1) }) });
    const found = await aws.send(sdk.codecommit.CodeCommitClient, new sdk.codecommit.GetBranchCommand({ repositoryName, branchName }), {
      answer,
      absent: [...NO_REPOSITORY, 'BranchDoesNotExistException'],
    });
    return found && { name: found.branch.branchName, commitId: found.branch.commitId };
  },
});

/** Every branch name; empty for an empty repository, `undefined` for none. */
const branches = defineReader({
  name: 'codecommit.branches',
  calls: ['codecommit:ListBranches'],
  async read(aws, repositoryName: string): Promise<readonly string[] | undefined> {
    const answer = z.object({ branches: z.array(z.string()), nextToken: z.string().optional() });
    return allPages<string>(
      async (nextToken) => {
        const page = await aws.send(
          sdk.codecommit.CodeCommitClient,
          new sdk.codecommit.ListBranchesCommand({ repositoryName, nextToken }),
          {
            answer,
            absent: NO_REPOSITORY,
          },
        );
        return page && { items: page.branches, next: page.nextToken };
      },
      { operation: 'codecommit:ListBranches', maxPages: 20 },
    );
  },
});

/**
 * The repository of this name, for whoever asks what was pushed to it: without a default branch it is certain that nothing was.
 * That GetRepository names none is not enough. CodeCommit then lists no branches; an endpoint that knows no branches cannot list them.
 */
const pushedRepository = defineReader({
  name: 'codecommit.pushedRepository',
  calls: ['codecommit:GetRepository', 'codecommit:ListBranches'],
  async read(aws, name: string): Promise<Repository | undefined> {
    const found = await aws.ask(repository, name);
    if (found === undefined || found.defaultBranch !== undefined) return found;
    const names = (await aws.ask(branches, name)) ?? [];
    if (names.length === 0) return found;
    throw new CannotLook(`codecommit:GetRepository names no default branch of "${name}", which has branches.`, {
      reason: 'malformed',
      trouble: 'incomplete',
      operation: 'codecommit:GetRepository',
    });
  },
});

/** Whether what answered does not know the call, or not AWS's way to answer it. */
const isUnanswerable = (trouble: unknown) => trouble instanceof CannotLook && trouble.reason === 'malformed';

/** Sends a question about a path, and says which part of the way to it is missing. */
async function sendForPath<Answer, State>(
  aws: Caller,
  command: GetFolderCommand | GetFileCommand,
  { answer, states }: { answer: Question<Answer>['answer']; states: Readonly<Record<string, State>> },
): Promise<{ answer: Answer } | { gap: State }> {
  let gap: State | undefined;
  const found = await aws.send(sdk.codecommit.CodeCommitClient, command, {
    answer,
    absent: ({ name }: ServiceError) => {
      gap = Object.hasOwn(states, name) ? states[name] : undefined;
      return gap !== undefined;
    },
  });
  if (found !== undefined) return { answer: found };
  if (gap === undefined) throw new Error('A question about a path ended without an answer and without a gap.');
  return { gap };
}

const gaps = (commitSpecifier: string | undefined) => ({
  RepositoryDoesNotExistException: { state: 'no-repository' } as const,
  CommitDoesNotExistException: commitSpecifier === undefined ? ({ state: 'empty' } as const) : ({ state: 'no-commit' } as const),
  // GetFile and GetFolder name a branch that is missing by either code.
  BranchDoesNotExistException: commitSpecifier === undefined ? ({ state: 'empty' } as const) : ({ state: 'no-commit' } as const),
  FolderDoesNotExistException: { state: 'no-path' } as const,
  FileDoesNotExistException: { state: 'no-path' } as const,
});

/**
 * What lies directly in a folder.
 *
 * @param commitSpecifier branch, tag or full commit id; `undefined` is the default branch
 * @param path from the root, `/` for the root itself
 */
const folder = defineReader({
  name: 'codecommit.folder',
  probe: (repository) => [repository, undefined, '/'],
  calls: ['codecommit:GetFolder'],
  async read(aws, repositoryName: string, commitSpecifier: string | undefined, path: string): Promise<Folder> {
    const answer = z.object({
      commitId: z.string().min(1),
      files: z
        .array(z.object({ absolutePath: z.string().min(1), blobId: z.string().optional(), fileMode: z.string().optional() }))
        .optional(),
      subFolders: z.array(z.object({ absolutePath: z.string().min(1) })).optional(),
    });
    const found = await sendForPath(aws, new sdk.codecommit.GetFolderCommand({ repositoryName, commitSpecifier, folderPath: path }), {
      answer,
      states: gaps(commitSpecifier),
    });
    if ('gap' in found) return found.gap;
    const { commitId, files = [], subFolders = [] } = found.answer;
    return {
      state: 'present',
      commitId,
      files: files.map(({ absolutePath, blobId, fileMode }) => ({ path: absolutePath, blobId, mode: fileMode })),
      folders: subFolders.map(({ absolutePath }) => absolutePath),
    };
  },
});

/**
 * A text file of at most {@link MAX_TEXT_BYTES}.
 *
 * @param commitSpecifier branch, tag or full commit id; `undefined` is the default branch
 * @param path from the root
 */
const file = defineReader({
  name: 'codecommit.file',
  probe: (repository) => [repository, undefined, 'README.md'],
  calls: ['codecommit:GetFile', 'codecommit:GetRepository'],
  async read(aws, repositoryName: string, commitSpecifier: string | undefined, path: string): Promise<SourceFile> {
    const answer = z
      .object({
        commitId: z.string().min(1),
        blobId: z.string().optional(),
        filePath: z.string().min(1),
        fileSize: z.number(),
        fileContent: z.instanceof(Uint8Array),
      })
      .refine(({ fileSize, fileContent }) => fileSize === fileContent.byteLength, {
        path: ['fileContent'],
        message: 'is not as long as fileSize',
      });
    const asked = sendForPath(aws, new sdk.codecommit.GetFileCommand({ repositoryName, commitSpecifier, filePath: path }), {
      answer,
      states: { ...gaps(commitSpecifier), FileTooLargeException: { state: 'too-large' } as const },
    });
    const found = await asked.catch(async (trouble: unknown) => {
      // Some endpoints that speak AWS's protocol know repositories and not what is in them. Without a repository there is nothing in it.
      const isThere = await (isUnanswerable(trouble) ? aws.ask(repository, repositoryName).catch(() => trouble) : trouble);
      if (isThere !== undefined) throw trouble;
      return { gap: { state: 'no-repository' } as const };
    });
    if ('gap' in found) return found.gap;
    const { commitId, blobId, filePath, fileSize, fileContent } = found.answer;
    if (fileSize > MAX_TEXT_BYTES) return { state: 'too-large', commitId, sizeBytes: fileSize };
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(fileContent);
      return { state: 'present', commitId, blobId, path: filePath, sizeBytes: fileSize, text };
    } catch {
      return { state: 'not-text', commitId, blobId, sizeBytes: fileSize };
    }
  },
});

export const codecommit = { repository, pushedRepository, branch, branches, folder, file };
