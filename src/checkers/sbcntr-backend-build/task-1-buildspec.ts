import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { unlessLost } from '../dialects/buildspec/findings.ts';
import type { Course } from '../dialects/buildspec/follow.ts';
import { couldBe, isKnown, shown } from '../dialects/buildspec/text.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { failed, passed, undecided } from '../engine/verdict.ts';
import { buildspecChecks } from '../kit/codebuild/buildspec-checks.ts';
import { courseChecks, otherPushes, pushedRefs, UNDECIDED_SAYS, wantedImage } from '../kit/codebuild/course-checks.ts';
import {
  BUILDSPEC,
  type FollowedBuildspec,
  findBuildspec,
  followBuildspecOf,
  ofBuildspec,
  readBuildspec,
  seenIn,
  sourceBuildspecReads,
} from '../kit/codecommit/source-buildspec.ts';
import { DEFAULTS, outputsOf, STACK } from './names.ts';
import { code, misplacedBuildspec, pushBuildspec } from './student.ts';

function judgeBuildKit({ builds }: Course) {
  const certain = builds.filter((build) => build.certain);
  if (certain.some(({ buildkit }) => buildkit === true)) return passed();
  return certain.some(({ buildkit }) => buildkit === false) ? failed('buildkitOff') : failed('buildkitUnset');
}

function judgeOnlyTag(course: Course, fact: FollowedBuildspec) {
  const [other] = otherPushes(course, fact);
  if (other?.certain) return failed(['pushMoreTags', { found: other.ref, expected: wantedImage(fact) }]);
  const open = other ?? course.pushes.find(({ ref }) => !isKnown(ref) && couldBe(ref, `${fact.imageUri}:latest`));
  if (open !== undefined) return undecided(['undecidedValue', { found: `docker image push ${shown(open.ref)}` }]);
  const missing = unlessLost(course);
  return missing.state === 'lost' ? undecided(['undecidedCommand', { command: missing.command }]) : passed();
}

const reads = { stack: cloudformation.stack, ...sourceBuildspecReads } as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const found = outputs.then(({ source }) => findBuildspec(aws, source));
  const reading = found.then(readBuildspec);
  const followed = Promise.all([reading, outputs]).then(([fact, { backendUri }]) => followBuildspecOf(aws, fact, backendUri, {}, context));
  return { found, reading, followed };
}

const on = expectationsOn<typeof observe>();

const form = buildspecChecks({ source: code, present: 3, read: 3, made: 'task-0', pushed: 'task-0' });
const course = courseChecks({ source: code, step: 2, made: 'task-0' });
const pushCommit = course.pushCommit();
const edit = (from: string | RegExp, to: string | ((found: string) => string)) => code.edit(BUILDSPEC, from, to);
const BUILD = /^ +- docker image build.*\n/m;
const PUSH = /^ +- docker image push.*\n/m;

const expectations = [
  on.found(form.present),
  on.reading(form.yaml),
  on.reading(form.version),
  on.reading({
    ...form.phases,
    breaks: {
      ...form.phases.breaks,
      'phases-misplaced': {
        title: {
          ko: '단계를 phases 밖에 적습니다(buildspec-misplaced.yml)',
          ja: 'フェーズを phases の外に書く(buildspec-misplaced.yml)',
          en: 'Write the phases outside phases (buildspec-misplaced.yml)',
        },
        says: 'phasesAtRoot',
        play: (account) => pushBuildspec(account, misplacedBuildspec()),
      },
    },
  }),
  on.reading({
    ...course.common,
    id: 'buildspec-runtimes',
    title: {
      ko: '없어진 docker 런타임을 요구하지 않습니다',
      ja: 'なくなった docker ランタイムを求めていない',
      en: 'It does not ask for the docker runtime, which is gone',
    },
    step: 3,
    after: 'buildspec-phases',
    judge: ofBuildspec(({ runtimes }) => (runtimes.includes('docker') ? failed('runtimeGone') : passed())),
    observed: seenIn(({ runtimes }) => runtimes),
    says: {
      runtimeGone: {
        ko: 'install의 runtime-versions에 docker가 있습니다. 지금 유지되는 빌드 이미지에는 docker라는 런타임이 없어 빌드가 실패합니다. 그 항목을 지웁니다. Docker는 빌드 이미지에 이미 들어 있습니다.',
        ja: 'install の runtime-versions に docker があります。いま保守されているビルドイメージに docker というランタイムはなく、ビルドは失敗します。その項目を消してください。Docker はビルドイメージに入っています。',
        en: 'runtime-versions of install names docker. No build image that is maintained has a runtime called docker, so the build fails. Remove the entry; Docker is already in the build image.',
      },
    },
    breaks: {
      'docker-runtime': {
        title: {
          ko: 'runtime-versions에 docker: 19를 적습니다',
          ja: 'runtime-versions に docker: 19 と書く',
          en: 'Write docker: 19 into runtime-versions',
        },
        says: 'runtimeGone',
        play: edit(/^phases:\n/m, 'phases:\n  install:\n    runtime-versions:\n      docker: 19\n'),
      },
    },
  }),
  on.reading(form.commands),
  on.followed(course.login),
  on.followed(course.imageBuild),
  on.followed({
    ...course.common,
    id: 'buildkit',
    title: { ko: 'BuildKit으로 빌드합니다', ja: 'BuildKit でビルドする', en: 'It builds with BuildKit' },
    after: 'image-build',
    expected: true,
    judge: course.ofCourse(judgeBuildKit),
    observed: ({ course: followed }) => followed?.builds.map(({ buildkit = null }) => buildkit),
    says: {
      buildkitOff: {
        ko: 'DOCKER_BUILDKIT이 꺼져 있습니다. env.variables에서 "1"로 바꿉니다. Dockerfile의 `COPY --chmod`는 BuildKit이 있어야 합니다.',
        ja: 'DOCKER_BUILDKIT がオフです。env.variables で "1" に直してください。Dockerfile の `COPY --chmod` には BuildKit が必要です。',
        en: 'DOCKER_BUILDKIT is off. Change it to "1" in env.variables; `COPY --chmod` in the Dockerfile needs BuildKit.',
      },
      buildkitUnset: {
        ko: 'BuildKit을 켜지 않았습니다. buildspec.yml의 env.variables에 `DOCKER_BUILDKIT: "1"`을 적습니다.',
        ja: 'BuildKit をオンにしていません。buildspec.yml の env.variables に `DOCKER_BUILDKIT: "1"` と書いてください。',
        en: 'BuildKit is not turned on. Write `DOCKER_BUILDKIT: "1"` into env.variables of buildspec.yml.',
      },
    },
    breaks: {
      'buildkit-off': {
        title: { ko: 'DOCKER_BUILDKIT을 "0"으로 적습니다', ja: 'DOCKER_BUILDKIT を "0" と書く', en: 'Write DOCKER_BUILDKIT "0"' },
        says: 'buildkitOff',
        play: edit('DOCKER_BUILDKIT: "1"', 'DOCKER_BUILDKIT: "0"'),
      },
      'buildkit-unset': {
        title: { ko: 'DOCKER_BUILDKIT을 적지 않습니다', ja: 'DOCKER_BUILDKIT を書かない', en: 'Leave DOCKER_BUILDKIT out' },
        says: 'buildkitUnset',
        play: edit(/^ +DOCKER_BUILDKIT.*\n/m, ''),
      },
    },
  }),
  on.followed({
    ...pushCommit,
    breaks: {
      'push-missing': {
        title: { ko: 'docker image push를 빠뜨립니다', ja: 'docker image push を忘れる', en: 'Forget docker image push' },
        says: 'pushCommitMissing',
        play: edit(PUSH, '      - echo "Done"\n'),
      },
      'push-latest-instead': {
        title: {
          ko: '커밋 해시 대신 latest를 푸시합니다',
          ja: 'コミットハッシュの代わりに latest をプッシュする',
          en: 'Push latest instead of the commit hash',
        },
        says: 'pushOtherTag',
        play: edit(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG=latest'),
      },
      'push-of-nothing': {
        title: { ko: '빌드하지 않은 이름을 푸시합니다', ja: 'ビルドしていない名前をプッシュする', en: 'Push a name that was not built' },
        says: 'pushOfNothing',
        play: edit(BUILD, '      - docker image build -t sbcntr-backend:local .\n'),
      },
      'push-elsewhere': {
        title: {
          ko: '프런트엔드 리포지토리에 푸시합니다',
          ja: 'フロントエンドのリポジトリにプッシュする',
          en: 'Push to the frontend repository',
        },
        says: 'pushElsewhere',
        play: edit(`ECR_REPOSITORY_NAME: ${DEFAULTS.backend}`, `ECR_REPOSITORY_NAME: ${DEFAULTS.frontend}`),
      },
    },
    moments: course.unclearPushes(PUSH),
  }),
  on.followed({
    ...course.common,
    id: 'push-only-commit',
    title: {
      ko: '커밋 해시 태그만 푸시합니다',
      ja: 'コミットハッシュのタグだけをプッシュする',
      en: 'It pushes the commit tag and nothing else',
    },
    after: 'push-commit',
    expected: wantedImage,
    judge: course.ofCourse(judgeOnlyTag),
    observed: pushedRefs,
    says: {
      pushMoreTags: {
        ko: '커밋 해시 태그 말고 "{found}" 이미지도 푸시합니다. 이 실습에서는 다음 하나만 푸시합니다: "{expected}"',
        ja: 'コミットハッシュのタグのほかに "{found}" もプッシュしています。この演習では次の 1 つだけをプッシュしてください: "{expected}"',
        en: 'Besides the commit tag it pushes "{found}". In this lab push only "{expected}".',
      },
      ...UNDECIDED_SAYS,
    },
    breaks: {
      'push-latest-too': {
        title: {
          ko: '커밋 해시와 함께 latest도 푸시합니다',
          ja: 'コミットハッシュと一緒に latest もプッシュする',
          en: 'Push latest besides the commit hash',
        },
        says: 'pushMoreTags',
        play: edit(
          PUSH,
          (push) =>
            `${push}${push.replace('push', 'tag').replace('$IMAGE_TAG"', '$IMAGE_TAG" "$REPOSITORY_URI:latest"')}${push.replace('$IMAGE_TAG', 'latest')}`,
        ),
      },
    },
  }),
];

export default defineTask({
  id: 'task-1',
  title: { ko: 'buildspec.yml 작성 및 푸시', ja: 'buildspec.yml の作成とプッシュ', en: 'Write and push buildspec.yml' },
  needs: ['task-0'],
  reads,
  observe,
  solve: {
    id: 'push-buildspec',
    title: { ko: 'buildspec.yml을 푸시합니다', ja: 'buildspec.yml をプッシュする', en: 'Push buildspec.yml' },
    play: (account) => pushBuildspec(account),
  },
  files: { [BUILDSPEC]: { checks: expectations.map(({ id }) => id), use: pushBuildspec } },
  expectations,
});
