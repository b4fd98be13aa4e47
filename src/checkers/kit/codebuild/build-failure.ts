import type { Build } from '../../../aws/services/codebuild/build.ts';
import { asSentence } from '../../engine/as-sentence.ts';
import { says } from '../../engine/texts.ts';

/** What to say of each cause. All but `buildEnded` take `number`, `phase` and `reason`; a lab puts its own words over those that name a task. */
export const FAILURE_SAYS = says({
  buildEnded: {
    ko: '{number}번 빌드가 끝까지 실행되지 않았습니다({status}). 빌드를 다시 시작합니다.',
    ja: 'ビルド {number} は最後まで実行されませんでした({status})。もう一度ビルドを開始してください。',
    en: 'Build {number} did not run to its end ({status}). Start a build again.',
  },
  buildFailed: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度ビルドしてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} Find the cause in the build log, mend it and build again.',
  },
  buildFailedPullLimit: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Docker Hub의 내려받기 제한입니다. Dockerfile의 FROM을 public.ecr.aws의 이미지로 바꿉니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} Docker Hub のダウンロード制限です。Dockerfile の FROM を public.ecr.aws のイメージに変えてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} This is the pull limit of Docker Hub. Change FROM in the Dockerfile to an image of public.ecr.aws.',
  },
  buildFailedBuildspec: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} buildspec.yml이 없거나 읽을 수 없습니다. buildspec.yml의 태스크를 다시 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml がないか、読み取れません。buildspec.yml のタスクをもう一度確認してください。',
    en: 'Build {number} failed in the phase {phase}: {reason} buildspec.yml is missing or cannot be read. Check the task of buildspec.yml again.',
  },
  buildFailedRole: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 서비스 역할에 권한이 없습니다. 스택이 만든 역할을 사용하는지 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} サービスロールに権限がありません。スタックが作ったロールを使っているか確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} The service role lacks a permission. Make sure the project uses the role that the stack made.',
  },
  buildFailedSource: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 프로젝트의 리포지토리와 브랜치를 확인하고, 코드를 푸시했는지 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} プロジェクトのリポジトリとブランチ、コードをプッシュしたかを確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} Check the repository and the branch of the project, and whether the code has been pushed.',
  },
  buildFailedPrivileged: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Privileged 모드 없이 실행되어 Docker를 쓸 수 없었습니다. 모드를 켜고 다시 빌드합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度ビルドしてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode and could not use Docker. Turn the mode on and build again.',
  },
  buildFailedLogin: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} ECR에 로그인하지 못했습니다. 레지스트리 주소와 서비스 역할을 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ECR にログインできませんでした。レジストリのアドレスとサービスロールを確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It could not log in to ECR. Check the address of the registry and the service role.',
  },
  buildFailedPush: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 푸시하지 못했습니다. ECR 리포지토리가 있는지와 이름, 서비스 역할을 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをプッシュできませんでした。ECR リポジトリの有無と名前、サービスロールを確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It could not push the image. Check that the ECR repository exists, its name, and the service role.',
  },
  buildFailedImage: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. Dockerfile과 package.json을 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。Dockerfile と package.json を確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It could not build the image. Check the Dockerfile and package.json.',
  },
});

/** The message for each cause; labs that tell more or fewer causes apart change it. */
export const FAILURE_WORDS = {
  'pull-limit': 'buildFailedPullLimit',
  runtime: 'buildFailedBuildspec',
  buildspec: 'buildFailedBuildspec',
  permissions: 'buildFailedRole',
  source: 'buildFailedSource',
  'not-privileged': 'buildFailedPrivileged',
  login: 'buildFailedLogin',
  push: 'buildFailedPush',
  image: 'buildFailedImage',
  other: 'buildFailed',
} as const satisfies FailureWords;

/**
 * Why a build did not succeed. CodeBuild names the command that failed, not what the command printed, so the cause
 * follows from the phase, the command and the settings the build ran with.
 */
export function failureOf(build: Build) {
  // FINALIZING and COMPLETED follow every failure; the first phase that failed is the one that matters.
  const failed = build.phases.find(({ status }) => status !== undefined && status !== 'SUCCEEDED');
  const phase = failed?.type ?? build.currentPhase ?? '-';
  const context = failed?.contexts.find(({ message, code }) => message || code);
  const reason = [context?.code, context?.message].filter(Boolean).join(': ') || '-';
  return { cause: causeOf(build, phase, reason), number: build.number ?? 0, status: build.status, phase, reason: asSentence(reason) };
}

type BuildFailure = ReturnType<typeof failureOf>;
type FailureCause = BuildFailure['cause'];

/** A lab's message for each cause; all of them take `number`, `phase` and `reason`. */
type FailureWords = Readonly<Record<Exclude<FailureCause, 'ended'>, string>>;

/** What to say of a build that did not succeed. */
export function explainFailure<const Words extends FailureWords>({ cause, status, ...about }: BuildFailure, words: Words) {
  if (cause === 'ended') return ['buildEnded', { number: about.number, status }] as const;
  return [words[cause] as Words[keyof Words], about] as const;
}

/** Causes that a variable with a wrong value may be behind. */
const BY_VARIABLE: readonly FailureCause[] = ['login', 'push', 'image', 'other'];

/**
 * The same for a lab that judges the variables of a build; it has `buildFailedVariable` among its words.
 * @param variable one that did not hold what it must, if there is one
 * @param causes those that it may be behind
 */
export function explainFailureBy<const Words extends FailureWords>(
  failure: BuildFailure,
  words: Words,
  variable: string | undefined,
  causes: readonly FailureCause[] = BY_VARIABLE,
) {
  const { cause, number, phase, reason } = failure;
  if (variable === undefined || !causes.includes(cause)) return explainFailure(failure, words);
  return ['buildFailedVariable', { number, phase, reason, variable }] as const;
}

/** The likely cause of a build that did not succeed. `ended`: it was stopped or timed out. */
function causeOf({ status, environment }: Build, phase: string, reason: string) {
  if (status === 'STOPPED' || status === 'TIMED_OUT') return 'ended';
  if (/toomanyrequests|rate limit/i.test(reason)) return 'pull-limit';
  // `runtime-versions` names a runtime that the build image does not have.
  if (/unknown runtime/i.test(reason)) return 'runtime';
  if (/YAML_FILE_ERROR/.test(reason)) return 'buildspec';
  if (/not authorized|AccessDenied|ACCESS_DENIED|AssumeRole/i.test(reason)) return 'permissions';
  if (phase === 'DOWNLOAD_SOURCE') return 'source';
  // There is no Docker daemon in a build that is not privileged.
  if (!environment.privileged && (/docker daemon/i.test(reason) || /\bdocker\b.*\bbuild\b/.test(reason))) return 'not-privileged';
  if (/docker\s+login|get-login/.test(reason)) return 'login';
  if (/docker\b.*\bpush\b/.test(reason)) return 'push';
  if (/docker\b.*\bbuild\b/.test(reason)) return 'image';
  return 'other';
}
