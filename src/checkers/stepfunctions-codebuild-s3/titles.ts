import type { PracticeAccount } from '../../practice/account.ts';
import type { Texts } from '../engine/texts.ts';

/* Titles that several checks or practice moves have, each about something else. Korean names carry their particle: '버킷을'. */

/** Japanese puts a space between Latin letters and its own. */
const object = (name: string) => `${name}${/[!-~]$/.test(name) ? ' ' : ''}を`;

export const forget = (ko: string, ja: string, en: string = ja) =>
  ({ ko: `${ko} 빼먹습니다`, ja: `${object(ja)}忘れる`, en: `Forget ${en}` }) as const;

/** Titles of checks that are all about one thing: their beginning in every language, then the rest. */
export const about = (ko: string, ja: string, en: string) => (koRest: string, jaRest: string, enRest: string) =>
  ({ ko: `${ko} ${koRest}`, ja: `${ja}${jaRest}`, en: `${en} ${enRest}` }) as const;

/** The mistake of making something in the region that the console shows first. */
export const inVirginia = <const Says extends string>(
  { ko, ja, en }: Texts,
  says: Says,
  make: (account: PracticeAccount, region: string) => void,
) => ({
  title: {
    ko: `${ko} 버지니아(us-east-1) 리전에 만듭니다`,
    ja: `${object(ja)}バージニア (us-east-1) に作る`,
    en: `Make the ${en} in Virginia (us-east-1)`,
  },
  says,
  instead: (account: PracticeAccount) => make(account, 'us-east-1'),
});
