import { DescribeRuleCommand, EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { createEventsState, type EventsState } from '../state/events.ts';

/** EventBridge, with the default event bus only. */
export const events: RegionalService<EventsState> = {
  client: EventBridgeClient,
  state: createEventsState,
  paging: {
    token: 'NextToken',
    size: 100,
    badToken: () => refuse('ValidationException', 'Invalid NextToken.'),
    limit: { member: 'Limit', most: 100, bad: (max) => refuse('ValidationException', `Value '${max}' at 'limit' must be from 1 to 100`) },
  },
  operations: [
    answers(ListRulesCommand, ({ NamePrefix = '', EventBusName }, { state, page }) => {
      mustBeDefault(EventBusName);
      const matching = state.rules().filter(({ Name = '' }) => Name.startsWith(NamePrefix));
      return page(matching, (Rules) => ({ Rules }));
    }),

    answers(DescribeRuleCommand, ({ Name, EventBusName }, { state }) => {
      mustBeDefault(EventBusName);
      return rule(state, Name);
    }),

    answers(ListTargetsByRuleCommand, ({ Rule: name, EventBusName }, { state, page }) => {
      mustBeDefault(EventBusName);
      return page(state.targets(rule(state, name).Name ?? ''), (Targets) => ({ Targets }));
    }),
  ],
};

function rule(state: EventsState, name = ''): Rule {
  return state.rule(name) ?? refuse('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
}

function mustBeDefault(bus = 'default'): void {
  if (bus !== 'default') refuse('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
}
