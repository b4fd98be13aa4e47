import { makeCopyable } from './copy-code.ts';
import { make } from './dom.ts';
import { fillPage } from './fill-values.ts';
import { pageState } from './page-state.ts';
import { texts } from './texts.ts';

/** `<lab-values>`: the student's values, as far as known, and a way to forget them. Also keeps the text filled in. */
export class LabValues extends HTMLElement {
  connectedCallback(): void {
    pageState.follow(() => {
      const { values } = pageState.lab;
      fillPage(values);
      const entries = Object.entries(values);
      this.hidden = entries.length === 0;
      if (this.hidden) return;
      const forget = make('button', { type: 'button', className: 'quiet-button' }, texts.values.forget);
      forget.addEventListener('click', () => pageState.forgetValues());
      this.replaceChildren(
        make('p', { className: 'lab-nav-title' }, texts.values.title),
        make('p', { className: 'lab-values-intro' }, texts.values.intro),
        make('dl', {}, ...entries.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, make('code', {}, value))))),
        forget,
      );
      makeCopyable(this);
    });
  }
}
