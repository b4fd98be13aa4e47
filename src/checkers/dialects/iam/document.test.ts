import { describe, expect, it } from 'vitest';
import { readPolicy, rolePolicies } from './document.ts';

const statement = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' };
const policy = (Statement: unknown, rest: object = { Version: '2012-10-17' }) => ({ ...rest, Statement });

describe('reading a policy document', () => {
  it('takes one or many of everything', () => {
    const one = readPolicy('p', policy(statement), 'identity');
    const many = readPolicy('p', policy([{ ...statement, Action: ['ecr:PutImage'], Resource: ['*'] }]), 'identity');
    expect(one).toEqual(many);
    expect(one).toMatchObject({ state: 'read', version: '2012-10-17', statements: [{ index: 0, effect: 'Allow' }] });
  });

  it('takes JSON text, and a document without a version as one of 2008', () => {
    expect(readPolicy('p', JSON.stringify(policy(statement, {}), undefined, 2), 'identity')).toMatchObject({ version: '2008-10-17' });
  });

  it('reads principals of every kind', () => {
    const read = (Principal: unknown) => {
      const result = readPolicy('p', policy({ Effect: 'Allow', Action: 'x:Y', Principal }), 'resource');
      return result.state === 'read' ? Object.fromEntries(result.statements[0]?.principal?.values ?? []) : result.problem;
    };
    expect(read('*')).toEqual({ AWS: ['*'] });
    expect(read({ AWS: '123456789012', Service: ['a.amazonaws.com', 'b.amazonaws.com'] })).toEqual({
      AWS: ['123456789012'],
      Service: ['a.amazonaws.com', 'b.amazonaws.com'],
    });
    expect(read({ Federated: 'arn:aws:iam::1:oidc-provider/x' })).toEqual({ Federated: ['arn:aws:iam::1:oidc-provider/x'] });
    expect(read('arn:aws:iam::123456789012:root')).toBe('Statement 1, Principal must be an object.');
    expect(read({ Aws: '*' })).toBe('Statement 1, Principal has an unknown element "Aws".');
  });

  it('reads truth values and numbers of conditions as text', () => {
    const condition = { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:max-keys': [10, '20'] } };
    expect(readPolicy('p', policy({ ...statement, Condition: condition }), 'identity')).toMatchObject({
      statements: [
        {
          conditions: [
            { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
            { operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20'] },
          ],
        },
      ],
    });
  });

  it('names the policies of a role by name and by ARN', () => {
    const arn = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser';
    const policies = rolePolicies({ inline: [{ name: 'push', document: policy(statement) }], attached: [{ arn, document: undefined }] });
    expect(policies.map(({ name, state }) => [name, state])).toEqual([
      ['push', 'read'],
      [arn, 'unparsable'],
    ]);
  });
});

describe('what is no policy document', () => {
  const problem = (document: unknown, kind: 'identity' | 'resource' = 'identity') => {
    const result = readPolicy('p', document, kind);
    return result.state === 'unparsable' ? result.problem : 'read';
  };
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'The document must be an object.'],
    ['null', null, 'The document must be an object.'],
    ['a list', [], 'The document must be an object.'],
    ['text that is no JSON', '{"Version":', 'The document is not JSON.'],
    ['an unknown element', { ...policy(statement), Statements: [] }, 'The document has an unknown element "Statements".'],
    ['an unknown version', policy(statement, { Version: '2012-10-18' }), 'Version must be 2012-10-17 or 2008-10-17.'],
    ['no statement', policy(undefined), 'The document has no Statement.'],
    ['an empty list of statements', policy([]), 'The document has no Statement.'],
    ['a statement that is text', policy('Allow'), 'Statement 1 must be an object.'],
    ['a misspelt effect', policy({ ...statement, Effect: 'allow' }), 'Statement 1: Effect must be Allow or Deny.'],
    ['no action', policy([statement, { Effect: 'Allow', Resource: '*' }]), 'Statement 2 names no Action.'],
    ['both kinds of action', policy({ ...statement, NotAction: 'a:B' }), 'Statement 1 has both Action and NotAction.'],
    ['an action that is a number', policy({ ...statement, Action: [1] }), 'Statement 1, Action must be text or a list of texts.'],
    ['no resource', policy({ Effect: 'Allow', Action: 'a:B' }), 'Statement 1 names no Resource.'],
    ['a principal', policy({ ...statement, Principal: '*' }), 'Statement 1 names a Principal, which an identity policy must not.'],
    ['a Sid that is a number', policy({ ...statement, Sid: 1 }), 'Statement 1: Sid must be text.'],
    ['an element of another case', policy({ ...statement, condition: {} }), 'Statement 1 has an unknown element "condition".'],
    ['a condition that is a list', policy({ ...statement, Condition: [] }), 'Statement 1, Condition must be an object.'],
    [
      'a condition whose value is an object',
      policy({ ...statement, Condition: { Bool: { a: {} } } }),
      'Statement 1, Bool, a must be text, a number, a truth value, or a list of these.',
    ],
    ['too much text', ' '.repeat(300_000), 'The document has more than 262144 characters.'],
    [
      'a document too long',
      policy({ ...statement, Sid: 'x'.repeat(40_000) }),
      'The document has more than 32768 characters besides white space.',
    ],
  ])('%s', (_, document, expected) => {
    expect(problem(document)).toBe(expected);
  });

  it('a resource policy without principal', () => {
    expect(problem(policy(statement), 'resource')).toBe('Statement 1 names no Principal.');
  });

  it('nesting without end is an answer, not a crash', () => {
    expect(problem(nested(100_000))).toMatch(/^The document/);
  });
});
