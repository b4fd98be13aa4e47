import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A build under way: it writes beside the finished site, as deep in the project as that, so that relative paths fit both. */
const BUILDING = /^\.building-(\d+)$/;

/** The site that was there while it is replaced. */
const replaced = (site: string) => `${site}.replaced`;

/** Where the build of this process writes. */
export function buildingFolder(site: string): string {
  return `${site}.building-${process.pid}`;
}

/** Deletes what builds that were killed have left beside the finished site. */
export function removeAbandoned(site: string): void {
  for (const name of readdirSync(dirname(site))) {
    const pid = name.startsWith(basename(site)) ? BUILDING.exec(name.slice(basename(site).length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(site), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (trouble) {
    return (trouble as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Puts back the site that a process was about to replace when it was killed between two steps. */
export function recoverSite(site: string): void {
  if (existsSync(replaced(site)) && !existsSync(site)) renameSync(replaced(site), site);
}

/**
 * Puts a finished build in the place of the site.
 * @throws Error when it cannot be moved; the site that was there stays.
 */
export function replaceSite(site: string, built: string): void {
  rmSync(replaced(site), { recursive: true, force: true });
  const hadSite = existsSync(site);
  if (hadSite) renameSync(site, replaced(site));
  try {
    renameSync(built, site);
  } catch (trouble) {
    if (hadSite) renameSync(replaced(site), site);
    throw trouble;
  }
  rmSync(replaced(site), { recursive: true, force: true });
}
