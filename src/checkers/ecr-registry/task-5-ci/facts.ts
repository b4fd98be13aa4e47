import type { Bound } from '../../../aws/reader.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import { ecr } from '../../../aws/services/ecr.ts';
import { iam } from '../../../aws/services/iam.ts';
import { rolePolicies } from '../../dialects/iam/document.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { sourceFileReads } from '../../kit/codecommit/follow-in-source.ts';
import { BUILDSPEC, followBuildspecOf, readBuildspec } from '../../kit/codecommit/source-buildspec.ts';
import { roleName } from '../../kit/iam/role-name.ts';
import { ISSUER, imageUriOf, NAME, PROJECT, ROLES } from '../names.ts';

export const reads = {
  provider: iam.oidcProvider,
  role: iam.role,
  policies: iam.rolePolicies,
  project: codebuild.project,
  buildIds: codebuild.buildIdsOfProject,
  builds: codebuild.builds,
  images: ecr.images,
  ...sourceFileReads,
  ...pastBuildReads,
} as const;

export function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const githubRole = aws.role(ROLES.github);
  const project = aws.project(PROJECT);
  const builds = aws.buildIds(PROJECT).then(async (ids) => ids && (await aws.builds(ids)));
  return {
    provider: Promise.all([aws.provider(ISSUER), githubRole]).then(([found, role]) => ({ found, role })),
    githubRole,
    githubPolicies: aws.policies(ROLES.github).then((found) => found && rolePolicies(found)),
    source: aws.file(NAME, undefined, BUILDSPEC).then(async (file) => {
      const reading = readBuildspec({ repository: NAME, file, survey: undefined });
      return { file, ...(await followBuildspecOf(aws, reading, imageUriOf(context), {}, context)) };
    }),
    project,
    /** The role that the project has; it has no name while there is no project. */
    buildRole: project.then(async (found) => {
      const name = found && roleName(found.serviceRole);
      const policies = name === undefined ? undefined : await aws.policies(name);
      return { name, policies: policies && rolePolicies(policies) };
    }),
    builds,
    pushed: Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]) => ({ builds: ofProject, images })),
  };
}

export const on = expectationsOn<typeof observe>();
