import { fill } from '../../i18n/fill.ts';
import { isLanguage, type Language } from '../../i18n/languages.ts';
import { make } from './dom.ts';
import type { IndexedPage, Place } from './search-places.ts';

/** What this page uses of Pagefind's JavaScript API. A search for `null` finds every page. */
interface Pagefind {
  search(term: string | null): Promise<{ results: { data(): Promise<Found> }[] }>;
}
interface Found extends IndexedPage {
  readonly url: string;
  readonly meta: Readonly<Record<string, string>>;
}
interface Hit {
  readonly page: Found;
  readonly places: readonly Place[];
}

const MOST_PAGES = 8;
const MOST_PLACES = 4;
/** As many pages are read through at most for a part of a word, which the index does not know. */
const MOST_READ = 40;

let loading: Promise<Pagefind> | undefined;

function pagefind(): Promise<Pagefind> {
  // Made after the build, so the bundler must not look for it.
  const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/pagefind.js`;
  loading ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
  return loading;
}

/** Pages where all the words are, as they stand there: the index offers pages with words that only begin alike, too. */
async function searchFor(term: string, language: Language): Promise<Hit[]> {
  const [index, { searchWords }, { findPlaces }] = await Promise.all([
    pagefind(),
    import('./search-words.ts'),
    import('./search-places.ts'),
  ]);
  const words = searchWords(term, language);
  if (words.length === 0) return [];
  const read = async (asked: string | null, most: number) => {
    const { results } = await index.search(asked);
    const pages = await Promise.all(results.slice(0, most).map((entry) => entry.data()));
    return pages.map((page) => ({ page, places: findPlaces(page, words, MOST_PLACES) })).filter(({ places }) => places.length > 0);
  };
  const hits = await read(words.join(' '), MOST_PAGES * 2);
  return hits.length > 0 ? hits : read(null, MOST_READ);
}

function marked(parts: readonly string[]): HTMLElement {
  return make('p', {}, ...parts.map((part, at) => (at % 2 === 0 ? part : make('mark', {}, part))));
}

function result({ page, places }: Hit, step: string): HTMLLIElement {
  const items = places.map((place) => {
    const name = [place.section, place.step === undefined ? '' : fill(step, { step: place.step })].filter(Boolean).join(' · ');
    const link = make(
      'a',
      { href: `${page.url}${place.id === undefined ? '' : `#${place.id}`}` },
      name || (page.meta['title'] ?? page.url),
    );
    return make('li', {}, link, marked(place.excerpt));
  });
  return make('li', {}, make('a', { className: 'search-page', href: page.url }, page.meta['title'] ?? page.url), make('ol', {}, ...items));
}

/** `<site-search>`: a dialog over Pagefind's index of this language's pages. */
export class SiteSearch extends HTMLElement {
  #words = { none: '', found: '', searching: '', failed: '', step: '' };
  #latest = 0;

  connectedCallback(): void {
    this.#words = { ...this.#words, ...(JSON.parse(this.dataset['words'] ?? '{}') as object) };
    this.querySelector('.search-open')?.addEventListener('click', () => this.#open());
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#open();
    });
    this.querySelector('input')?.addEventListener('input', () => void this.#search());
    const dialog = this.querySelector('dialog');
    dialog?.addEventListener('click', (event) => {
      const leaves = event.target === dialog || (event.target instanceof Element && event.target.closest('a') !== null);
      if (leaves) dialog.close();
    });
    this.querySelector('form')?.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
    });
  }

  #open(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open === false) dialog.showModal();
    this.querySelector('input')?.select();
    pagefind().catch(() => undefined);
  }

  async #search(): Promise<void> {
    const term = this.querySelector('input')?.value.trim() ?? '';
    if (term === '') return this.#show('', []);
    const say = (words: string, count = 0) => words.replace('[SEARCH_TERM]', term).replace('[COUNT]', String(count));
    this.#latest += 1;
    const own = this.#latest;
    // Who types on is not shown what they have already typed past.
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (own !== this.#latest) return;
    try {
      this.#show(say(this.#words.searching), undefined);
      const { lang } = document.documentElement;
      const hits = await searchFor(term, isLanguage(lang) ? lang : 'en');
      if (own !== this.#latest) return;
      this.#show(hits.length === 0 ? say(this.#words.none) : say(this.#words.found, hits.length), hits.slice(0, MOST_PAGES));
    } catch {
      loading = undefined;
      this.#show(this.#words.failed, []);
    }
  }

  #show(words: string, hits: readonly Hit[] | undefined): void {
    const count = this.querySelector('.search-count');
    if (count) count.textContent = words;
    if (hits) this.querySelector('.search-results')?.replaceChildren(...hits.map((hit) => result(hit, this.#words.step)));
  }
}
