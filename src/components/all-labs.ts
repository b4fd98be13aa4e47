import { getCollection } from 'astro:content';
import type { LabFrontmatter } from '../content/lab-schema.ts';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { labData, labOfEntry } from './lab-page.ts';

/** A lab as a reader of one language sees it. */
export interface LabListing {
  readonly lab: string;
  /** The language of the text: the reader's language if the lab has a text in it, else the first of {@link LANGUAGES} that it has. */
  readonly language: Language;
  readonly title: string;
  readonly data: LabFrontmatter;
}

// Labs without a week come last.
const LAST = Number.MAX_SAFE_INTEGER;

const built = new Map<Language, Promise<readonly LabListing[]>>();

/** All labs in the order of the course. The pages of a build share one list; in `astro dev` it may change. */
export function allLabs(language: Language): Promise<readonly LabListing[]> {
  if (!import.meta.env.PROD) return listLabs(language);
  const known = built.get(language) ?? listLabs(language);
  built.set(language, known);
  return known;
}

async function listLabs(language: Language): Promise<readonly LabListing[]> {
  const entries = await getCollection('docs');
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return [...new Set(entries.flatMap(({ id }) => labOfEntry(id) ?? []))]
    .flatMap((lab): LabListing[] => {
      const shown = [language, ...LANGUAGES].find((candidate) => byId.has(`${candidate}/labs/${lab}`));
      const entry = shown && byId.get(`${shown}/labs/${lab}`);
      return entry && shown ? [{ lab, language: shown, title: entry.data.title, data: labData(entry) }] : [];
    })
    .sort(
      (a, b) =>
        (a.data.week ?? LAST) - (b.data.week ?? LAST) || (a.data.session ?? LAST) - (b.data.session ?? LAST) || a.lab.localeCompare(b.lab),
    );
}
