/** A new element. Children that are strings become text, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** Status as icon and word; the icon comes from CSS by `data-status`. */
export function statusBadge(status: string, word: string): HTMLSpanElement {
  const badge = make('span', { className: 'check-status' }, word);
  badge.dataset['status'] = status;
  return badge;
}

/** Styles for what a later part of the page brings with it; they come with its script, so that nothing is seen without them. */
export function addStyle(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
