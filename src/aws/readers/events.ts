import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { jsonOrText } from './json-text.ts';
import { allPages } from './pages.ts';

export interface EventRule {
  readonly name: string;
  readonly arn: string;
  /** `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  readonly state: string;
  /** Parsed; its text when it is no JSON. Unset for rules that only have a schedule. */
  readonly pattern?: unknown;
  readonly schedule?: string | undefined;
  readonly description?: string | undefined;
  /** The service that made the rule for itself, e.g. `states.amazonaws.com`. */
  readonly managedBy?: string | undefined;
}

export interface EventTarget {
  readonly id: string;
  readonly arn: string;
  readonly role?: string | undefined;
}

const NO_RULE = ['ResourceNotFoundException'];

const ruleShape = z
  .object({
    Name: z.string().min(1),
    Arn: z.string().min(1),
    State: z.string().min(1),
    EventPattern: z.string().min(1).transform(jsonOrText).optional(),
    ScheduleExpression: z.string().optional(),
    Description: z.string().optional(),
    ManagedBy: z.string().optional(),
  })
  .transform(
    (rule): EventRule => ({
      name: rule.Name,
      arn: rule.Arn,
      state: rule.State,
      pattern: rule.EventPattern,
      schedule: rule.ScheduleExpression,
      description: rule.Description,
      managedBy: rule.ManagedBy,
    }),
  );

/** The rules of the default event bus whose names begin with `prefix`; all of them with an empty one. */
const rules = defineReader({
  name: 'events.rules',
  calls: ['events:ListRules'],
  async read(aws, prefix: string): Promise<readonly EventRule[]> {
    const answer = z.object({ Rules: z.array(ruleShape), NextToken: z.string().optional() });
    return allPages<EventRule>(
      async (NextToken) => {
        const command = new sdk.events.ListRulesCommand({ NextToken, ...(prefix !== '' && { NamePrefix: prefix }) });
        const page = await aws.send(sdk.events.EventBridgeClient, command, { answer });
        return { items: page.Rules, next: page.NextToken };
      },
      { operation: 'events:ListRules', maxPages: 20 },
    );
  },
});

/** The rule of this name on the default event bus. */
const rule = defineReader({
  name: 'events.rule',
  calls: ['events:DescribeRule'],
  finds: 'rule',
  async read(aws, name: string): Promise<EventRule | undefined> {
    const answer = ruleShape.refine((found) => found.name === name, { message: 'is about another rule' });
    return aws.send(sdk.events.EventBridgeClient, new sdk.events.DescribeRuleCommand({ Name: name }), { answer, absent: NO_RULE });
  },
});

/** Where a rule of the default event bus sends its events. `undefined` when there is no such rule. */
const targets = defineReader({
  name: 'events.targets',
  calls: ['events:ListTargetsByRule'],
  async read(aws, ruleName: string): Promise<readonly EventTarget[] | undefined> {
    const answer = z.object({
      Targets: z.array(z.object({ Id: z.string().min(1), Arn: z.string().min(1), RoleArn: z.string().optional() })),
      NextToken: z.string().optional(),
    });
    const found = await allPages<z.infer<typeof answer>['Targets'][number]>(
      async (NextToken) => {
        const page = await aws.send(sdk.events.EventBridgeClient, new sdk.events.ListTargetsByRuleCommand({ Rule: ruleName, NextToken }), {
          answer,
          absent: NO_RULE,
        });
        return page && { items: page.Targets, next: page.NextToken };
      },
      { operation: 'events:ListTargetsByRule', maxPages: 10 },
    );
    return found?.map(({ Id, Arn, RoleArn }) => ({ id: Id, arn: Arn, role: RoleArn }));
  },
});

export const events = { rules, rule, targets };
