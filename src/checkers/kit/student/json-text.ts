/** The JSON document that a text holds, as the service would take it. @throws Error in one sentence when it holds none @param file what to call it */
export function jsonOf(text: string, file: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`"${file}" is not JSON, so AWS refuses it: ${error instanceof Error ? error.message : error}`);
  }
}
