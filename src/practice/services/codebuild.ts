import * as sdk from '@aws-sdk/client-codebuild';
import { sought } from '../batch.ts';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CodeBuildState, createCodeBuildState } from '../state/codebuild.ts';

const MOST_ASKED = 100;

export const codebuild: RegionalService<CodeBuildState> = {
  client: sdk.CodeBuildClient,
  state: createCodeBuildState,
  paging: { token: 'nextToken', size: 100, badToken: () => refuse('InvalidInputException', 'Invalid next token') },
  operations: [
    answers(sdk.BatchGetProjectsCommand, ({ names = [] }, { state }) => {
      const { found, missing } = sought(asked('names', names), (nameOrArn) => {
        if (!nameOrArn.startsWith('arn:')) return state.project(nameOrArn);
        const project = state.project(nameOrArn.split(':project/').at(-1) ?? '');
        return project?.arn === nameOrArn ? project : undefined;
      });
      return { projects: found, projectsNotFound: missing };
    }),

    answers(sdk.ListProjectsCommand, ({ sortBy = 'NAME', sortOrder = 'ASCENDING' }, { state, page }) => {
      const key = { NAME: 'name', CREATED_TIME: 'created', LAST_MODIFIED_TIME: 'lastModified' } as const;
      const member = key[sortBy] ?? 'name';
      const sorted = state.projects().toSorted((a, b) => ((a[member] ?? '') < (b[member] ?? '') ? -1 : 1));
      const names = sorted.map(({ name = '' }) => name);
      return page(sortOrder === 'DESCENDING' ? names.reverse() : names, (projects) => ({ projects }));
    }),

    answers(sdk.BatchGetBuildsCommand, ({ ids = [] }, { state }) => {
      const all = state.allBuilds();
      const { found, missing } = sought(asked('ids', ids), (idOrArn) => all.find(({ id, arn }) => id === idOrArn || arn === idOrArn));
      return { builds: found, buildsNotFound: missing };
    }),

    answers(sdk.ListBuildsCommand, ({ sortOrder }, { state, page }) => page(inOrder(state.allBuilds(), sortOrder), (ids) => ({ ids }))),

    answers(sdk.ListBuildsForProjectCommand, ({ projectName = '', sortOrder }, { account, region, state, page }) => {
      if (!state.project(projectName)) {
        const arn = `arn:aws:codebuild:${region}:${account.id}:project/${projectName}`;
        refuse('ResourceNotFoundException', `The provided project ${arn} does not exist`);
      }
      const builds = state.builds(projectName);
      if (sortOrder !== undefined && builds.length > 100)
        refuse('InvalidInputException', 'A sort order is not supported for a project with more than 100 builds');
      return page(inOrder(builds, sortOrder), (ids) => ({ ids }));
    }),
  ],
};

function inOrder(oldestFirst: readonly sdk.Build[], order = 'DESCENDING'): string[] {
  const ids = oldestFirst.map(({ id = '' }) => id);
  return order === 'ASCENDING' ? ids : ids.reverse();
}

function asked(member: string, values: readonly string[]): readonly string[] {
  if (values.length > 0 && values.length <= MOST_ASKED) return values;
  const constraint = `failed to satisfy constraint: Member must have length between 1 and ${MOST_ASKED}`;
  return refuse('InvalidInputException', `1 validation error detected: Value at '${member}' ${constraint}`);
}
