import {
  type Bound,
  type Build,
  blocked,
  buildspecPlace,
  type Course,
  closest,
  defineTask,
  failed,
  type Json,
  notStarted,
  type Project,
  passed,
  pastBuildReads,
  pastBuilds,
  provenByBuild,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { judgeLogin, judgePull, judgeReading, judgeSave, judgeUpload, type Spec, specOf } from './buildspec.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILD_ROLE, imageUriOf, OTHER_REGIONS, PROJECT, registryOf, roleArnOf } from './names.ts';

interface Found {
  readonly project: Project | undefined;
  /** A project of another name that builds with the lab's role. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

interface WithSpec extends Spec {
  readonly project: Project | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

const isLabRole = (arn: string) => arn.endsWith(`:role/${BUILD_ROLE}`) || arn.endsWith(`/${BUILD_ROLE}`);

const link = ({ project }: { readonly project: Project | undefined }, { console }: TaskContext) =>
  project ? console.codeBuildProject(project.name) : console.codeBuildProjects();
const ofProject = {
  resource: ({ project }: { readonly project: Project | undefined }) => project?.arn,
  console: link,
} as const;

/** A check of one setting, for a project that exists. */
const setting = <const Id extends string>(
  id: Id,
  rest: { step: number; expected: Json; holds(project: Project): boolean; says(project: Project): Says; seen(project: Project): Json },
) =>
  ({
    ...ofProject,
    id,
    step: rest.step,
    after: 'project-exists',
    expected: rest.expected,
    judge: ({ project }: Found): Verdict<Says> => {
      if (project === undefined) return blocked('project-exists');
      return rest.holds(project) ? passed() : failed(rest.says(project));
    },
    observed: ({ project }: Found) => project && rest.seen(project),
  }) as const;

/** A check of what the buildspec does. */
const deed = <const Id extends string, const After extends string>(
  id: Id,
  after: After,
  expected: (context: TaskContext) => Json,
  judge: (course: Course, context: TaskContext) => Verdict<Says>,
  seen: (course: Course) => Json,
) =>
  ({
    ...ofProject,
    id,
    step: 1,
    after,
    expected: (_fact: WithSpec, context: TaskContext) => expected(context),
    judge: ({ course }: WithSpec, context: TaskContext): Verdict<Says> => (course === undefined ? blocked(after) : judge(course, context)),
    observed: ({ course }: WithSpec) => course && seen(course),
  }) as const;

function judgeInline({ project }: WithSpec): Verdict<Says> {
  if (project === undefined) return blocked('project-exists');
  const { buildspec } = project.source;
  if (buildspec === undefined) return failed(['buildspecMissing', { project: PROJECT }]);
  return buildspecPlace(buildspec) === 'inline' ? passed() : failed(['buildspecFile', { found: buildspec }]);
}

/** Evidence from the newest build that ran as `right` says, for a project that is gone. */
const fromBuild =
  (right: (build: Build, context: TaskContext) => Json | undefined) => async (aws: Bound<typeof pastBuildReads>, context: TaskContext) => {
    for (const build of (await pastBuilds(aws, PROJECT)).filter(({ status }) => status === 'SUCCEEDED')) {
      const observed = right(build, context);
      if (observed !== undefined) return provenByBuild(build, observed);
    }
    return undefined;
  };

const reads = { project: readers.codebuild.project, projectNames: readers.codebuild.projectNames };

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const project = aws.project(PROJECT);
  const found = project.then(async (known): Promise<Found> => {
    if (known !== undefined) return { project: known, namedOtherwise: undefined };
    const candidates = closest(PROJECT, await aws.projectNames(), MOST_CANDIDATES);
    const others = await Promise.all(candidates.map((name) => aws.project(name)));
    return { project: undefined, namedOtherwise: others.find((other) => other !== undefined && isLabRole(other.serviceRole))?.name };
  });
  const spec = project.then((known): WithSpec => ({ project: known, ...specOf(known, context) }));
  return { found, spec, settings: found };
}

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-1', 'task-2'],
  reads: { ...reads, ...pastBuildReads },
  observe,
  expectations: {
    found: [
      {
        ...ofProject,
        id: 'project-exists',
        step: 3,
        expected: PROJECT,
        judge({ project, namedOtherwise }, { region }) {
          if (project !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['projectNamedOtherwise', { found: namedOtherwise, expected: PROJECT }]);
          return notStarted(['projectMissing', { project: PROJECT, region }]);
        },
        observed: ({ project, namedOtherwise }) => project?.name ?? namedOtherwise ?? null,
      },
      setting('source-none', {
        step: 3,
        expected: 'NO_SOURCE',
        holds: ({ source }) => source.type === 'NO_SOURCE',
        says: ({ source }) => ['sourceNotNone', { type: source.type }],
        seen: ({ source }) => source.type,
      }),
    ],
    spec: [
      {
        ...ofProject,
        id: 'buildspec-inline',
        step: 2,
        after: 'source-none',
        judge: judgeInline,
        observed: ({ project }) => project && (project.source.buildspec?.slice(0, 200) ?? null),
      },
      {
        ...ofProject,
        id: 'buildspec-readable',
        step: 2,
        after: 'buildspec-inline',
        judge: ({ reading }) => (reading === undefined ? blocked('buildspec-inline') : judgeReading(reading)),
      },
      // Where the image is says where to log in to, so that comes first.
      deed('buildspec-pull', 'buildspec-readable', imageUriOf, judgePull, ({ pulls }) => pulls.map(({ ref }) => ref)),
      deed('buildspec-login', 'buildspec-pull', registryOf, judgeLogin, ({ logins }) => logins.map(({ registry }) => registry)),
      deed('buildspec-save', 'buildspec-pull', imageUriOf, judgeSave, ({ saves }) => saves.flatMap(({ refs }) => refs)),
      deed(
        'buildspec-upload',
        'buildspec-save',
        () => 's3://$ARTIFACT_BUCKET/$ARTIFACT_KEY',
        (course) => judgeUpload(course),
        ({ uploads }) => uploads.map(({ from }) => from),
      ),
    ],
    settings: [
      setting('environment-type', {
        step: 3,
        expected: 'LINUX_CONTAINER',
        holds: ({ environment }) => environment.type === 'LINUX_CONTAINER',
        says: ({ environment }) => ['environmentNotLinux', { type: environment.type }],
        seen: ({ environment }) => environment.type,
      }),
      setting('privileged', {
        step: 3,
        expected: true,
        holds: ({ environment }) => environment.privileged,
        says: ({ name }) => ['notPrivileged', { project: name }],
        seen: ({ environment }) => environment.privileged,
      }),
      {
        ...ofProject,
        id: 'service-role',
        step: 3,
        after: 'project-exists',
        expected: (_fact, context) => roleArnOf(context, BUILD_ROLE),
        holds: ({ project }, context) => project?.serviceRole === roleArnOf(context, BUILD_ROLE),
        otherwise: ({ project }, context) => [
          'roleOther',
          { what: PROJECT, found: project?.serviceRole ?? '-', expected: roleArnOf(context, BUILD_ROLE) },
        ],
        observed: ({ project }) => project?.serviceRole ?? null,
      },
      setting('cloudwatch-logs', {
        step: 3,
        expected: true,
        holds: ({ logs }) => logs.cloudWatch.enabled,
        says: ({ name }) => ['logsOff', { project: name }],
        seen: ({ logs }) => logs.cloudWatch.enabled,
      }),
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(PROJECT))?.arn },
  },
  history: {
    'project-exists': fromBuild(({ project }) => project),
    'source-none': fromBuild(({ source }) => (source?.type === 'NO_SOURCE' ? source.type : undefined)),
    'environment-type': fromBuild(({ environment }) => (environment.type === 'LINUX_CONTAINER' ? environment.type : undefined)),
    privileged: fromBuild(({ environment }) => environment.privileged || undefined),
    'service-role': fromBuild(({ serviceRole }, context) => (serviceRole === roleArnOf(context, BUILD_ROLE) ? serviceRole : undefined)),
    'cloudwatch-logs': fromBuild(({ logs }) => logs.groupName),
  },
});
