import { distance } from 'fastest-levenshtein';

/** At most `most` of `names`, those most like `wanted` first. */
export function closest(wanted: string, names: readonly string[], most: number): readonly string[] {
  const target = wanted.toLowerCase();
  return names
    .map((name) => ({ name, far: distance(target, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}
