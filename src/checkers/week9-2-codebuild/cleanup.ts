import {
  blocked,
  bytesOf,
  countOf,
  defineTask,
  deletion,
  goesWithStack,
  type ImageRepository,
  imageRepositoryOf,
  imagesIn,
  judgeImagesLeft,
  type LeftOfStack,
  leftover,
  leftoverStack,
  type RepositoryImages,
  readers,
  type Stack,
  type StackLeft,
  stackCleanup,
  stackCleanupReads,
} from '../core/index.ts';
import { messages } from './messages/index.ts';
import { DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

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

export default defineTask({
  id: 'cleanup',
  messages,
  reads: {
    ...stackCleanupReads,
    project: readers.codebuild.project,
    sourceRepository: readers.codecommit.repository,
    role: readers.iam.role,
    logGroup: readers.logs.logGroup,
  },
  observe(aws, context) {
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
  },
  expectations: {
    full: [
      {
        id: 'images',
        step: 12,
        expected: 0,
        judge: (fact) => judgeImagesLeft(fact, [fact]),
        observed: countOf,
        resource: ({ repository }) => repository,
        console: ({ repository, images }, { console }) =>
          images === undefined ? console.ecrRepositories() : console.ecrRepository(repository),
        fix: ({ repository, images = [] }, { region }) =>
          images.length > 0 ? deletion.images(repository, region, bytesOf(images), 1) : undefined,
      },
    ],
    project: [leftover.project({ id: 'project', step: 16, order: 2 })],
    stack: [leftoverStack(STACK, { step: 21, order: 3 })],
    imageRepository: [
      { ...imageRepository, judge: (fact: RepositoryLeft) => (fact.full ? blocked('images') : imageRepository.judge(fact)) },
    ],
    sourceRepository: [goesWithStack(leftover.sourceRepository({ id: 'code-repository', step: 21, order: 5 }))],
    role: [goesWithStack(leftover.role({ id: 'role', step: 21, order: 6 }))],
    logGroup: [leftover.logGroup({ id: 'log-group', step: 25, order: 7 })],
  },
});
