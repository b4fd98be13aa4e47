import {
  type Bound,
  blocked,
  buildsBranch,
  buildspecPlace,
  closest,
  codeCommitRepositoryOf,
  defineTask,
  failed,
  notStarted,
  type Project,
  passed,
  type Repository,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { expectedVariables, NAME, OTHER_REGIONS, type VariableName } from './names.ts';
import { judgeVariable, observedVariable } from './variables.ts';

interface Found {
  readonly project: Project | undefined;
  /** A project of another name that builds this lab's repository. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

const reads = {
  project: readers.codebuild.project,
  projectNames: readers.codebuild.projectNames,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const project = aws.project(NAME);
  const repository = aws.repository(NAME);
  const found = project.then(async (known): Promise<Found> => {
    if (known !== undefined) return { project: known, namedOtherwise: undefined };
    const others = await Promise.all(closest(NAME, await aws.projectNames(), MOST_CANDIDATES).map((name) => aws.project(name)));
    const own = others.find((other) => codeCommitRepositoryOf(other?.source.location) === NAME);
    return { project: undefined, namedOtherwise: own?.name };
  });
  const branch = Promise.all([project, repository]).then(([known, source]) => ({ project: known, repository: source }));
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: found, branch, environment: found };
}

function judgeSource(project: Project, { region }: TaskContext): Verdict<Says> {
  if (project.source.type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type: project.source.type }]);
  const found = codeCommitRepositoryOf(project.source.location, region);
  return found === NAME ? passed() : failed(['sourceOther', { found: found ?? project.source.location ?? '-', expected: NAME }]);
}

function judgeBranch({ project, repository }: { project: Project | undefined; repository: Repository | undefined }): Verdict<Says> {
  const branch = repository?.defaultBranch;
  if (project === undefined || branch === undefined) return blocked('task-1');
  return buildsBranch(project, branch) ? passed() : failed(['branchOther', { found: project.sourceVersion ?? '-', expected: branch }]);
}

/**
 * Images of Amazon Linux 2 and of Ubuntu 18.04 and 20.04, which AWS no longer updates.
 * Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild".
 */
const RETIRED = /^aws\/codebuild\/(amazonlinux2-(x86_64|aarch64)-standard:[1-4]\.0|standard:[1-5]\.0)/;

function judgeImage({ environment: { type, image } }: Project): Verdict<Says> {
  if (type !== 'LINUX_CONTAINER') return failed(['environmentNotLinux', { type }]);
  return RETIRED.test(image) ? failed(['environmentRetired', { image }]) : passed();
}

function judgeBuildspec({ source: { buildspec } }: Project): Verdict<Says> {
  const place = buildspecPlace(buildspec);
  if (place === 'default') return passed();
  return place === 'inline' ? failed('buildspecInline') : failed(['buildspecOther', { found: buildspec ?? '-' }]);
}

const ofProject =
  (judge: (project: Project, context: TaskContext) => Verdict<Says>) =>
  ({ project }: { readonly project: Project | undefined }, context: TaskContext) =>
    project === undefined ? blocked('project-exists') : judge(project, context);

const link = ({ project }: { readonly project: Project | undefined }, { console }: TaskContext) =>
  project && console.codeBuildProject(project.name);
const arn = ({ project }: { readonly project: Project | undefined }) => project?.arn;

const variableExpectation = <const Id extends string>(id: Id, name: VariableName, step: number) =>
  ({
    id,
    step,
    after: 'project-exists',
    expected: (_fact: unknown, context: TaskContext) => expectedVariables(context)[name],
    judge: ofProject(({ environment }, context) => judgeVariable(environment.variables, name, context)),
    observed: ({ project }: Found) => project && observedVariable(project.environment.variables, name),
    resource: arn,
    console: link,
  }) as const;

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-1'],
  reads,
  observe,
  expectations: {
    found: [
      {
        id: 'project-exists',
        step: 2,
        expected: NAME,
        judge({ project, namedOtherwise }, { region }) {
          if (project !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['projectNamedOtherwise', { found: namedOtherwise, expected: NAME }]);
          return notStarted(['projectMissing', { project: NAME, region }]);
        },
        observed: ({ project, namedOtherwise }) => project?.name ?? namedOtherwise,
        resource: arn,
        console: (found, context) => link(found, context) ?? context.console.codeBuildProjects(),
      },
    ],
    source: [
      {
        id: 'source-repository',
        step: 3,
        after: 'project-exists',
        expected: NAME,
        judge: ofProject(judgeSource),
        observed: ({ project }) => project && { type: project.source.type, location: project.source.location ?? null },
        resource: arn,
        console: link,
      },
    ],
    branch: [
      {
        id: 'source-branch',
        step: 3,
        after: 'source-repository',
        expected: ({ repository }) => repository?.defaultBranch,
        judge: judgeBranch,
        observed: ({ project }) => project && (project.sourceVersion ?? null),
        resource: arn,
        console: link,
      },
    ],
    environment: [
      {
        id: 'build-image',
        step: 4,
        after: 'project-exists',
        judge: ofProject(judgeImage),
        observed: ({ project }) => project && { type: project.environment.type, image: project.environment.image },
        resource: arn,
        console: link,
      },
      {
        id: 'privileged',
        step: 6,
        after: 'project-exists',
        expected: true,
        holds: ({ project }) => project?.environment.privileged === true,
        otherwise: ['notPrivileged', { project: NAME }],
        observed: ({ project }) => project?.environment.privileged,
        resource: arn,
        console: link,
      },
      variableExpectation('variable-account', 'AWS_ACCOUNT_ID', 8),
      variableExpectation('variable-region', 'AWS_DEFAULT_REGION', 9),
      variableExpectation('variable-repository', 'IMAGE_REPO_NAME1', 10),
      {
        id: 'buildspec-file',
        step: 11,
        after: 'project-exists',
        judge: ofProject(judgeBuildspec),
        observed: ({ project }) => project && (project.source.buildspec ?? null),
        resource: arn,
        console: link,
      },
      {
        id: 'cloudwatch-logs',
        step: 12,
        after: 'project-exists',
        expected: true,
        holds: ({ project }) => project?.logs.cloudWatch.enabled === true,
        otherwise: ['logsOff', { project: NAME }],
        observed: ({ project }) => project?.logs.cloudWatch.enabled,
        resource: arn,
        console: link,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(NAME))?.arn },
  },
});
