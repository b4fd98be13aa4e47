import { fill } from '../../../i18n/fill.ts';
import { formatUsd } from '../../../i18n/format.ts';
import { make } from '../dom.ts';
import { monthlyCost } from '../memory/leftovers.ts';
import { memory } from '../memory/page-state.ts';
import { overviewTexts as texts } from '../texts.ts';
import { exportProgress, importProgress } from './progress-file.ts';

const { language } = texts;

function passedOf(lab: string): number {
  return Object.values(memory.lab(memory.account ?? '', lab).statuses).filter((status) => status === 'passed').length;
}

/** `<lab-ring data-lab data-total>`: how much of a lab has passed, as a ring and in words. Empty before the first pass or tick. */
class LabRing extends HTMLElement {
  connectedCallback(): void {
    const lab = this.dataset['lab'] ?? '';
    const total = Number(this.dataset['total'] ?? 0);
    const passed = Math.min(passedOf(lab), total);
    if (total === 0 || (passed === 0 && memory.reader(lab).ticked.length === 0)) return;
    this.style.setProperty('--part', String(passed / total));
    this.replaceChildren(make('span', {}, fill(texts.catalogue.started, { passed, total })));
    this.classList.add('is-started');
  }
}

/** `<lab-filter>`: shows the labs with the chosen service and language. */
class LabFilter extends HTMLElement {
  connectedCallback(): void {
    const [service, textLanguage] = this.querySelectorAll('select');
    const said = this.querySelector('[role="status"]');
    const show = () => {
      let count = 0;
      for (const card of document.querySelectorAll<HTMLElement>('.lab-card')) {
        const services = (card.dataset['services'] ?? '').split('|');
        const fits =
          (!service?.value || services.includes(service.value)) &&
          (!textLanguage?.value || card.dataset['language'] === textLanguage.value);
        card.hidden = !fits;
        if (fits) count += 1;
      }
      for (const week of document.querySelectorAll<HTMLElement>('.catalogue-week')) {
        week.hidden = week.querySelector('.lab-card:not([hidden])') === null;
      }
      if (said) said.textContent = fill(texts.catalogue.shown, { count });
    };
    this.addEventListener('change', show);
  }
}

/** `<lab-dashboard>`: the reader's progress in all labs, what still costs money, and how to take the progress to another browser. */
class LabDashboard extends HTMLElement {
  connectedCallback(): void {
    this.#show();
    this.querySelector('.progress-export')?.addEventListener('click', () => this.#export());
    const file = this.querySelector<HTMLInputElement>('input[type="file"]');
    file?.addEventListener('change', () => void this.#import(file));
  }

  get #labs(): string[] {
    return [...this.querySelectorAll<HTMLElement>('tr[data-lab]')].map((row) => row.dataset['lab'] ?? '');
  }

  #show(): void {
    const leftovers: Node[] = [];
    let started = 0;
    for (const row of this.querySelectorAll<HTMLElement>('tr[data-lab]')) {
      const lab = row.dataset['lab'] ?? '';
      const total = Number(row.dataset['total'] ?? 0);
      const known = memory.lab(memory.account ?? '', lab);
      const ticked = memory.reader(lab).ticked.length;
      row.hidden = Object.keys(known.statuses).length === 0 && ticked === 0;
      if (!row.hidden) started += 1;
      const [passedCell, tickedCell] = row.querySelectorAll('td');
      const passed = Math.min(passedOf(lab), total);
      passedCell?.replaceChildren(make('progress', { max: Math.max(total, 1), value: passed, ariaHidden: 'true' }), ` ${passed}/${total}`);
      if (tickedCell) tickedCell.textContent = new Intl.NumberFormat(language).format(ticked);
      if (known.leftovers.length === 0) continue;
      const cost = monthlyCost(known.leftovers);
      const link = make(
        'a',
        { href: `${row.querySelector('a')?.getAttribute('href') ?? ''}#cleanup` },
        row.querySelector('a')?.textContent ?? lab,
      );
      const money = cost > 0 ? ` ${fill(texts.dashboard.perMonth, { cost: formatUsd(cost, language) })}` : '';
      const items = known.leftovers.map(({ title }) => make('li', {}, title));
      leftovers.push(make('li', {}, link, money, make('ul', {}, ...items)));
    }
    this.querySelector('.progress-leftovers')?.replaceChildren(...leftovers);
    this.#toggle('.progress-clean', leftovers.length === 0);
    this.#toggle('table', started > 0);
    this.#toggle('.progress-none', started === 0);
  }

  #toggle(selector: string, shown: boolean): void {
    const part = this.querySelector<HTMLElement>(selector);
    if (part) part.hidden = !shown;
  }

  #export(): void {
    const file = new Blob([exportProgress(memory, this.#labs, new Date())], { type: 'application/json' });
    const link = make('a', { href: URL.createObjectURL(file), download: 'labproof-progress.json' });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    const said = this.querySelector('[role="status"]');
    if (file === undefined || !said) return;
    try {
      said.textContent = fill(texts.dashboard.imported, { count: importProgress(memory, await file.text()) });
      this.#show();
    } catch {
      said.textContent = texts.dashboard.unreadable;
    }
    input.value = '';
  }
}

customElements.define('lab-ring', LabRing);
customElements.define('lab-filter', LabFilter);
customElements.define('lab-dashboard', LabDashboard);
