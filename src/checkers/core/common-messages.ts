import type { Language } from '../../i18n/languages.ts';

/** What the runner itself says about a student's work, in every lab. */
export const COMMON_SAYS = {
  ko: {
    foundElsewhere:
      '리소스가 {found} 리전에 있습니다. 이 실습은 {region} 리전을 사용합니다. 콘솔 오른쪽 위에서 {region} 리전을 고르고 그곳에서 다시 만든 뒤, {found} 리전의 것은 삭제합니다.',
  },
  ja: {
    foundElsewhere:
      'リソースは {found} リージョンにあります。このハンズオンでは {region} リージョンを使います。コンソール右上で {region} を選んで作り直し、{found} のものは削除してください。',
  },
  en: {
    foundElsewhere:
      'It was found in {found}; this lab uses {region}. Choose {region} at the top right of the console, make it there, and delete the one in {found}.',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

export type CommonSays = keyof (typeof COMMON_SAYS)['ko'];

/** The text of a common message, or undefined when a lab's own is meant. */
export function commonText(key: string, language: Language): string | undefined {
  const texts: Readonly<Record<string, string>> = COMMON_SAYS[language];
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
