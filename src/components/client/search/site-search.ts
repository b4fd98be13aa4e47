import { fill } from '../../../i18n/fill.ts';
import { isLanguage, type Language } from '../../../i18n/languages.ts';
import { make } from '../dom.ts';
import type { IndexedPage, Place } from './search-places.ts';

/** The part of Pagefind's JavaScript API that this page uses. A search for `null` finds all pages. */
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
/** At most this many pages are read to find parts of words, which are not in the index. */
const MOST_READ = 40;

let loading: Promise<Pagefind> | undefined;

function pagefind(): Promise<Pagefind> {
  // Made after the build, so the bundler must not look for it.
  const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/pagefind.js`;
  loading ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
  return loading;
}

/** Pages that really contain all the words. The index also returns pages with words that only begin alike. */
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

/** The messages of the search. */
export interface SearchWords {
  readonly none: string;
  readonly found: string;
  readonly searching: string;
  readonly failed: string;
  readonly step: string;
}

/** Makes the field of the dialog search Pagefind's index for this language. */
export function startSearching(dialog: HTMLDialogElement, words: SearchWords): void {
  const input = dialog.querySelector('input');
  const count = dialog.querySelector('.search-count');
  const results = dialog.querySelector('.search-results');
  if (!input || !count || !results) return;
  const { lang } = document.documentElement;
  const language = isLanguage(lang) ? lang : 'en';
  let latest = 0;
  const show = (said: string, hits?: readonly Hit[]) => {
    count.textContent = said;
    if (hits) results.replaceChildren(...hits.map((hit) => result(hit, words.step)));
  };
  const look = async () => {
    const term = input.value.trim();
    latest += 1;
    const own = latest;
    if (term === '') return show('', []);
    const say = (text: string, found = 0) => text.replace('[SEARCH_TERM]', term).replace('[COUNT]', String(found));
    // While the reader is still typing, results for an older text are not shown.
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (own !== latest) return;
    try {
      show(say(words.searching));
      const hits = await searchFor(term, language);
      if (own === latest) show(hits.length === 0 ? say(words.none) : say(words.found, hits.length), hits.slice(0, MOST_PAGES));
    } catch {
      loading = undefined;
      if (own === latest) show(words.failed, []);
    }
  };
  input.addEventListener('input', () => void look());
  pagefind().catch(() => undefined);
  // The reader may have typed while this was loading.
  if (input.value !== '') void look();
}
