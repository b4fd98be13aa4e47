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
