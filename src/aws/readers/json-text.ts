/**
 * JSON that AWS hands over as text: what it says, or the text itself when it is no JSON.
 * So a document that nobody can read stays a fact, for whoever judges it, and is not taken for trouble of ours.
 */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
