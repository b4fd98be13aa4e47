import type { Lab } from '../checkers/engine/lab.ts';
import type { Move } from '../checkers/engine/move.ts';
import { playMove } from '../checkers/engine/play.ts';
import type { Language } from '../i18n/languages.ts';
import type { PracticeAccount } from '../practice/account.ts';
import { newAccountId } from '../practice/account-id.ts';
import { roleArn } from './account-syntax.ts';
import type { RosterDefaults, RosterEntry } from './roster.ts';

export const MOST_PRACTICE_STUDENTS = 1000;

/** A student of a practice class, and how the account got into its state. `entry.name` describes the state. */
export interface PracticeStudent {
  readonly entry: RosterEntry;
  /** The last thing that the student did; missing when nothing was started or the role refuses. */
  readonly move?: Move;
  /** Puts an unused account into the student's state. */
  prepare(account: PracticeAccount): void;
}

export interface PracticeClassOptions extends RosterDefaults {
  readonly language: Language;
  /** The account whose users may assume the roles of the students. */
  readonly instructor: string;
}

type Kind = 'done' | 'mistake' | 'midway' | 'never' | 'cleaned' | 'refused';

// The states of ten students. Each kind has variants, which take turns.
const MIX: readonly Kind[] = ['done', 'mistake', 'midway', 'refused', 'never', 'mistake', 'cleaned', 'mistake', 'done', 'mistake'];

const TEXTS: Readonly<Record<Language, Readonly<Record<'never' | 'refused', string>>>> = {
  ko: { never: '아직 시작하지 않음', refused: '채점용 역할이 접근을 거부함' },
  ja: { never: 'まだ始めていない', refused: '採点用ロールがアクセスを拒否する' },
  en: { never: 'Has not begun', refused: 'The role refuses the grader' },
};

/**
 * A class of `size` students in mixed states: done, midway, one mistake, cleaned up, never started, and a role that refuses. The same lab
 * and options give the same class, and a larger class begins with the smaller one.
 */
export function practiceClass(lab: Lab, size: number, options: PracticeClassOptions): readonly PracticeStudent[] {
  const met = new Map<Kind, number>();
  return Array.from({ length: size }, (_, index) => {
    const kind = MIX[index % MIX.length] ?? 'never';
    const variant = met.get(kind) ?? 0;
    met.set(kind, variant + 1);
    return student(lab, index + 1, kind, variant, options);
  });
}

function student(lab: Lab, number: number, kind: Kind, variant: number, options: PracticeClassOptions): PracticeStudent {
  const { region, roleName, externalId, language } = options;
  const name = `student-${String(number).padStart(2, '0')}`;
  const account = newAccountId(`${lab.id}/class/${number}`);
  const move = moveOf(lab, kind, variant);
  const entry: RosterEntry = {
    student: name,
    account,
    region,
    roleArn: roleArn(account, roleName, region),
    ...(externalId !== undefined && { externalId }),
    name: move ? move.title[language] : TEXTS[language][kind === 'refused' ? 'refused' : 'never'],
  };
  return {
    entry,
    ...(move && { move }),
    prepare(practice) {
      if (move) playMove(lab, move, practice);
      // The role trusts nobody, which is the most common refusal.
      const trust = kind === 'refused' ? {} : { trust: trustOf(options) };
      practice.iam.createRole({ name: roleName, ...trust });
    },
  };
}

/** The last thing that this student did; `undefined` when nothing was started. */
function moveOf({ tasks, moves }: Lab, kind: Kind, variant: number): Move | undefined {
  const solves = tasks.flatMap(({ id }) => moves.find((move) => move.kind === 'solve' && move.task === id) ?? []);
  const beforeCleanup = solves.filter(({ task }) => task !== 'cleanup');
  switch (kind) {
    case 'done':
      return beforeCleanup.at(-1);
    case 'midway':
      return cycle(beforeCleanup.slice(0, -1), variant);
    case 'cleaned':
      return solves.find(({ task }) => task === 'cleanup');
    case 'mistake':
      return cycle(spread(moves), variant);
    default:
      return undefined;
  }
}

/** Takes moves from each task in turn, so that even in a small class every task has mistakes. */
function spread(moves: readonly Move[]): readonly Move[] {
  const troubles = moves.filter(({ kind }) => kind !== 'solve');
  const turnOf = (move: Move) => troubles.filter(({ task }) => task === move.task).indexOf(move);
  return troubles.toSorted((a, b) => turnOf(a) - turnOf(b));
}

function cycle<T>(list: readonly T[], index: number): T | undefined {
  return list[index % list.length];
}

function trustOf({ instructor, externalId }: PracticeClassOptions): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${instructor}:root` },
        Action: 'sts:AssumeRole',
        ...(externalId !== undefined && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  };
}
