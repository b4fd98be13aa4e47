/**
 * What is known of a request besides action, resource and principal: condition keys (`aws:SourceIp`, `iam:PassedToService`,
 * ...) with their values, or `null` for a key the request certainly does not carry. A key that is not listed is not known,
 * and what hangs on it is undecided. Keys are compared without regard to case.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[] | null>>;

export interface Context {
  /** The values of a key; empty when the request does not carry it; `undefined` when that is not known. */
  valuesOf(key: string): readonly string[] | undefined;
}

/** Later parts win. */
export function contextOf(...parts: readonly RequestContext[]): Context {
  const values = new Map(
    parts.flatMap((part) => Object.entries(part).map(([key, value]) => [key.toLowerCase(), value === null ? [] : [value].flat()] as const)),
  );
  return { valuesOf: (key) => values.get(key.toLowerCase()) };
}
