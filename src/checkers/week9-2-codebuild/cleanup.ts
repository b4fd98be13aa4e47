import { type ImageRepository, readers, type Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked } from '../engine/verdict.ts';
import { deletion } from '../kit/cleanup/deletion.ts';
import { bytesOf, leftover } from '../kit/cleanup/leftovers.ts';
import { imageRepositoryOf, imagesIn, stackCleanup, stackCleanupReads } from '../kit/cloudformation/stack-cleanup.ts';
import {
  countOf,
  goesWithStack,
  judgeImagesLeft,
  type LeftOfStack,
  leftoverStack,
  type RepositoryImages,
  type StackLeft,
} from '../kit/cloudformation/stack-leftovers.ts';
import { DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';
import { cleanedBut, deleteByHand, deleteStack, failToDeleteStack, place } from './student.ts';

/** The stack with the repository whose images keep it from being deleted. */
interface Full extends StackLeft, RepositoryImages {}

interface RepositoryLeft extends LeftOfStack<ImageRepository> {
  readonly full: boolean;
}

function namesOf(stack: Stack | undefined) {
  const { imageRepository, sourceRepository, roleArn } = outputsOf(stack);
  return {
    imageRepository: imageRepository ?? DEFAULTS.imageRepository,
    sourceRepository: sourceRepository ?? DEFAULTS.sourceRepository,
    role: roleArn === undefined ? DEFAULTS.role : roleName(roleArn),
  };
}

const imageRepository = goesWithStack(leftover.imageRepository({ id: 'image-repository', step: 21, order: 4 }));

const reads = {
  ...stackCleanupReads,
  project: readers.codebuild.project,
  sourceRepository: readers.codecommit.repository,
  role: readers.iam.role,
  logGroup: readers.logs.logGroup,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const { stackLeft, stackKeptBy, left, named, ofStack } = stackCleanup(aws, context, { stack: STACK, project: PROJECT, namesOf });
  const images = named((names) => imagesIn(aws, names.imageRepository));
  const full = Promise.all([stackLeft, images]).then(([stack, ofRepository]): Full => ({ ...stack, ...ofRepository }));
  const isFull = full.then((fact) => countOf(fact) > 0);
  const repository = ofStack((names) => imageRepositoryOf(aws, names.imageRepository));
  return {
    full,
    project: left(aws.project(PROJECT)),
    stack: stackKeptBy(async () => ((await isFull) ? 'images' : undefined)),
    imageRepository: Promise.all([repository, isFull]).then(([fact, keepsIt]): RepositoryLeft => ({ ...fact, full: keepsIt })),
    sourceRepository: ofStack((names) => aws.sourceRepository(names.sourceRepository)),
    role: ofStack((names) => aws.role(names.role)),
    logGroup: left(aws.logGroup(LOG_GROUP)),
  };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'cleanup',
  title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up the resources' },

  reads,
  observe,
  solve: {
    id: 'clean-up',
    title: { ko: '리소스를 모두 정리합니다', ja: 'リソースをすべて削除する', en: 'Clean everything up' },
    play(account) {
      deleteByHand(account);
      deleteStack(account);
    },
  },
  expectations: [
    on.full({
      id: 'images',
      title: { ko: 'ECR 이미지를 모두 삭제했습니다', ja: 'ECR のイメージをすべて削除した', en: 'All ECR images have been deleted' },
      step: 12,
      expected: 0,
      judge: (fact) => judgeImagesLeft(fact, [fact]),
      observed: countOf,
      resource: ({ repository }) => repository,
      console: ({ repository, images }, { console }) =>
        images === undefined ? console.ecrRepositories() : console.ecrRepository(repository),
      fix: ({ repository, images = [] }, { region }) =>
        images.length > 0 ? deletion.images(repository, region, bytesOf(images), 1) : undefined,
      says: {
        imagesLeft: {
          ko: '"{repository}" 리포지토리에 이미지가 {count}개 남아 있습니다. 스택을 삭제하기 전에 이미지를 모두 삭제합니다.',
          ja: 'リポジトリ "{repository}" にイメージが {count} 個残っています。スタックを削除する前に、すべて削除してください。',
          en: 'The repository "{repository}" still holds images: {count}. Delete all of them before you delete the stack.',
        },
        imagesKeepStack: {
          ko: '"{repository}" 리포지토리에 이미지가 {count}개 남아 있어 "{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 리포지토리를 먼저 비우고 스택을 다시 삭제합니다.',
          ja: 'リポジトリ "{repository}" にイメージが {count} 個残っているため、スタック "{stack}" を削除できませんでした(DELETE_FAILED)。先にリポジトリを空にし、スタックをもう一度削除してください。',
          en: 'The stack "{stack}" could not be deleted (DELETE_FAILED), because the repository "{repository}" still holds images: {count}. Empty the repository first, then delete the stack again.',
        },
      },
      breaks: {
        'images-left': {
          title: {
            ko: '이미지가 든 리포지토리를 남기고 스택을 삭제합니다',
            ja: 'イメージの入ったリポジトリを残してスタックを削除する',
            en: 'Delete the stack but keep its repository with the images',
          },
          says: 'imagesLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account, ['images']);
              deleteStack(account, ['images']);
            }),
        },
        'images-keep-stack': {
          title: {
            ko: '이미지를 지우지 않고 스택을 삭제합니다',
            ja: 'イメージを消さずにスタックを削除する',
            en: 'Delete the stack without deleting the images',
          },
          says: 'imagesKeepStack',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account, ['images']);
              failToDeleteStack(account);
            }),
        },
      },
    }),
    on.project({
      ...leftover.project({ id: 'project', step: 16, order: 2 }),
      title: {
        ko: 'CodeBuild 프로젝트를 삭제했습니다',
        ja: 'CodeBuild プロジェクトを削除した',
        en: 'The CodeBuild project has been deleted',
      },
      says: {
        projectLeft: {
          ko: '"{project}" 프로젝트가 남아 있습니다. 직접 만든 리소스이므로 CodeBuild에서 직접 삭제합니다.',
          ja: 'プロジェクト "{project}" が残っています。手で作ったリソースなので、CodeBuild で削除してください。',
          en: 'The project "{project}" is still there. You made it by hand, so delete it by hand in CodeBuild.',
        },
      },
      breaks: {
        'project-left': {
          title: { ko: '프로젝트를 삭제하지 않습니다', ja: 'プロジェクトを削除しない', en: 'Leave the project' },
          says: 'projectLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account, ['project']);
              deleteStack(account);
            }),
        },
      },
    }),
    on.stack({
      ...leftoverStack(STACK, { step: 21, order: 3 }),
      title: {
        ko: 'CloudFormation 스택을 삭제했습니다',
        ja: 'CloudFormation スタックを削除した',
        en: 'The CloudFormation stack has been deleted',
      },
      says: {
        stackDeleteFailed: {
          ko: '"{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 삭제하지 못한 리소스는 "{resource}"입니다: {reason} 이미지가 원인이면 ECR 리포지토리를 먼저 비우고, 스택을 다시 삭제합니다.',
          ja: 'スタック "{stack}" を削除できませんでした(DELETE_FAILED)。削除できなかったリソースは "{resource}" です: {reason} イメージが原因なら先に ECR リポジトリを空にし、スタックをもう一度削除してください。',
          en: 'The stack "{stack}" could not be deleted (DELETE_FAILED). The resource that stayed is "{resource}": {reason} If images are the cause, empty the repository first. Then delete the stack again.',
        },
        stackLeft: {
          ko: '"{stack}" 스택이 남아 있습니다. ECR 이미지를 모두 삭제한 뒤 스택을 삭제합니다.',
          ja: 'スタック "{stack}" が残っています。ECR のイメージをすべて削除してから、スタックを削除してください。',
          en: 'The stack "{stack}" is still there. Delete all ECR images, then delete the stack.',
        },
        stackDeleting: {
          ko: '"{stack}" 스택을 삭제하는 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'スタック "{stack}" を削除しています。終わるまで待ってから、もう一度確認してください。',
          en: 'The stack "{stack}" is being deleted. Wait until it is done and check again.',
        },
      },
      breaks: {
        'delete-failed': {
          title: {
            ko: '스택 삭제가 실패한 뒤 다시 삭제하지 않습니다',
            ja: 'スタックの削除が失敗したままにする',
            en: 'Leave it when deleting the stack fails',
          },
          says: 'stackDeleteFailed',
          instead: (account) =>
            cleanedBut(account, () => {
              failToDeleteStack(account);
              deleteByHand(account);
            }),
        },
        'stack-left': {
          title: { ko: '스택을 삭제하지 않습니다', ja: 'スタックを削除しない', en: 'Leave the stack' },
          says: 'stackLeft',
          instead: (account) => cleanedBut(account, () => deleteByHand(account)),
        },
      },
      moments: {
        'stack-deleting': {
          title: { ko: '스택이 삭제되는 중입니다', ja: 'スタックを削除している最中', en: 'The stack is being deleted' },
          says: 'stackDeleting',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account);
              place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_IN_PROGRESS' });
            }),
        },
      },
    }),
    on.imageRepository({
      ...imageRepository,
      judge: (fact: RepositoryLeft) => (fact.full ? blocked('images') : imageRepository.judge(fact)),
      title: { ko: 'ECR 리포지토리가 남아 있지 않습니다', ja: 'ECR リポジトリが残っていない', en: 'No ECR repository is left' },
      says: {
        imageRepositoryLeft: {
          ko: '스택은 없지만 "{repository}" ECR 리포지토리가 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、ECR リポジトリ "{repository}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the ECR repository "{repository}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'image-repository-left': {
          title: { ko: '빈 ECR 리포지토리를 남깁니다', ja: '空の ECR リポジトリを残す', en: 'Leave the empty ECR repository' },
          says: 'imageRepositoryLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account);
              deleteStack(account, ['images']);
            }),
        },
      },
    }),
    on.sourceRepository({
      ...goesWithStack(leftover.sourceRepository({ id: 'code-repository', step: 21, order: 5 })),
      title: {
        ko: 'CodeCommit 리포지토리가 남아 있지 않습니다',
        ja: 'CodeCommit リポジトリが残っていない',
        en: 'No CodeCommit repository is left',
      },
      says: {
        sourceRepositoryLeft: {
          ko: '스택은 없지만 "{repository}" CodeCommit 리포지토리가 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、CodeCommit リポジトリ "{repository}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the CodeCommit repository "{repository}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'code-repository-left': {
          title: { ko: 'CodeCommit 리포지토리를 남깁니다', ja: 'CodeCommit リポジトリを残す', en: 'Leave the CodeCommit repository' },
          says: 'sourceRepositoryLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account);
              deleteStack(account, ['code']);
            }),
        },
      },
    }),
    on.role({
      ...goesWithStack(leftover.role({ id: 'role', step: 21, order: 6 })),
      title: { ko: 'IAM 역할이 남아 있지 않습니다', ja: 'IAM ロールが残っていない', en: 'No IAM role is left' },
      says: {
        roleLeft: {
          ko: '스택은 없지만 "{role}" IAM 역할이 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、IAM ロール "{role}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the IAM role "{role}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'role-left': {
          title: { ko: 'IAM 역할을 남깁니다', ja: 'IAM ロールを残す', en: 'Leave the IAM role' },
          says: 'roleLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account);
              deleteStack(account, ['role']);
            }),
        },
      },
    }),
    on.logGroup({
      ...leftover.logGroup({ id: 'log-group', step: 25, order: 7 }),
      title: {
        ko: 'CloudWatch 로그 그룹을 삭제했습니다',
        ja: 'CloudWatch のロググループを削除した',
        en: 'The CloudWatch log group has been deleted',
      },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. 빌드가 만든 것이라 스택과 함께 삭제되지 않습니다. CloudWatch에서 직접 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。ビルドが作ったものなので、スタックと一緒には消えません。CloudWatch で削除してください。',
          en: 'The log group "{group}" is still there. The builds made it, so it does not go with the stack. Delete it by hand in CloudWatch.',
        },
      },
      breaks: {
        'log-group-left': {
          title: { ko: '로그 그룹을 삭제하지 않습니다', ja: 'ロググループを削除しない', en: 'Leave the log group' },
          says: 'logGroupLeft',
          instead: (account) =>
            cleanedBut(account, () => {
              deleteByHand(account, ['logs']);
              deleteStack(account);
            }),
        },
      },
    }),
  ],
});
