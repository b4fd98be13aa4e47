/** An `<img>` tag. Its `alt` text may contain a `>`. */
export const IMG = /<img\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** The value of a tag's attribute; `undefined` when the tag does not have it. */
export function attributeOf(tag: string, name: string): string | undefined {
  const [, double, single, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
}
