// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { describe, expect, it } from 'vitest';
import type { Certainty } from './certainty.ts';
import { conditionsHold } from './condition.ts';
import { contextOf, type RequestContext } from './context.ts';
import { readerFor } from './pattern.ts';

function holds(operator: string, values: string | readonly string[], context: RequestContext, key = 'k'): Certainty {
  const known = contextOf(context);
  return conditionsHold([{ operator, key, values: [values].flat() }], known, readerFor('2012-10-17', known));
}

describe('operators', () => {
  const role = 'arn:aws:iam::123456789012:role/build';

  it.each<[string, string | string[], string | string[], boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', ['b', 'a'], 'a', true],
    ['StringEquals', 'A', 'a', false],
    ['StringEquals', 'a*', 'abc', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringNotEquals', ['b', 'c'], 'a', true],
    ['StringNotEquals', ['b', 'a'], 'a', false],
    ['StringEqualsIgnoreCase', 'REFS/heads', 'refs/Heads', true],
    ['StringNotEqualsIgnoreCase', 'A', 'a', false],
    ['StringLike', 'repo:team/app:*', 'repo:team/app:ref:refs/heads/main', true],
    ['StringLike', 'repo:team/app:*', 'repo:team/other:ref:refs/heads/main', false],
    ['StringNotLike', 'a*', 'abc', false],
    ['ArnEquals', 'arn:aws:iam::123456789012:role/*', role, true],
    ['ArnLike', 'arn:aws:iam::*:role/build', role, true],
    ['ArnLike', 'arn:aws:iam::*:user/build', role, false],
    ['ArnNotLike', 'arn:aws:iam::*:user/build', role, true],
    ['ArnNotEquals', role, role, false],
    ['Bool', 'true', 'true', true],
    ['Bool', 'False', 'false', true],
    ['Bool', 'true', 'false', false],
    ['Bool', 'yes', 'yes', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericLessThan', 'ten', '9', false],
    ['NumericEquals', '0', '', false],
    ['DateLessThan', '2026-12-01T00:00:00Z', '2026-11-20T12:00:00Z', true],
    ['DateGreaterThan', '2026-12-01', '2026-11-20T12:00:00Z', false],
    ['DateEquals', '1700000000', '2023-11-14T22:13:20Z', true],
    ['DateNotEquals', '1700000000', '2023-11-14T22:13:20Z', false],
    ['Null', 'true', 'a', false],
    ['Null', 'false', 'a', true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', 'a', ['b', 'c'], false],
    ['ForAnyValue:StringNotEquals', 'b', ['b', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['b', 'c'], ['b', 'c'], false],
    ['ForAllValues:StringLike', ['a*', 'b*'], ['ax', 'bx'], true],
    ['ForAllValues:StringLike', 'a*', ['ax', 'bx'], false],
    ['ForAllValues:StringNotEquals', 'a', ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', 'b', ['b', 'c'], false],
  ])('%s %j over %j: %s', (operator, wanted, actual, expected) => {
    expect(holds(operator, wanted, { K: actual })).toBe(expected);
  });
});

describe('a key that the request does not carry', () => {
  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['Bool', false],
  ])('%s: %s', (operator, expected) => {
    expect(holds(operator, 'a', { k: null })).toBe(expected);
  });

  it('is what Null asks for', () => {
    expect(holds('Null', 'true', { k: null })).toBe(true);
    expect(holds('Null', 'false', { k: null })).toBe(false);
  });
});

describe('what is not known stays open', () => {
  it.each(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'Null', 'ForAllValues:StringEquals'])(
    '%s of an untold key',
    (operator) => {
      expect(holds(operator, 'true', {}, 'aws:PrincipalOrgID')).toEqual({ open: ['aws:PrincipalOrgID'] });
    },
  );

  it.each(['IpAddress', 'NotIpAddress', 'StringMatches'])('%s', (operator) => {
    expect(holds(operator, '10.0.0.0/8', { k: '10.0.0.1' })).toEqual({ open: [operator] });
  });

  it('an untold variable, where it could make the difference', () => {
    expect(holds('StringEquals', '${aws:username}', { k: 'kim' })).toEqual({ open: ['aws:username'] });
    expect(holds('StringNotEquals', '${aws:username}', { k: 'kim' })).toEqual({ open: ['aws:username'] });
    expect(holds('StringEquals', ['kim', '${aws:username}'], { k: 'kim' })).toBe(true);
    expect(holds('StringEqualsIgnoreCase', 'x-${aws:username}', { k: 'X-KIM', 'aws:username': 'Kim' })).toBe(true);
  });

  it('but one condition that fails settles all', () => {
    const context = contextOf({ known: 'a' });
    const condition = (key: string) => ({ operator: 'StringEquals', key, values: ['b'] });
    expect(conditionsHold([condition('untold'), condition('known')], context, readerFor('2012-10-17', context))).toBe(false);
  });
});
