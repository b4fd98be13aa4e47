import {
  type Bound,
  blocked,
  buildspecPlace,
  type Course,
  defineTask,
  failed,
  findProject,
  fromPastBuild,
  type Json,
  type OfProject,
  ofProject,
  passed,
  pastBuildReads,
  pastSetting,
  projectChecks,
  projectReads,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { judgeLogin, judgePull, judgeReading, judgeSave, judgeUpload, type Spec, specOf } from './buildspec.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILD_ROLE, imageUriOf, OTHER_REGIONS, PROJECT, registryOf, roleArnOf } from './names.ts';

interface WithSpec extends Spec, OfProject {}

const isLabRole = (arn: string) => arn.endsWith(`:role/${BUILD_ROLE}`) || arn.endsWith(`/${BUILD_ROLE}`);

const checks = projectChecks(PROJECT);

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

const fromBuild = fromPastBuild(PROJECT, async () => undefined);

function observe(aws: Bound<typeof projectReads>, context: TaskContext) {
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => (other) => isLabRole(other.serviceRole));
  const spec = project.then((known): WithSpec => ({ project: known, ...specOf(known, context) }));
  return { found, spec, settings: found };
}

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-1', 'task-2'],
  reads: { ...projectReads, ...pastBuildReads },
  observe,
  expectations: {
    found: [
      checks.exists(3),
      {
        ...ofProject,
        id: 'source-none',
        step: 3,
        expected: 'NO_SOURCE',
        holds: ({ project }) => project?.source.type === 'NO_SOURCE',
        otherwise: ({ project }) => ['sourceNotNone', { type: project?.source.type ?? '-' }],
        observed: ({ project }) => project?.source.type,
      },
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
      checks.linux(3),
      checks.privileged(3),
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
      checks.logs(3),
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(PROJECT))?.arn },
  },
  history: {
    'project-exists': fromBuild(pastSetting.project),
    'source-none': fromBuild(({ source }) => (source?.type === 'NO_SOURCE' ? source.type : undefined)),
    'environment-type': fromBuild(pastSetting.linux),
    privileged: fromBuild(pastSetting.privileged),
    'service-role': fromBuild((build, _known, context) => pastSetting.role(build, roleArnOf(context, BUILD_ROLE))),
    'cloudwatch-logs': fromBuild(pastSetting.logs),
  },
});
