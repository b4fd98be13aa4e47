import { expect, it } from 'vitest';
import { rulesAbout, startedByPush } from './push-rule.ts';

const repository = 'arn:aws:codecommit:ap-northeast-1:123456789012:web';
const pipeline = 'arn:aws:codepipeline:ap-northeast-1:123456789012:web';
const pattern = {
  source: ['aws.codecommit'],
  'detail-type': ['CodeCommit Repository State Change'],
  resources: [repository],
  detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['master'] },
};
const rule = (change: object = {}, state = 'ENABLED') => ({ name: 'rule', arn: 'arn:rule', state, pattern: { ...pattern, ...change } });
const targets = [{ id: 'pipeline', arn: pipeline }];

it('finds the rules about a repository among others', () => {
  const others = [
    rule({ resources: [`${repository}-2`] }),
    rule({ source: ['aws.ecr'] }),
    { ...rule(), pattern: 'not JSON' },
    { ...rule(), pattern: null },
  ];
  expect(rulesAbout([...others, rule()], repository)).toEqual([rule()]);
});

it.each([
  ['as the console makes it', rule(), targets, true],
  ['without a branch', rule({ detail: { event: ['referenceUpdated'] } }), targets, true],
  ['with a prefix of branches', rule({ detail: { referenceName: [{ prefix: 'mas' }] } }), targets, true],
  ['for another branch', rule({ detail: { referenceName: ['develop'] } }), targets, false],
  ['switched off', rule({}, 'DISABLED'), targets, false],
  ['that leads elsewhere', rule(), [{ id: 'x', arn: `${pipeline}-2` }], false],
  ['that leads nowhere', rule(), [], false],
])('a rule %s', (_what, one, leads, starts) => {
  expect(startedByPush({ rule: one, targets: leads }, 'master', pipeline)).toBe(starts);
});
