/** What replaces each placeholder: `<repository-name>` -> the student's value, or `undefined` when it is not known yet. */
type Filling = ReadonlyMap<string, string | undefined>;

const special = /[.*+?^${}()|[\]\\]/g;

/** Replaces the placeholders in a command in one pass, longest first, so that values are never replaced again. */
export function fillText(text: string, filling: Filling): string {
  if (filling.size === 0) return text;
  const longestFirst = [...filling.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((placeholder) => placeholder.replace(special, '\\$&')).join('|'), 'g');
  return text.replace(pattern, (placeholder) => filling.get(placeholder) ?? placeholder);
}

/** Replaces the placeholders in an address, plain or percent-encoded, by encoded values. */
export function fillAddress(address: string, filling: Filling): string {
  const encoded = new Map(
    [...filling].flatMap(([placeholder, value]) => {
      const filled = value === undefined ? undefined : encodeURIComponent(value);
      return [placeholder, encodeURI(placeholder), encodeURIComponent(placeholder)].map((form) => [form, filled] as const);
    }),
  );
  return fillText(address, encoded);
}

/** Whether inline code means the placeholder itself, as in "replace <repository-name> by …". */
function namesItself(place: HTMLElement, placeholder: string): boolean {
  const code = place.closest('code');
  return placeholder.startsWith('<') && code !== null && code.closest('pre') === null && code.textContent === place.textContent;
}

function placeholderOf(place: HTMLElement): string {
  const placeholder = place.dataset['placeholder'] ?? place.textContent ?? '';
  if (place.dataset['placeholder'] === undefined) {
    place.dataset['placeholder'] = placeholder;
    place.classList.toggle('is-name', namesItself(place, placeholder));
  }
  return placeholder;
}

function fillLinks(filling: Filling): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.sl-markdown-content a[href]')) {
    const template = link.dataset['template'] ?? link.getAttribute('href') ?? '';
    const address = fillAddress(template, filling);
    if (address === link.getAttribute('href')) continue;
    link.dataset['template'] = template;
    link.setAttribute('href', address);
  }
}

/** Shows the student's values or, where they are unknown, the placeholders: in the text, in links, and in what the copy buttons copy. */
export function fillPage(values: Readonly<Record<string, string>>): void {
  const all = new Map<string, string | undefined>();
  const commands = new Map<HTMLElement, Map<string, string | undefined>>();
  for (const place of document.querySelectorAll<HTMLElement>('.lab-value')) {
    const placeholder = placeholderOf(place);
    const value = values[place.dataset['value'] ?? ''];
    all.set(placeholder, value);
    const shown = place.classList.contains('is-name') ? placeholder : (value ?? placeholder);
    if (place.textContent !== shown) place.textContent = shown;
    place.classList.toggle('is-filled', value !== undefined);
    place.title = value === undefined ? '' : shown === value ? placeholder : value;
    const button = place.closest('.expressive-code')?.querySelector<HTMLElement>('button[data-code]');
    if (button) commands.set(button, (commands.get(button) ?? new Map()).set(placeholder, value));
  }
  for (const [button, filling] of commands) {
    const template = button.dataset['template'] ?? button.dataset['code'] ?? '';
    button.dataset['template'] = template;
    button.dataset['code'] = fillText(template, filling);
  }
  fillLinks(all);
}
