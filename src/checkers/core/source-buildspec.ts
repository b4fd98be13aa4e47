import type { SourceFile } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { type Buildspec, type BuildspecReading, parseBuildspec, sourceFileReads } from './buildspec/index.ts';
import { judgeSyntax } from './buildspec-syntax.ts';
import { misnamed, nestedCopy, type Survey, survey, surveyReads } from './survey.ts';
import { blocked, failed, notStarted, passed, type TaskContext, type Verdict } from './task.ts';

/** A buildspec at the root of a repository's default branch, as labs with a source in CodeCommit have it. */

export const sourceBuildspecReads = { ...sourceFileReads, ...surveyReads } as const;

const BUILDSPEC = 'buildspec.yml';
const VERSION = '0.2';

export interface FoundBuildspec {
  /** Unset while it is not known which repository it is. */
  readonly repository: string | undefined;
  readonly file: SourceFile | undefined;
  /** Only when there is no such file at the root. */
  readonly survey: Survey | undefined;
}

export interface ReadBuildspec extends FoundBuildspec {
  /** Unset when there is no text to read. */
  readonly reading: BuildspecReading | undefined;
}

export async function findBuildspec(aws: Bound<typeof sourceBuildspecReads>, repository: string | undefined): Promise<FoundBuildspec> {
  if (repository === undefined) return { repository, file: undefined, survey: undefined };
  const file = await aws.file(repository, undefined, BUILDSPEC);
  return { repository, file, survey: file.state === 'no-path' ? await survey(aws, repository, undefined) : undefined };
}

export const readBuildspec = (fact: FoundBuildspec): ReadBuildspec => ({
  ...fact,
  reading: fact.file?.state === 'present' ? parseBuildspec(fact.file.text) : undefined,
});

/** What the checks of a buildspec may say. */
type Says =
  | 'yamlNotMapping'
  | 'versionMissing'
  | 'phasesMissing'
  | readonly ['fileEmpty' | 'fileNotText', { readonly file: string }]
  | readonly ['fileMisnamed' | 'fileNested', { readonly file: string; readonly found: string }]
  | readonly ['fileMissing', { readonly file: string; readonly repository: string }]
  | readonly ['yamlTabs', { readonly line: number }]
  | readonly ['yamlInvalid', { readonly line: number; readonly problem: string }]
  | readonly ['versionWrong', { readonly found: string }]
  | readonly ['phasesAtRoot', { readonly phases: string }]
  | readonly ['phaseUnknown' | 'commandsNotList', { readonly phase: string }]
  | readonly ['commandIsMap' | 'commandNotText', { readonly phase: string; readonly line: number; readonly command: string }];

/** Tasks that come before a buildspec. */
interface Before {
  /** Makes the repository. */
  readonly made: string;
  /** Puts anything into it. */
  readonly source: string;
}

function judgeFile({ repository, file, survey: around }: FoundBuildspec, { made, source }: Before): Verdict<Says> {
  if (repository === undefined || file === undefined) return blocked(made);
  switch (file.state) {
    case 'present':
      return file.text.trim() === '' ? failed(['fileEmpty', { file: BUILDSPEC }]) : passed();
    case 'too-large':
    case 'not-text':
      return failed(['fileNotText', { file: BUILDSPEC }]);
    case 'no-path': {
      const other = around && (misnamed(around, BUILDSPEC) ?? misnamed(around, 'buildspec.yaml') ?? misnamed(around, 'buildspec'));
      if (other !== undefined) return failed(['fileMisnamed', { file: BUILDSPEC, found: other }]);
      const nested = around && nestedCopy(around, BUILDSPEC);
      if (nested !== undefined) return failed(['fileNested', { file: BUILDSPEC, found: nested }]);
      return notStarted(['fileMissing', { file: BUILDSPEC, repository }]);
    }
    default:
      return blocked(source);
  }
}

function judgeYaml({ reading }: ReadBuildspec): Verdict<Says> {
  return reading === undefined ? blocked('buildspec-present') : judgeSyntax(reading, 'yamlNotMapping');
}

function judgeVersion({ version }: Buildspec): Verdict<Says> {
  if (version === VERSION) return passed();
  return failed(version === undefined ? 'versionMissing' : ['versionWrong', { found: version }]);
}

function judgePhases({ phasesAtRoot, hasPhases, unknownPhases: [unknown] }: Buildspec): Verdict<Says> {
  if (phasesAtRoot.length > 0) return failed(['phasesAtRoot', { phases: phasesAtRoot.join(', ') }]);
  if (!hasPhases) return failed('phasesMissing');
  return unknown === undefined ? passed() : failed(['phaseUnknown', { phase: unknown }]);
}

function judgeCommands({ commandsNotList: [phase], badCommands: [bad] }: Buildspec): Verdict<Says> {
  if (phase !== undefined) return failed(['commandsNotList', { phase }]);
  if (bad === undefined) return passed();
  return failed([bad.kind === 'map' ? 'commandIsMap' : 'commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }]);
}

/** For checks that come after the YAML has been read. */
export const ofBuildspec =
  <S>(judge: (buildspec: Buildspec) => Verdict<S>) =>
  ({ reading }: ReadBuildspec): Verdict<S> =>
    reading?.state === 'parsed' ? judge(reading) : blocked('buildspec-yaml');

/** What was read, once it could be. */
export const seenIn =
  <T>(see: (buildspec: Buildspec) => T) =>
  ({ reading }: ReadBuildspec): T | undefined =>
    reading?.state === 'parsed' ? see(reading) : undefined;

export const repositoryLink = ({ repository }: { readonly repository: string | undefined }, { console }: TaskContext) =>
  repository === undefined ? undefined : console.codeCommitRepository(repository);

/**
 * The checks of a buildspec up to its commands, each a member to spread or to list.
 * @param present the step of the text that puts the file there, @param read the one that reads it
 */
export function buildspecChecks({ present, read, ...before }: Before & { readonly present: number; readonly read: number }) {
  const ofFile = { resource: ({ repository }: FoundBuildspec) => repository, console: repositoryLink } as const;
  const ofText = { ...ofFile, step: read } as const;
  return {
    present: {
      ...ofFile,
      id: 'buildspec-present',
      step: present,
      expected: BUILDSPEC,
      judge: (fact: FoundBuildspec) => judgeFile(fact, before),
      observed: ({ file }: FoundBuildspec) => file?.state,
    },
    yaml: { ...ofText, id: 'buildspec-yaml', after: 'buildspec-present', judge: judgeYaml },
    version: {
      ...ofText,
      id: 'buildspec-version',
      after: 'buildspec-yaml',
      expected: VERSION,
      judge: ofBuildspec(judgeVersion),
      observed: seenIn(({ version }) => version ?? null),
    },
    phases: {
      ...ofText,
      id: 'buildspec-phases',
      after: 'buildspec-yaml',
      judge: ofBuildspec(judgePhases),
      observed: seenIn(({ phases }) => phases.map(({ name }) => name)),
    },
    commands: { ...ofText, id: 'buildspec-commands', after: 'buildspec-phases', judge: ofBuildspec(judgeCommands) },
  } as const;
}
