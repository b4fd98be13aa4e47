import { expect, test } from 'vitest';
import { failure, read } from '../ask.test-support.ts';
import { type Reply, type WireRequest, xml, xmlError } from '../wire-endpoint.test-support.ts';
import { iam } from './iam.ts';

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '100% sure & <more>' }] };
const encoded = encodeURIComponent(JSON.stringify(document));
const noEntity = xmlError('NoSuchEntity', 'gone', 404);
const list = (...names: readonly string[]) => names.map((name) => `<member>${name}</member>`).join('');
const attached = (...arns: readonly string[]) =>
  arns.map((arn) => `<member><PolicyName>p</PolicyName><PolicyArn>${arn}</PolicyArn></member>`).join('');

/** An IAM that answers by operation. */
const answering =
  (replies: Readonly<Record<string, Reply | ((request: WireRequest) => Reply)>>) =>
  (request: WireRequest): Reply => {
    const reply = replies[request.operation] ?? 'reset';
    return typeof reply === 'function' ? reply(request) : reply;
  };

const none = {
  ListRolePolicies: xml('ListRolePolicies', '<PolicyNames/><IsTruncated>false</IsTruncated>'),
  ListAttachedRolePolicies: xml('ListAttachedRolePolicies', '<AttachedPolicies/><IsTruncated>false</IsTruncated>'),
};

test('a role without policies has none, which is not absence', async () => {
  expect((await read(iam.rolePolicies, ['r'], answering(none))).facts).toEqual({ inline: [], attached: [] });
});

test('inline policies of all pages; one deleted since it was listed is left out; no JSON is its text', async () => {
  const { facts, bodies } = await read(
    iam.rolePolicies,
    ['arn:aws:iam::111122223333:role/service-role/r'],
    answering({
      ...none,
      ListRolePolicies: ({ nth }) =>
        nth === 1
          ? xml('ListRolePolicies', `<PolicyNames>${list('a', 'b')}</PolicyNames><IsTruncated>true</IsTruncated><Marker>m</Marker>`)
          : xml('ListRolePolicies', `<PolicyNames>${list('c')}</PolicyNames><IsTruncated>false</IsTruncated>`),
      GetRolePolicy: ({ body }) => {
        const name = new URLSearchParams(body).get('PolicyName') ?? '';
        const text = name === 'a' ? encoded : 'half%20%7B';
        return name === 'b'
          ? noEntity
          : xml('GetRolePolicy', `<RoleName>r</RoleName><PolicyName>${name}</PolicyName><PolicyDocument>${text}</PolicyDocument>`);
      },
    }),
  );
  expect(facts?.inline).toEqual([
    { name: 'a', document },
    { name: 'c', document: 'half%20%7B' },
  ]);
  expect(bodies[0]).toContain('RoleName=r');
});

test('managed policies in their default version; one that IAM lists and does not know has no document', async () => {
  const arns = ['arn:aws:iam::111122223333:policy/own', 'arn:aws:iam::aws:policy/Unknown'];
  const { facts } = await read(
    iam.rolePolicies,
    ['r'],
    answering({
      ...none,
      ListAttachedRolePolicies: xml('ListAttachedRolePolicies', `<AttachedPolicies>${attached(...arns)}</AttachedPolicies>`),
      GetPolicy: ({ body }) =>
        body.includes('Unknown')
          ? noEntity
          : xml('GetPolicy', `<Policy><PolicyName>own</PolicyName><Arn>${arns[0]}</Arn><DefaultVersionId>v3</DefaultVersionId></Policy>`),
      GetPolicyVersion: ({ body }) =>
        body.includes('VersionId=v3')
          ? xml('GetPolicyVersion', `<PolicyVersion><VersionId>v3</VersionId><Document>${encoded}</Document></PolicyVersion>`)
          : 'reset',
    }),
  );
  expect(facts?.attached).toEqual([
    { arn: arns[0], document },
    { arn: arns[1], document: undefined },
  ]);
});

test('trouble with one policy is trouble with all: half of what a role may do is not judged', async () => {
  const denied = xmlError('AccessDenied', 'no', 403);
  const listed = xml('ListRolePolicies', `<PolicyNames>${list('a')}</PolicyNames><IsTruncated>false</IsTruncated>`);
  const half = read(iam.rolePolicies, ['r'], answering({ ...none, ListRolePolicies: listed, GetRolePolicy: denied }));
  expect(await failure(half)).toMatchObject({ reason: 'access', operation: 'iam:GetRolePolicy' });
  const cutOff = xml('ListRolePolicies', `<PolicyNames>${list('a')}</PolicyNames><IsTruncated>true</IsTruncated>`);
  expect(await failure(read(iam.rolePolicies, ['r'], answering({ ...none, ListRolePolicies: cutOff })))).toMatchObject({
    reason: 'malformed',
  });
});

test('a document that an endpoint did not encode', async () => {
  const policy = xml(
    'GetPolicy',
    '<Policy><PolicyName>p</PolicyName><Arn>arn:aws:iam::111122223333:policy/p</Arn><DefaultVersionId>v1</DefaultVersionId></Policy>',
  );
  const text = JSON.stringify(document).replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const version = xml('GetPolicyVersion', `<PolicyVersion><VersionId>v1</VersionId><Document>${text}</Document></PolicyVersion>`);
  expect((await read(iam.policy, ['p'], answering({ GetPolicy: policy, GetPolicyVersion: version }))).facts?.document).toEqual(document);
});

test('a provider is asked for by its issuer', async () => {
  const reply = xml(
    'GetOpenIDConnectProvider',
    `<Url>https://token.example.com</Url><ClientIDList>${list('sts.amazonaws.com')}</ClientIDList>`,
  );
  const { facts, bodies } = await read(iam.oidcProvider, ['token.example.com'], () => reply);
  expect(facts).toEqual({ clientIds: ['sts.amazonaws.com'] });
  expect(decodeURIComponent(bodies[0] ?? '')).toContain('arn:aws:iam::111122223333:oidc-provider/token.example.com');
});
