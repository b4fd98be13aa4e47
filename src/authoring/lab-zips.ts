import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type PackedZip, packLab } from './zip.ts';
import { ZipNameError } from './zip-name-error.ts';

/** A zip in the output folder. */
export interface WrittenZip {
  /** Id of the lab. */
  readonly lab: string;
  readonly path: string;
  readonly bytes: number;
  readonly entries: number;
  /** Hash of the whole zip, in hexadecimal. */
  readonly sha256: string;
}

/** Where labs are read and zips are written. */
export interface LabZipFolders {
  /** Contains one folder for each lab. */
  readonly labs: string;
  /** Zips are written to `<output>/<group>/<name>.zip`. */
  readonly output: string;
  /** A file that lists the zips written from here. No other file is ever removed. */
  readonly ledger: string;
  /** Hears why a lab has no zip although it should have one; the zips of the others are written then. Without it, nothing is. */
  readonly tell?: (line: string) => void;
}

function fail(line: string): never {
  throw new ZipNameError(line);
}

/**
 * Packs every lab.
 * @param tell hears which labs are left out, because their zip has no name or another lab's; without it that is thrown.
 * Throws {@link AuthoringError} for files that have no place in a zip.
 */
export function packLabs(labs: string, tell: (line: string) => void = fail): { lab: string; packed: PackedZip }[] {
  const owners = new Map<string, string>();
  return readdirSync(labs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((lab) => {
      try {
        const packed = packLab(join(labs, lab));
        if (!packed) return [];
        const owner = owners.get(packed.zip);
        if (owner !== undefined)
          fail(`The labs ${owner} and ${lab} both offer the zip ${packed.zip}: give one of them another name in its front matter.`);
        owners.set(packed.zip, lab);
        return [{ lab, packed }];
      } catch (thrown) {
        if (!(thrown instanceof ZipNameError)) throw thrown;
        tell(thrown.message);
        return [];
      }
    });
}

/**
 * Writes the zips of all labs with their checksums (`<name>.zip.sha256`). Each file is written atomically, and only when its content has
 * changed. Zips that were written earlier and belong to no lab any more are removed; all other files in the output folder stay.
 */
export function writeLabZips({ labs, output, ledger, tell }: LabZipFolders): WrittenZip[] {
  const zips = packLabs(labs, tell).map(({ lab, packed }) => {
    const path = join(output, `${packed.zip}.zip`);
    writeAtomically(path, packed.data);
    const sha256 = createHash('sha256').update(packed.data).digest('hex');
    // The format of `sha256sum`, so that `sha256sum -c` can check the zip.
    writeAtomically(`${path}.sha256`, Buffer.from(`${sha256}  ${basename(path)}\n`));
    return { lab, zip: packed.zip, path, bytes: packed.data.byteLength, entries: packed.entries.length, sha256 };
  });
  const offered = new Set(zips.map(({ zip }) => zip));
  for (const zip of readLedger(ledger).filter((zip) => !offered.has(zip))) {
    rmSync(join(output, `${zip}.zip`), { force: true });
    rmSync(join(output, `${zip}.zip.sha256`), { force: true });
    removeIfEmpty(dirname(join(output, zip)));
  }
  writeAtomically(ledger, Buffer.from(`${JSON.stringify([...offered].sort())}\n`));
  return zips.map(({ lab, path, bytes, entries, sha256 }) => ({ lab, path, bytes, entries, sha256 }));
}

/** Entries that are not names of zips are dropped, so that the ledger can never lead to the removal of other files. */
const ledgerSchema = z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/));

function readLedger(path: string): string[] {
  try {
    return ledgerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Without the ledger a stale zip stays. A guess might delete somebody's file.
    return [];
  }
}

function writeAtomically(path: string, data: Uint8Array): void {
  if (hasBytes(path, data)) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.part`;
  writeFileSync(temporary, data);
  renameSync(temporary, path);
}

function hasBytes(path: string, data: Uint8Array): boolean {
  try {
    return Buffer.compare(readFileSync(path), data) === 0;
  } catch {
    return false;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // The folder is not empty, because it contains other zips.
  }
}
