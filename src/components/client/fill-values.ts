/** What stands in the text, by the text of its placeholder: `<repository-name>` -> the student's value or `undefined` when not known yet. */
type Filling = ReadonlyMap<string, string | undefined>;

const special = /[.*+?^${}()|[\]\\]/g;

/** A command with its placeholders replaced in one pass, the longest first, so that a value is never itself replaced. */
export function fillText(text: string, filling: Filling): string {
  if (filling.size === 0) return text;
  const longestFirst = [...filling.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((placeholder) => placeholder.replace(special, '\\$&')).join('|'), 'g');
  return text.replace(pattern, (placeholder) => filling.get(placeholder) ?? placeholder);
}

/** Shows the student's values in place of the placeholders, or the placeholders again, in the text and in what the copy buttons copy. */
export function fillPage(values: Readonly<Record<string, string>>): void {
  const commands = new Map<HTMLElement, Map<string, string | undefined>>();
  for (const place of document.querySelectorAll<HTMLElement>('.lab-value')) {
    const placeholder = place.dataset['placeholder'] ?? place.textContent ?? '';
    place.dataset['placeholder'] = placeholder;
    const value = values[place.dataset['value'] ?? ''];
    const shown = value ?? placeholder;
    if (place.textContent !== shown) place.textContent = shown;
    place.classList.toggle('is-filled', value !== undefined);
    place.title = value === undefined ? '' : placeholder;
    const button = place.closest('.expressive-code')?.querySelector<HTMLElement>('button[data-code]');
    if (button) commands.set(button, (commands.get(button) ?? new Map()).set(placeholder, value));
  }
  for (const [button, filling] of commands) {
    const template = button.dataset['template'] ?? button.dataset['code'] ?? '';
    button.dataset['template'] = template;
    button.dataset['code'] = fillText(template, filling);
  }
}
