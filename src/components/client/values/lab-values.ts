import { fill } from '../../../i18n/fill.ts';
import { make } from '../dom.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import { fillPage } from './fill-values.ts';

interface Row {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly source: HTMLElement;
}

/** The name of a task in the page's list of tasks. */
function taskName(task: string): string {
  const link = document.querySelector(`task-nav a[data-task="${CSS.escape(task)}"] .lab-nav-text`);
  return link?.textContent?.split(/\s*[:：]/)[0] ?? task;
}

/**
 * `<lab-values data-names>`: the values that the text needs, the known ones with their source, fields to type them, and a button that
 * forgets them. Also fills in the text.
 */
export class LabValues extends HTMLElement {
  readonly #rows = new Map<string, Row>();

  connectedCallback(): void {
    const list = make('div', { className: 'lab-values-list' });
    const forget = make('button', { type: 'button', className: 'quiet-button' }, texts.values.forget);
    forget.addEventListener('click', () => {
      pageState.forgetValues();
      // The button disappears when there is nothing to forget, and takes the focus along.
      if (forget.hidden) title.focus();
    });
    const title = make('summary', { className: 'lab-nav-title' }, texts.values.title);
    this.replaceChildren(
      make('details', { open: true }, title, make('p', { className: 'lab-values-intro' }, texts.values.intro), list, forget),
    );
    const wanted = (this.dataset['names'] ?? '').split(' ').filter((name) => name !== '');
    pageState.follow(() => {
      const { values } = pageState;
      fillPage(values);
      const names = [...new Set([...wanted, ...Object.keys(values)])];
      for (const name of names) this.#show(name, list);
      for (const [name, { element }] of this.#rows) {
        if (names.includes(name)) continue;
        if (element.contains(document.activeElement)) title.focus();
        element.remove();
        this.#rows.delete(name);
      }
      forget.hidden = Object.keys(values).length === 0;
      this.hidden = names.length === 0;
    });
  }

  #show(name: string, list: HTMLElement): void {
    const row = this.#rows.get(name) ?? this.#add(name, list);
    const read = pageState.lab.values[name];
    const typed = pageState.reader.typed[name];
    const value = typed ?? read ?? '';
    if (row.input.value !== value) row.input.value = value;
    row.element.classList.toggle('is-known', value !== '');
    const task = pageState.lab.sources[name];
    const from = read === undefined || task === undefined ? texts.values.unknown : fill(texts.values.from, { task: taskName(task) });
    row.source.textContent = typed === undefined ? from : texts.values.typed;
  }

  #add(name: string, list: HTMLElement): Row {
    const input = make('input', { type: 'text', autocomplete: 'off', spellcheck: false, placeholder: texts.values.type });
    input.id = `value-${name}`;
    input.setAttribute('autocapitalize', 'off');
    // A value that the account publishes need not be kept as typed.
    input.addEventListener('change', () => {
      const value = input.value.trim();
      pageState.type(name, value === pageState.lab.values[name] ? '' : value);
    });
    const source = make('small', { className: 'lab-values-source', id: `value-${name}-source` });
    input.setAttribute('aria-describedby', source.id);
    const element = make('div', { className: 'lab-value-row' }, make('label', { htmlFor: input.id }, name), input, source);
    list.append(element);
    const row = { element, input, source };
    this.#rows.set(name, row);
    return row;
  }
}
