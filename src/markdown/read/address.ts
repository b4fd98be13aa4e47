/** The path in an address with its percent signs decoded; empty when the address is malformed. */
export function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return '';
  }
}
