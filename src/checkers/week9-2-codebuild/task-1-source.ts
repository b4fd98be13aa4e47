import {
  blocked,
  defineTask,
  failed,
  misnamed,
  nestedCopy,
  passed,
  type Repository,
  readers,
  type SourceFile,
  type Survey,
  survey,
  surveyReads,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { APP_FILES, outputsOf, STACK } from './names.ts';

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

function judgeFile(source: Source, file: AppFile): Verdict<Says> {
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

export default defineTask({
  id: 'task-1',
  messages,
  needs: ['task-0'],
  reads: {
    stack: readers.cloudformation.stack,
    repository: readers.codecommit.pushedRepository,
    file: readers.codecommit.file,
    ...surveyReads,
  },
  observe(aws) {
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
  },
  expectations: {
    repository: [
      {
        id: 'pushed',
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
      },
    ],
    source: [
      {
        id: 'default-branch',
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
      },
      {
        id: 'files-at-root',
        step: 16,
        after: 'default-branch',
        judge(source) {
          const folder = folderOfAll(source);
          return folder === undefined ? passed() : failed(['allNested', { folder }]);
        },
        resource: ({ repository }) => repository?.arn,
        console: ({ name }, { console }) => (name === undefined ? undefined : console.codeCommitRepository(name)),
      },
      fileExpectation('app-js', 'app.js'),
      fileExpectation('package-json', 'package.json'),
      fileExpectation('dockerfile', 'Dockerfile'),
    ],
  },
});
