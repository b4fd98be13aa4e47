import {
  type Capability,
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  type Stack,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CloudFormationState, createCloudFormationState, type StackState } from '../state/cloudformation.ts';

const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' } as const;

export const cloudformation: RegionalService<CloudFormationState> = {
  client: CloudFormationClient,
  state: createCloudFormationState,
  paging: { token: 'NextToken', size: 100, badToken: () => new AwsError('ValidationError', 'The specified NextToken is not valid.') },
  operations: [
    answers(DescribeStacksCommand, ({ StackName }, { state, page }) => {
      if (StackName !== undefined) return { Stacks: [described(found(state, StackName, `Stack with id ${StackName} does not exist`))] };
      const { items, next } = page(state.stacks().filter(({ deletedAt }) => !deletedAt));
      return { Stacks: items.map(described), NextToken: next };
    }),

    answers(ListStacksCommand, ({ StackStatusFilter: wanted = [] }, { state, page }) => {
      // An empty filter is no filter.
      const { items, next } = page(state.stacks().filter(({ status }) => wanted.length === 0 || wanted.includes(status)));
      return {
        NextToken: next,
        StackSummaries: items.map((stack) => ({
          ...common(stack),
          TemplateDescription: stack.description,
          DriftInformation: NOT_CHECKED,
        })),
      };
    }),

    answers(DescribeStackEventsCommand, ({ StackName = '' }, { state, page }) => {
      const { id, name, events } = found(state, StackName, `Stack [${StackName}] does not exist`);
      const { items, next } = page(events.toReversed());
      return {
        NextToken: next,
        StackEvents: items.map((event) => ({
          StackId: id,
          EventId: event.id,
          StackName: name,
          LogicalResourceId: event.logicalId,
          PhysicalResourceId: event.physicalId,
          ResourceType: event.type,
          Timestamp: event.at,
          ResourceStatus: event.status,
          ResourceStatusReason: event.reason,
        })),
      };
    }),

    answers(DescribeStackResourcesCommand, ({ StackName, LogicalResourceId: logicalId, PhysicalResourceId: physicalId }, { state }) => {
      const stack =
        StackName === undefined ? stackOf(state, physicalId) : found(state, StackName, `Stack with id ${StackName} does not exist`);
      const wanted = stack.resources.filter(
        (resource) =>
          (logicalId === undefined || resource.logicalId === logicalId) && (physicalId === undefined || resource.physicalId === physicalId),
      );
      return {
        StackResources: wanted.map((resource): StackResource => {
          const last = stack.events.findLast((event) => event.logicalId === resource.logicalId);
          return {
            StackName: stack.name,
            StackId: stack.id,
            LogicalResourceId: resource.logicalId,
            PhysicalResourceId: resource.physicalId,
            ResourceType: resource.type,
            Timestamp: last?.at ?? stack.createdAt,
            ResourceStatus: stack.deletedAt ? 'DELETE_COMPLETE' : (last?.status ?? 'CREATE_COMPLETE'),
            ResourceStatusReason: last?.reason,
            DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
          };
        }),
      };
    }),
  ],
};

/** By name among the living, or by id among all. */
function found(state: CloudFormationState, nameOrId: string, missing: string): StackState {
  const stack = nameOrId.startsWith('arn:') ? state.stacks().find(({ id }) => id === nameOrId) : state.stack(nameOrId);
  return stack ?? refuse('ValidationError', missing);
}

function stackOf(state: CloudFormationState, physicalId: string | undefined): StackState {
  if (physicalId === undefined) refuse('ValidationError', 'Either a stack name or a physical resource id is required.');
  const holds = ({ deletedAt, resources }: StackState) => !deletedAt && resources.some((resource) => resource.physicalId === physicalId);
  return state.stacks().find(holds) ?? refuse('ValidationError', `Stack for ${physicalId} does not exist`);
}

function common(stack: StackState) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt,
    DeletionTime: stack.deletedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
  };
}

function described(stack: StackState): Stack {
  return {
    ...common(stack),
    Description: stack.description,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    // A capability is an open string on the wire.
    Capabilities: [...stack.capabilities] as Capability[],
    RollbackConfiguration: {},
    DisableRollback: false,
    NotificationARNs: [],
    EnableTerminationProtection: false,
    DriftInformation: NOT_CHECKED,
  };
}
