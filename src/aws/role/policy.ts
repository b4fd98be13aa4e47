import { actionsOf } from '../bind.ts';
import type { AnyReader } from '../reader.ts';
import { ACTIONS, type ActionScope, type NamedResource } from './actions.ts';

/** What one lab needs to look at. */
export interface RoleNeeds {
  /** For people, e.g. the lab's id. */
  readonly what: string;
  readonly region: string;
  readonly resources: readonly NamedResource[];
  readonly readers: readonly AnyReader[];
  /** Readers that also look in other regions, for what students made in the wrong one. */
  readonly elsewhere: { readonly regions: readonly string[]; readonly readers: readonly AnyReader[] };
}

/** Resources are ARNs with CloudFormation's pseudo parameters, or `*`. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

interface Grant {
  readonly resources: Set<string>;
  readonly regions: Set<string>;
}

/**
 * The statements of a role that may make exactly the calls of these needs, each limited as far as AWS allows and the names are known,
 * and that nothing attached later can widen.
 * @throws Error for an action that {@link ACTIONS} does not know: it has to be added there first.
 */
export function readOnlyPolicy(needs: readonly RoleNeeds[]): readonly PolicyStatement[] {
  const grants = new Map<string, Grant>();
  for (const need of needs) {
    const away = new Set(actionsOf(need.elsewhere.readers));
    for (const action of actionsOf([...need.readers, ...need.elsewhere.readers])) {
      const grant = grants.get(action) ?? { resources: new Set(), regions: new Set() };
      grants.set(action, grant);
      const regions = away.has(action) ? [need.region, ...need.elsewhere.regions] : [need.region];
      for (const region of regions) grant.regions.add(region);
      for (const arn of arnsOf(scopeOf(action), need.resources, regions)) grant.resources.add(arn);
    }
  }
  const actions = [...grants.keys()].sort();
  return [...allowed(grants, actions), ...denied(grants, actions)];
}

function scopeOf(action: string): ActionScope {
  const known = ACTIONS[action];
  if (known === undefined) throw new Error(`src/aws/role/actions.ts does not know what "${action}" can be limited to: add it.`);
  return known;
}

function arnsOf({ kind, arn }: ActionScope, resources: readonly NamedResource[], regions: readonly string[]): readonly string[] {
  if (arn === undefined) return ['*'];
  const named = resources.filter((resource) => resource.kind === kind).map(({ name, scope = name }) => scope);
  const names = named.length === 0 || named.includes('*') ? ['*'] : [...new Set(named)];
  return names.flatMap((name) => {
    const pattern = arn(name);
    return pattern.includes('<region>') ? regions.map((region) => pattern.replace('<region>', region)) : [pattern];
  });
}

/** ARNs without those that another, ending in `*`, covers: one lab's wildcard makes another lab's names superfluous. */
function withoutCovered(arns: readonly string[]): string[] {
  const covers = (wide: string, arn: string) => wide !== arn && wide.endsWith('*') && arn.startsWith(wide.slice(0, -1));
  return arns.filter((arn) => !arns.some((wide) => covers(wide, arn)));
}

/** One statement for all actions that are limited in the same way. */
function allowed(grants: ReadonlyMap<string, Grant>, actions: readonly string[]): PolicyStatement[] {
  const alike = new Map<string, { readonly actions: string[]; readonly resources: string[]; readonly regions: string[] | undefined }>();
  for (const action of actions) {
    const grant = grants.get(action);
    if (grant === undefined) continue;
    const resources = withoutCovered([...grant.resources].sort());
    const anywhere = resources.includes('*');
    const regions = anywhere && !scopeOf(action).global ? [...grant.regions].sort() : undefined;
    const key = JSON.stringify([anywhere ? '*' : action.split(':')[0], resources, regions]);
    const group = alike.get(key) ?? { actions: [], resources, regions };
    group.actions.push(action);
    alike.set(key, group);
  }
  const used = new Map<string, number>();
  return [...alike.values()].map(({ actions: Action, resources: Resource, regions }) => {
    const base = Resource.includes('*') ? 'ListsThatCannotBeLimited' : `Read${titleCase(Action[0]?.split(':')[0] ?? '')}`;
    const nth = (used.get(base) ?? 0) + 1;
    used.set(base, nth);
    return {
      Sid: nth === 1 ? base : `${base}${nth}`,
      Effect: 'Allow' as const,
      Action,
      Resource,
      ...(regions && { Condition: { StringEquals: { 'aws:RequestedRegion': regions } } }),
    };
  });
}

function denied(grants: ReadonlyMap<string, Grant>, actions: readonly string[]): PolicyStatement[] {
  const data = new Map<string, string[]>();
  for (const action of actions.filter((name) => scopeOf(name).data)) {
    const resources = withoutCovered([...(grants.get(action)?.resources ?? [])].sort());
    if (resources.includes('*')) continue;
    const key = JSON.stringify(resources);
    data.set(key, [...(data.get(key) ?? []), action]);
  }
  const others = [...data].map(
    ([resources, Action], index): PolicyStatement => ({
      Sid: index === 0 ? 'DenyOtherData' : `DenyOtherData${index + 1}`,
      Effect: 'Deny',
      Action,
      NotResource: JSON.parse(resources) as string[],
    }),
  );
  return [...others, { Sid: 'DenyEverythingElse', Effect: 'Deny', NotAction: actions, Resource: ['*'] }];
}

const titleCase = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
