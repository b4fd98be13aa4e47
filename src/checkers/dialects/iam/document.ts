/** A policy as the evaluator knows it. `name` is what messages call it: an inline policy's name, a managed policy's ARN, `trust policy`. */
export type Policy = ReadPolicy | UnparsablePolicy;

export interface ReadPolicy {
  readonly state: 'read';
  readonly name: string;
  /** `2008-10-17`, also when the document has none, knows no policy variables. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
}

/** Not a policy document. IAM stores none like it, so it is an answer that cannot be trusted, not a policy that allows nothing. */
export interface UnparsablePolicy {
  readonly state: 'unparsable';
  readonly name: string;
  /** What is wrong and where, for operators. */
  readonly problem: string;
}

export interface Statement {
  /** 0-based position in the document. */
  readonly index: number;
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** `undefined` in an identity policy. */
  readonly principal?: Listed<Principals> | undefined;
  readonly action: Listed<readonly string[]>;
  /** `undefined`: the resource that the policy is attached to, as in trust and repository policies. */
  readonly resource?: Listed<readonly string[]> | undefined;
  readonly conditions: readonly Condition[];
}

/** `except`: written as `NotAction`, `NotResource`, `NotPrincipal`. */
export interface Listed<T> {
  readonly except: boolean;
  readonly values: T;
}

/** Names by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`. `"*"` alone is `AWS: ["*"]`. */
export type Principals = ReadonlyMap<string, readonly string[]>;

export interface Condition {
  /** As written, e.g. `StringLike`, `ForAnyValue:StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The longest document that is read. IAM's and S3's own limits are 6 to 20 KB without white space. */
const MAX_LENGTH = 32 * 1024;
/** Documents as written may be padded with white space, which IAM does not count. */
const MAX_TEXT = 256 * 1024;

const STATEMENT_KEYS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const DOCUMENT_KEYS = new Set(['Version', 'Id', 'Statement']);
const PRINCIPAL_KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

class Malformed extends Error {}

/**
 * Reads a policy document against the grammar of the IAM JSON policy language (IAM User Guide). Never throws.
 * @param document the document as JSON text or already parsed
 * @param kind `identity`: attached to a role, user or group, names resources and no principals. `resource`: attached to
 *   what it protects (also a role's trust policy), names principals, and resources only where the service wants them.
 */
export function readPolicy(name: string, document: unknown, kind: 'identity' | 'resource'): Policy {
  try {
    return { state: 'read', name, ...documentOf(parsed(document), kind) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { state: 'unparsable', name, problem: error.message };
  }
}

/** The policies of a role as they are listed: inline ones by name, managed ones by ARN. */
export function rolePolicies({
  inline,
  attached,
}: {
  readonly inline: readonly { readonly name: string; readonly document: unknown }[];
  readonly attached: readonly { readonly arn: string; readonly document: unknown }[];
}): Policy[] {
  return [
    ...inline.map(({ name, document }) => readPolicy(name, document, 'identity')),
    ...attached.map(({ arn, document }) => readPolicy(arn, document, 'identity')),
  ];
}

function parsed(document: unknown): unknown {
  if (typeof document === 'string' && document.length > MAX_TEXT) throw new Malformed(`The document has more than ${MAX_TEXT} characters.`);
  let value = document;
  let compact: string | undefined;
  try {
    if (typeof document === 'string') value = JSON.parse(document);
    compact = JSON.stringify(value);
  } catch {
    throw new Malformed('The document is not JSON.');
  }
  if (compact !== undefined && compact.length > MAX_LENGTH) {
    throw new Malformed(`The document has more than ${MAX_LENGTH} characters besides white space.`);
  }
  return value;
}

function documentOf(value: unknown, kind: 'identity' | 'resource'): Pick<ReadPolicy, 'version' | 'statements'> {
  const document = objectOf(value, 'The document');
  noOther(document, DOCUMENT_KEYS, 'The document');
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') throw new Malformed('Version must be 2012-10-17 or 2008-10-17.');
  const statements = [document['Statement'] ?? []].flat();
  if (statements.length === 0) throw new Malformed('The document has no Statement.');
  return { version, statements: statements.map((statement, index) => statementOf(statement, index, kind)) };
}

function statementOf(value: unknown, index: number, kind: 'identity' | 'resource'): Statement {
  const where = `Statement ${index + 1}`;
  const statement = objectOf(value, where);
  noOther(statement, STATEMENT_KEYS, where);
  const { Sid: sid, Effect: effect } = statement;
  if (sid !== undefined && typeof sid !== 'string') throw new Malformed(`${where}: Sid must be text.`);
  if (effect !== 'Allow' && effect !== 'Deny') throw new Malformed(`${where}: Effect must be Allow or Deny.`);
  const principal = listed(statement, 'Principal', where, principalsOf);
  const action = listed(statement, 'Action', where, textsOf);
  const resource = listed(statement, 'Resource', where, textsOf);
  if (action === undefined) throw new Malformed(`${where} names no Action.`);
  if (kind === 'identity' && resource === undefined) throw new Malformed(`${where} names no Resource.`);
  if (kind === 'identity' && principal !== undefined) throw new Malformed(`${where} names a Principal, which an identity policy must not.`);
  if (kind === 'resource' && principal === undefined) throw new Malformed(`${where} names no Principal.`);
  return { index, sid, effect, principal, action, resource, conditions: conditionsOf(statement['Condition'], where) };
}

function listed<T>(
  statement: Record<string, unknown>,
  element: string,
  where: string,
  read: (value: unknown, where: string) => T,
): Listed<T> | undefined {
  const except = `Not${element}`;
  if (statement[element] !== undefined && statement[except] !== undefined)
    throw new Malformed(`${where} has both ${element} and ${except}.`);
  if (statement[element] !== undefined) return { except: false, values: read(statement[element], `${where}, ${element}`) };
  if (statement[except] !== undefined) return { except: true, values: read(statement[except], `${where}, ${except}`) };
  return undefined;
}

function principalsOf(value: unknown, where: string): Principals {
  if (value === '*') return new Map([['AWS', ['*']]]);
  const kinds = objectOf(value, where);
  noOther(kinds, PRINCIPAL_KINDS, where);
  return new Map(Object.entries(kinds).map(([kind, names]) => [kind, textsOf(names, `${where}, ${kind}`)]));
}

function conditionsOf(value: unknown, where: string): Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectOf(value, `${where}, Condition`)).flatMap(([operator, tests]) =>
    Object.entries(objectOf(tests, `${where}, ${operator}`)).map(([key, values]) => ({
      operator,
      key,
      values: [values].flat().map((each) => scalar(each, `${where}, ${operator}, ${key}`)),
    })),
  );
}

function scalar(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Malformed(`${where} must be text, a number, a truth value, or a list of these.`);
}

function textsOf(value: unknown, where: string): string[] {
  return [value].flat().map((each) => {
    if (typeof each !== 'string') throw new Malformed(`${where} must be text or a list of texts.`);
    return each;
  });
}

function objectOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${where} must be an object.`);
  return value as Record<string, unknown>;
}

function noOther(object: Record<string, unknown>, known: ReadonlySet<string>, where: string): void {
  const other = Object.keys(object).find((key) => !known.has(key));
  if (other !== undefined) throw new Malformed(`${where} has an unknown element ${JSON.stringify(other.slice(0, 80))}.`);
}
