import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { type FactsOf, facts, from, jsonDocument, text } from '../facts.ts';
import { page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'rule', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-eventbridge')>('@aws-sdk/client-eventbridge');

const ofRule = limitedTo('rule', (name) => regionalArn('events', `rule/${name}`));

const service = defineService({ name: 'events', client: () => sdk.EventBridgeClient });

const ruleFacts = facts({
  name: from('Name', text),
  arn: from('Arn', text),
  /** `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  state: from('State', text),
  /** Parsed; its text when it is no JSON. Unset for rules that only have a schedule. */
  pattern: from('EventPattern', jsonDocument.optional()),
});
export type EventRule = FactsOf<typeof ruleFacts>;

const targetFacts = facts({ arn: from('Arn', text) });
export type EventTarget = FactsOf<typeof targetFacts>;

const NO_RULE = ['ResourceNotFoundException'];

/** The rules of the default event bus whose names begin with `prefix`; all of them with an empty one. */
const rules = service.list('rules', {
  calls: { ListRules: UNLIMITED },
  command: ([prefix]: [prefix: string], { token }) =>
    new sdk.ListRulesCommand({ NextToken: token, ...(prefix !== '' && { NamePrefix: prefix }) }),
  page: page('Rules', ruleFacts, 'NextToken'),
});

/** The rule of this name on the default event bus. */
const rule = service.one('rule', {
  finds: 'rule',
  calls: { DescribeRule: ofRule },
  command: ([name]: [name: string]) => new sdk.DescribeRuleCommand({ Name: name }),
  answer: ruleFacts,
  misfit: (found, [name]) => (found.name === name ? undefined : 'is about another rule'),
  absent: NO_RULE,
});

/** Where a rule of the default event bus sends its events. `undefined` when there is no such rule. */
const targets = service.list('targets', {
  calls: { ListTargetsByRule: ofRule },
  command: ([name]: [rule: string], { token }) => new sdk.ListTargetsByRuleCommand({ Rule: name, NextToken: token }),
  page: page('Targets', targetFacts, 'NextToken'),
  absent: NO_RULE,
  maxPages: 10,
});

export const events = { rules, rule, targets };

export const eventsConsole = {
  rules: (place: Place) => consolePage(place, 'events/home', '/rules'),
  rule: (place: Place, name: string) => consolePage(place, 'events/home', `/eventbus/default/rules/${encoded(name)}`),
};

export const eventsDeletion = {
  /** Targets go first. A rule that a service manages for itself has to be forced. */
  rule: ({ region }: Place, name: string, { managed = false } = {}) => {
    const force = managed ? ' --force' : '';
    const ofRegion = `--region ${region}`;
    const ids = `aws events list-targets-by-rule ${ofRegion} --rule ${shellWord(name)} --query 'Targets[].Id' --output text`;
    return free(
      `for id in $(${ids}); do aws events remove-targets ${ofRegion} --rule ${shellWord(name)} --ids "$id"${force}; done && ` +
        `aws events delete-rule ${ofRegion} --name ${shellWord(name)}${force}`,
    );
  },
};
