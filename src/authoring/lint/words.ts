const special = /[.*+?^${}()|[\]\\]/g;

/** Whether a text contains a name as a whole word; `-` and `_` count as parts of words. */
export function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${name.replace(special, '\\$&')}(?![\\w-])`).test(text);
}

/** The prefix that the names of one lab share: `week9-2-` of `week9-2-codebuild-stack`, `sbcntr-` of `sbcntr-backend`. */
export function headOf(name: string): string {
  const parts = name.split(/(?<=[-_])/);
  // A number alone is no useful prefix, so the next part is added.
  return parts.slice(0, parts[1] !== undefined && /^\d+[-_]$/.test(parts[1]) ? 2 : 1).join('');
}
