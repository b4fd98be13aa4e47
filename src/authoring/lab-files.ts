import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../markdown/read/authoring-error.ts';

/** A file a lab hands to its students. */
export interface LabFileContent {
  /** Path below the lab's `files/`, with `/`, in Unicode NFC. */
  readonly path: string;
  readonly data: Uint8Array;
  readonly executable: boolean;
}

/** Files that must not reach students: leftovers of editors and systems, installed packages, and files that usually contain secrets. */
const JUNK: readonly (readonly [name: RegExp, why: string])[] = [
  [/^(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX)$/i, 'the operating system left it there'],
  [/^\._/, 'the operating system left it there'],
  [/^(node_modules|\.git|\.svn|\.venv|venv|__pycache__|\.terraform|\.aws-sam|cdk\.out|dist)$/i, 'it is produced by a tool'],
  [/(~|\.(sw[op]|bak|orig|rej|tmp|log))$/i, 'an editor or a tool left it there'],
  [/^\.env(\..*)?$/i, 'it usually contains secrets'],
  [/^(credentials|credentials\..*|\.aws|\.ssh|\.netrc|\.npmrc|\.pypirc)$/i, 'it usually contains secrets'],
  [/^id_(rsa|dsa|ecdsa|ed25519)(\.pub)?$/i, 'it usually contains secrets'],
  [/\.(pem|key|p12|pfx|ppk|jks|keystore|kdbx)$/i, 'it usually contains secrets'],
  [/accesskeys?.*\.csv$/i, 'it usually contains secrets'],
];

/** Names that some systems cannot unpack: reserved characters and device names of Windows, a dot or space at the end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what is refused
const UNPACKABLE = /[\u0000-\u001f\u007f<>:"|?*\\]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * All files below `<labDir>/files`, sorted by path (code units). Empty when there is no such folder. Throws {@link AuthoringError} for
 * leftovers, secrets, links, names that some systems cannot unpack, and names that differ only in case.
 */
export function readLabFiles(labDir: string): LabFileContent[] {
  const root = join(labDir, 'files');
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return [];
  const files = walk(root, '').sort((a, b) => (a.path < b.path ? -1 : 1));
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const twin = seen.get(path.toLowerCase());
    if (twin !== undefined) {
      throw new AuthoringError(
        `${join(root, path)} and ${twin} differ only in upper and lower case, so Windows and macOS would unpack one of them: rename one.`,
      );
    }
    seen.set(path.toLowerCase(), path);
  }
  return files;
}

function walk(root: string, folder: string): LabFileContent[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const where = join(root, relative);
    const junk = JUNK.find(([name]) => name.test(entry.name));
    if (junk) throw new AuthoringError(`${where} does not belong in a lab's zip (${junk[1]}): delete it or move it out of files/.`);
    if (UNPACKABLE.test(entry.name)) {
      throw new AuthoringError(
        `${where} has a name that Windows cannot unpack: rename it without < > : " | ? * \\ and without a trailing dot or space.`,
      );
    }
    if (entry.isDirectory()) return walk(root, relative);
    if (!entry.isFile()) throw new AuthoringError(`${where} is not a plain file: replace the link or device by the file itself.`);
    // The permissions of group and others depend on the umask of the checkout. Only "executable" is the author's decision.
    const executable = (statSync(where).mode & 0o100) !== 0;
    return [{ path: relative.normalize('NFC'), data: new Uint8Array(readFileSync(where)), executable }];
  });
}
