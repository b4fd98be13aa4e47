import { loginTo, type Missing, pushOf, unlessLost } from '../../dialects/buildspec/findings.ts';
import type { Course } from '../../dialects/buildspec/follow.ts';
import { isKnown, shown } from '../../dialects/buildspec/text.ts';
import { expectation, type Mistake } from '../../engine/expectation.ts';
import { says } from '../../engine/texts.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../../engine/verdict.ts';
import type { PracticeSource } from '../codecommit/practice-source.ts';
import { BUILDSPEC, type FollowedBuildspec, inSource } from '../codecommit/source-buildspec.ts';
import { edited } from '../student/mistakes.ts';
import type { EditBuildspec } from './buildspec-mistakes.ts';

/** What a check says that cannot tell what a command does. */
export const UNDECIDED_SAYS = says({
  undecidedCommand: {
    ko: '"{command}" 명령이 하는 일을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. buildspec에 명령을 직접 적으면 확인할 수 있습니다.',
    ja: 'コマンド "{command}" が何をするかここからは分からないため、判断できませんでした。間違いという意味ではありません。buildspec に直接書いたコマンドは確認できます。',
    en: 'We could not decide this, because what "{command}" does cannot be seen from here. That does not mean it is wrong. Commands written in the buildspec itself can be checked.',
  },
  undecidedValue: {
    ko: '"{found}"에 들어가는 값이나 실행 조건을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 변수 이름에 오타가 없는지 확인합니다.',
    ja: '"{found}" に入る値、または実行される条件がここからは分からないため、判断できませんでした。間違いという意味ではありません。変数名に誤字がないか確かめてください。',
    en: 'We could not decide this, because a value in "{found}", or whether it runs, cannot be seen from here. That does not mean it is wrong. Check the variable names for typing errors.',
  },
});

export const LOGIN_SAYS = says({
  loginMissing: {
    ko: 'ECR에 로그인하는 명령이 없습니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
    ja: 'ECR にログインするコマンドがありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
    en: 'Nothing logs in to ECR. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
  },
  loginObsolete: {
    ko: '`aws ecr get-login`은 빌드 이미지에 있는 AWS CLI 버전 2에 없는 명령입니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
    ja: '`aws ecr get-login` は、ビルドイメージにある AWS CLI バージョン 2 にはありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
    en: '`aws ecr get-login` does not exist in version 2 of the AWS CLI, which the build image has. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
  },
  loginElsewhere: {
    ko: '"{found}"에 로그인합니다. 이미지를 올릴 레지스트리 "{registry}"에 사용자 이름 AWS와 ECR의 암호로 로그인합니다.',
    ja: '"{found}" にログインしています。イメージを置くレジストリ "{registry}" に、ユーザー名 AWS と ECR のパスワードでログインしてください。',
    en: 'It logs in to "{found}". Log in to "{registry}", where the image goes, as user AWS with the password that ECR gives.',
  },
  loginLate: {
    ko: '이미지를 푸시한 뒤에 ECR에 로그인합니다. 로그인을 푸시보다 앞(pre_build)으로 옮깁니다.',
    ja: 'イメージをプッシュした後で ECR にログインしています。ログインをプッシュより前(pre_build)に移してください。',
    en: 'It logs in to ECR after an image has been pushed. Move the login before the push, to pre_build.',
  },
});

/** What `judgePush` says, besides what is said of a push that is missing. */
export const PUSH_SAYS = says({
  pushOfNothing: {
    ko: '"{reference}" 이미지를 푸시하지만 그 이름으로 빌드하거나 `docker tag`를 실행하지 않습니다. 푸시하기 전에 태그를 붙입니다.',
    ja: '"{reference}" をプッシュしていますが、その名前でビルドも `docker tag` もしていません。プッシュする前にタグを付けてください。',
    en: 'It pushes "{reference}", but nothing builds or tags an image of that name. Tag the image before pushing it.',
  },
  pushElsewhere: {
    ko: '"{found}" 이미지를 푸시합니다. 이 계정의 ECR 리포지토리에 푸시합니다: "{expected}"',
    ja: '"{found}" をプッシュしています。このアカウントの ECR リポジトリにプッシュしてください: "{expected}"',
    en: 'It pushes "{found}". Push to the ECR repository of this account: "{expected}"',
  },
  ...UNDECIDED_SAYS,
});

type UndecidedSays = readonly ['undecidedCommand', { readonly command: string }] | readonly ['undecidedValue', { readonly found: string }];

/** What to say when something was not seen. While a command was not understood, that is held against nobody. */
export const absent = <const S>(missing: Missing, says: S): Verdict<S | UndecidedSays> =>
  missing.state === 'missing' ? failed(says) : undecided(['undecidedCommand', { command: missing.command }]);

/** Whether it logs in to the registry, in time. */
export function judgeLogin(course: Course, registry: string) {
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'late':
      return failed('loginLate' as const);
    case 'obsolete':
      return failed(['loginObsolete', { registry }] as const);
    case 'perhaps':
      return undecided(['undecidedValue', { found: login.found }] as const);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }] as const);
    default:
      return absent(login, ['loginMissing', { registry }] as const);
  }
}

/** Whether it builds an image at all. */
function judgeImageBuild(course: Course) {
  if (course.builds.some(({ certain }) => certain)) return passed();
  if (course.builds.length > 0) return undecided(['undecidedValue', { found: 'docker build' }] as const);
  return absent(unlessLost(course), 'buildMissing' as const);
}

/** Whether it pushes `<uri>:<tag>`. @param otherwise what to say when it does not, of what it should push */
export function judgePush<const S>(course: Course, uri: string, tag: string, otherwise: (expected: string) => S) {
  const expected = `${uri}:${tag}`;
  const push = pushOf(course, uri, tag);
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return undecided(['undecidedValue', { found: push.found }] as const);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }] as const);
    case 'elsewhere':
      return failed(['pushElsewhere', { found: push.found, expected }] as const);
    default:
      return absent(push, otherwise(expected));
  }
}

/** The registry of an image's URI. */
const registryOfUri = (uri: string) => uri.split('/')[0] ?? '';

const tagOf = (commit: string) => commit.slice(0, 7);
/** The image that must be pushed: tagged with the first characters of the commit. */
export const wantedImage = ({ imageUri, commit }: FollowedBuildspec) => `${imageUri}:${tagOf(commit)}`;

/** Pushes to the image's repository under a tag that is neither the commit's nor one of `allowed`. */
export const otherPushes = (course: Course, fact: FollowedBuildspec, ...allowed: readonly string[]) =>
  course.pushes.filter(
    ({ ref }) =>
      isKnown(ref) &&
      ref.startsWith(`${fact.imageUri}:`) &&
      ![tagOf(fact.commit), ...allowed].some((tag) => ref === `${fact.imageUri}:${tag}`),
  );

const LOGIN = /^ +- aws ecr get-login-password.*\n/m;
const LAST_PUSH = /^ +- docker (?:image )?push.*\n(?![\s\S]*- docker (?:image )?push)/m;

/** Mistakes in how a buildspec logs in to ECR, to list under a lab's move ids. @param account what its commands name an account by */
export const loginMistakes = (edit: EditBuildspec, account = '$AWS_ACCOUNT_ID') =>
  ({
    missing: {
      title: { ko: 'ECR 로그인을 빠뜨립니다', ja: 'ECR へのログインを忘れる', en: 'Leave out the login to ECR' },
      says: 'loginMissing',
      play: edit(LOGIN, ''),
    },
    old: {
      title: {
        ko: '옛 명령 aws ecr get-login을 사용합니다',
        ja: '古いコマンド aws ecr get-login を使う',
        en: 'Use the old command aws ecr get-login',
      },
      says: 'loginObsolete',
      play: edit(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION")\n'),
    },
    elsewhere: {
      title: {
        ko: '다른 리전의 레지스트리에 로그인합니다',
        ja: '別のリージョンのレジストリにログインする',
        en: 'Log in to the registry of another region',
      },
      says: 'loginElsewhere',
      play: edit(LOGIN, (line) => line.replace(/"\S+"$/m, `"${account}.dkr.ecr.us-east-1.amazonaws.com"`)),
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;

interface CourseOfLab {
  readonly source: PracticeSource;
  /** The step of the text that explains the commands. */
  readonly step: number;
  /** The task that makes the image repository. */
  readonly made: string;
}

/** Checks of what the commands of a buildspec do, for labs whose source is in CodeCommit and whose builds push an image. */
export function courseChecks({ source, step, made }: CourseOfLab) {
  const edit: EditBuildspec = (from, to) => source.edit(BUILDSPEC, from, to);
  const logins = loginMistakes(edit);
  const ofCourse =
    <V>(judge: (course: Course, fact: FollowedBuildspec) => V) =>
    (fact: FollowedBuildspec) =>
      fact.course === undefined ? blocked(made) : judge(fact.course, fact);
  /** What all of these checks have in common. */
  const common = { ...inSource, step } as const;
  return {
    common,
    ofCourse,
    login: expectation<FollowedBuildspec>()({
      ...common,
      id: 'ecr-login',
      title: { ko: 'ECR에 로그인합니다', ja: 'ECR にログインする', en: 'It logs in to ECR' },
      after: 'buildspec-commands',
      expected: ({ imageUri }) => registryOfUri(imageUri),
      judge: ofCourse((course, { imageUri }) => judgeLogin(course, registryOfUri(imageUri))),
      observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      says: { ...LOGIN_SAYS, ...UNDECIDED_SAYS },
      breaks: {
        'login-missing': logins.missing,
        'login-old': logins.old,
        'login-elsewhere': logins.elsewhere,
        'login-late': {
          title: { ko: '푸시한 뒤에 로그인합니다', ja: 'プッシュの後にログインする', en: 'Log in after the push' },
          says: 'loginLate',
          play(account) {
            const text = source.read(account, BUILDSPEC);
            const login = LOGIN.exec(text)?.[0] ?? '';
            source.push(account, { [BUILDSPEC]: edited(edited(text, LOGIN, ''), LAST_PUSH, (push) => push + login) });
          },
        },
      },
    }),
    imageBuild: expectation<FollowedBuildspec>()({
      ...common,
      id: 'image-build',
      title: { ko: '이미지를 빌드합니다', ja: 'イメージをビルドする', en: 'It builds the image' },
      after: 'buildspec-commands',
      judge: ofCourse(judgeImageBuild),
      observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      says: {
        buildMissing: {
          ko: '`docker build` 명령이 없습니다. build 단계에서 이미지를 빌드합니다.',
          ja: '`docker build` がありません。build フェーズでイメージをビルドしてください。',
          en: 'There is no `docker build`. Build the image in the build phase.',
        },
        ...UNDECIDED_SAYS,
      },
      breaks: {
        'build-missing': {
          title: { ko: 'docker build를 빠뜨립니다', ja: 'docker build を忘れる', en: 'Leave out docker build' },
          says: 'buildMissing',
          play: edit(/^ +- docker (image )?build.*\n/m, '      - echo "Nothing to build"\n'),
        },
      },
    }),
    /** @param allowed other tags that it may push besides */
    pushCommit: (...allowed: readonly string[]) =>
      expectation<FollowedBuildspec>()({
        ...common,
        id: 'push-commit',
        title: { ko: '커밋 해시 태그를 푸시합니다', ja: 'コミットハッシュのタグをプッシュする', en: 'It pushes the commit hash tag' },
        after: 'image-build',
        expected: wantedImage,
        judge: ofCourse((course, fact) => {
          const [other] = otherPushes(course, fact, ...allowed);
          return judgePush(course, fact.imageUri, tagOf(fact.commit), (expected) =>
            other === undefined
              ? (['pushCommitMissing', { expected }] as const)
              : (['pushOtherTag', { found: other.ref, expected }] as const),
          );
        }),
        observed: pushedRefs,
        says: {
          pushCommitMissing: {
            ko: '커밋 해시 앞 7글자를 태그로 쓰는 "{expected}" 이미지를 푸시하는 명령이 없습니다. 태그를 붙이고 post_build 단계에서 푸시합니다.',
            ja: 'コミットハッシュの先頭 7 文字をタグにした "{expected}" をプッシュするコマンドがありません。タグを付け、post_build フェーズでプッシュしてください。',
            en: 'Nothing pushes "{expected}", whose tag is the first 7 characters of the commit hash. Tag the image and push it in the post_build phase.',
          },
          pushOtherTag: {
            ko: '"{found}" 이미지를 푸시합니다. 태그는 커밋 해시의 앞 7글자여야 합니다: "{expected}"',
            ja: '"{found}" をプッシュしています。タグはコミットハッシュの先頭 7 文字にしてください: "{expected}"',
            en: 'It pushes "{found}". The tag must be the first 7 characters of the commit hash: "{expected}"',
          },
          ...PUSH_SAYS,
        },
        breaks: {
          'push-commit-missing': {
            title: {
              ko: '커밋 해시 태그를 푸시하지 않습니다',
              ja: 'コミットハッシュのタグをプッシュしない',
              en: 'Do not push the commit hash tag',
            },
            says: 'pushCommitMissing',
            play: edit(/^ +- docker (image )?push.*\$IMAGE_TAG"\n/m, '      - echo "Done"\n'),
          },
          'push-full-hash': {
            title: {
              ko: '커밋 해시 40글자를 모두 태그로 씁니다',
              ja: 'コミットハッシュの 40 文字すべてをタグにする',
              en: 'Use all 40 characters of the commit hash as the tag',
            },
            says: 'pushOtherTag',
            play: edit(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG="$CODEBUILD_RESOLVED_SOURCE_VERSION"'),
          },
        },
      }),
    /** Moments in which what is pushed cannot be told. @param line the command that pushes it */
    unclearPushes: (line: RegExp) =>
      ({
        makefile: {
          title: { ko: '푸시를 Makefile에 맡깁니다', ja: 'プッシュを Makefile に任せる', en: 'Leave the push to a Makefile' },
          says: 'undecidedCommand',
          play: edit(line, '      - make push\n'),
        },
        'unknown-variable': {
          title: {
            ko: '어디에도 정하지 않은 변수를 사용합니다',
            ja: 'どこにも定めていない変数を使う',
            en: 'Use a variable that nothing sets',
          },
          says: 'undecidedValue',
          play: edit(line, (push) => push.replace(/\$\{?\w+\}?/, '$MY_REPOSITORY')),
        },
      }) as const satisfies Readonly<Record<string, Mistake>>,
  } as const;
}

/** The references that it pushes, as evidence. */
export const pushedRefs = ({ course }: FollowedBuildspec) => course?.pushes.map(({ ref }) => shown(ref));
