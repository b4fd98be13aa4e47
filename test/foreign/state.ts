/** What an account on the foreign endpoint holds, in the members that were given when it was made. */
export interface ForeignAccount {
  readonly region: string;
  readonly stacks?: readonly ForeignStack[];
  /** Of CodeCommit: names only, because there is no Git behind them. */
  readonly sourceRepositories?: readonly string[];
  readonly imageRepositories?: readonly ForeignRegistry[];
  readonly projects?: readonly Members[];
  /** Names of projects that were built once; builds outlive their project. */
  readonly built?: readonly string[];
  readonly pipelines?: readonly Members[];
  readonly service?: { readonly name: string; readonly definition: Members };
  readonly machines?: readonly Members[];
  readonly rules?: readonly { readonly name: string; readonly pattern: unknown; readonly target: string }[];
  readonly logGroups?: readonly string[];
  readonly logPolicies?: Readonly<Record<string, unknown>>;
  readonly roles?: readonly ForeignRole[];
  /** The account's own managed policies, by name. */
  readonly policies?: Readonly<Record<string, unknown>>;
  /** Audiences of each provider, by its address without scheme. */
  readonly oidcProviders?: Readonly<Record<string, readonly string[]>>;
  readonly buckets?: readonly ForeignBucket[];
}

export type Members = Readonly<Record<string, unknown>>;

export interface ForeignStack {
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ForeignRegistry {
  readonly name: string;
  readonly settings?: Members;
  readonly policy?: unknown;
  readonly lifecycle?: unknown;
  readonly tags: readonly string[];
}

export interface ForeignRole {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  readonly trust: unknown;
  readonly inline?: Readonly<Record<string, unknown>>;
  /** ARNs of managed policies. */
  readonly attached?: readonly string[];
}

export interface ForeignBucket {
  readonly name: string;
  readonly encryption?: 'aws:kms' | 'AES256';
  readonly blocked?: boolean;
}

export const ACCOUNT = '123456789012';
/** When everything was made. */
export const MADE = '2026-11-20T10:00:00.000Z';
export const madeSeconds = Date.parse(MADE) / 1000;
