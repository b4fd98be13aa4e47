import { make } from './dom.ts';

/** What this page uses of Pagefind's JavaScript API. `excerpt` is HTML-escaped text whose only markup is `<mark>`. */
interface Pagefind {
  debouncedSearch(term: string, options: object, milliseconds: number): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}
interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly { readonly url: string; readonly title: string; readonly excerpt: string }[];
}

const MOST_PAGES = 8;
const MOST_PLACES = 4;

let loading: Promise<Pagefind> | undefined;

function pagefind(): Promise<Pagefind> {
  // Made after the build, so the bundler must not look for it.
  const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/pagefind.js`;
  loading ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
  return loading;
}

/** An excerpt as text with the found words marked; nothing else of its markup survives. */
function excerpt(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  const parts = [...parsed.childNodes].map((node) =>
    node.nodeName === 'MARK' ? make('mark', {}, node.textContent ?? '') : (node.textContent ?? ''),
  );
  return make('p', {}, ...parts);
}

function result(page: Found): HTMLLIElement {
  const places = page.sub_results
    .filter(({ url }) => url !== page.url)
    .slice(0, MOST_PLACES)
    .map((place) => make('li', {}, make('a', { href: place.url }, place.title), excerpt(place.excerpt)));
  const title = make('a', { className: 'search-page', href: page.url }, page.meta['title'] ?? page.url);
  return make('li', {}, title, places.length === 0 ? excerpt(page.excerpt) : make('ol', {}, ...places));
}

/** `<site-search>`: a dialog over Pagefind's index of this language's pages. */
export class SiteSearch extends HTMLElement {
  #words = { none: '', found: '', searching: '', failed: '' };

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
    try {
      this.#show(say(this.#words.searching), undefined);
      const answer = await (await pagefind()).debouncedSearch(term, {}, 200);
      // A newer search is under way.
      if (answer === null) return;
      const pages = await Promise.all(answer.results.slice(0, MOST_PAGES).map((entry) => entry.data()));
      this.#show(pages.length === 0 ? say(this.#words.none) : say(this.#words.found, answer.results.length), pages);
    } catch {
      loading = undefined;
      this.#show(this.#words.failed, []);
    }
  }

  #show(words: string, pages: readonly Found[] | undefined): void {
    const count = this.querySelector('.search-count');
    if (count) count.textContent = words;
    if (pages) this.querySelector('.search-results')?.replaceChildren(...pages.map(result));
  }
}
