import type { Bound } from '../../../aws/reader.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import type { SourceFile } from '../../../aws/services/codecommit.ts';
import { ecr, type Image } from '../../../aws/services/ecr.ts';
import { iam, type OidcProvider, type Role } from '../../../aws/services/iam.ts';
import type { Course } from '../../dialects/buildspec/follow.ts';
import { parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { type Policy, rolePolicies } from '../../dialects/iam/document.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import type { Builds, OfBuilds } from '../../kit/codebuild/build-checks.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { followInSource, sourceFileReads } from '../../kit/codecommit/follow-in-source.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { ISSUER, NAME, PROJECT, ROLES } from '../names.ts';

export interface Provider {
  readonly found: OidcProvider | undefined;
  readonly role: Role | undefined;
}

interface BuildRole {
  /** Its bare name; unset while there is no project. */
  readonly name: string | undefined;
  readonly policies: readonly Policy[] | undefined;
}

export interface Source {
  readonly file: SourceFile;
  /** Unset when there are no commands to follow. */
  readonly course: Course | undefined;
  readonly commit: string;
}

export interface Pushed extends OfBuilds {
  readonly images: readonly Image[] | undefined;
}

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

const bareName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

async function readSource(aws: Bound<typeof reads>, { account, region }: TaskContext): Promise<Source> {
  const file = await aws.file(NAME, undefined, BUILDSPEC);
  if (file.state !== 'present') return { file, course: undefined, commit: '' };
  const reading = parseBuildspec(file.text);
  if (reading.state !== 'parsed') return { file, course: undefined, commit: file.commitId };
  const course = await followInSource(aws, NAME, reading, { account, region, commit: file.commitId, variables: {} });
  return { file, course, commit: file.commitId };
}

export function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const githubRole = aws.role(ROLES.github);
  const provider = Promise.all([aws.provider(ISSUER), githubRole]).then(([found, role]): Provider => ({ found, role }));
  const githubPolicies = aws.policies(ROLES.github).then((found) => found && rolePolicies(found));
  const project = aws.project(PROJECT);
  const buildRole = project.then(async (found): Promise<BuildRole> => {
    const name = found && bareName(found.serviceRole);
    const policies = name === undefined ? undefined : await aws.policies(name);
    return { name, policies: policies && rolePolicies(policies) };
  });
  const builds = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ builds: ofProject, images }));
  return { provider, githubRole, githubPolicies, source: readSource(aws, context), project, buildRole, builds, pushed };
}

export const on = expectationsOn<typeof observe>();
