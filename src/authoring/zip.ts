import { basename } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { AuthoringError } from '../markdown/read/authoring-error.ts';
import { type LabFileContent, readLabFiles } from './lab-files.ts';
import { labZipName } from './lab-text.ts';
import { ZipNameError } from './zip-name-error.ts';

/** A file of a lab's zip. */
export interface ZipEntry {
  /** Path inside the zip, with the zip's top folder: `week9-2-cicd-lab/app.js`. */
  readonly path: string;
  /** Size of the unpacked file. */
  readonly bytes: number;
}

/** A lab's zip, ready to be written. */
export interface PackedZip {
  /** Group and name as in the front matter: `week9/week9-2-cicd-lab`. */
  readonly zip: string;
  readonly entries: readonly ZipEntry[];
  readonly data: Uint8Array;
}

/**
 * The files in a lab's zip, in their order. Both the zip and the DOWNLOAD box of the page use it. Empty for a lab without files. Throws
 * {@link AuthoringError} like {@link packLab}.
 */
export function zipContents(labDir: string): ZipEntry[] {
  return planZip(labDir)?.files.map(({ path, data }) => ({ path, bytes: data.byteLength })) ?? [];
}

/**
 * Packs `<labDir>/files` into one top folder with the name of the zip; `undefined` for a lab without files. The bytes depend only on the
 * files, and not on time zone, clock, umask or the order of the directory. Throws {@link AuthoringError} when the front matter names a zip
 * without `files/` or a file must not be packed.
 */
export function packLab(labDir: string): PackedZip | undefined {
  const plan = planZip(labDir);
  if (!plan) return undefined;
  const entries = plan.files.map(({ path, data }) => ({ path, bytes: data.byteLength }));
  return { zip: plan.zip, entries, data: packFiles(plan.files) };
}

/** Packs files in the given order as a Unix zip with UTF-8 names. */
export function packFiles(files: readonly LabFileContent[]): Uint8Array {
  const tree: Zippable = {};
  for (const { path, data, executable } of files) {
    const mode = executable ? 0o100755 : 0o100644;
    tree[path] = [data, { level: 9, mtime: ZIP_TIME, os: UNIX, attrs: mode << 16 }];
  }
  return zipSync(tree);
}

/** fflate writes local times without a zone, so noon of a local day gives the same bytes everywhere. */
const ZIP_TIME = new Date(2000, 0, 1, 12);

/** "Version made by" of the zip format (APPNOTE 4.4.2.2). With this value, the upper half of the attributes is a Unix mode. */
const UNIX = 3;

function planZip(labDir: string): { zip: string; files: LabFileContent[] } | undefined {
  const files = readLabFiles(labDir);
  // The lint reports a wrong name that nobody needs.
  const name = files.length > 0 ? labZipName(labDir) : nameIfAny(labDir);
  if (name === undefined) return undefined;
  const { zip, from } = name;
  if (files.length === 0) {
    // A link alone may lead to a zip of another lab. The lint checks the link.
    if (from !== 'front-matter') return undefined;
    throw new ZipNameError(`${labDir} offers the zip ${zip} but has no files: put them into files/ or take "zip" out of the front matter.`);
  }
  const top = basename(zip);
  return { zip, files: files.map((file) => ({ ...file, path: `${top}/${file.path}` })) };
}

function nameIfAny(labDir: string): ReturnType<typeof labZipName> | undefined {
  try {
    return labZipName(labDir);
  } catch (thrown) {
    if (thrown instanceof AuthoringError) return undefined;
    throw thrown;
  }
}
