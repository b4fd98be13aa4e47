import { type LabMemory, Memory, type ReaderMemory } from '../memory/memory.ts';

const FORMAT = 'labproof-progress';
const VERSION = 1;
const LAB = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** The progress of the given labs as a file for another browser. */
export function exportProgress(memory: Memory, labs: readonly string[], now: Date): string {
  const { account } = memory;
  const parts = labs.map((lab) => [lab, { lab: memory.lab(account ?? '', lab), reader: memory.reader(lab) }]);
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exportedAt: now.toISOString(), account, labs: Object.fromEntries(parts) }, null, 2)}\n`;
}

/**
 * Imports the progress in such a file. Values belong to an account, so those of another account are left out.
 * @returns the number of labs.
 * @throws Error when the text is not such a file; then nothing has been changed.
 */
export function importProgress(memory: Memory, text: string): number {
  const file = JSON.parse(text) as { format?: unknown; version?: unknown; account?: unknown; labs?: unknown };
  if (file?.format !== FORMAT || file.version !== VERSION || typeof file.labs !== 'object' || file.labs === null) {
    throw new Error('This is not a progress file.');
  }
  const from = typeof file.account === 'string' && /^\d{12}$/.test(file.account) ? file.account : undefined;
  const account = memory.account ?? from;
  const labs = Object.entries(file.labs as Record<string, unknown>).filter(([lab]) => LAB.test(lab));
  for (const [lab, part] of labs) {
    const { lab: theirs, reader } = readPart(part, lab);
    memory.merge(account, lab, account === from ? theirs : { ...theirs, values: {}, sources: {} }, reader);
  }
  if (memory.account === undefined) memory.account = from;
  return labs.length;
}

/** One lab of a file, validated like what the browser itself has stored. */
function readPart(part: unknown, lab: string): { lab: LabMemory; reader: ReaderMemory } {
  const { lab: theirs, reader } = (part ?? {}) as { lab?: unknown; reader?: unknown };
  const stored = new Map([
    [`labproof:0:${lab}`, JSON.stringify(theirs ?? null)],
    [`labproof:reader:${lab}`, JSON.stringify(reader ?? null)],
  ]);
  const careful = new Memory({ getItem: (key) => stored.get(key) ?? null, setItem: () => {}, removeItem: () => {} });
  return { lab: careful.lab('0', lab), reader: careful.reader(lab) };
}
