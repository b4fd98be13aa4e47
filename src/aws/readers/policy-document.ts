import { jsonOrText } from './json-text.ts';

/**
 * A policy document of IAM, which percent-encodes them (RFC 3986).
 * @returns the parsed document, or the text as it came when it is no JSON document
 */
export function policyDocument(encoded: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded));
  } catch {
    return jsonOrText(encoded);
  }
}
