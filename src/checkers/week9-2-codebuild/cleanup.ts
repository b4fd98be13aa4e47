import type { Bound } from '../../aws/reader.ts';
import type { Stack } from '../../aws/services/cloudformation.ts';
import type { ImageRepository } from '../../aws/services/ecr.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { cleanupBy } from '../kit/cleanup/cleanup-by.ts';
import { leftover } from '../kit/cleanup/leftovers.ts';
import { imageRepositoryOf, imagesIn, stackCleanup, stackCleanupReads } from '../kit/cloudformation/stack-cleanup.ts';
import {
  type FullStack,
  firstFull,
  type LeftOfStack,
  leftoverImages,
  leftoverOfStack,
  leftoverStack,
} from '../kit/cloudformation/stack-leftovers.ts';
import { roleName } from '../kit/iam/role-name.ts';
import { DEFAULTS, LOG_GROUP, outputsOf, PROJECT, REGION, STACK } from './names.ts';
import { deleteByHand, deleteStack } from './student.ts';

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

function observe(aws: Bound<typeof stackCleanupReads>, context: TaskContext) {
  const { stackLeft, stackKeptBy, left, named, ofStack } = stackCleanup(aws, context, { stack: STACK, project: PROJECT, namesOf });
  const images = named((names) => imagesIn(aws, names.imageRepository));
  const full = Promise.all([stackLeft, images]).then(([stack, ofRepository]): FullStack => ({ ...stack, repositories: [ofRepository] }));
  const isFull = full.then(({ repositories }) => firstFull(repositories) !== undefined);
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

/** Cleans up all but one thing. */
const leaveByHand = (kept?: 'project' | 'logs') => (account: PracticeAccount) => {
  deleteByHand(account, kept);
  deleteStack(account);
};
const leaveOfStack = (kept: 'images' | 'code' | 'role') => (account: PracticeAccount) => {
  deleteByHand(account);
  deleteStack(account, kept);
};

const on = expectationsOn<typeof observe>();
const stack = { name: STACK, region: REGION, step: 21 } as const;

export default defineTask({
  ...cleanupBy(leaveByHand()),
  reads: stackCleanupReads,
  observe,
  expectations: [
    on.full(
      leftoverImages({
        ...stack,
        step: 12,
        order: 1,
        leave: (account) => deleteByHand(account, 'images'),
        keep: (account) => deleteStack(account, 'images'),
      }),
    ),
    on.project(leftover.project({ id: 'project', step: 16, order: 2, leave: { id: 'project-left', instead: leaveByHand('project') } })),
    on.stack(leftoverStack({ ...stack, order: 3, rest: (account) => deleteByHand(account) })),
    on.imageRepository(
      leftoverOfStack.imageRepository(
        { id: 'image-repository', step: 21, order: 4, leave: { id: 'image-repository-left', instead: leaveOfStack('images') } },
        ({ full }: RepositoryLeft) => (full ? 'images' : undefined),
      ),
    ),
    on.sourceRepository(
      leftoverOfStack.sourceRepository({
        id: 'code-repository',
        step: 21,
        order: 5,
        leave: { id: 'code-repository-left', instead: leaveOfStack('code') },
      }),
    ),
    on.role(leftoverOfStack.role({ id: 'role', step: 21, order: 6, leave: { id: 'role-left', instead: leaveOfStack('role') } })),
    on.logGroup(leftover.logGroup({ id: 'log-group', step: 25, order: 7, leave: { id: 'log-group-left', instead: leaveByHand('logs') } })),
  ],
});
