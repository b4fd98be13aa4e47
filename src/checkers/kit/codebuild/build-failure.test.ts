import { expect, it } from 'vitest';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import { failureOf } from './build-failure.ts';

const build = (phase: string, code: string, message: string, { privileged = true, status = 'FAILED' } = {}): Build => ({
  id: 'p:1',
  arn: 'arn:aws:codebuild:ap-northeast-2:123456789012:build/p:1',
  project: 'p',
  number: 3,
  status,
  complete: true,
  startedAt: new Date(0),
  environment: { type: 'LINUX_CONTAINER', image: 'i', computeType: 'c', privileged, variables: [] },
  phases: [
    { type: 'SUBMITTED', status: 'SUCCEEDED', contexts: [] },
    { type: phase, status: 'FAILED', contexts: [{ code, message }] },
    { type: 'FINALIZING', status: 'FAILED', contexts: [] },
  ],
  logs: {},
});

it.each([
  ['pull-limit', build('BUILD', 'COMMAND_EXECUTION_ERROR', 'toomanyrequests: You have reached your pull rate limit')],
  ['runtime', build('DOWNLOAD_SOURCE', 'YAML_FILE_ERROR', "Unknown runtime named 'docker'")],
  ['buildspec', build('DOWNLOAD_SOURCE', 'YAML_FILE_ERROR', 'stat buildspec.yml: no such file')],
  ['permissions', build('PRE_BUILD', 'COMMAND_EXECUTION_ERROR', 'not authorized to perform: ecr:GetAuthorizationToken')],
  ['source', build('DOWNLOAD_SOURCE', 'CLIENT_ERROR', 'reference not found')],
  ['not-privileged', build('BUILD', 'COMMAND_EXECUTION_ERROR', 'Error while executing command: docker build .', { privileged: false })],
  ['login', build('PRE_BUILD', 'COMMAND_EXECUTION_ERROR', 'Error while executing command: x | docker login y')],
  ['push', build('POST_BUILD', 'COMMAND_EXECUTION_ERROR', 'Error while executing command: docker image push x')],
  ['image', build('BUILD', 'COMMAND_EXECUTION_ERROR', 'Error while executing command: docker image build -t x .')],
  ['other', build('UPLOAD_ARTIFACTS', 'CLIENT_ERROR', 'no matching artifact paths found')],
  ['ended', build('BUILD', '', '', { status: 'STOPPED' })],
])('names the cause %s, the phase that ended the build and what CodeBuild says', (cause, failed) => {
  const phase = failed.phases[1];
  expect(failureOf(failed)).toMatchObject({
    cause,
    number: 3,
    phase: phase?.type,
    reason: expect.stringContaining(phase?.contexts[0]?.message ?? ''),
  });
});

it('says what it can of a build that tells nothing', () => {
  expect(failureOf({ ...build('BUILD', '', ''), phases: [], number: undefined })).toEqual({
    cause: 'other',
    number: 0,
    status: 'FAILED',
    phase: '-',
    reason: '-',
  });
});
