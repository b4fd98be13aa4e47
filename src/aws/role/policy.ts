import { actionsOf, scopesOf } from '../bind.ts';
import { type AnyReader, homeRegion, partitionOf } from '../reader.ts';
import type { ActionScope, NamedResource } from '../scope.ts';

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
  readonly scope: ActionScope;
  readonly resources: Set<string>;
  readonly regions: Set<string>;
  /** What the condition key of {@link ActionScope.within} has to match. */
  readonly within: Set<string>;
}

/**
 * The statements of a role that may make exactly the calls of these needs, each limited as far as AWS allows and the names are known,
 * and that nothing attached later can widen.
 * @throws Error for an action whose limits no reader names.
 */
export function readOnlyPolicy(needs: readonly RoleNeeds[]): readonly PolicyStatement[] {
  const grants = new Map<string, Grant>();
  for (const need of needs) {
    const away = new Set(actionsOf(need.elsewhere.readers));
    const atHome = new Set(actionsOf(need.readers.filter((reader) => reader.atHome)));
    const readers = [...need.readers, ...need.elsewhere.readers];
    const scopes = scopesOf(readers);
    for (const action of actionsOf(readers)) {
      const scope = scopes[action];
      if (scope === undefined) throw new Error(`No reader says what "${action}" can be limited to.`);
      const grant = grants.get(action) ?? { scope, resources: new Set(), regions: new Set(), within: new Set() };
      grants.set(action, grant);
      const regions = [
        need.region,
        ...(away.has(action) ? need.elsewhere.regions : []),
        ...(atHome.has(action) ? [homeRegion(partitionOf(need.region))] : []),
      ];
      for (const region of regions) grant.regions.add(region);
      const { within } = scope;
      for (const arn of arnsOf(action, scope, need.resources, regions)) grant.resources.add(arn);
      if (within) for (const arn of arnsOf(action, within, need.resources, regions)) grant.within.add(arn);
    }
  }
  const sorted = [...grants].sort(([one], [other]) => (one < other ? -1 : 1));
  return [...allowed(sorted), ...denied(sorted)];
}

function arnsOf(
  action: string,
  { kind, arn }: Pick<ActionScope, 'kind' | 'arn'>,
  resources: readonly NamedResource[],
  regions: readonly string[],
): readonly string[] {
  if (arn === undefined) return ['*'];
  const named = resources.filter((resource) => resource.kind === kind);
  const asked = named.filter(({ without = [] }) => !without.includes(action));
  const anyName = asked.length === 0 || asked.some(({ others = [] }) => others.includes(action));
  const names = anyName ? ['*'] : [...new Set(asked.map(({ name, scope = name }) => scope))];
  return names.flatMap((name) =>
    [arn(name)]
      .flat()
      .flatMap((pattern) => (pattern.includes('<region>') ? regions.map((region) => pattern.replace('<region>', region)) : [pattern])),
  );
}

/** Each action with its grant, in the order of the actions. */
type Granted = readonly (readonly [action: string, grant: Grant])[];

/** ARNs in their order, without those that another, ending in `*`, covers: one lab's wildcard makes another lab's names superfluous. */
function withoutCovered(arns: ReadonlySet<string>): string[] {
  const sorted = [...arns].sort();
  const covers = (wide: string, arn: string) => wide !== arn && wide.endsWith('*') && arn.startsWith(wide.slice(0, -1));
  return sorted.filter((arn) => !sorted.some((wide) => covers(wide, arn)));
}

/** Resources, and the conditions under which they may be asked for. */
interface Reach {
  readonly resources: string[];
  /** Unset where the resources say it themselves. */
  readonly regions: string[] | undefined;
  /** Condition key and ARNs that it has to match. */
  readonly within?: readonly [string, readonly string[]];
}

const REGIONAL = /^(arn:\$\{AWS::Partition\}:[\w-]+:)([\w-]+)(:.*)$/;

/**
 * What an action may reach, in as few characters as it can be said, because IAM limits them: a resource that is looked for in
 * several regions is named once, and the regions stand in a condition.
 */
function reachesOf({ scope, resources, regions, within }: Grant): Reach[] {
  const named = withoutCovered(resources);
  if (named.includes('*')) {
    const { global, within: condition } = scope;
    return [
      {
        resources: named,
        regions: global ? undefined : [...regions].sort(),
        ...(condition && { within: [condition.key, withoutCovered(within)] as const }),
      },
    ];
  }
  const places = Map.groupBy(named, (arn) => arn.replace(REGIONAL, '$1*$3'));
  const reaches = [...places].map(
    ([anywhere, found]): Reach =>
      found.length === 1
        ? { resources: found, regions: undefined }
        : { resources: [anywhere], regions: found.map((arn) => arn.replace(REGIONAL, '$2')) },
  );
  return [...Map.groupBy(reaches, ({ regions }) => regions?.join()).values()].map((alike) => ({
    resources: alike.flatMap(({ resources: own }) => own),
    regions: alike[0]?.regions,
  }));
}

/** One statement for all actions that are limited in the same way. */
function allowed(grants: Granted): PolicyStatement[] {
  const alike = new Map<string, Reach & { readonly actions: string[] }>();
  for (const [action, grant] of grants) {
    for (const reach of reachesOf(grant)) {
      const { resources, regions, within } = reach;
      const key = JSON.stringify([resources.includes('*') ? '*' : action.split(':')[0], resources, regions, within]);
      const group = alike.get(key) ?? { ...reach, actions: [] };
      group.actions.push(action);
      alike.set(key, group);
    }
  }
  const used = new Map<string, number>();
  return [...alike.values()].map(({ actions: Action, resources: Resource, regions, within }) => {
    const base = Resource.includes('*') ? 'ListsThatCannotBeLimited' : `Read${titleCase(Action[0]?.split(':')[0] ?? '')}`;
    const nth = (used.get(base) ?? 0) + 1;
    used.set(base, nth);
    return {
      Sid: nth === 1 ? base : `${base}${nth}`,
      Effect: 'Allow' as const,
      Action,
      Resource,
      ...((regions || within) && {
        Condition: {
          ...(regions && { StringEquals: { 'aws:RequestedRegion': regions } }),
          ...(within && { ArnLike: { [within[0]]: within[1] } }),
        },
      }),
    };
  });
}

function denied(grants: Granted): PolicyStatement[] {
  const actions = grants.map(([action]) => action);
  const ofData = grants.filter(([, { scope, resources }]) => scope.data && !resources.has('*'));
  const alike = Map.groupBy(ofData, ([, { resources }]) => JSON.stringify(withoutCovered(resources)));
  const others = [...alike].map(
    ([resources, found], index): PolicyStatement => ({
      Sid: index === 0 ? 'DenyOtherData' : `DenyOtherData${index + 1}`,
      Effect: 'Deny',
      Action: found.map(([action]) => action),
      NotResource: JSON.parse(resources) as string[],
    }),
  );
  // CodeCommit decrypts files in the name of who reads them. Its own key lets everybody do so whom nothing denies it, so nothing
  // is allowed here (AWS CodeCommit User Guide, "AWS Key Management Service and encryption").
  const decrypts = actions.some((action) => action.startsWith('codecommit:'));
  const onlyCodeCommit: PolicyStatement = {
    Sid: 'DenyKeysExceptThroughCodeCommit',
    Effect: 'Deny',
    Action: ['kms:*'],
    Resource: ['*'],
    Condition: { StringNotLike: { 'kms:ViaService': ['codecommit.*'] } },
  };
  return [
    ...others,
    ...(decrypts ? [onlyCodeCommit] : []),
    { Sid: 'DenyEverythingElse', Effect: 'Deny', NotAction: decrypts ? [...actions, 'kms:*'] : actions, Resource: ['*'] },
  ];
}

const titleCase = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
