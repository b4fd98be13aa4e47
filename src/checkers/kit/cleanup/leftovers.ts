import type { Deletion } from '../../../aws/deletion.ts';
import type { Project } from '../../../aws/services/codebuild/project.ts';
import { codebuildConsole, codebuildDeletion } from '../../../aws/services/codebuild.ts';
import { codecommitConsole, codecommitDeletion, type Repository } from '../../../aws/services/codecommit.ts';
import { ecrConsole, ecrDeletion, type ImageRepository } from '../../../aws/services/ecr.ts';
import { type EventRule, eventsConsole, eventsDeletion } from '../../../aws/services/events.ts';
import { iamConsole, iamDeletion, type Role } from '../../../aws/services/iam.ts';
import { type LogGroup, logsConsole, logsDeletion } from '../../../aws/services/logs.ts';
import type { Language } from '../../../i18n/languages.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { expectation } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { failed, notStarted, passed } from '../../engine/verdict.ts';

/** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
export interface Proof {
  /** @throws what kept us from knowing; so what is still there is told all the same */
  done(): boolean;
}

/** One thing that must be gone. */
export interface Left<Found> extends Proof {
  readonly found: Found | undefined;
}

/**
 * Whether a lab was ever done: by a pass on record, or by what AWS keeps of it.
 * @param traces ask for lists that are empty when there is nothing; one after the other, until one is not.
 *   One that cannot be read leaves it to the others; that it could not is told when none of them shows anything.
 */
export async function everDone(
  { recordedPass }: Pick<TaskContext, 'recordedPass'>,
  ...traces: readonly (() => Promise<readonly unknown[]>)[]
): Promise<Proof> {
  if (recordedPass !== undefined) return { done: () => true };
  const troubles: unknown[] = [];
  for (const trace of traces) {
    try {
      if ((await trace()).length > 0) return { done: () => true };
    } catch (trouble) {
      troubles.push(trouble);
    }
  }
  return {
    done() {
      if (troubles.length > 0) throw troubles[0];
      return false;
    },
  };
}

/** Puts the proof beside what AWS answers of one thing after the other. */
export const leftWith =
  (proof: Promise<Proof>) =>
  <Found>(answer: Promise<Found | undefined>): Promise<Left<Found>> =>
    Promise.all([answer, proof]).then(([found, { done }]) => ({ found, done }));

/** What every check of a cleanup may say. */
export const NEVER_USED = says({
  neverUsed: {
    ko: '이 계정에서 실습을 진행한 흔적이 없습니다. 실습을 마친 뒤에 정리하고 확인합니다.',
    ja: 'このアカウントで演習を行った形跡がありません。演習を終えて削除してから確認してください。',
    en: 'Nothing shows that the lab was done in this account. Do the lab, clean up, then check.',
  },
});

/** Seen to be gone: right if there was something to clean up, and nothing at all otherwise. */
export const gone = ({ done }: Proof, source: 'live' | 'history' = 'live') =>
  done() ? passed({ observed: null, source }) : notStarted('neverUsed');

/** The common case: what is still there has failed. */
export const mustBeGone =
  <Found, const S>(left: (found: Found) => S) =>
  (fact: Left<Found>) =>
    fact.found === undefined ? gone(fact) : failed(left(fact.found));

/** How many bytes there are. One that is reported without its size still counts; only its cost is not known. */
export const bytesOf = (sized: readonly { readonly sizeBytes?: number | undefined }[]) =>
  sized.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);

/** A text about one thing, which it names. */
export type NamingTexts = { readonly [L in Language]: `${string}{name}${string}` };

interface Named {
  readonly name: string;
  readonly arn?: string | undefined;
}

interface Kind<Found> {
  readonly title: Texts;
  readonly left: NamingTexts;
  /** Title of the practice move that leaves it. */
  readonly leave: Texts;
  link(context: TaskContext, found: Found | undefined): string | undefined;
  fix(place: TaskContext, found: Found): Deletion;
}

/** One leftover of a lab. Title and texts are the kind's unless the lab has its own. */
export interface LeftoverOfLab {
  readonly id: string;
  readonly title?: Texts;
  readonly left?: NamingTexts;
  readonly step: number;
  /** Among the deletions; what has to go first has the smaller number. */
  readonly order: number;
  /** The practice move that cleans up everything but this. */
  readonly leave: { readonly id: string; readonly title?: Texts; instead(account: PracticeAccount): void };
}

/** Declares a kind of leftover; what it returns makes the check of one leftover of that kind. */
export const leftoverKind =
  <Found extends Named>(of: Kind<Found>) =>
  ({ id, title = of.title, left = of.left, step, order, leave }: LeftoverOfLab) =>
    expectation<Left<Found>>()({
      id,
      title,
      step,
      expected: null,
      judge: mustBeGone(({ name }) => ['left', { name }]),
      observed: ({ found }) => found?.name ?? null,
      resource: ({ found }) => found?.arn ?? found?.name,
      console: ({ found }, context) => of.link(context, found),
      fix: ({ found }, context) => found && of.fix(context, found),
      order,
      says: { ...NEVER_USED, left },
      breaks: { [leave.id]: { title: leave.title ?? of.leave, says: 'left', instead: leave.instead } },
    });

/** Title of a check of a leftover, and of the practice move that leaves it. @param ko as an object, with its particle */
export const deleting = (ko: string, ja: string, en: string) => ({
  title: { ko: `${ko} 삭제했습니다`, ja: `${ja}を削除した`, en: `The ${en} has been deleted` },
  leave: { ko: `${ko} 남깁니다`, ja: `${ja}を残す`, en: `Leave the ${en}` },
});

/** Checks of what labs leave behind, by kind. What a lab judges in another way it spreads and changes. */
export const leftover = {
  project: leftoverKind<Project>({
    ...deleting('CodeBuild 프로젝트를', 'CodeBuild プロジェクト', 'CodeBuild project'),
    left: {
      ko: '"{name}" 프로젝트가 남아 있습니다. 직접 만든 리소스이므로 CodeBuild에서 직접 삭제합니다.',
      ja: 'プロジェクト "{name}" が残っています。手で作ったリソースなので、CodeBuild で削除してください。',
      en: 'The project "{name}" is still there. You made it by hand, so delete it by hand in CodeBuild.',
    },
    link: (place, found) => (found ? codebuildConsole.project(place, found.name) : codebuildConsole.projects(place)),
    fix: (place, { name }) => codebuildDeletion.project(place, name),
  }),
  sourceRepository: leftoverKind<Repository>({
    ...deleting('CodeCommit 리포지토리를', 'CodeCommit リポジトリ', 'CodeCommit repository'),
    left: {
      ko: '"{name}" CodeCommit 리포지토리가 남아 있습니다. 삭제합니다.',
      ja: 'CodeCommit リポジトリ "{name}" が残っています。削除してください。',
      en: 'The CodeCommit repository "{name}" is left. Delete it.',
    },
    link: (place, found) => found && codecommitConsole.repository(place, found.name),
    fix: (place, { name }) => codecommitDeletion.repository(place, name),
  }),
  imageRepository: leftoverKind<ImageRepository>({
    ...deleting('ECR 리포지토리를', 'ECR リポジトリ', 'ECR repository'),
    left: {
      ko: '"{name}" ECR 리포지토리가 남아 있습니다. 삭제합니다.',
      ja: 'ECR リポジトリ "{name}" が残っています。削除してください。',
      en: 'The ECR repository "{name}" is left. Delete it.',
    },
    link: (place, found) => (found ? ecrConsole.repository(place, found.name) : ecrConsole.repositories(place)),
    fix: (place, { name }) => ecrDeletion.repository(place, name),
  }),
  eventRule: leftoverKind<EventRule>({
    ...deleting('EventBridge 규칙을', 'EventBridge のルール', 'EventBridge rule'),
    left: {
      ko: '"{name}" 규칙이 남아 있습니다. 대상을 떼고 삭제합니다.',
      ja: 'ルール "{name}" が残っています。ターゲットを外して削除してください。',
      en: 'The rule "{name}" is left. Remove its targets and delete it.',
    },
    link: (place) => eventsConsole.rules(place),
    fix: (place, { name }) => eventsDeletion.rule(place, name),
  }),
  role: leftoverKind<Role>({
    ...deleting('IAM 역할을', 'IAM ロール', 'IAM role'),
    left: {
      ko: '"{name}" 역할이 남아 있습니다. 정책과 함께 삭제합니다.',
      ja: 'ロール "{name}" が残っています。ポリシーと一緒に削除してください。',
      en: 'The role "{name}" is left. Delete it with its policies.',
    },
    link: (place, found) => found && iamConsole.role(place, found.name),
    fix: (place, { name }) => iamDeletion.role(place, name),
  }),
  logGroup: leftoverKind<LogGroup>({
    ...deleting('CloudWatch 로그 그룹을', 'CloudWatch のロググループ', 'CloudWatch log group'),
    left: {
      ko: '"{name}" 로그 그룹이 남아 있습니다. 그것을 만든 리소스와 함께 사라지지 않으므로 CloudWatch에서 직접 삭제합니다.',
      ja: 'ロググループ "{name}" が残っています。作ったリソースと一緒には消えないので、CloudWatch で削除してください。',
      en: 'The log group "{name}" is still there. It does not go with what made it. Delete it by hand in CloudWatch.',
    },
    link: (place, found) => found && logsConsole.logGroup(place, found.name),
    fix: (place, { name, storedBytes }) => logsDeletion.logGroup(place, name, storedBytes),
  }),
} as const;
