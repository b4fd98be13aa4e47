import { defineTask } from '../../engine/task.ts';
import { type OfProject, ofProject } from '../../kit/codebuild/find-project.ts';
import { fromPastBuild } from '../../kit/codebuild/past-project.ts';
import { projectChecks } from '../../kit/codebuild/project.ts';
import { BUILD_ROLE, BUILDSPEC_FILE, OTHER_REGIONS, PROJECT, REGION, roleArnOf } from '../names.ts';
import { BUCKET, createProject, project, roleArn, useBuildspec } from '../student.ts';
import { usesRole } from '../uses-role.ts';
import { course } from './course.ts';
import { observe, on, reads } from './facts.ts';
import { form } from './form.ts';

const fromBuild = fromPastBuild(PROJECT, async () => undefined);
const checks = projectChecks({ name: PROJECT, region: REGION, otherRegions: OTHER_REGIONS, fromBuild });

export default defineTask({
  id: 'task-3',
  title: { ko: 'CodeBuild 프로젝트 생성', ja: 'CodeBuild プロジェクトの作成', en: 'CodeBuild project' },
  needs: ['task-1', 'task-2'],
  reads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 만듭니다', ja: 'プロジェクトを作成する', en: 'Make the project' },
    play: (account) => createProject(account),
  },
  files: {
    [BUILDSPEC_FILE]: { checks: [...form, ...course].map(({ id }) => id), use: useBuildspec },
  },
  expectations: [
    on.found(checks.exists(3, 'cb-nginx-to-tar')),
    on.found({
      ...ofProject,
      id: 'source-none',
      title: {
        ko: '프로젝트에 소스가 없습니다 (NO_SOURCE)',
        ja: 'プロジェクトにソースがない (NO_SOURCE)',
        en: 'The project has no source (NO_SOURCE)',
      },
      step: 3,
      expected: 'NO_SOURCE',
      holds: ({ project }) => project?.source.type === 'NO_SOURCE',
      otherwise: ({ project }) => ['sourceNotNone', { type: project?.source.type ?? '-' }],
      observed: ({ project }) => project?.source.type,
      says: {
        sourceNotNone: {
          ko: '프로젝트의 소스가 {type}입니다. 소스를 읽지 않으므로 NO_SOURCE로 바꿉니다.',
          ja: 'プロジェクトのソースが {type} です。ソースを読まないので NO_SOURCE にしてください。',
          en: 'The source of the project is {type}. It reads none: make it NO_SOURCE.',
        },
      },
      past: fromBuild(({ source }) => (source?.type === 'NO_SOURCE' ? source.type : undefined)),
      breaks: {
        'source-s3': {
          title: { ko: '소스로 S3를 고릅니다', ja: 'ソースに S3 を選ぶ', en: 'Choose S3 as the source' },
          says: 'sourceNotNone',
          play: (account) => project.change(account, () => ({ source: { type: 'S3', location: `${BUCKET}/source.zip` } })),
        },
      },
    }),
    ...form,
    ...course,
    on.found(checks.linux(3)),
    on.found(checks.privileged(3)),
    on.found({
      ...ofProject,
      ...usesRole<OfProject>(PROJECT, BUILD_ROLE, ({ project }) => project?.serviceRole),
      id: 'service-role',
      title: {
        ko: '프로젝트가 실습의 역할을 사용합니다',
        ja: 'プロジェクトが演習のロールを使う',
        en: 'The project uses the role of the lab',
      },
      step: 3,
      past: fromBuild(({ serviceRole }, _known, context) => (serviceRole === roleArnOf(context, BUILD_ROLE) ? serviceRole : undefined)),
      breaks: {
        'project-role-other': {
          title: { ko: '프로젝트에 다른 역할을 지정합니다', ja: 'プロジェクトに別のロールを指定する', en: 'Give the project another role' },
          says: 'roleOther',
          play: (account) =>
            project.change(account, () => ({ serviceRole: roleArn(account, `service-role/codebuild-${PROJECT}-service-role`) })),
        },
      },
    }),
    on.found(checks.logs(3)),
  ],
});
