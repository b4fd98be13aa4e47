import {
  defineLab,
  defineMessages,
  defineMoves,
  defineTask,
  failed,
  notStarted,
  passed,
  readers,
  type TaskResult,
} from '../checkers/core/index.ts';
import type { CheckResult } from '../checkers/core/result.ts';
import type { AccountResult } from './account-result.ts';
import { accountResult, keyOf } from './account-result.ts';
import type { GradeOptions } from './options.ts';
import type { ClassReport } from './reports/class-report.ts';
import { studentsOf } from './reports/class-report.ts';
import type { RosterEntry } from './roster.ts';

const messages = defineMessages({
  ko: {
    tasks: { 'task-0': '저장소', 'task-1': '이미지', cleanup: '정리' },
    checks: { exists: '저장소가 있다', tagged: '이미지에 태그가 있다', gone: '저장소가 없다' },
    says: { missing: '저장소가 없습니다.', untagged: '태그가 없습니다.', left: '저장소가 남아 있습니다.' },
    moves: { make: '저장소를 만든다', push: '이미지를 올린다', forget: '태그를 잊는다', clean: '저장소를 지운다', keep: '저장소를 남긴다' },
  },
  ja: {
    tasks: { 'task-0': 'リポジトリ', 'task-1': 'イメージ', cleanup: '後片付け' },
    checks: { exists: 'リポジトリがある', tagged: 'タグがある', gone: 'リポジトリがない' },
    says: { missing: 'リポジトリがありません。', untagged: 'タグがありません。', left: 'リポジトリが残っています。' },
    moves: { make: '作る', push: 'プッシュする', forget: 'タグを忘れる', clean: '消す', keep: '残す' },
  },
  en: {
    tasks: { 'task-0': 'Repository', 'task-1': 'Image', cleanup: 'Clean up' },
    checks: { exists: 'The repository exists', tagged: 'The image is tagged', gone: 'The repository is gone' },
    says: { missing: 'There is no repository.', untagged: 'There is no tag.', left: 'The repository is still there.' },
    moves: { make: 'Makes it', push: 'Pushes', forget: 'Forgets the tag', clean: 'Deletes it', keep: 'Keeps it' },
  },
});

const REGION = 'ap-northeast-2';
const NAME = 'app';

/** The smallest possible lab, with real readers and practice accounts. */
export const smallLab = defineLab({
  id: 'small-lab',
  region: REGION,
  messages,
  tasks: [
    defineTask({
      id: 'task-0',
      messages,
      reads: { repository: readers.ecr.repository },
      observe: (aws) => ({ repository: aws.repository(NAME) }),
      expectations: { repository: [{ id: 'exists', judge: (repository) => (repository ? passed() : notStarted('missing')) }] },
    }),
    defineTask({
      id: 'task-1',
      messages,
      reads: { images: readers.ecr.images },
      observe: (aws) => ({ images: aws.images(NAME) }),
      expectations: {
        images: [
          {
            id: 'tagged',
            step: 2,
            expected: 'latest',
            observed: (images) => images?.flatMap(({ tags }) => tags) ?? [],
            console: (_images, { console }) => console.ecrRepository(NAME),
            judge(images) {
              if (images === undefined) return notStarted('missing');
              return images.some(({ tags }) => tags.includes('latest')) ? passed() : failed('untagged');
            },
          },
        ],
      },
    }),
    defineTask({
      id: 'cleanup',
      messages,
      reads: { repository: readers.ecr.repository },
      observe: (aws) => ({ repository: aws.repository(NAME) }),
      expectations: { repository: [{ id: 'gone', judge: (repository) => (repository ? failed('left') : passed()) }] },
    }),
  ],
  moves: defineMoves(messages, [
    { id: 'make', task: 'task-0', kind: 'solve', play: (account) => void account.region(REGION).ecr.createRepository(NAME) },
    { id: 'push', task: 'task-1', kind: 'solve', play: (account) => void account.region(REGION).ecr.putImage(NAME, { tags: ['latest'] }) },
    {
      id: 'forget',
      task: 'task-1',
      kind: 'mistake',
      check: 'tagged',
      says: 'untagged',
      play(account) {
        account.region(REGION).ecr.deleteImages(NAME);
        account.region(REGION).ecr.putImage(NAME, {});
      },
    },
    { id: 'clean', task: 'cleanup', kind: 'solve', play: (account) => account.region(REGION).ecr.deleteRepository(NAME) },
    {
      id: 'keep',
      task: 'cleanup',
      kind: 'mistake',
      check: 'gone',
      says: 'left',
      play: (account) => void account.region(REGION).ecr.createRepository(NAME),
    },
  ]),
});

export function entryOf(number: number, more: Partial<RosterEntry> = {}): RosterEntry {
  const account = String(number).padStart(12, '0');
  return { student: `student-${number}`, account, region: REGION, roleArn: `arn:aws:iam::${account}:role/LabproofReadOnly`, ...more };
}

export function taskResult(task: string, check: Partial<CheckResult> & Pick<CheckResult, 'status'>, account = '000000000001'): TaskResult {
  return {
    lab: smallLab.id,
    task,
    status: check.status,
    account,
    region: REGION,
    checkedAt: '2026-11-20T12:00:00.000Z',
    values: {},
    checks: [{ id: 'exists', title: 'The repository exists', message: '', source: 'live', ...check }],
    ...(check.reason !== undefined && { reason: check.reason }),
  };
}

/** A student with one check for each task. */
export function resultOf(
  entry: RosterEntry,
  checks: Readonly<Record<string, Partial<CheckResult> & Pick<CheckResult, 'status'>>>,
  trouble?: string,
): AccountResult {
  const tasks = Object.entries(checks).map(([task, check]) => taskResult(task, check, entry.account));
  return accountResult(entry, smallLab.id, tasks, trouble);
}

export function reportOf(students: readonly (readonly [RosterEntry, AccountResult?])[], more: Partial<ClassReport> = {}): ClassReport {
  const results = new Map(students.flatMap(([, result]) => (result ? [[keyOf(result), result] as const] : [])));
  const entries = students.map(([entry]) => entry);
  return {
    lab: smallLab,
    tasks: smallLab.tasks,
    language: 'en',
    at: new Date('2026-11-20T12:34:56.000Z'),
    practice: false,
    students: studentsOf(entries, results),
    ...more,
  };
}

export function optionsOf(more: Partial<GradeOptions> & Pick<GradeOptions, 'out' | 'source'>): GradeOptions {
  return {
    lab: smallLab,
    tasks: smallLab.tasks,
    resume: false,
    concurrency: 4,
    deadlineMs: 60_000,
    region: REGION,
    roleName: 'LabproofReadOnly',
    language: 'en',
    format: 'json',
    ...more,
  };
}
