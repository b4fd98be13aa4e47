import { readFileSync } from 'node:fs';

/**
 * The text of a file that a lab ships, as its zip holds it.
 * Reads the file each time: call it when a move is played, not on import, since the built site imports checkers without the labs' files beside them.
 * @param path in the lab's `files/`
 * @throws Error of the file system when there is no such file
 */
export function labFile(lab: string, path: string): string {
  return readFileSync(new URL(`../../content/labs/${lab}/files/${path}`, import.meta.url), 'utf8');
}
