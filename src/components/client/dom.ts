/** Creates an element. Children that are strings become text, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** A status as icon and word. CSS adds the icon by `data-status`. */
export function statusBadge(status: string, word: string): HTMLSpanElement {
  const badge = make('span', { className: 'check-status' }, word);
  badge.dataset['status'] = status;
  return badge;
}

/** Adds the styles of a part that is loaded later. They are loaded with its script, so that it is never shown without them. */
export function addStyle(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
