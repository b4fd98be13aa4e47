import type { PracticeAccount } from '../../practice/account.ts';

/** Parts of practice moves that several labs have. */

/** An account that is nobody's: AWS's own example id. */
export const OTHER_ACCOUNT = '111122223333';

/** The text as Windows editors save it when told "Unicode". */
export const utf16 = (text: string) => new Uint8Array(Buffer.from(`\u{FEFF}${text}`, 'utf16le'));

/** A text with one thing changed. @throws Error when the thing is not there, so that a mistake is never silently none. */
export function edited(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const changed = text.replace(from, (found) => (typeof to === 'string' ? to : to(found)));
  if (changed === text) throw new Error(`The text has nothing like ${from} to change.`);
  return changed;
}

/** How CodeBuild records a command that failed: by its text, without what it printed. */
export const failedCommand = <const Phase extends string>(type: Phase, command: string) =>
  ({
    type,
    code: 'COMMAND_EXECUTION_ERROR',
    message: `Error while executing command: ${command}. Reason: exit status 1`,
  }) as const;

/** How CodeBuild records that Docker Hub gave no more images. */
export const pullLimit = <const Phase extends string>(type: Phase) =>
  ({
    type,
    code: 'COMMAND_EXECUTION_ERROR',
    message: 'toomanyrequests: You have reached your unauthenticated pull rate limit.',
  }) as const;

const BUILD_LINE = /^ +- docker (image )?build.*\n/m;

/**
 * What students get wrong in a buildspec at the root of a source, each breaking one of `buildspecChecks`.
 * @param text the right buildspec, whose phase `build` builds an image
 * @param push pushes another text in its place, @param rename pushes it under another name
 */
export function buildspecMistakes<const Task extends string>({
  task,
  text,
  push,
  rename,
}: {
  readonly task: Task;
  readonly text: string;
  push(account: PracticeAccount, text: string): void;
  rename(account: PracticeAccount, name: string): void;
}) {
  const mistake = <const Id extends string, const Check extends string, const Says extends string>(
    id: Id,
    check: Check,
    says: Says,
    wrong: () => string,
  ) => ({ id, task, kind: 'mistake', check, says, play: (account: PracticeAccount) => push(account, wrong()) }) as const;
  return [
    {
      id: 'buildspec-yaml-extension',
      task,
      kind: 'mistake',
      check: 'buildspec-present',
      says: 'fileMisnamed',
      play: (account: PracticeAccount) => rename(account, 'buildspec.yaml'),
    },
    mistake('buildspec-tabs', 'buildspec-yaml', 'yamlTabs', () => edited(text, /^ {2}pre_build:/m, '\tpre_build:')),
    mistake('buildspec-broken', 'buildspec-yaml', 'yamlInvalid', () => edited(text, BUILD_LINE, '      - "docker build .\n')),
    mistake('buildspec-plain-text', 'buildspec-yaml', 'yamlNotMapping', () => 'docker build .\n'),
    mistake('version-missing', 'buildspec-version', 'versionMissing', () => edited(text, /^version.*\n/m, '')),
    mistake('version-old', 'buildspec-version', 'versionWrong', () => edited(text, /^version.*$/m, 'version: 0.1')),
    mistake('phases-missing', 'buildspec-phases', 'phasesMissing', () => 'version: 0.2\n\nenv:\n  variables:\n    STAGE: test\n'),
    mistake('phase-misspelled', 'buildspec-phases', 'phaseUnknown', () => edited(text, /^ {2}pre_build:/m, '  prebuild:')),
    mistake('commands-not-a-list', 'buildspec-commands', 'commandsNotList', () =>
      edited(text, /^ {2}build:\n(?: {4}on-failure.*\n)? {4}commands:$/m, (found) => `${found} |`),
    ),
    mistake('command-with-colon', 'buildspec-commands', 'commandIsMap', () =>
      edited(text, BUILD_LINE, (found) => `      - echo Building: $REPOSITORY_URI\n${found}`),
    ),
    mistake('command-not-text', 'buildspec-commands', 'commandNotText', () => edited(text, BUILD_LINE, (found) => `      - 1\n${found}`)),
  ] as const;
}
