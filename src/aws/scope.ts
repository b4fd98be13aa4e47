/**
 * The kinds of resources that a lab can name and an IAM action can be limited to. Each service adds its own:
 *
 * @example declare module '../scope.ts' { interface ResourceKinds extends Record<'build-project', true> {} }
 */
// biome-ignore lint/suspicious/noEmptyInterface: services fill it
export interface ResourceKinds {}
export type ResourceKind = keyof ResourceKinds;

/** A resource of a lab by the name its text gives. */
export interface NamedResource {
  readonly kind: ResourceKind;
  readonly name: string;
  /** The name as a pattern, where the text gives only its beginning. */
  readonly scope?: string;
  /** Actions that the role may use on every resource of this kind, e.g. where students misname it and the checker searches. */
  readonly others?: readonly string[];
  /** An account may have it for other reasons: pre-flight does not ask that the name be free. */
  readonly mayExist?: true;
  /** Nobody made it by hand, and it stays when the rest is deleted: pre-flight calls it a leftover, not a name that is taken. */
  readonly outlives?: true;
  /** Actions that are never used on this one, though they are on others of its kind. */
  readonly without?: readonly string[];
}

/** What one IAM action allows, as far as a policy can limit it. */
export interface ActionScope {
  /** Unset: AWS lets it be granted on every resource only. */
  readonly kind?: ResourceKind;
  /** The ARNs for one name, with CloudFormation's pseudo parameters; `<region>` stands for each region looked at. */
  arn?(name: string): string | readonly string[];
  /** For actions that no ARN limits: the condition key that does, with the ARNs of `within`. */
  readonly within?: { readonly key: string; readonly kind: ResourceKind; arn(name: string): string };
  /** It reads what people put into their resources, not only how these are set up. */
  readonly data?: true;
  /** Its requests go to one place in the world, so they cannot be limited by region. */
  readonly global?: true;
}

/** The ARN of something in a region of the account, e.g. of `project/<name>` of `codebuild`. */
export const regionalArn = (service: string, rest: string) => `arn:\${AWS::Partition}:${service}:<region>:\${AWS::AccountId}:${rest}`;
/** The ARN of something that the account has in no region. */
export const globalArn = (service: string, rest: string) => `arn:\${AWS::Partition}:${service}::\${AWS::AccountId}:${rest}`;

/** Limited to one resource of this kind. */
export const limitedTo = (kind: ResourceKind, arn: (name: string) => string): ActionScope => ({ kind, arn });
/** Limited to nothing: AWS lets it be granted on every resource only. */
export const UNLIMITED: ActionScope = {};
