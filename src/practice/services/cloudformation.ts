import * as sdk from '@aws-sdk/client-cloudformation';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { type CloudFormationState, createCloudFormationState, type StackState } from '../state/cloudformation.ts';

export const cloudformation: RegionalService<CloudFormationState> = {
  client: sdk.CloudFormationClient,
  state: createCloudFormationState,
  paging: { token: 'NextToken', size: 100, badToken: () => refuse('ValidationError', 'The specified NextToken is not valid.') },
  operations: [
    answers(sdk.DescribeStacksCommand, ({ StackName: name }, { state, page }) => {
      if (name !== undefined) return { Stacks: [found(state, name, `Stack with id ${name} does not exist`)] };
      const living = state.stacks().filter(({ DeletionTime }) => !DeletionTime);
      return page(living, (Stacks) => ({ Stacks }));
    }),

    answers(sdk.ListStacksCommand, ({ StackStatusFilter: wanted = [] }, { state, page }) => {
      // An empty filter is no filter.
      const matching = state.stacks().filter(({ StackStatus: status }) => wanted.length === 0 || (status && wanted.includes(status)));
      return page(matching, (stacks) => ({
        StackSummaries: stacks.map((stack) => ({ ...stack, TemplateDescription: stack.Description })),
      }));
    }),

    answers(sdk.DescribeStackEventsCommand, ({ StackName = '' }, { state, page }) => {
      const { events } = found(state, StackName, `Stack [${StackName}] does not exist`);
      return page(events.toReversed(), (StackEvents) => ({ StackEvents }));
    }),
  ],
};

/** By name among the living, or by id among all. */
function found(state: CloudFormationState, nameOrId: string, missing: string): StackState {
  const stack = nameOrId.startsWith('arn:') ? state.stacks().find(({ StackId }) => StackId === nameOrId) : state.stack(nameOrId);
  return stack ?? refuse('ValidationError', missing);
}
