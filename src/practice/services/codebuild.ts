import {
  BatchGetBuilds$,
  type BatchGetBuildsCommandInput,
  type BatchGetBuildsCommandOutput,
  BatchGetProjects$,
  type BatchGetProjectsCommandInput,
  type BatchGetProjectsCommandOutput,
  type Build,
  ListBuilds$,
  type ListBuildsCommandInput,
  type ListBuildsCommandOutput,
  ListBuildsForProject$,
  type ListBuildsForProjectCommandInput,
  type ListBuildsForProjectCommandOutput,
  ListProjects$,
  type ListProjectsCommandInput,
  type ListProjectsCommandOutput,
} from '@aws-sdk/client-codebuild';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { operation, type Service } from '../protocol/operation.ts';

const PAGE = 100;
const MOST_ASKED = 100;

export const codebuild: Service = {
  id: 'codebuild',
  wire: { protocol: 'json', target: 'CodeBuild_20161006' },
  operations: [
    operation<BatchGetProjectsCommandInput, BatchGetProjectsCommandOutput>(BatchGetProjects$, ({ names = [] }, { region }) => {
      const wanted = asked('names', names);
      const nameOf = (nameOrArn: string) => (nameOrArn.startsWith('arn:') ? nameOrArn.split(':project/').at(-1) : nameOrArn) ?? '';
      const get = (nameOrArn: string) => {
        const project = region.codebuild.project(nameOf(nameOrArn));
        return nameOrArn.startsWith('arn:') && project?.arn !== nameOrArn ? undefined : project;
      };
      return { projects: wanted.flatMap((name) => get(name) ?? []), projectsNotFound: wanted.filter((name) => !get(name)) };
    }),

    operation<ListProjectsCommandInput, ListProjectsCommandOutput>(
      ListProjects$,
      ({ nextToken, sortBy = 'NAME', sortOrder = 'ASCENDING' }, { region }) => {
        const key = { NAME: 'name', CREATED_TIME: 'created', LAST_MODIFIED_TIME: 'lastModified' } as const;
        const member = key[sortBy] ?? 'name';
        const sorted = region.codebuild.projects().toSorted((a, b) => ((a[member] ?? '') < (b[member] ?? '') ? -1 : 1));
        const ordered = sortOrder === 'DESCENDING' ? sorted.toReversed() : sorted;
        const { items, next } = pageOf(ordered, paging(`ListProjects ${sortBy} ${sortOrder}`, nextToken));
        return { projects: items.map(({ name = '' }) => name), nextToken: next };
      },
    ),

    operation<BatchGetBuildsCommandInput, BatchGetBuildsCommandOutput>(BatchGetBuilds$, ({ ids = [] }, { region }) => {
      const wanted = asked('ids', ids);
      const all = region.codebuild.allBuilds();
      const get = (idOrArn: string) => all.find(({ id, arn }) => id === idOrArn || arn === idOrArn);
      return { builds: wanted.flatMap((id) => get(id) ?? []), buildsNotFound: wanted.filter((id) => !get(id)) };
    }),

    operation<ListBuildsCommandInput, ListBuildsCommandOutput>(ListBuilds$, ({ nextToken, sortOrder = 'DESCENDING' }, { region }) => {
      const { items, next } = pageOf(inOrder(region.codebuild.allBuilds(), sortOrder), paging(`ListBuilds ${sortOrder}`, nextToken));
      return { ids: items, nextToken: next };
    }),

    operation<ListBuildsForProjectCommandInput, ListBuildsForProjectCommandOutput>(
      ListBuildsForProject$,
      ({ projectName = '', nextToken, sortOrder }, { account, region }) => {
        if (!region.codebuild.project(projectName)) {
          const arn = `arn:aws:codebuild:${region.name}:${account.id}:project/${projectName}`;
          throw new AwsError('ResourceNotFoundException', `The provided project ${arn} does not exist`);
        }
        const builds = region.codebuild.builds(projectName);
        if (sortOrder !== undefined && builds.length > 100) {
          throw new AwsError('InvalidInputException', 'A sort order is not supported for a project with more than 100 builds');
        }
        const ordered = inOrder(builds, sortOrder ?? 'DESCENDING');
        const { items, next } = pageOf(ordered, paging(`ListBuildsForProject ${projectName} ${sortOrder}`, nextToken));
        return { ids: items, nextToken: next };
      },
    ),
  ],
};

function inOrder(oldestFirst: readonly Build[], order: string): string[] {
  const ids = oldestFirst.map(({ id = '' }) => id);
  return order === 'ASCENDING' ? ids : ids.reverse();
}

function asked(member: string, values: readonly string[]): readonly string[] {
  if (values.length === 0 || values.length > MOST_ASKED) {
    const constraint = `failed to satisfy constraint: Member must have length between 1 and ${MOST_ASKED}`;
    throw new AwsError('InvalidInputException', `1 validation error detected: Value at '${member}' ${constraint}`);
  }
  return [...new Set(values)];
}

function paging(of: string, token: string | undefined): PageRequest {
  return { of, token, size: PAGE, badToken: () => new AwsError('InvalidInputException', 'Invalid next token') };
}
