import { isObject, Malformed, type Members, parsedJson, reading } from '../json.ts';

/** A policy as the evaluator knows it. One that is unparsable is an answer that cannot be trusted, not a policy that allows nothing. */
export type Policy = ReturnType<typeof readPolicy>;
export type ReadPolicy = Extract<Policy, { state: 'read' }>;
export type Statement = ReturnType<typeof statementOf>;
export type Condition = ReturnType<typeof conditionsOf>[number];

/** `except`: written as `NotAction`, `NotResource`, `NotPrincipal`. */
export interface Listed<T> {
  readonly except: boolean;
  readonly values: T;
}

/** Names by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`. `"*"` alone is `AWS: ["*"]`. */
export type Principals = ReadonlyMap<string, readonly string[]>;

/** The longest document that is read. IAM's and S3's own limits are 6 to 20 KB without white space. */
const MAX_LENGTH = 32 * 1024;
/** Documents as written may be padded with white space, which IAM does not count. */
const MAX_TEXT = 256 * 1024;

const STATEMENT_KEYS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'];
const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

type Kind = 'identity' | 'resource';

/**
 * Reads a policy document against the grammar of the IAM JSON policy language (IAM User Guide). Never throws.
 * @param name what messages call it: an inline policy's name, a managed policy's ARN, `trust policy`
 * @param document the document as JSON text or already parsed
 * @param kind `identity`: attached to a role, user or group, names resources and no principals. `resource`: attached to
 *   what it protects (also a role's trust policy), names principals, and resources only where the service wants them.
 */
export function readPolicy(name: string, document: unknown, kind: Kind) {
  return { name, ...reading(() => documentOf(compactOf(document), kind)) };
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

function compactOf(document: unknown): unknown {
  const value = parsedJson(document, 'document', MAX_TEXT);
  let length = 0;
  try {
    length = JSON.stringify(value)?.length ?? 0;
  } catch {
    throw new Malformed('The document is not JSON.');
  }
  if (length > MAX_LENGTH) throw new Malformed(`The document has more than ${MAX_LENGTH} characters besides white space.`);
  return value;
}

function documentOf(value: unknown, kind: Kind) {
  const document = membersOf(value, 'The document', DOCUMENT_KEYS);
  // An older document, and one that does not say, knows no policy variables.
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') throw new Malformed('Version must be 2012-10-17 or 2008-10-17.');
  const statements = [document['Statement'] ?? []].flat();
  if (statements.length === 0) throw new Malformed('The document has no Statement.');
  return { version, statements: statements.map((statement, index) => statementOf(statement, index, kind)) } as const;
}

/** @param index 0-based position in the document */
function statementOf(value: unknown, index: number, kind: Kind) {
  const where = `Statement ${index + 1}`;
  const statement = membersOf(value, where, STATEMENT_KEYS);
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
  return {
    index,
    sid,
    effect,
    /** `undefined` in an identity policy. */
    principal,
    action,
    /** `undefined`: the resource that the policy is attached to, as in trust and repository policies. */
    resource,
    conditions: conditionsOf(statement['Condition'], where),
  } as const;
}

type Read<T> = (value: unknown, where: string) => T;

function listed<T>(statement: Members, element: string, where: string, read: Read<T>): Listed<T> | undefined {
  const [name, other] = [element, `Not${element}`].filter((key) => statement[key] !== undefined);
  if (other !== undefined) throw new Malformed(`${where} has both ${name} and ${other}.`);
  return name === undefined ? undefined : { except: name !== element, values: read(statement[name], `${where}, ${name}`) };
}

function principalsOf(value: unknown, where: string): Principals {
  if (value === '*') return new Map([['AWS', ['*']]]);
  const kinds = membersOf(value, where, PRINCIPAL_KINDS);
  return new Map(Object.entries(kinds).map(([kind, names]) => [kind, textsOf(names, `${where}, ${kind}`)]));
}

function conditionsOf(value: unknown = {}, where: string) {
  return Object.entries(membersOf(value, `${where}, Condition`)).flatMap(([operator, tests]) =>
    Object.entries(membersOf(tests, `${where}, ${operator}`)).map(([key, values]) => ({
      /** As written, e.g. `StringLike`, `ForAnyValue:StringEqualsIfExists`. */
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

/** @param known the members that it may have; any when left out */
function membersOf(value: unknown, where: string, known?: readonly string[]): Members {
  if (!isObject(value)) throw new Malformed(`${where} must be an object.`);
  const other = known && Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) throw new Malformed(`${where} has an unknown element ${JSON.stringify(other.slice(0, 80))}.`);
  return value;
}
