import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { unlessLost } from '../dialects/buildspec/findings.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { couldBe, isKnown } from '../dialects/buildspec/text.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { failed, passed, undecided } from '../engine/verdict.ts';
import { buildspecChecks } from '../kit/codebuild/buildspec-checks.ts';
import { absent, courseChecks, judgePush, PUSH_SAYS, pushedRefs, UNDECIDED_SAYS } from '../kit/codebuild/course-checks.ts';
import { DEFINITIONS, DEFINITIONS_SAYS, definitionMistakes } from '../kit/codebuild/image-definitions.ts';
import {
  BUILDSPEC,
  type FollowedBuildspec,
  findBuildspec,
  followBuildspecOf,
  readBuildspec,
  sourceBuildspecReads,
} from '../kit/codecommit/source-buildspec.ts';
import { CONTAINER, outputsOf, STACK } from './names.ts';
import { pushBuildspec, source } from './student.ts';

/** The shape that Amazon ECS reads: `[{ "name": ..., "imageUri": ... }]` with this lab's container and repository. */
function isDefinitions(content: string, imageUri: string): boolean {
  try {
    const list: unknown = JSON.parse(content);
    if (!Array.isArray(list)) return false;
    return list.some(
      ({ name, imageUri: uri }) => couldBe(String(name), CONTAINER) && typeof uri === 'string' && sameRepository(uri, imageUri),
    );
  } catch {
    return false;
  }
}

const sameRepository = (uri: string, imageUri: string) =>
  isKnown(uri) ? uri.startsWith(`${imageUri}:`) || uri.startsWith(`${imageUri}@`) : true;

function judgeDefinitions(course: Course, { imageUri }: FollowedBuildspec) {
  const file = course.files.get(DEFINITIONS);
  if (file === undefined) return absent(unlessLost(course), ['definitionsMissing', { file: DEFINITIONS }] as const);
  if (!file.certain) return undecided(['undecidedValue', { found: DEFINITIONS }] as const);
  // That it is written is what the lab asks for; content made by programs such as jq is not judged.
  if (!isKnown(file.content) || isDefinitions(file.content, imageUri)) return passed();
  return failed(['definitionsWrong', { file: DEFINITIONS, found: file.content.trim().slice(0, 200) }] as const);
}

const reads = { stack: cloudformation.stack, ...sourceBuildspecReads } as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const found = outputs.then(({ sourceRepository }) => findBuildspec(aws, sourceRepository));
  const reading = found.then(readBuildspec);
  const followed = Promise.all([reading, outputs]).then(([fact, { imageUri, imageRepository = '' }]) => {
    const variables = { AWS_ACCOUNT_ID: context.account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER };
    return followBuildspecOf(aws, fact, imageRepository === '' ? undefined : imageUri, variables, context);
  });
  return { found, reading, followed };
}

const on = expectationsOn<typeof observe>();
const buildspec = buildspecChecks({ source, present: 7, read: 9, made: 'task-0', pushed: 'task-1' });
const course = courseChecks({ source, step: 9, made: 'task-0' });
const pushCommit = course.pushCommit('latest');

const definitions = definitionMistakes(source);

const PUSH_LATEST = /^ +- docker push "\$REPOSITORY_URI:latest"\n/m;

export default defineTask({
  id: 'task-2',
  title: { ko: 'buildspec.yml 분석 및 푸시', ja: 'buildspec.yml の分析とプッシュ', en: 'Analyse and push buildspec.yml' },
  needs: ['task-0', 'task-1'],
  reads,
  observe,
  solve: {
    id: 'push-buildspec',
    title: { ko: 'buildspec.yml을 푸시합니다', ja: 'buildspec.yml をプッシュする', en: 'Push buildspec.yml' },
    play: (account) => pushBuildspec(account),
  },
  files: {
    [BUILDSPEC]: {
      checks: [
        ...['buildspec-present', 'buildspec-yaml', 'buildspec-version', 'buildspec-phases', 'buildspec-commands'],
        ...['ecr-login', 'image-build', 'push-latest', 'push-commit', 'image-definitions'],
      ],
      use: pushBuildspec,
    },
  },
  expectations: [
    on.found(buildspec.present),
    on.reading(buildspec.yaml),
    on.reading(buildspec.version),
    on.reading(buildspec.phases),
    on.reading(buildspec.commands),
    on.followed(course.login),
    on.followed(course.imageBuild),
    on.followed({
      ...course.common,
      id: 'push-latest',
      title: { ko: 'latest 태그를 푸시합니다', ja: 'latest タグをプッシュする', en: 'It pushes the latest tag' },
      after: 'image-build',
      expected: ({ imageUri }) => `${imageUri}:latest`,
      judge: course.ofCourse((followed, { imageUri }) =>
        judgePush(followed, imageUri, 'latest', (expected) => ['pushLatestMissing', { expected }] as const),
      ),
      observed: pushedRefs,
      says: {
        ...PUSH_SAYS,
        pushLatestMissing: {
          ko: '"{expected}" 이미지를 푸시하는 명령이 없습니다. post_build 단계에 `docker push`를 추가합니다.',
          ja: '"{expected}" をプッシュするコマンドがありません。post_build フェーズに `docker push` を追加してください。',
          en: 'Nothing pushes "{expected}". Add a `docker push` to the post_build phase.',
        },
      },
      breaks: {
        'push-latest-missing': {
          title: { ko: 'latest를 푸시하지 않습니다', ja: 'latest をプッシュしない', en: 'Do not push latest' },
          says: 'pushLatestMissing',
          play: source.edit(BUILDSPEC, PUSH_LATEST, ''),
        },
        'push-elsewhere': {
          title: {
            ko: '다른 리포지토리에 latest를 푸시합니다',
            ja: '別のリポジトリに latest をプッシュする',
            en: 'Push latest to another repository',
          },
          says: 'pushElsewhere',
          play: source.edit(
            BUILDSPEC,
            PUSH_LATEST,
            '      - docker tag "$REPOSITORY_URI:latest" "$REGISTRY/my-app:latest"\n      - docker push "$REGISTRY/my-app:latest"\n',
          ),
        },
      },
      moments: course.unclearPushes(PUSH_LATEST),
    }),
    on.followed({
      ...pushCommit,
      breaks: {
        ...pushCommit.breaks,
        'tag-missing': {
          title: { ko: 'docker tag를 빠뜨립니다', ja: 'docker tag を忘れる', en: 'Leave out docker tag' },
          says: 'pushOfNothing',
          play: source.edit(BUILDSPEC, /^ +- docker tag.*\n/m, ''),
        },
      },
    }),
    on.followed({
      ...course.common,
      id: 'image-definitions',
      title: { ko: 'imagedefinitions.json을 만듭니다', ja: 'imagedefinitions.json を作る', en: 'It writes imagedefinitions.json' },
      after: 'buildspec-commands',
      expected: DEFINITIONS,
      judge: course.ofCourse(judgeDefinitions),
      observed: ({ course: followed }) => followed && [...followed.files.keys()],
      says: {
        ...UNDECIDED_SAYS,
        definitionsMissing: DEFINITIONS_SAYS.definitionsMissing,
        definitionsWrong: DEFINITIONS_SAYS.definitionsWrong,
      },
      breaks: { 'definitions-missing': definitions.missing, 'definitions-wrong': definitions.wrong },
    }),
  ],
});
