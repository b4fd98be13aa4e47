import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import { ImpossibleMove, type Scope } from './scope.ts';

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

/** Rules of the default event bus. Nothing is delivered. */
export interface EventsState {
  /** Makes or replaces a rule; its targets stay. @throws ImpossibleMove with neither pattern nor schedule. */
  putRule(rule: NewRule): Rule;
  /** Adds targets, or replaces those with the same `Id`. @throws ImpossibleMove without the rule. */
  putTargets(rule: string, targets: readonly Target[]): void;
  /** @throws ImpossibleMove without the rule. */
  removeTargets(rule: string, ids: readonly string[]): void;
  /** @throws ImpossibleMove without the rule, or while it has targets. */
  deleteRule(name: string): void;
  rule(name: string): Rule | undefined;
  /** By name. */
  rules(): readonly Rule[];
  /** @throws ImpossibleMove without the rule. */
  targets(rule: string): readonly Target[];
}

export function createEventsState({ account, region, clock }: Scope): EventsState {
  const rules = new Map<string, { readonly rule: Rule; targets: readonly Target[] }>();
  const known = (name: string) => {
    const entry = rules.get(name);
    if (!entry) throw new ImpossibleMove(`Rule ${name} does not exist on EventBus default.`);
    return entry;
  };
  return {
    putRule({ name, pattern, schedule, state = 'ENABLED', description, managedBy }) {
      if (pattern === undefined && schedule === undefined)
        throw new ImpossibleMove('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      const rule: Rule = {
        Name: name,
        Arn: `arn:aws:events:${region}:${account}:rule/${name}`,
        EventPattern: typeof pattern === 'object' ? JSON.stringify(pattern) : pattern,
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
    putTargets(name, targets) {
      const entry = known(name);
      const others = entry.targets.filter(({ Id }) => !targets.some((target) => target.Id === Id));
      entry.targets = [...others, ...structuredClone(targets)];
      clock.tick(1);
    },
    removeTargets(name, ids) {
      const entry = known(name);
      entry.targets = entry.targets.filter(({ Id = '' }) => !ids.includes(Id));
      clock.tick(1);
    },
    deleteRule(name) {
      if (known(name).targets.length > 0) throw new ImpossibleMove("Rule can't be deleted since it has targets.");
      rules.delete(name);
      clock.tick(1);
    },
    rule: (name) => rules.get(name)?.rule,
    rules: () => Array.from(rules.values(), ({ rule }) => rule).sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1)),
    targets: (name) => known(name).targets,
  };
}
