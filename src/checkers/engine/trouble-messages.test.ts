import { expect, it } from 'vitest';
import { TROUBLES, UNKNOWN_REASONS } from '../../aws/errors.ts';
import { LANGUAGES } from '../../i18n/languages.ts';
import { OPERATOR_MESSAGES } from './operator-messages.ts';
import { formatMessage } from './texts.ts';
import { UNKNOWN_MESSAGES } from './unknown-messages.ts';

const operation = 'ecr:DescribeImages';
const place = { operation, account: '123456789012', region: 'ap-northeast-2', code: 'Code', request: 'r-1' };

it.each(TROUBLES)('%s tells the operator the account in every language', (trouble) => {
  for (const language of LANGUAGES) {
    const text = formatMessage(OPERATOR_MESSAGES[language][trouble], language, place);
    expect(text).toContain(place.account);
    if (trouble !== 'wrong-account') expect(text).toContain(operation);
    expect(text).not.toMatch(/[{}]/);
  }
});

it.each(UNKNOWN_REASONS)('%s has words for the student in every language', (reason) => {
  for (const language of LANGUAGES) expect(formatMessage(UNKNOWN_MESSAGES[language][reason], language, place)).not.toMatch(/[{}]|^$/);
});

it('has the same special words for students in every language', () => {
  const [first, ...others] = LANGUAGES.map((language) => Object.keys(UNKNOWN_MESSAGES[language]).sort());
  for (const other of others) expect(other).toEqual(first);
});
