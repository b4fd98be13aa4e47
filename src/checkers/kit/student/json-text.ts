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
    const reason = text.startsWith('\u{FEFF}')
      ? 'it begins with a byte order mark; save it as UTF-8 without one'
      : (error as SyntaxError).message.replaceAll(/\s+/g, ' ');
    throw new Error(`"${file}" is not JSON: ${reason}.`, { cause: error });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Error(`"${file}" is JSON, but not an object.`);
  }
  return document;
}
