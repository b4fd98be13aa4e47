import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { labFile } from '../engine/lab-files.ts';
import { defineTask } from '../engine/task.ts';
import { lastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { fromOutputs, projectOfStack, projectReads } from '../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../kit/codebuild/past-builds.ts';
import { fromPastBuild } from '../kit/codebuild/past-project.ts';
import { projectChecks } from '../kit/codebuild/project.ts';
import { judgeVariable, observedVariable, projectVariable } from '../kit/codebuild/variable-checks.ts';
import { BUILDSPEC } from '../kit/codecommit/source-buildspec.ts';
import { expectedVariables, LAB, OTHER_REGIONS, outputsOf, PROJECT, REGION, STACK, type VariableName } from './names.ts';
import { createProject, variables } from './student.ts';

const reads = {
  stack: cloudformation.stack,
  ...projectReads,
  repository: codecommit.pushedRepository,
  ...pastStackReads,
  ...pastBuildReads,
} as const;

const observe = (aws: Bound<typeof reads>) =>
  projectOfStack(aws, PROJECT, aws.stack(STACK).then(outputsOf), ({ sourceRepository }) => sourceRepository);

type Pair = Awaited<ReturnType<typeof observe>['pair']>;

/** What was right is known from what the stack said. */
const fromBuild = fromPastBuild(PROJECT, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, STACK)));

/** The check of one of the variables. */
const variable = (name: VariableName, declared: Omit<Parameters<typeof projectVariable<Pair>>[0], 'name' | 'expected' | 'made'>) => ({
  ...projectVariable<Pair>({
    ...declared,
    name,
    made: 'task-0',
    expected: ({ outputs }, { account }) => expectedVariables(account, outputs.imageRepository)[name],
  }),
  past: fromBuild(({ environment }, { imageRepository }, { account }) => {
    const expected = expectedVariables(account, imageRepository)[name];
    if (expected === undefined || judgeVariable(environment.variables, name, expected).status !== 'passed') return undefined;
    return observedVariable(environment.variables, name);
  }),
});

const on = expectationsOn<typeof observe>();
const project = projectChecks({ name: PROJECT, region: REGION, otherRegions: OTHER_REGIONS, fromBuild });

export default defineTask({
  id: 'task-3',
  title: { ko: 'AWS CodeBuild 프로젝트 생성', ja: 'AWS CodeBuild プロジェクトの作成', en: 'Create the AWS CodeBuild project' },
  needs: ['task-0', 'task-1'],
  reads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 생성합니다', ja: 'プロジェクトを作成する', en: 'Create the project' },
    play: createProject,
  },
  expectations: [
    on.found(project.exists(3, 'week9-2-codebuild-project')),
    on.pair(project.source(5, 'task-0', ...fromOutputs('sourceRepository'))),
    on.branch(project.branch(5, 'task-1')),
    on.found(project.linux(6)),
    on.found(project.privileged(6)),
    on.pair(project.role(8, 'task-0', ...fromOutputs('roleArn'))),
    on.found(project.buildspecFile(9, () => labFile(LAB, BUILDSPEC))),
    on.pair(
      variable('AWS_ACCOUNT_ID', {
        id: 'variable-account-id',
        title: {
          ko: 'AWS_ACCOUNT_ID가 이 계정의 ID입니다',
          ja: 'AWS_ACCOUNT_ID がこのアカウントの ID である',
          en: "AWS_ACCOUNT_ID is this account's ID",
        },
        step: 14,
        breaks: {
          'account-id-missing': variables.accountId.missing,
          'account-id-other': variables.accountId.example,
          'account-id-spaces': variables.accountId.spaces,
          'account-id-parameter': variables.accountId.parameter,
        },
      }),
    ),
    on.pair(
      variable('IMAGE_REPO_NAME', {
        id: 'variable-repository',
        title: {
          ko: 'IMAGE_REPO_NAME이 ECR 리포지토리 이름입니다',
          ja: 'IMAGE_REPO_NAME が ECR リポジトリの名前である',
          en: "IMAGE_REPO_NAME is the ECR repository's name",
        },
        step: 15,
        breaks: { 'repository-whole-uri': variables.wholeUri('IMAGE_REPO_NAME') },
      }),
    ),
    on.pair(
      variable('CONTAINER_NAME', {
        id: 'variable-container',
        title: { ko: 'CONTAINER_NAME이 app입니다', ja: 'CONTAINER_NAME が app である', en: 'CONTAINER_NAME is app' },
        step: 16,
        breaks: {
          'container-misnamed': variables.misnamed('CONTAINER_NAME'),
          'container-other': {
            title: {
              ko: 'CONTAINER_NAME에 다른 이름을 적습니다',
              ja: 'CONTAINER_NAME に別の名前を書く',
              en: 'Write another name into CONTAINER_NAME',
            },
            says: 'variableWrong',
            play: variables.change('CONTAINER_NAME', () => ({ value: 'my-app' })),
          },
        },
      }),
    ),
    on.found(project.logs(18)),
  ],
});
