// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { describe, expect, it } from 'vitest';
import { fits, patternOf } from '../../../wildcards/wildcards.ts';
import { arnLike, parseArn, resourceFits } from './arn.ts';
import { contextOf, type RequestContext } from './context.ts';
import { readerFor, someReading } from './pattern.ts';

describe('the ARN of a resource', () => {
  const repository = 'arn:aws:ecr:ap-northeast-2:123456789012:repository/team/app';

  it.each([
    ['*', true],
    [repository, true],
    ['arn:aws:ecr:ap-northeast-2:123456789012:repository/*', true],
    ['arn:aws:ecr:ap-northeast-2:123456789012:repository/team/a??', true],
    ['arn:aws:ecr:*:*:repository/team/app', true],
    ['arn:*:ecr:ap-northeast-?:123456789012:repository/team/app', true],
    // A final * of a segment runs over colons.
    ['arn:aws:ecr:*', true],
    ['arn:aws:ecr:ap-northeast-2:*', true],
    ['arn:aws:ecr:*:repository/team/app', true],
    ['arn:*', true],
    ['arn:aws:ecr:ap-*:repository/team/app', true],
    // Any other * stays in its segment.
    ['arn:aws:ecr:*2:repository/team/app', false],
    ['arn:aws:ecr:*repository/team/app', false],
    ['arn:aws:ecr:a*r/team/app', false],
    // Case counts in resources.
    ['arn:aws:ecr:ap-northeast-2:123456789012:repository/Team/app', false],
    ['arn:aws:ecr:ap-northeast-2:999999999999:repository/team/app', false],
    ['arn:aws:ecr:ap-northeast-2:123456789012:repository/team', false],
    ['arn:aws:ecr::123456789012:repository/team/app', false],
    ['arn:aws:s3:::*', false],
    ['', false],
  ])('%s: %s', (pattern, fitting) => {
    expect(resourceFits(patternOf(pattern), repository)).toBe(fitting);
  });

  it('keeps colons of the resource itself', () => {
    const log = 'arn:aws:logs:ap-northeast-2:123456789012:log-group:/aws/codebuild/x:log-stream:y';
    expect(resourceFits(patternOf('arn:aws:logs:*:123456789012:log-group:/aws/codebuild/*'), log)).toBe(true);
    expect(resourceFits(patternOf('arn:aws:logs:*:123456789012:log-group:/aws/*:log-stream:y'), log)).toBe(true);
    expect(resourceFits(patternOf('arn:aws:logs:*:123456789012:log-group:/aws/codebuild/x'), log)).toBe(false);
    expect(parseArn(log)?.resource).toBe('log-group:/aws/codebuild/x:log-stream:y');
  });

  it('is not enough for an action that works on no resource in particular', () => {
    expect(resourceFits(patternOf('*'), '*')).toBe(true);
    expect(resourceFits(patternOf('arn:aws:ecr:*:*:repository/*'), '*')).toBe(false);
    expect(resourceFits(patternOf('arn:aws:ecr:*'), '*')).toBe(false);
    expect(resourceFits(patternOf('?'), '*')).toBe(false);
  });

  it('is compared part by part by ArnLike', () => {
    expect(arnLike(patternOf('arn:aws:ecr:*:123456789012:repository/*'), repository)).toBe(true);
    expect(arnLike(patternOf('arn:aws:ecr:*:repository/team/app'), repository)).toBe(false);
    expect(arnLike(patternOf('arn:aws:ecr:*'), repository)).toBe(false);
    expect(arnLike(patternOf('*'), repository)).toBe(true);
    expect(arnLike(patternOf('*'), 'not an arn')).toBe(false);
  });

  it.each(['', 'arn', 'arn:aws:ecr', 'arn:aws::r:a:x', 'https://a.b:c:d:e:f'])('%j is none', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

describe('policy variables', () => {
  const matches = (value: string, text: string, context: RequestContext, version: '2008-10-17' | '2012-10-17' = '2012-10-17') =>
    someReading(readerFor(version, contextOf(context))(value, true), (pattern) => fits(pattern, text));

  it('stand for what the request carries, taken literally', () => {
    expect(matches('home/${aws:username}/*', 'home/kim/x', { 'aws:username': 'kim' })).toBe(true);
    expect(matches('home/${aws:username}/*', 'home/lee/x', { 'AWS:UserName': 'kim' })).toBe(false);
    expect(matches('home/${aws:username}', 'home/kim', { 'aws:username': '*' })).toBe(false);
    expect(matches('${aws:PrincipalTag/team}', 'b', { 'aws:PrincipalTag/team': ['a', 'b'] })).toBe(true);
  });

  it('fit nothing without a value, unless they have a default', () => {
    expect(matches('home/${aws:username}', 'home/kim', { 'aws:username': null })).toBe(false);
    expect(matches("home/${aws:username, 'guest'}", 'home/guest', { 'aws:username': null })).toBe(true);
  });

  it('are open when nobody told, unless no value could help', () => {
    expect(matches('home/${aws:username}/*', 'home/kim/x', {})).toEqual({ open: ['aws:username'] });
    expect(matches('home/${aws:username}/*', 'work/kim/x', {})).toBe(false);
  });

  it('can be the wildcards themselves', () => {
    expect(matches('a${*}${?}${$}', 'a*?$', {})).toBe(true);
    expect(matches('a${*}', 'abc', {})).toBe(false);
  });

  it('are open when there are more than anyone writes', () => {
    const many = { open: ['too many policy variables'] };
    expect(matches('${k}'.repeat(10_000), 'a', { k: 'a' })).toEqual(many);
    expect(matches('${k}${k}${k}', 'aaa', { k: ['a', 'b', 'c', 'd', 'e'] })).toEqual(many);
    expect(matches('${k}${k}', 'ea', { k: ['a', 'b', 'c', 'd', 'e'] })).toBe(true);
  });

  it('are text to documents of 2008, and when they never end', () => {
    expect(matches('${aws:username}', '${aws:username}', {}, '2008-10-17')).toBe(true);
    expect(matches('${aws:username}', 'kim', { 'aws:username': 'kim' }, '2008-10-17')).toBe(false);
    expect(matches('${aws:user', '${aws:user', {})).toBe(true);
  });
});
