import type { Bound } from '../aws/reader.ts';
import { ecr, ecrConsole } from '../aws/services/ecr.ts';
import { expectationsOn } from '../checkers/engine/expectation.ts';
import { defineLab } from '../checkers/engine/lab.ts';
import type { CheckResult, TaskResult } from '../checkers/engine/result.ts';
import { defineTask } from '../checkers/engine/task.ts';
import { says } from '../checkers/engine/texts.ts';
import { failed, notStarted, passed } from '../checkers/engine/verdict.ts';
import type { AccountResult } from './account-result.ts';
import { accountResult, keyOf } from './account-result.ts';
import type { GradeOptions } from './options.ts';
import type { ClassReport } from './reports/class-report.ts';
import { studentsOf } from './reports/class-report.ts';
import type { RosterEntry } from './roster.ts';

const SAYS = says({
  missing: { ko: '저장소가 없습니다.', ja: 'リポジトリがありません。', en: 'There is no repository.' },
  untagged: { ko: '태그가 없습니다.', ja: 'タグがありません。', en: 'There is no tag.' },
  left: { ko: '저장소가 남아 있습니다.', ja: 'リポジトリが残っています。', en: 'The repository is still there.' },
});

const REGION = 'ap-northeast-2';
const NAME = 'app';

const reads = { repository: ecr.repository };
const observe = (aws: Bound<typeof reads>) => ({ repository: aws.repository(NAME) });
const on = expectationsOn<typeof observe>();
const imageReads = { images: ecr.images };
const observeImages = (aws: Bound<typeof imageReads>) => ({ images: aws.images(NAME) });
const onImages = expectationsOn<typeof observeImages>();

/** A lab as small as they get, over real readers and practice accounts. */
export const smallLab = defineLab({
  id: 'small-lab',
  region: REGION,
  tasks: [
    defineTask({
      id: 'task-0',
      title: { ko: '저장소', ja: 'リポジトリ', en: 'Repository' },
      reads,
      observe,
      solve: {
        id: 'make',
        title: { ko: '저장소를 만든다', ja: '作る', en: 'Makes it' },
        play: (account) => void account.region(REGION).ecr.createRepository(NAME),
      },
      expectations: [
        on.repository({
          id: 'exists',
          title: { ko: '저장소가 있다', ja: 'リポジトリがある', en: 'The repository exists' },
          judge: (repository) => (repository ? passed() : notStarted('missing')),
          says: SAYS,
          breaks: {},
        }),
      ],
    }),
    defineTask({
      id: 'task-1',
      title: { ko: '이미지', ja: 'イメージ', en: 'Image' },
      reads: imageReads,
      observe: observeImages,
      solve: {
        id: 'push',
        title: { ko: '이미지를 올린다', ja: 'プッシュする', en: 'Pushes' },
        play: (account) => void account.region(REGION).ecr.putImage(NAME, { tags: ['latest'] }),
      },
      expectations: [
        onImages.images({
          id: 'tagged',
          title: { ko: '이미지에 태그가 있다', ja: 'タグがある', en: 'The image is tagged' },
          step: 2,
          expected: 'latest',
          observed: (images) => images?.flatMap(({ tags }) => tags) ?? [],
          console: (_images, place) => ecrConsole.repository(place, NAME),
          judge(images) {
            if (images === undefined) return notStarted('missing');
            return images.some(({ tags }) => tags.includes('latest')) ? passed() : failed('untagged');
          },
          says: SAYS,
          breaks: {
            forget: {
              title: { ko: '태그를 잊는다', ja: 'タグを忘れる', en: 'Forgets the tag' },
              says: 'untagged',
              play(account) {
                account.region(REGION).ecr.deleteImages(NAME);
                account.region(REGION).ecr.putImage(NAME, {});
              },
            },
          },
        }),
      ],
    }),
    defineTask({
      id: 'cleanup',
      title: { ko: '정리', ja: '後片付け', en: 'Clean up' },
      reads,
      observe,
      solve: {
        id: 'clean',
        title: { ko: '저장소를 지운다', ja: '消す', en: 'Deletes it' },
        play: (account) => account.region(REGION).ecr.deleteRepository(NAME),
      },
      expectations: [
        on.repository({
          id: 'gone',
          title: { ko: '저장소가 없다', ja: 'リポジトリがない', en: 'The repository is gone' },
          judge: (repository) => (repository ? failed('left') : passed()),
          says: SAYS,
          breaks: { keep: { title: { ko: '저장소를 남긴다', ja: '残す', en: 'Keeps it' }, says: 'left', instead: () => {} } },
        }),
      ],
    }),
  ],
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

/** A student with one check per task, as given. */
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
