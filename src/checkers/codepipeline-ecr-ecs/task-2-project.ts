import { readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { type OfBranch, projectChecks } from '../kit/codebuild/project.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { BUILDSPEC, MISSPELT, NAME, OTHER_REGIONS, REGION } from './names.ts';
import { changeEnvironment, createProject, EXAMPLE_ACCOUNT, imageUri, shipped, variablesBut } from './student.ts';
import { projectVariable } from './variables.ts';

const reads = { ...projectReads, repository: readers.codecommit.pushedRepository } as const;

function observe(aws: Bound<typeof reads>) {
  const found = findProject(aws, NAME, async () => (other) => codeCommitRepositoryOf(other.source.location) === NAME);
  const branch = Promise.all([aws.project(NAME), aws.repository(NAME)]).then(
    ([project, repository]): OfBranch => ({ project, repository }),
  );
  return { found, branch };
}

/**
 * Images of Amazon Linux 2 and of Ubuntu 18.04 and 20.04, which AWS no longer updates.
 * Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild".
 */
const RETIRED = /^aws\/codebuild\/(amazonlinux2-(x86_64|aarch64)-standard:[1-4]\.0|standard:[1-5]\.0)/;

function judgeImage({ project }: OfProject) {
  if (project === undefined) return blocked('project-exists');
  const { type, image } = project.environment;
  if (type !== 'LINUX_CONTAINER') return failed(['environmentNotLinux', { type }]);
  return RETIRED.test(image) ? failed(['environmentRetired', { image }]) : passed();
}

type Change = Parameters<typeof variablesBut>[2];
const variable = (name: string, change: Change | ((accountId: string) => Change)) => (account: Parameters<typeof variablesBut>[0]) =>
  changeEnvironment(account, {
    environmentVariables: variablesBut(account, name, typeof change === 'function' ? change(account.id) : change),
  });

const checks = projectChecks({ name: NAME, region: REGION, otherRegions: OTHER_REGIONS });
const linux = checks.linux(4);
const on = expectationsOn<typeof observe>();
