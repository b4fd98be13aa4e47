const special = /[.*+?^${}()|[\]\\]/g;

/** Whether a text has a name as a whole word; `-` and `_` are parts of words. */
export function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${name.replace(special, '\\$&')}(?![\\w-])`).test(text);
}

/** How names of one lab begin, up to a dash: `week9-2-` of `week9-2-codebuild-stack`, `sbcntr-` of `sbcntr-backend`. */
export function headOf(name: string): string {
  const parts = name.split(/(?<=[-_])/);
  // A number alone says too little; it takes the next part with it.
  return parts.slice(0, parts[1] !== undefined && /^\d+[-_]$/.test(parts[1]) ? 2 : 1).join('');
}
