/** Looks for everything that a batch operation is asked for, each name once. */
export function sought<T>(
  names: readonly string[],
  find: (name: string) => T | undefined,
): { readonly found: T[]; readonly missing: string[] } {
  const wanted = [...new Set(names)];
  return { found: wanted.flatMap((name) => find(name) ?? []), missing: wanted.filter((name) => find(name) === undefined) };
}
