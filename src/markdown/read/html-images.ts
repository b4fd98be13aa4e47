/** An `<img>`; the words of its `alt` may hold a `>`. */
export const IMG = /<img\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** The value of an attribute of a tag; `undefined` when it has none. */
export function attributeOf(tag: string, name: string): string | undefined {
  const [, double, single, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
}
