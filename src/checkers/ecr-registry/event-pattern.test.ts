import { expect, it } from 'vitest';
import { matches, pushEvent } from './event-pattern.ts';

const push = pushEvent('my-application', 'v2');

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
  [{ source: ['aws.ecr'], region: ['ap-northeast-2'] }, 'undecided'],
  [{ source: [{ 'anything-but': 'aws.s3' }] }, 'undecided'],
  [{ source: { prefix: 'aws' } }, 'undecided'],
  ['no JSON', 'undecided'],
  [undefined, 'undecided'],
] as const)('a pattern %j answers %s', (pattern, answer) => {
  expect(matches(pattern, push)).toBe(answer);
});
