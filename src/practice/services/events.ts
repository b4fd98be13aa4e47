import {
  DescribeRule$,
  type DescribeRuleCommandInput,
  type DescribeRuleCommandOutput,
  ListRules$,
  type ListRulesCommandInput,
  type ListRulesCommandOutput,
  ListTargetsByRule$,
  type ListTargetsByRuleCommandInput,
  type ListTargetsByRuleCommandOutput,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';

const PAGE = 100;

/** EventBridge, with the default event bus only. */
export const events: Service = {
  id: 'events',
  wire: { protocol: 'json', target: 'AWSEvents' },
  operations: [
    operation<ListRulesCommandInput, ListRulesCommandOutput>(
      ListRules$,
      ({ NamePrefix = '', EventBusName, NextToken, Limit }, { region }) => {
        mustBeDefault(EventBusName);
        const matching = region.events.rules().filter(({ Name = '' }) => Name.startsWith(NamePrefix));
        const { items, next } = pageOf(matching, paging(`ListRules ${NamePrefix}`, NextToken, Limit));
        return { Rules: items, NextToken: next };
      },
    ),

    operation<DescribeRuleCommandInput, DescribeRuleCommandOutput>(DescribeRule$, ({ Name, EventBusName }, call) => {
      mustBeDefault(EventBusName);
      return rule(call, Name);
    }),

    operation<ListTargetsByRuleCommandInput, ListTargetsByRuleCommandOutput>(
      ListTargetsByRule$,
      ({ Rule: name, EventBusName, NextToken, Limit }, call) => {
        mustBeDefault(EventBusName);
        const { Name = '' } = rule(call, name);
        const { items, next } = pageOf(call.region.events.targets(Name), paging(`ListTargetsByRule ${Name}`, NextToken, Limit));
        return { Targets: items, NextToken: next };
      },
    ),
  ],
};

function rule({ region }: Call, name = ''): Rule {
  const found = region.events.rule(name);
  if (!found) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  return found;
}

function mustBeDefault(bus = 'default'): void {
  if (bus !== 'default') throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
}

function paging(of: string, token: string | undefined, max: number | undefined): PageRequest {
  if (max !== undefined && (max < 1 || max > PAGE))
    throw new AwsError('ValidationException', `Value '${max}' at 'limit' must be from 1 to ${PAGE}`);
  return { of, token, size: PAGE, max, badToken: () => new AwsError('ValidationException', 'Invalid NextToken.') };
}
