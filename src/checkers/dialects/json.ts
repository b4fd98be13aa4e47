// What the dialects that are written in JSON share.

/** What is wrong with a document, and where, for operators. */
export class Malformed extends Error {}

/** What `read` makes of a document; `unparsable` when it finds it malformed. */
export function reading<T extends object>(read: () => T) {
  try {
    return { state: 'read' as const, ...read() };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { state: 'unparsable' as const, problem: error.message };
  }
}

/**
 * The value of a document.
 * @param document JSON text or already parsed, @param name what it is called in what is said of it, @param most characters of the text
 * @throws Malformed when it is too long or not JSON
 */
export function parsedJson(document: unknown, name: string, most: number): unknown {
  if (typeof document !== 'string') return document;
  if (document.length > most) throw new Malformed(`The ${name} has more than ${most} characters.`);
  try {
    return JSON.parse(document);
  } catch {
    throw new Malformed(`The ${name} is not JSON.`);
  }
}

export type Members = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): Members => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
