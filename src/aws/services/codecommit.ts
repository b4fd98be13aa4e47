import type { GetFileCommand, GetFolderCommand } from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { CannotLook } from '../errors.ts';
import { type FactsOf, facts, from, list, listOf, maybeText, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import type { Caller } from '../reader.ts';
import { type ActionScope, limitedTo, regionalArn } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'source-repository', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-codecommit')>('@aws-sdk/client-codecommit');

const ofRepository = limitedTo('source-repository', (name) => regionalArn('codecommit', name));
const ofCode: ActionScope = { ...ofRepository, data: true };

const service = defineService({ name: 'codecommit', client: () => sdk.CodeCommitClient });

const repositoryFacts = facts({
  name: from('repositoryName', text),
  arn: from('Arn', text),
  /** Unset until the first push. */
  defaultBranch: maybeText,
});
export type Repository = FactsOf<typeof repositoryFacts>;

const branchFacts = facts({
  name: from('branchName', text),
  /** The head: 40 hexadecimal digits. */
  commitId: text,
});
export type Branch = FactsOf<typeof branchFacts>;

/**
 * Why there is nothing to read at a path: there is no such repository; the repository has no commit yet (`empty`, only seen when the
 * default branch was asked for); the branch, tag or commit does not exist (none does in an empty repository); the path is not in it.
 */
type SourceGap = { readonly state: 'no-repository' | 'empty' | 'no-commit' | 'no-path' };

const folderFacts = facts({
  /** Files directly in the folder. */
  files: list(facts({ path: from('absolutePath', text) })),
  /** Folders directly in it, as paths from the root. */
  folders: from('subFolders', listOf('absolutePath')),
  commitId: text,
}).transform(({ files, folders }) => ({ state: 'present' as const, files, folders }));
export type Folder = SourceGap | FactsOf<typeof folderFacts>;

const fileFacts = facts({
  commitId: text,
  sizeBytes: from('fileSize', z.number()),
  content: from('fileContent', z.instanceof(Uint8Array)),
});
export type SourceFile =
  | SourceGap
  /** Larger than {@link MAX_TEXT_BYTES}. */
  | { readonly state: 'too-large'; readonly sizeBytes?: number | undefined }
  /** Not UTF-8, e.g. saved as UTF-16 by a Windows editor. */
  | { readonly state: 'not-text'; readonly sizeBytes: number }
  | { readonly state: 'present'; readonly commitId: string; readonly sizeBytes: number; readonly text: string };

/** The largest file that is read as text, in bytes. */
const MAX_TEXT_BYTES = 1_048_576;

const NO_REPOSITORY = ['RepositoryDoesNotExistException'];

/** The repository of this name. */
const repository = service.one('repository', {
  finds: 'source-repository',
  calls: { GetRepository: ofRepository },
  command: ([repositoryName]: [name: string]) => new sdk.GetRepositoryCommand({ repositoryName }),
  answer: within('repositoryMetadata', repositoryFacts),
  misfit: (found, [name]) => (found.name === name ? undefined : 'is about another repository'),
  absent: NO_REPOSITORY,
});

/** The branch's head. `undefined` when the branch or the repository does not exist. */
const branch = service.one('branch', {
  calls: { GetBranch: ofRepository },
  probe: (name) => [name, 'main'],
  command: ([repositoryName, branchName]: [repository: string, branch: string]) => new sdk.GetBranchCommand({ repositoryName, branchName }),
  answer: within('branch', branchFacts),
  misfit: (found, [, name]) => (found.name === name ? undefined : 'is about another branch'),
  absent: [...NO_REPOSITORY, 'BranchDoesNotExistException'],
});

/** Every branch name; empty for an empty repository, `undefined` for none. */
const branches = service.list('branches', {
  calls: { ListBranches: ofRepository },
  command: ([repositoryName]: [repository: string], { token }) => new sdk.ListBranchesCommand({ repositoryName, nextToken: token }),
  page: page('branches', z.string()),
  absent: NO_REPOSITORY,
});

/**
 * The repository of this name, for whoever asks what was pushed to it: without a default branch it is certain that nothing was.
 * That GetRepository names none is not enough. CodeCommit then lists no branches; an endpoint that knows no branches cannot list them.
 */
const pushedRepository = service.reader('pushedRepository', {
  calls: { GetRepository: ofRepository, ListBranches: ofRepository },
  async read(aws, name: string): Promise<Repository | undefined> {
    const found = await aws.ask(repository, name);
    if (found === undefined || found.defaultBranch !== undefined) return found;
    const names = (await aws.ask(branches, name)) ?? [];
    if (names.length === 0) return found;
    throw new CannotLook(`codecommit:GetRepository names no default branch of "${name}", which has branches.`, {
      trouble: 'incomplete',
      operation: 'codecommit:GetRepository',
    });
  },
});

/** What is at a path, or which part of the way to it is missing. */
async function sendForPath<Answer, Gap>(
  aws: Caller,
  command: GetFolderCommand | GetFileCommand,
  answer: z.ZodType<Answer>,
  gaps: Readonly<Record<string, Gap>>,
): Promise<Answer | Gap> {
  let gap: Gap | undefined;
  const found = await aws.send(service, command, {
    answer,
    absent: ({ name }: Error) => {
      gap = Object.hasOwn(gaps, name) ? gaps[name] : undefined;
      return gap !== undefined;
    },
  });
  const outcome = found ?? gap;
  if (outcome === undefined) throw new Error('A question about a path ended without an answer and without a gap.');
  return outcome;
}

/** What each code of CodeCommit says of the way to a path. @param commit unset for the default branch, which an empty repository has not */
function gapsFor(commit: string | undefined): Readonly<Record<string, SourceGap>> {
  const noCommit: SourceGap = { state: commit === undefined ? 'empty' : 'no-commit' };
  return {
    RepositoryDoesNotExistException: { state: 'no-repository' },
    // GetFile and GetFolder name a branch that is missing by either code.
    CommitDoesNotExistException: noCommit,
    BranchDoesNotExistException: noCommit,
    FolderDoesNotExistException: { state: 'no-path' },
    FileDoesNotExistException: { state: 'no-path' },
  };
}

/**
 * What lies directly in a folder.
 *
 * @param commitSpecifier branch, tag or full commit id; `undefined` is the default branch
 * @param path from the root, `/` for the root itself
 */
const folder = service.reader('folder', {
  calls: { GetFolder: ofCode },
  probe: (name) => [name, undefined, '/'],
  read(aws, repositoryName: string, commitSpecifier: string | undefined, path: string): Promise<Folder> {
    const command = new sdk.GetFolderCommand({ repositoryName, commitSpecifier, folderPath: path });
    return sendForPath(aws, command, folderFacts, gapsFor(commitSpecifier));
  },
});

const isWhole = ({ sizeBytes, content }: FactsOf<typeof fileFacts>) => sizeBytes === content.byteLength;
const fileAnswer = fileFacts.refine(isWhole, { path: ['fileContent'], message: 'is not as long as fileSize' }).transform(textOf);

/**
 * A text file of at most {@link MAX_TEXT_BYTES}.
 *
 * @param commitSpecifier branch, tag or full commit id; `undefined` is the default branch
 * @param path from the root
 */
const file = service.reader('file', {
  calls: { GetFile: ofCode, GetRepository: ofRepository },
  probe: (name) => [name, undefined, 'README.md'],
  read(aws, repositoryName: string, commitSpecifier: string | undefined, path: string): Promise<SourceFile> {
    const command = new sdk.GetFileCommand({ repositoryName, commitSpecifier, filePath: path });
    const gaps: Readonly<Record<string, SourceFile>> = { ...gapsFor(commitSpecifier), FileTooLargeException: { state: 'too-large' } };
    return sendForPath(aws, command, fileAnswer, gaps).catch(async (trouble: unknown) => {
      if (!(trouble instanceof CannotLook) || trouble.reason !== 'malformed') throw trouble;
      // Some endpoints that speak AWS's protocol know repositories and not what is in them. Without a repository there is nothing in it.
      const isThere = await aws.ask(repository, repositoryName).catch(() => trouble);
      if (isThere !== undefined) throw trouble;
      return { state: 'no-repository' as const };
    });
  },
});

function textOf({ commitId, sizeBytes, content }: FactsOf<typeof fileFacts>): SourceFile {
  if (sizeBytes > MAX_TEXT_BYTES) return { state: 'too-large', sizeBytes };
  try {
    return { state: 'present', commitId, sizeBytes, text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
  } catch {
    return { state: 'not-text', sizeBytes };
  }
}

export const codecommit = { repository, pushedRepository, branch, branches, folder, file };

export const codecommitConsole = {
  repository: (place: Place, name: string) => consolePage(place, `codesuite/codecommit/repositories/${encoded(name)}/browse`),
};

export const codecommitDeletion = {
  repository: ({ region }: Place, name: string) =>
    free(`aws codecommit delete-repository --region ${region} --repository-name ${shellWord(name)}`),
};
