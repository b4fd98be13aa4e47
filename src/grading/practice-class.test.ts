import { describe, expect, it } from 'vitest';
import { createAccount } from '../practice/account.ts';
import { smallLab } from './fixtures.test-support.ts';
import { practiceClass } from './practice-class.ts';

const options = { region: 'ap-northeast-2', roleName: 'LabproofReadOnly', language: 'en', instructor: '123456789012' } as const;
const entries = (size: number) => practiceClass(smallLab, size, options).map(({ entry }) => entry);

describe('a practice class', () => {
  it('is the same for the same size, and begins like a smaller one', () => {
    expect(entries(30)).toEqual(entries(30));
    expect(entries(30).slice(0, 12)).toEqual(entries(12));
  });

  it('has an account of its own for everybody', () => {
    expect(new Set(entries(1000).map(({ account }) => account)).size).toBe(1000);
    expect(new Set(entries(1000).map(({ student }) => student)).size).toBe(1000);
  });

  it('has students in every state, and meets every mistake', () => {
    expect(new Set(entries(20).map(({ name }) => name))).toEqual(
      new Set(['Pushes', 'Makes it', 'Forgets the tag', 'Keeps it', 'Deletes it', 'Has not begun', 'The role refuses the grader']),
    );
  });

  it('lets the instructor in everywhere but where the role refuses', () => {
    const trusted = practiceClass(smallLab, 10, { ...options, externalId: 'class-9' }).map(({ entry, prepare }) => {
      const account = createAccount(entry.account);
      prepare(account);
      return JSON.stringify(account.iam.role('LabproofReadOnly')?.trust);
    });
    expect(trusted.filter((trust) => trust.includes('123456789012') && trust.includes('class-9'))).toHaveLength(9);
  });
});
