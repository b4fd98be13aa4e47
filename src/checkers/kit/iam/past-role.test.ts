import { describe, expect, it } from 'vitest';
import type { TrailEvent } from '../../../aws/services/cloudtrail.ts';
import { pastRoles, provenByRole } from './past-role.ts';

const ROLE = 'lab-role';
const trust = (service: string) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });
const allow = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, second));
const event = (second: number, name: string, parameters: object = {}): TrailEvent => ({
  id: `${second} ${name}`,
  name,
  at: at(second),
  requestParameters: { roleName: ROLE, ...parameters },
});
const created = (second: number, more: object = {}) =>
  event(second, 'CreateRole', { assumeRolePolicyDocument: trust('codebuild.amazonaws.com'), ...more });
const put = (second: number, policyName: string, action: string) =>
  event(second, 'PutRolePolicy', { policyName, policyDocument: allow(action) });

/** The id of each change, and the names of the policies that the role had after it. */
const seen = async (...changes: readonly TrailEvent[]) =>
  (await pastRoles({ iamChanges: async () => changes.toReversed() }, ROLE)).map(({ change, policies }) => [
    change.id,
    policies.map(({ name }) => name).join(),
  ]);

describe('what a role was', () => {
  it('follows from its changes, newest first', async () => {
    expect(await seen(created(1), put(2, 'a', 's3:*'), put(3, 'b', 'ecr:*'), event(4, 'DeleteRolePolicy', { policyName: 'a' }))).toEqual([
      ['4 DeleteRolePolicy', 'b'],
      ['3 PutRolePolicy', 'a,b'],
      ['2 PutRolePolicy', 'a'],
      ['1 CreateRole', ''],
    ]);
  });

  it('is remembered after its deletion, and begins anew when it is made again', async () => {
    expect(await seen(created(1), put(2, 'a', 's3:*'), event(3, 'DeleteRole'), put(4, 'b', 's3:*'), created(5))).toEqual([
      ['5 CreateRole', ''],
      ['2 PutRolePolicy', 'a'],
      ['1 CreateRole', ''],
    ]);
  });

  it('is not known without its beginning', async () => {
    expect(await seen(put(2, 'a', 's3:*'))).toEqual([]);
  });

  it('is not known while it has policies that are not its own, or a boundary', async () => {
    const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(
      await seen(created(1), event(2, 'AttachRolePolicy', { policyArn }), put(3, 'a', 's3:*'), event(4, 'DetachRolePolicy', { policyArn })),
    ).toEqual([
      ['4 DetachRolePolicy', 'a'],
      ['1 CreateRole', ''],
    ]);
    expect(await seen(created(1, { permissionsBoundary: policyArn }), put(2, 'a', 's3:*'))).toEqual([]);
    expect(await seen(created(1), event(2, 'PutRolePermissionsBoundary'), put(3, 'a', 's3:*'))).toEqual([['1 CreateRole', '']]);
  });

  it('puts what happened within one second in the order that grants least', async () => {
    expect(await seen(event(1, 'DeleteRole'), put(1, 'a', 's3:*'), created(1))).toEqual([
      ['1 PutRolePolicy', 'a'],
      ['1 CreateRole', ''],
    ]);
  });

  it('says nothing of other roles', async () => {
    expect(await seen(created(1), put(2, 'a', 's3:*'), event(3, 'PutRolePolicy', { roleName: 'other', policyName: 'b' }))).toHaveLength(2);
  });
});

it('is proven by the newest time at which everything was right at once', async () => {
  const changes = [
    created(1),
    put(2, 'a', 's3:*'),
    put(3, 'b', 'ecr:*'),
    event(4, 'UpdateAssumeRolePolicy', { policyDocument: trust('ec2.amazonaws.com') }),
  ];
  const past = await pastRoles({ iamChanges: async () => changes }, ROLE);
  const evidence = provenByRole(
    past,
    ({ trust: who }) => String(who).includes('codebuild'),
    ({ policies }) => policies.length,
  );
  expect(evidence).toEqual({ event: { at: at(3).toISOString(), id: '3 PutRolePolicy' }, observed: 2, resource: ROLE });
  expect(
    provenByRole(
      past,
      () => false,
      () => null,
    ),
  ).toBeUndefined();
});
