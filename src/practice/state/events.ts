import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import { impossible, Named, type Scope, textOf } from './scope.ts';

export interface NewRule {
  readonly name: string;
  /** What it listens to, as an object or as text. */
  readonly pattern?: object | string;
  readonly schedule?: string;
  /** Default `ENABLED`. */
  readonly state?: 'ENABLED' | 'DISABLED';
  readonly description?: string;
  /** The service that made it for itself, e.g. `states.amazonaws.com`. */
  readonly managedBy?: string;
}

export type EventsState = ReturnType<typeof createEventsState>;

/** Rules of the default event bus. Nothing is delivered. */
export function createEventsState({ account, region, clock }: Scope) {
  const rules = new Named<{ rule: Rule; targets: readonly Target[] }>(clock, (name) => `Rule ${name} does not exist on EventBus default.`);
  return {
    /** Makes or replaces a rule; its targets stay. */
    putRule({ name, pattern, schedule, state = 'ENABLED', description, managedBy }: NewRule): Rule {
      if (pattern === undefined && schedule === undefined) impossible('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      const rule: Rule = {
        Name: name,
        Arn: `arn:aws:events:${region}:${account}:rule/${name}`,
        EventPattern: pattern && textOf(pattern),
        ScheduleExpression: schedule,
        State: state,
        Description: description,
        ManagedBy: managedBy,
        EventBusName: 'default',
      };
      rules.set(name, { rule, targets: rules.get(name)?.targets ?? [] });
      clock.tick(1);
      return rule;
    },
    /** Adds targets, or replaces those with the same `Id`. */
    putTargets(name: string, targets: readonly Target[]): void {
      const others = rules.known(name).targets.filter(({ Id }) => !targets.some((target) => target.Id === Id));
      rules.change(name, { targets: [...others, ...targets] });
    },
    removeTargets: (name: string, ids: readonly string[]) =>
      rules.change(name, { targets: rules.known(name).targets.filter(({ Id = '' }) => !ids.includes(Id)) }),
    deleteRule(name: string): void {
      if (rules.known(name).targets.length > 0) impossible("Rule can't be deleted since it has targets.");
      rules.remove(name);
    },
    rule: (name: string): Rule | undefined => rules.get(name)?.rule,
    /** By name. */
    rules: (): readonly Rule[] => rules.sorted().map(({ rule }) => rule),
    targets: (name: string): readonly Target[] => rules.known(name).targets,
  };
}
