import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CloudFormationState, createCloudFormationState, type StackState } from '../state/cloudformation.ts';

export const cloudformation: RegionalService<CloudFormationState> = {
  client: CloudFormationClient,
  state: createCloudFormationState,
  paging: { token: 'NextToken', size: 100, badToken: () => new AwsError('ValidationError', 'The specified NextToken is not valid.') },
  operations: [
    answers(DescribeStacksCommand, ({ StackName: name }, { state, page }) => {
      if (name !== undefined) return { Stacks: [found(state, name, `Stack with id ${name} does not exist`)] };
      const living = state.stacks().filter(({ DeletionTime }) => !DeletionTime);
      return page(living, (Stacks) => ({ Stacks }));
    }),

    answers(ListStacksCommand, ({ StackStatusFilter: wanted = [] }, { state, page }) => {
      // An empty filter is no filter.
      const matching = state.stacks().filter(({ StackStatus: status }) => wanted.length === 0 || (status && wanted.includes(status)));
      return page(matching, (stacks) => ({
        StackSummaries: stacks.map((stack) => ({ ...stack, TemplateDescription: stack.Description })),
      }));
    }),

    answers(DescribeStackEventsCommand, ({ StackName = '' }, { state, page }) => {
      const { events } = found(state, StackName, `Stack [${StackName}] does not exist`);
      return page(events.toReversed(), (StackEvents) => ({ StackEvents }));
    }),

    answers(
      DescribeStackResourcesCommand,
      ({ StackName: name, LogicalResourceId: logicalId, PhysicalResourceId: physicalId }, { state }) => {
        const stack = name === undefined ? stackOf(state, physicalId) : found(state, name, `Stack with id ${name} does not exist`);
        const wanted = stack.resources
          .filter((resource) => logicalId === undefined || resource.logicalId === logicalId)
          .filter((resource) => physicalId === undefined || resource.physicalId === physicalId);
        return {
          StackResources: wanted.map((resource): StackResource => {
            const last = stack.events.findLast(({ LogicalResourceId }) => LogicalResourceId === resource.logicalId);
            return {
              ...{ StackName: stack.StackName, StackId: stack.StackId, ResourceType: resource.type },
              ...{ LogicalResourceId: resource.logicalId, PhysicalResourceId: resource.physicalId },
              Timestamp: last?.Timestamp ?? stack.CreationTime,
              ResourceStatus: stack.DeletionTime ? 'DELETE_COMPLETE' : (last?.ResourceStatus ?? 'CREATE_COMPLETE'),
              ResourceStatusReason: last?.ResourceStatusReason,
              DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
            };
          }),
        };
      },
    ),
  ],
};

/** By name among the living, or by id among all. */
function found(state: CloudFormationState, nameOrId: string, missing: string): StackState {
  const stack = nameOrId.startsWith('arn:') ? state.stacks().find(({ StackId }) => StackId === nameOrId) : state.stack(nameOrId);
  return stack ?? refuse('ValidationError', missing);
}

function stackOf(state: CloudFormationState, physicalId: string | undefined): StackState {
  if (physicalId === undefined) refuse('ValidationError', 'Either a stack name or a physical resource id is required.');
  const holds = ({ DeletionTime, resources }: StackState) =>
    !DeletionTime && resources.some((resource) => resource.physicalId === physicalId);
  return state.stacks().find(holds) ?? refuse('ValidationError', `Stack for ${physicalId} does not exist`);
}
