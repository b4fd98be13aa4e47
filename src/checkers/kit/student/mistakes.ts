import type { PracticeAccount } from '../../../practice/account.ts';
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
 * What students get wrong in a buildspec at the root of a source, by the practice move that does it.
 * @param text the right buildspec, whose phase `build` builds an image
 * @param push pushes another text in its place, @param rename pushes it under another name
 */
export function buildspecMistakes({
  text,
  push,
  rename,
}: {
  text(): string;
  push(account: PracticeAccount, text: string): void;
  rename(account: PracticeAccount, name: string): void;
}) {
  const mistake = (wrong: (text: string) => string) => (account: PracticeAccount) => push(account, wrong(text()));
  const edit = (from: RegExp, to: string | ((found: string) => string)) => mistake((right) => edited(right, from, to));
  return {
    'buildspec-yaml-extension': (account: PracticeAccount) => rename(account, 'buildspec.yaml'),
    'buildspec-tabs': edit(/^ {2}pre_build:/m, '\tpre_build:'),
    'buildspec-broken': edit(BUILD_LINE, '      - "docker build .\n'),
    'buildspec-plain-text': mistake(() => 'docker build .\n'),
    'version-missing': edit(/^version.*\n/m, ''),
    'version-old': edit(/^version.*$/m, 'version: 0.1'),
    'phases-missing': mistake(() => 'version: 0.2\n\nenv:\n  variables:\n    STAGE: test\n'),
    'phase-misspelled': edit(/^ {2}pre_build:/m, '  prebuild:'),
    'commands-not-a-list': edit(/^ {2}build:\n(?: {4}on-failure.*\n)? {4}commands:$/m, (found) => `${found} |`),
    'command-with-colon': edit(BUILD_LINE, (found) => `      - echo Building: $REPOSITORY_URI\n${found}`),
    'command-not-text': edit(BUILD_LINE, (found) => `      - 1\n${found}`),
  } as const;
}
