import type { Build } from '../../../aws/services/codebuild/build.ts';
import type { HistoryEvent } from '../../../aws/services/states.ts';
import { type Saying, says, type Texts } from '../../engine/texts.ts';
import { FAILURE_SAYS as BUILD_FAILURE_SAYS, failureOf } from '../../kit/codebuild/build-failure.ts';

/** How a build failed, and what to do about it. */
const failedBuild = <const T extends Texts>(remedy: T) =>
  ({
    ko: `빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} ${remedy.ko}`,
    ja: `ビルド {number} は {phase} フェーズで失敗しました: {reason} ${remedy.ja}`,
    en: `Build {number} failed in the phase {phase}: {reason} ${remedy.en}`,
  }) as const;

/** What is said of an execution that did not succeed. */
export const FAILURE_SAYS = says({
  executionEnded: {
    ko: '실행이 끝까지 가지 못했습니다({status}). 다시 실행합니다.',
    ja: '実行は最後まで進みませんでした ({status})。もう一度実行してください。',
    en: 'The execution did not run to its end ({status}). Start another one.',
  },
  executionInputMissing: {
    ko: '실행의 입력에 필요한 항목이 없습니다: {cause} artifactBucket과 artifactKey를 넘겨 다시 실행합니다.',
    ja: '実行の入力に必要な項目がありません: {cause} artifactBucket と artifactKey を渡して、もう一度実行してください。',
    en: 'The input of the execution lacks something: {cause} Start another one with artifactBucket and artifactKey.',
  },
  executionDenied: {
    ko: '실행이 권한 부족으로 실패했습니다({error}): {cause} 실행 역할의 권한을 확인하고 다시 실행합니다.',
    ja: '実行が権限の不足で失敗しました ({error}): {cause} 実行のロールの権限を確かめ、もう一度実行してください。',
    en: 'The execution was refused ({error}): {cause} Look at the permissions of its role and start another one.',
  },
  executionFailed: {
    ko: '실행이 실패했습니다({error}): {cause} 원인을 고치고 다시 실행합니다.',
    ja: '実行が失敗しました ({error}): {cause} 原因を直し、もう一度実行してください。',
    en: 'The execution failed ({error}): {cause} Mend the cause and start another one.',
  },
  buildEnded: {
    ko: '빌드 {number}번이 끝까지 실행되지 않았습니다({status}). 다시 실행합니다.',
    ja: 'ビルド {number} は最後まで実行されませんでした ({status})。もう一度実行してください。',
    en: 'Build {number} did not run to its end ({status}). Start another execution.',
  },
  buildFailed: failedBuild({
    ko: '빌드 로그에서 원인을 찾아 고치고 다시 실행합니다.',
    ja: 'ビルドログで原因を探して直し、もう一度実行してください。',
    en: 'Look for the cause in its log, mend it and start another execution.',
  }),
  buildFailedRole: failedBuild({
    ko: '빌드 역할의 신뢰 정책과 권한을 확인합니다.',
    ja: 'ビルドのロールの信頼ポリシーと権限を確かめてください。',
    en: 'Look at the trust policy and permissions of the build role.',
  }),
  buildFailedVariable: failedBuild({
    ko: '빠진 환경 변수가 있습니다. 실행의 입력과 IMAGE_URI를 확인합니다.',
    ja: '環境変数がそろっていません。実行の入力と IMAGE_URI を確かめてください。',
    en: 'A variable is missing. Look at the input of the execution and IMAGE_URI.',
  }),
  buildFailedUpload: failedBuild({
    ko: 'S3에 올리지 못했습니다. 입력의 버킷 이름과 빌드 역할의 s3:PutObject를 확인합니다.',
    ja: 'S3 にアップロードできませんでした。入力のバケット名とロールの s3:PutObject を確かめてください。',
    en: 'It could not upload to S3. Look at the bucket in the input and s3:PutObject of the build role.',
  }),
  buildFailedPrivileged: failedBuild({
    ko: '권한 모드 없이 실행되어 Docker를 쓰지 못했습니다. 켜고 다시 실행합니다.',
    ja: '特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度実行してください。',
    en: 'It ran without privileged mode, so it had no Docker. Turn it on and start another execution.',
  }),
  buildFailedLogin: BUILD_FAILURE_SAYS.buildFailedLogin,
  buildFailedPull: failedBuild({
    ko: '이미지를 받지 못했습니다. ECR에 이미지가 있는지, 빌드 역할에 권한이 있는지 확인합니다.',
    ja: 'イメージを取得できませんでした。ECR にイメージがあるか、ロールに権限があるか確かめてください。',
    en: 'It could not get the image. Make sure that it is in ECR and that the build role may pull it.',
  }),
  buildFailedBuildspec: failedBuild({
    ko: 'buildspec을 읽지 못했습니다. 프로젝트의 buildspec을 확인합니다.',
    ja: 'buildspec を読み取れませんでした。プロジェクトの buildspec を確かめてください。',
    en: 'Its buildspec could not be read. Look at the buildspec of the project.',
  }),
});

type Failure = Saying<typeof FAILURE_SAYS>;

/** What to say of a build that did not succeed: the phase that ended it, and the likely cause. */
function explainBuild(build: Build): Failure {
  const { cause, number, status, phase, reason } = failureOf(build);
  const about = { number, phase, reason };
  if (cause === 'ended') return ['buildEnded', { number, status }];
  if (cause === 'permissions') return ['buildFailedRole', about];
  if (/\btest -n\b/.test(reason)) return ['buildFailedVariable', about];
  if (/\baws\s+s3(api)?\b/.test(reason)) return ['buildFailedUpload', about];
  // Every command of docker needs its daemon, and a build that is not privileged has none.
  if (cause === 'not-privileged' || (!build.environment.privileged && /\bdocker\s+(pull|save|load|tag)\b/.test(reason)))
    return ['buildFailedPrivileged', about];
  if (cause === 'login') return ['buildFailedLogin', about];
  if (/\bdocker\s+(image\s+)?(pull|save)\b/.test(reason)) return ['buildFailedPull', about];
  return cause === 'buildspec' ? ['buildFailedBuildspec', about] : ['buildFailed', about];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 300);

/**
 * What to say of an execution that did not succeed.
 * @param build the build that it started, if it got that far
 */
export function explainExecution(status: string, history: readonly HistoryEvent[], build: Build | undefined): Failure {
  if (status === 'ABORTED') return ['executionEnded', { status }];
  if (build?.complete && build.status !== 'SUCCEEDED') return explainBuild(build);
  const last = history.findLast(({ error, cause }) => error !== undefined || cause !== undefined);
  const error = last?.error ?? status;
  const cause = oneLine(last?.cause ?? '-');
  if (error === 'States.ParameterPathFailure' || /could not be found in the input/.test(cause)) return ['executionInputMissing', { cause }];
  if (/not authorized|AccessDenied/i.test(`${error} ${cause}`)) return ['executionDenied', { error, cause }];
  if (status === 'TIMED_OUT') return ['executionEnded', { status }];
  return ['executionFailed', { error, cause }];
}
