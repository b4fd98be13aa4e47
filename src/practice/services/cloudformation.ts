import {
  type Capability,
  DescribeStackEvents$,
  type DescribeStackEventsCommandInput,
  type DescribeStackEventsCommandOutput,
  DescribeStackResources$,
  type DescribeStackResourcesCommandInput,
  type DescribeStackResourcesCommandOutput,
  DescribeStacks$,
  type DescribeStacksCommandInput,
  type DescribeStacksCommandOutput,
  ListStacks$,
  type ListStacksCommandInput,
  type ListStacksCommandOutput,
  type Stack,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import type { StackState } from '../state/cloudformation.ts';

const PAGE = 100;

export const cloudformation: Service = {
  id: 'cloudformation',
  wire: { protocol: 'query', version: '2010-05-15', xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
  operations: [
    operation<DescribeStacksCommandInput, DescribeStacksCommandOutput>(DescribeStacks$, ({ StackName, NextToken }, call) => {
      if (StackName !== undefined) return { Stacks: [described(found(call, StackName, `Stack with id ${StackName} does not exist`))] };
      const living = call.region.cloudformation.stacks().filter(({ deletedAt }) => !deletedAt);
      const { items, next } = pageOf(living, paging('DescribeStacks', NextToken));
      return { Stacks: items.map(described), NextToken: next };
    }),

    operation<ListStacksCommandInput, ListStacksCommandOutput>(ListStacks$, ({ NextToken, StackStatusFilter }, { region }) => {
      // An empty filter is no filter.
      const wanted = StackStatusFilter?.length ? StackStatusFilter : undefined;
      const matching = region.cloudformation.stacks().filter(({ status }) => !wanted || wanted.includes(status));
      const { items, next } = pageOf(matching, paging('ListStacks', NextToken));
      return {
        NextToken: next,
        StackSummaries: items.map((stack) => ({
          ...common(stack),
          TemplateDescription: stack.description,
          DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
        })),
      };
    }),

    operation<DescribeStackEventsCommandInput, DescribeStackEventsCommandOutput>(
      DescribeStackEvents$,
      ({ StackName = '', NextToken }, call) => {
        const stack = found(call, StackName, `Stack [${StackName}] does not exist`);
        const { items, next } = pageOf(stack.events.toReversed(), paging(`DescribeStackEvents ${stack.id}`, NextToken));
        return {
          NextToken: next,
          StackEvents: items.map((event) => ({
            StackId: stack.id,
            EventId: event.id,
            StackName: stack.name,
            LogicalResourceId: event.logicalId,
            PhysicalResourceId: event.physicalId,
            ResourceType: event.type,
            Timestamp: event.at,
            ResourceStatus: event.status,
            ResourceStatusReason: event.reason,
          })),
        };
      },
    ),

    operation<DescribeStackResourcesCommandInput, DescribeStackResourcesCommandOutput>(
      DescribeStackResources$,
      ({ StackName, LogicalResourceId, PhysicalResourceId }, call) => {
        const stack = stackOfResource(call, StackName, PhysicalResourceId);
        const all = stack.resources.map((resource): StackResource => {
          const last = stack.events.findLast(({ logicalId }) => logicalId === resource.logicalId);
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
        });
        return {
          StackResources: all.filter(
            (resource) =>
              (LogicalResourceId === undefined || resource.LogicalResourceId === LogicalResourceId) &&
              (PhysicalResourceId === undefined || resource.PhysicalResourceId === PhysicalResourceId),
          ),
        };
      },
    ),
  ],
};

/** By name among the living, or by id among all. */
function found({ region }: Call, nameOrId: string, missing: string): StackState {
  const { cloudformation } = region;
  const stack = nameOrId.startsWith('arn:') ? cloudformation.stacks().find(({ id }) => id === nameOrId) : cloudformation.stack(nameOrId);
  if (!stack) throw new AwsError('ValidationError', missing);
  return stack;
}

function stackOfResource(call: Call, stackName: string | undefined, physicalId: string | undefined): StackState {
  if (stackName !== undefined) return found(call, stackName, `Stack with id ${stackName} does not exist`);
  if (physicalId === undefined) throw new AwsError('ValidationError', 'Either a stack name or a physical resource id is required.');
  const stacks = call.region.cloudformation.stacks();
  const stack = stacks.find(({ deletedAt, resources }) => !deletedAt && resources.some((resource) => resource.physicalId === physicalId));
  if (!stack) throw new AwsError('ValidationError', `Stack for ${physicalId} does not exist`);
  return stack;
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
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function paging(of: string, token: string | undefined): PageRequest {
  return { of, token, size: PAGE, badToken: () => new AwsError('ValidationError', 'The specified NextToken is not valid.') };
}
