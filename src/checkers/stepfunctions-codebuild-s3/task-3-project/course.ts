import { IMAGE_TAR } from '../../dialects/buildspec/docker.ts';
import { unlessLost } from '../../dialects/buildspec/findings.ts';
import type { Course } from '../../dialects/buildspec/follow.ts';
import { couldBe, isKnown, shown } from '../../dialects/buildspec/text.ts';
import type { Upload } from '../../dialects/buildspec/uploads.ts';
import type { Json } from '../../engine/result.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../../engine/verdict.ts';
import { absent, judgeLogin as judgeRegistryLogin, LOGIN_SAYS, loginMistakes, UNDECIDED_SAYS } from '../../kit/codebuild/course-checks.ts';
import { ofProject } from '../../kit/codebuild/find-project.ts';
import { edited } from '../../kit/student/mistakes.ts';
import { BUCKET_VARIABLE, imageUriOf, KEY, KEY_VARIABLE, registryOf } from '../names.ts';
import { BUCKET, changeBuildspec, changeCommand, command, dropCommand, project } from '../student.ts';
import { about, forget } from '../titles.ts';
import { on, TARGET, type WithSpec } from './facts.ts';

const BUCKET_AND_KEY = { bucket: `$${BUCKET_VARIABLE}`, key: `$${KEY_VARIABLE}` } as const;

function judgeLogin(course: Course, context: TaskContext) {
  const registry = registryOf(context);
  const verdict = judgeRegistryLogin(course, registry);
  if (verdict.status !== 'passed') return verdict;
  const first = course.pulls.findIndex(({ ref }) => ref.startsWith(`${registry}/`));
  const inTime = course.logins.some((one) => one.registry === registry && (first === -1 || one.afterPulls <= first));
  return inTime ? passed() : failed('loginLate');
}

function judgePull(course: Course, context: TaskContext) {
  const expected = imageUriOf(context);
  if (course.pulls.some(({ ref, certain }) => ref === expected && certain)) return passed();
  const perhaps = course.pulls.find(({ ref }) => couldBe(ref, expected));
  if (perhaps !== undefined) return undecided(['undecidedValue', { found: `docker pull ${shown(perhaps.ref)}` }]);
  const [other] = course.pulls;
  if (other !== undefined) return failed(['pullOther', { found: shown(other.ref), expected }]);
  return absent(unlessLost(course), ['pullMissing', { expected }]);
}

function judgeSave(course: Course, context: TaskContext) {
  const expected = imageUriOf(context);
  const saves = course.saves.filter(({ refs }) => refs.some((ref) => couldBe(ref, expected)));
  if (saves.some(({ certain, refs }) => certain && refs.includes(expected))) return passed();
  const [perhaps] = saves;
  if (perhaps !== undefined) return undecided(['undecidedValue', { found: `docker save ${shown(perhaps.refs.join(' '))}` }]);
  const [unmade] = course.savesOfNothing;
  if (unmade !== undefined) return failed(['saveOfNothing', { found: shown(unmade) }]);
  return absent(unlessLost(course), ['saveMissing', { expected }]);
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Whether what is uploaded is the tar that was saved; `undefined` when that cannot be told. */
function isTar({ from, stdin }: Upload, { saves, files }: Course): boolean | undefined {
  if (from === '-') return stdin === undefined || !isKnown(stdin) ? undefined : stdin.includes(IMAGE_TAR);
  if (!isKnown(from)) return undefined;
  const name = baseName(from);
  const saved = saves.map(({ file }) => (file === undefined ? undefined : baseName(file)));
  if (saved.includes(name) || files.get(name)?.content.includes(IMAGE_TAR)) return true;
  // A tar that was packed further, or written under a name that is not known.
  const packed = saved.some((file) => file !== undefined && (!isKnown(file) || name.startsWith(`${file}.`)));
  const content = files.get(name)?.content;
  return packed || (content !== undefined && !isKnown(content)) ? undefined : false;
}

function judgeUpload(course: Course) {
  const target = `s3://${TARGET.bucket}/${TARGET.key}`;
  const right = course.uploads.filter(({ to, folder }) => !folder && to === target);
  if (right.some((upload) => upload.certain && isTar(upload, course) === true)) return passed();
  const doubt =
    right.find((upload) => isTar(upload, course) !== false) ??
    course.uploads.find(({ to, folder }) => folder || (couldBe(to, target) && to !== target));
  if (doubt !== undefined) return undecided(['undecidedValue', { found: `aws s3 cp ${shown(doubt.from)} ${written(doubt)}` }]);
  const [other] = right;
  if (other !== undefined) return failed(['uploadOtherFile', { found: shown(other.from) }]);
  const [fixed] = course.uploads;
  return fixed === undefined
    ? absent(unlessLost(course), ['uploadMissing', BUCKET_AND_KEY])
    : failed(['uploadElsewhere', { found: written(fixed), ...BUCKET_AND_KEY }]);
}

/** Where an upload goes, with the names of the variables in place of the placeholders. */
const written = ({ to }: Upload) => shown(to).replace(TARGET.bucket, BUCKET_AND_KEY.bucket).replace(TARGET.key, BUCKET_AND_KEY.key);

/** A check of what the buildspec does. */
const deed = <V extends Verdict>(
  id: string,
  after: string,
  expected: (context: TaskContext) => Json,
  judge: (course: Course, context: TaskContext) => V,
  seen: (course: Course) => Json,
) => ({
  ...ofProject,
  id,
  step: 1,
  after,
  expected: (_fact: WithSpec, context: TaskContext) => expected(context),
  judge: ({ course }: WithSpec, context: TaskContext) => (course === undefined ? blocked(after) : judge(course, context)),
  observed: ({ course }: WithSpec) => course && seen(course),
});

const build = about('빌드가', 'ビルドが', 'The build');

const LOGIN = 'aws ecr get-login-password';
const logins = loginMistakes(changeBuildspec, '${IMAGE_URI%%.*}');

/** What a build does when it runs the buildspec. */
export const course = [
  on.spec({
    ...deed('buildspec-pull', 'buildspec-readable', imageUriOf, judgePull, ({ pulls }) => pulls.map(({ ref }) => ref)),
    title: build('이 계정의 이미지를 받습니다', 'このアカウントのイメージを取得する', 'pulls the image of this account'),
    says: {
      ...UNDECIDED_SAYS,
      pullOther: {
        ko: '"{found}" 이미지를 받습니다. 이 계정의 이미지로 바꿉니다: {expected}',
        ja: '"{found}" を取得しています。このアカウントのイメージにしてください: {expected}',
        en: 'It pulls "{found}". Pull the image of this account: {expected}',
      },
      pullMissing: {
        ko: '이미지를 받는 docker pull이 없습니다: {expected}',
        ja: 'イメージを取得する docker pull がありません: {expected}',
        en: 'Nothing pulls the image. Add docker pull: {expected}',
      },
    },
    breaks: {
      'image-placeholder': {
        title: {
          ko: '계정 번호 자리에 XXXXXXXXXXXX를 그대로 둡니다',
          ja: 'アカウント番号を XXXXXXXXXXXX のままにする',
          en: 'Leave XXXXXXXXXXXX for the account',
        },
        says: 'pullOther',
        play: project.changeEnvironment(({ environmentVariables = [] }, { id }) => ({
          environmentVariables: environmentVariables.map((one) => ({ ...one, value: one.value?.replace(id, 'XXXXXXXXXXXX') })),
        })),
      },
      'pull-missing': { title: forget('docker pull을', 'docker pull'), says: 'pullMissing', play: dropCommand('docker pull') },
    },
  }),
  on.spec({
    ...deed('buildspec-login', 'buildspec-pull', registryOf, judgeLogin, ({ logins }) => logins.map(({ registry }) => registry)),
    title: build('ECR에 로그인합니다', ' ECR にログインする', 'logs in to ECR'),
    says: {
      ...UNDECIDED_SAYS,
      ...LOGIN_SAYS,
      loginElsewhere: {
        ko: '"{found}"에 로그인합니다. 이미지가 있는 레지스트리에 로그인합니다: {registry}',
        ja: '"{found}" にログインしています。イメージのあるレジストリにログインしてください: {registry}',
        en: 'It logs in to "{found}". Log in to the registry that holds the image: {registry}',
      },
      loginLate: {
        ko: '이미지를 받은 뒤에 ECR에 로그인합니다. 로그인을 docker pull보다 앞에 둡니다.',
        ja: 'イメージを取得した後で ECR にログインしています。ログインを docker pull より前に移してください。',
        en: 'It logs in to ECR after it pulls the image. Put the login before docker pull.',
      },
    },
    breaks: {
      'login-missing': logins.missing,
      'login-old': logins.old,
      'login-elsewhere': logins.elsewhere,
      'login-late': {
        title: { ko: '이미지를 받은 뒤에 로그인합니다', ja: 'イメージを取得した後にログインする', en: 'Log in after the pull' },
        says: 'loginLate',
        play(account) {
          const login = command(account, LOGIN);
          dropCommand(LOGIN)(account);
          changeCommand('docker pull', (pull) => `${pull}\n      - ${login}`)(account);
        },
      },
    },
  }),
  on.spec({
    ...deed('buildspec-save', 'buildspec-pull', imageUriOf, judgeSave, ({ saves }) => saves.flatMap(({ refs }) => refs)),
    title: build('이미지를 tar 파일로 저장합니다', 'イメージを tar ファイルにする', 'saves the image as a tar'),
    says: {
      ...UNDECIDED_SAYS,
      saveMissing: {
        ko: '이미지를 tar 파일로 만드는 docker save가 없습니다: {expected}',
        ja: 'イメージを tar ファイルにする docker save がありません: {expected}',
        en: 'Nothing saves the image as a tar. Add docker save: {expected}',
      },
      saveOfNothing: {
        ko: '"{found}" 이미지를 저장하지만 그 이름으로 받은 이미지가 없습니다. docker pull과 docker save의 이름을 같게 합니다.',
        ja: '"{found}" を保存していますが、その名前で取得したイメージがありません。docker pull と docker save の名前を同じにしてください。',
        en: 'It saves "{found}", but pulls no image of that name. Use the same name in docker pull and docker save.',
      },
    },
    breaks: {
      'save-missing': {
        title: forget('docker save를', 'docker save'),
        says: 'saveMissing',
        play: changeCommand('docker save', () => 'echo tar > "$OUTPUT_FILE"'),
      },
      'save-other-name': {
        title: { ko: '받지 않은 이름으로 저장합니다', ja: '取得していない名前で保存する', en: 'Save under a name that was not pulled' },
        says: 'saveOfNothing',
        play: changeCommand('docker save', (save) => edited(save, '"$IMAGE_URI"', 'nginx')),
      },
    },
  }),
  on.spec({
    ...deed(
      'buildspec-upload',
      'buildspec-save',
      () => `s3://${BUCKET_AND_KEY.bucket}/${BUCKET_AND_KEY.key}`,
      judgeUpload,
      ({ uploads }) => uploads.map(({ from }) => from),
    ),
    title: build(
      '실행이 정한 곳에 tar 파일을 올립니다',
      '実行の指定した場所に tar ファイルをアップロードする',
      'uploads the tar where the execution says',
    ),
    says: {
      ...UNDECIDED_SAYS,
      uploadMissing: {
        ko: 'S3에 올리는 명령이 없습니다. aws s3 cp로 {bucket} 버킷의 {key} 키에 올립니다.',
        ja: 'S3 にアップロードするコマンドがありません。aws s3 cp で {bucket} の {key} にアップロードしてください。',
        en: 'Nothing uploads to S3. Copy the tar with aws s3 cp to {bucket} and {key}.',
      },
      uploadElsewhere: {
        ko: '"{found}"에 올립니다. 실행이 정한 버킷과 키를 쓰도록 {bucket} 변수와 {key} 변수를 사용합니다.',
        ja: '"{found}" にアップロードしています。実行の指定したバケットとキーになるように、{bucket} と {key} を使ってください。',
        en: 'It uploads to "{found}". Use {bucket} and {key}, so that the execution says where.',
      },
      uploadOtherFile: {
        ko: '올리는 파일 "{found}"은(는) docker save가 만든 tar 파일이 아닙니다. 두 명령의 파일 이름을 같게 합니다.',
        ja: 'アップロードしている "{found}" は、docker save が作った tar ファイルではありません。2 つのコマンドのファイル名を同じにしてください。',
        en: 'It uploads "{found}", which is not the tar that docker save made. Use the same file name in both commands.',
      },
    },
    breaks: {
      'upload-missing': { title: forget('aws s3 cp를', 'aws s3 cp'), says: 'uploadMissing', play: dropCommand('aws s3 cp') },
      'upload-fixed': {
        title: {
          ko: '버킷과 키를 buildspec에 고정합니다',
          ja: 'バケットとキーを buildspec に固定する',
          en: 'Fix bucket and key in the buildspec',
        },
        says: 'uploadElsewhere',
        play: changeCommand('aws s3 cp', () => `aws s3 cp "$OUTPUT_FILE" s3://${BUCKET}/${KEY}`),
      },
      'upload-other-file': {
        title: { ko: '다른 파일을 올립니다', ja: '別のファイルをアップロードする', en: 'Upload another file' },
        says: 'uploadOtherFile',
        play: changeCommand('aws s3 cp', (upload) => edited(upload, '"$OUTPUT_FILE"', '/tmp/other.tar')),
      },
    },
    moments: {
      'upload-unknown': {
        title: { ko: '버킷 변수의 이름을 잘못 적습니다', ja: 'バケットの変数名を間違える', en: 'Misspell the variable of the bucket' },
        says: 'undecidedValue',
        play: changeCommand('aws s3 cp', (upload) => edited(upload, '$ARTIFACT_BUCKET', '$ARTIFACTS_BUCKET')),
      },
      makefile: {
        title: { ko: '빌드를 make에 맡깁니다', ja: 'ビルドを make に任せる', en: 'Leave the work to make' },
        says: 'undecidedCommand',
        play: changeCommand('aws s3 cp', () => 'make upload'),
      },
    },
  }),
];
