/**
 * The JSON document in a text, as AWS takes one. Its shape is the caller's to know, so it has no type.
 * @param file what the text is called in the error
 * @throws Error in one sentence when the text holds no JSON object
 */
export function jsonOf(text: string, file: string) {
  let document: ReturnType<typeof JSON.parse>;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error(`"${file}" is not JSON, so AWS refuses it: ${error instanceof Error ? error.message : error}.`, { cause: error });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Error(`"${file}" is JSON but not an object, so AWS refuses it.`);
  }
  return document;
}
