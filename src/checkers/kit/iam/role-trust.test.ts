import { describe, expect, it } from 'vitest';
import type { TaskContext } from '../../engine/task-context.ts';
import { serviceRequest, trustOf } from './role-trust.ts';

const ACCOUNT = '123456789012';
const context = { account: ACCOUNT, region: 'ap-northeast-1', partition: 'aws' } as TaskContext;
const project = () => `arn:aws:codebuild:ap-northeast-1:${ACCOUNT}:project/p`;

describe('trust', () => {
  const trust = (more: object = {}, Service = 'states.amazonaws.com') => ({
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...more }] },
  });
  const request = serviceRequest(context, project());

  it('is of one service, under conditions that are known of its requests', () => {
    const same = { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': project() } } };
    expect(trustOf(trust(), 'states.amazonaws.com').state).toBe('trusted');
    expect(trustOf(trust(same), 'states.amazonaws.com', request).state).toBe('trusted');
    expect(
      trustOf(trust({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }), 'states.amazonaws.com', request).state,
    ).toBe('not-trusted');
    expect(trustOf(trust({}, 'codebuild.amazonaws.com'), 'states.amazonaws.com').state).toBe('not-trusted');
    expect(trustOf(trust({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'states.amazonaws.com', request).state).toBe(
      'undecided',
    );
    expect(trustOf({ trust: 'nonsense' }, 'states.amazonaws.com').state).toBe('undecided');
  });
});
