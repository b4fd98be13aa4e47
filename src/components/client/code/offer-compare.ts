import { fill } from '../../../i18n/fill.ts';
import { make } from '../dom.ts';
import { texts } from '../texts.ts';

function exampleOf(figure: Element): string {
  return [...figure.querySelectorAll('pre .code')].map((line) => line.textContent ?? '').join('\n');
}

function form(figure: Element): HTMLElement {
  const field = make('textarea', { rows: 4, spellcheck: false, autocomplete: 'off' });
  field.setAttribute('aria-label', texts.output.field);
  const said = make('p', { className: 'output-said' });
  said.setAttribute('role', 'status');
  const look = async () => {
    figure.querySelector('.is-different')?.classList.remove('is-different');
    if (field.value.trim() === '') {
      said.textContent = '';
      return;
    }
    const { compareOutput } = await import('./output-compare.ts');
    const result = compareOutput(exampleOf(figure), field.value);
    if (result.same) {
      said.textContent = `✓ ${texts.output.same}`;
      return;
    }
    const line = [...figure.querySelectorAll('.ec-line')].find((candidate) => candidate.textContent?.trim() === result.line.trim());
    line?.classList.add('is-different');
    const missing = `✗ ${fill(texts.output.different, { line: result.line.trim() })}`;
    const instead = result.instead === undefined ? [] : [make('br'), fill(texts.output.instead, { line: result.instead.trim() })];
    said.replaceChildren(missing, ...instead);
  };
  field.addEventListener('input', () => void look());
  return make('div', { className: 'output-compare' }, field, said);
}

/**
 * Adds a button below each OUTPUT block that opens a field for the student's own output. It is compared while the student types or pastes.
 */
export function offerComparing(): void {
  for (const figure of document.querySelectorAll('figure.callout-output')) {
    const title = figure.querySelector('.callout-title');
    if (title === null || figure.querySelector('pre') === null) continue;
    const button = make('button', { type: 'button', className: 'quiet-button output-button', ariaExpanded: 'false' }, texts.output.compare);
    let opened: HTMLElement | undefined;
    button.addEventListener('click', () => {
      opened ??= form(figure);
      if (!opened.isConnected) figure.append(opened);
      else opened.hidden = !opened.hidden;
      button.ariaExpanded = String(!opened.hidden);
      if (!opened.hidden) opened.querySelector('textarea')?.focus();
    });
    title.append(button);
  }
}
