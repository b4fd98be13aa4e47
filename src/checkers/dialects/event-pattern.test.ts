import { expect, it } from 'vitest';
import { matches } from './event-pattern.ts';

const push = {
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account: '123456789012',
  region: 'ap-northeast-2',
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': 'my-application', 'image-tag': 'v2' },
};

it.each([
  [{ source: ['aws.ecr'] }, 'yes'],
  [{ source: ['aws.s3', 'aws.ecr'], 'detail-type': ['ECR Image Action'], detail: { 'repository-name': ['my-application'] } }, 'yes'],
  [{ source: [{ prefix: 'aws.e' }] }, 'yes'],
  [{ 'detail-type': [{ 'equals-ignore-case': 'ecr image action' }] }, 'yes'],
  [{ detail: { 'image-tag': [{ suffix: '2' }] } }, 'yes'],
  [{}, 'yes'],
  [{ source: ['aws.s3'] }, 'no'],
  [{ source: ['AWS.ECR'] }, 'no'],
  [{ 'detail-type': ['ECR Image Scan'] }, 'no'],
  [{ detail: { 'repository-name': ['my-app'] } }, 'no'],
  [{ source: ['aws.s3'], region: ['ap-northeast-2'] }, 'no'],
  [{ source: ['aws.ecr'], region: ['ap-northeast-2'], account: ['123456789012'] }, 'yes'],
  [{ source: ['aws.ecr'], region: ['us-east-1'] }, 'no'],
  [{ source: [{ 'anything-but': 'aws.s3' }] }, 'yes'],
  [{ source: [{ 'anything-but': ['aws.s3', 'aws.ecr'] }] }, 'no'],
  [{ source: [{ 'anything-but': { prefix: 'aws.' } }] }, 'no'],
  [{ detail: { 'repository-name': [{ wildcard: 'my-*' }] } }, 'yes'],
  [{ detail: { 'repository-name': [{ wildcard: '*-web' }] } }, 'no'],
  [{ detail: { 'repository-name': [{ wildcard: 'my-?pplication' }] } }, 'undecided'],
  [{ detail: { 'image-tag': [{ exists: true }] } }, 'yes'],
  [{ detail: { 'image-tag': [{ exists: false }] } }, 'no'],
  [{ $or: [{ source: ['aws.s3'] }, { detail: { 'action-type': ['PUSH'] } }] }, 'yes'],
  [{ $or: [{ source: ['aws.s3'] }, { source: ['aws.ec2'] }] }, 'no'],
  [{ detail: { 'image-digest': [{ prefix: 'sha256:' }] } }, 'undecided'],
  [{ detail: { 'image-tag': [{ numeric: ['>', 1] }] } }, 'undecided'],
  [{ source: { prefix: 'aws' } }, 'undecided'],
  ['no JSON', 'undecided'],
  [undefined, 'undecided'],
] as const)('a pattern %j answers %s', (pattern, answer) => {
  expect(matches(pattern, push)).toBe(answer);
});
