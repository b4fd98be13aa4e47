import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { changeOutput, stackChecks, valuesOf } from '../kit/cloudformation/stack-checks.ts';
import { stackCreation, stackCreationReads } from '../kit/cloudformation/stack-creation.ts';
import { outputChecks } from '../kit/cloudformation/stack-outputs.ts';
import {
  judgedFile,
  ofPushed,
  type PushedFiles,
  type PushedRepository,
  pushedSource,
  pushedSourceReads,
} from '../kit/codecommit/pushed-source.ts';
import {
  BRANCH_SAYS,
  DEFAULT_BRANCHES,
  FILE_SAYS,
  fileMistakes,
  misplacedFile,
  notPushing,
  PUSHED_SAYS,
  pushingToFeature,
  unpushed,
  wrongText,
} from '../kit/codecommit/source-files.ts';
import { OTHER_REGIONS, outputsOf, REGION, SOURCE_FILES, STACK } from './names.ts';
import { code, createStack, prepareSource, RESOURCES, sources } from './student.ts';

function judgePushed({ name, repository }: PushedRepository) {
  if (name === undefined) return blocked('output-source-repository');
  const branch = repository?.defaultBranch;
  if (branch === undefined) return unpushed(name, repository) ?? passed();
  return DEFAULT_BRANCHES.includes(branch) ? passed() : failed(['branchWrong', { repository: name, branch }]);
}

function judgeFiles({ name, files, survey: around }: PushedFiles<(typeof SOURCE_FILES)[number]>) {
  if (name === undefined || files === undefined) return blocked('source-pushed');
  for (const file of SOURCE_FILES) {
    const found = files[file];
    const wrong = wrongText(file, found);
    if (wrong !== undefined) return wrong;
    if (found.state !== 'no-path') continue;
    const misplaced = misplacedFile(around, file);
    if (misplaced !== undefined) return misplaced;
    const elsewhere = around?.branches.find(({ paths }) => paths.includes(file));
    if (elsewhere !== undefined) return failed(['fileOnOtherBranch', { file, branch: elsewhere.name }]);
    return failed(['fileMissing', { file, repository: name }]);
  }
  const there = SOURCE_FILES.every((file) => files[file].state === 'present' || files[file].state === 'too-large');
  return there ? passed() : blocked('source-pushed');
}

const reads = { ...stackCreationReads, ...pushedSourceReads, ...pastStackReads } as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const { repository: pushed, source } = pushedSource(
    aws,
    stack.then((found) => outputsOf(found).source),
    SOURCE_FILES,
  );
  return { stack, creation: stackCreation(aws, STACK, stack), pushed, source };
}

const on = expectationsOn<typeof observe>();

const at = { name: STACK, region: REGION };
const stack = stackChecks({ ...at, otherRegions: OTHER_REGIONS, resources: RESOURCES, create: createStack });
const output = outputChecks({ ...at, step: 8, fromPast: stack.fromPast });
const uriTitle = (ko: string, ja: string, en: string) => ({
  ko: `스택 출력에 이 계정의 ${ko} ECR 리포지토리 URI가 있습니다`,
  ja: `スタックの出力に、このアカウントの${ja}用 ECR リポジトリの URI がある`,
  en: `The stack outputs hold the URI of this account's ${en} ECR repository`,
});
const frontend = output.imageRepository(
  'FrontendRepositoryUri',
  { check: 'output-frontend', removed: 'frontend-output-removed', elsewhere: 'frontend-in-another-region' },
  uriTitle('프런트엔드', 'フロントエンド', 'frontend'),
);
const serverMistakes = fileMistakes(code, { file: 'server.mjs', object: 'server.mjs를' });

export default defineTask({
  id: 'task-0',
  title: { ko: '리포지토리와 소스 준비', ja: 'リポジトリとソースの準備', en: 'Prepare the repositories and the source' },
  reads,
  observe,
  solve: {
    id: 'prepare-source',
    title: {
      ko: '스택을 만들고 소스를 푸시합니다',
      ja: 'スタックを作り、ソースをプッシュする',
      en: 'Create the stack and push the source',
    },
    play: prepareSource,
  },
  files: Object.fromEntries(SOURCE_FILES.map((file) => [file, judgedFile(code, file, ['source-files'])])),
  expectations: [
    on.stack(stack.created(6)),
    on.creation(stack.complete(7)),
    on.creation(
      output.imageRepository(
        'BackendRepositoryUri',
        { check: 'output-backend', removed: 'backend-output-removed', elsewhere: 'backend-of-another-account' },
        uriTitle('백엔드', 'バックエンド', 'backend'),
      ),
    ),
    on.creation({
      ...frontend,
      breaks: {
        'frontend-in-another-region': {
          title: {
            ko: '프런트엔드 ECR 주소에 다른 리전을 적습니다',
            ja: 'フロントエンドの ECR のアドレスに別のリージョンを書く',
            en: 'Write another region into the ECR address of the frontend',
          },
          says: 'imageRepositoryElsewhere',
          play: changeOutput(at, 'FrontendRepositoryUri', (uri) => uri.replace(REGION, 'us-east-1')),
        },
      },
    }),
    on.creation(output.sourceRepository('SourceRepositoryName', { removed: 'source-output-removed' })),
    on.creation(output.role('CodeBuildRoleArn', { removed: 'role-output-removed', elsewhere: 'role-of-another-account' })),
    on.pushed({
      ...ofPushed,
      id: 'source-pushed',
      title: {
        ko: '소스를 CodeCommit의 main 브랜치에 푸시했습니다',
        ja: 'ソースを CodeCommit の main ブランチにプッシュした',
        en: 'The source has been pushed to the main branch in CodeCommit',
      },
      step: 14,
      after: 'output-source-repository',
      expected: DEFAULT_BRANCHES,
      judge: judgePushed,
      observed: ({ repository }) => repository && (repository.defaultBranch ?? null),
      resource: ({ name, repository }) => repository?.arn ?? name,
      says: { ...PUSHED_SAYS, ...BRANCH_SAYS },
      breaks: { ...notPushing(code), ...pushingToFeature(code, sources) },
    }),
    on.source({
      ...ofPushed,
      id: 'source-files',
      title: {
        ko: 'server.mjs와 Dockerfile이 소스의 맨 위에 있습니다',
        ja: 'server.mjs と Dockerfile がソースの直下にある',
        en: 'server.mjs and Dockerfile are at the root of the source',
      },
      step: 12,
      after: 'source-pushed',
      expected: SOURCE_FILES,
      judge: judgeFiles,
      observed: ({ files }) => files && Object.fromEntries(SOURCE_FILES.map((file) => [file, files[file].state])),
      says: {
        ...FILE_SAYS,
        fileOnOtherBranch: {
          ko: '"{file}" 파일이 기본 브랜치에는 없고 "{branch}" 브랜치에 있습니다. 기본 브랜치에 같은 파일을 커밋하고 푸시합니다.',
          ja: '"{file}" はデフォルトブランチになく、ブランチ "{branch}" にあります。デフォルトブランチに同じファイルをコミットしてプッシュしてください。',
          en: '"{file}" is not on the default branch but on the branch "{branch}". Commit and push the same file to the default branch.',
        },
      },
      breaks: {
        'files-on-other-branch': {
          title: {
            ko: '기본 브랜치가 아닌 브랜치에 소스를 푸시합니다',
            ja: 'デフォルトでないブランチにソースをプッシュする',
            en: 'Push the source to a branch that is not the default',
          },
          says: 'fileOnOtherBranch',
          play: (account) => code.pushElsewhere(account, sources(), true),
        },
        'dockerfile-txt': fileMistakes(code, { file: 'Dockerfile', object: 'Dockerfile을' }).misnamed,
        'server-nested': serverMistakes.nested,
        'server-missing': serverMistakes.missing,
        'server-empty': serverMistakes.empty,
        'server-utf16': serverMistakes.utf16,
      },
    }),
  ],
  publishes: {
    stack: (found, context) =>
      valuesOf(found, ['BackendRepositoryUri', 'FrontendRepositoryUri', 'SourceRepositoryName', 'CodeBuildRoleArn'], context),
  },
});
