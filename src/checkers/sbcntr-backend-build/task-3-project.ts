import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { fromOutputs, ofProject, projectOfStack, stackProjectReads } from '../kit/codebuild/find-project.ts';
import { practiceProject } from '../kit/codebuild/practice-project.ts';
import { projectChecks } from '../kit/codebuild/project.ts';
import { OTHER_REGIONS, type Outputs, outputsOf, PROJECT, REGION, STACK } from './names.ts';
import { buildspec, createProject, THE_PROJECT } from './student.ts';

/** The variables that the buildspec sets. One of the same name in the project overrides it. */
const buildspecVariables = ({ backend }: Outputs, region: string): Readonly<Record<string, string | undefined>> => ({
  AWS_REGION_NAME: region,
  ECR_REPOSITORY_NAME: backend,
  DOCKER_BUILDKIT: '1',
});

const { observe, fromBuild } = projectOfStack(PROJECT, { name: STACK, outputsOf, sourceOf: ({ source }) => source });

const checks = projectChecks({ name: PROJECT, region: REGION, otherRegions: OTHER_REGIONS, fromBuild });
const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: 'CodeBuild 프로젝트 생성', ja: 'CodeBuild プロジェクトの作成', en: 'Create the CodeBuild project' },
  needs: ['task-0', 'task-1', 'task-2'],
  reads: stackProjectReads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 생성합니다', ja: 'プロジェクトを作る', en: 'Create the project' },
    play: createProject,
  },
  expectations: [
    on.found(checks.exists(3, 'sbcntr-backend-codebuild')),
    on.pair(checks.source(4, 'task-0', ...fromOutputs('source'))),
    on.branch(checks.branch(4, 'task-0')),
    on.found(checks.linux(5)),
    on.found(checks.privileged(6)),
    on.pair(checks.role(7, 'task-0', ...fromOutputs('roleArn'))),
    on.found(checks.buildspecFile(8, buildspec)),
    on.pair({
      ...ofProject,
      id: 'variables',
      title: {
        ko: '프로젝트의 변수가 buildspec의 값을 덮어쓰지 않습니다',
        ja: 'プロジェクトの変数が buildspec の値を上書きしていない',
        en: 'No variable of the project overrides a value of the buildspec',
      },
      step: 10,
      judge({ project, outputs }, { region }) {
        if (project === undefined || outputs.backend === undefined) return blocked('task-0');
        const wanted = buildspecVariables(outputs, region);
        for (const { name, type, value } of project.environment.variables) {
          if (!Object.hasOwn(wanted, name) || (type === 'PLAINTEXT' && value === wanted[name])) continue;
          return failed(['variableOverrides', { name, found: type === 'PLAINTEXT' ? value : type, expected: wanted[name] ?? '-' }]);
        }
        return passed();
      },
      observed: ({ project }) => project?.environment.variables.map(({ name }) => name),
      says: {
        variableOverrides: {
          ko: '프로젝트의 {name} 환경 변수("{found}")가 buildspec.yml의 값을 덮어씁니다. 변수를 지우거나 다음 값으로 고칩니다: "{expected}"',
          ja: 'プロジェクトの環境変数 {name}("{found}")が buildspec.yml の値を上書きします。変数を消すか、次の値に直してください: "{expected}"',
          en: 'The environment variable {name} of the project ("{found}") overrides the value of buildspec.yml. Remove it, or change it to "{expected}".',
        },
      },
      past: fromBuild(({ environment }, outputs, { region }) => {
        if (outputs.backend === undefined) return undefined;
        const wanted = buildspecVariables(outputs, region);
        return environment.variables.some(({ name, value }) => Object.hasOwn(wanted, name) && value !== wanted[name])
          ? undefined
          : environment.variables.map(({ name }) => name);
      }),
      breaks: {
        'variable-overrides': {
          title: {
            ko: '프로젝트에 DOCKER_BUILDKIT=0을 만듭니다',
            ja: 'プロジェクトに DOCKER_BUILDKIT=0 を作る',
            en: 'Make DOCKER_BUILDKIT=0 in the project',
          },
          says: 'variableOverrides',
          play: practiceProject(THE_PROJECT).changeEnvironment({
            environmentVariables: [{ name: 'DOCKER_BUILDKIT', value: '0', type: 'PLAINTEXT' }],
          }),
        },
      },
    }),
    on.found(checks.logs(9)),
  ],
});
