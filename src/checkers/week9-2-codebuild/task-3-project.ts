import { expectationsOn } from '../engine/expectation.ts';
import { labFile } from '../engine/lab-files.ts';
import { defineTask } from '../engine/task.ts';
import { fromOutputs, projectOfStack, stackProjectReads } from '../kit/codebuild/find-project.ts';
import { projectChecks } from '../kit/codebuild/project.ts';
import { judgeVariable, observedVariable, projectVariable } from '../kit/codebuild/variable-checks.ts';
import { BUILDSPEC } from '../kit/codecommit/source-buildspec.ts';
import { expectedVariables, LAB, OTHER_REGIONS, outputsOf, PROJECT, REGION, STACK, type VariableName } from './names.ts';
import { createProject, variables } from './student.ts';

const { observe, fromBuild } = projectOfStack(PROJECT, { name: STACK, outputsOf, sourceOf: ({ sourceRepository }) => sourceRepository });

type Pair = Awaited<ReturnType<typeof observe>['pair']>;

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
  reads: stackProjectReads,
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
    on.pair(variable('AWS_ACCOUNT_ID', variables.accountId({ id: 'variable-account-id', step: 14, left: 'account-id-other' }))),
    on.pair(variable('IMAGE_REPO_NAME', variables.repository('IMAGE_REPO_NAME', 15))),
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
