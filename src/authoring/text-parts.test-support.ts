import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labSchema } from '../content/lab-schema.ts';
import type { Language } from '../i18n/languages.ts';
import { AuthoringError } from '../markdown/read/authoring-error.ts';
import { readLabTexts } from './lab-text.ts';

/** A lab's text in the parts that tests use. */
export interface TextParts {
  readonly frontMatter: ReturnType<typeof labSchema.parse>;
  readonly body: string;
  /** The body without the marks of quotations, so that fences inside callouts look like others. */
  readonly plain: string;
  readonly fences: readonly { readonly language: string; readonly content: string }[];
  /** The content of all fences. */
  readonly output: string;
  /** The sections below headings of level 2, without code. */
  readonly sections: readonly { readonly title: string; readonly section: string }[];
  /** Reads a file in `files/`. */
  read(name: string): string;
}

/** Reads the text of a lab's folder. */
export function textParts(folder: string, language: Language): TextParts {
  const text = readLabTexts(folder).find((one) => one.language === language);
  if (text === undefined) throw new Error(`${folder} has no text in ${language}.`);
  const frontMatter = labSchema.safeParse(text.frontMatter);
  if (!frontMatter.success) {
    const wrong = frontMatter.error.issues.map(({ path, message }) => `"${path.join('.')}" ${message}`);
    throw new AuthoringError(`In the front matter of ${text.path}, ${wrong.join('; ')}.`);
  }
  const plain = text.body.replace(/^> ?/gm, '');
  const fences = [...plain.matchAll(/^ *```(\w*)[^\n]*\n([\s\S]*?)^ *```/gm)].map(([, name = '', content = '']) => ({
    language: name,
    content,
  }));
  return {
    frontMatter: frontMatter.data,
    body: text.body,
    plain,
    fences,
    output: fences.map(({ content }) => content).join('\n'),
    sections: plain
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => ({ title: section.split('\n')[0]?.slice(3) ?? '', section: section.replace(/^ *```[\s\S]*?^ *```/gm, '') })),
    read: (name) => readFileSync(join(folder, 'files', name), 'utf8'),
  };
}
