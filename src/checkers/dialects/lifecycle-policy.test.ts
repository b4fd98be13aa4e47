import { describe, expect, it } from 'vitest';
import { fatesOf, type LifecycleImage, readLifecyclePolicy } from './lifecycle-policy.ts';

const now = new Date('2026-11-20T12:00:00Z');
const image = (days: number, ...tags: string[]): LifecycleImage => ({
  tags,
  pushedAt: new Date(now.getTime() - days * 24 * 60 * 60 * 1000),
});

interface Selection {
  tagStatus?: string;
  tagPrefixList?: string[];
  tagPatternList?: string[];
  storageClass?: string;
  countType?: string;
  countUnit?: string | undefined;
  countNumber?: number;
}
const older = (countNumber: number, rest: Selection = {}): Selection => ({
  tagStatus: 'untagged',
  countType: 'sinceImagePushed',
  countUnit: 'days',
  countNumber,
  ...rest,
});
const beyond = (countNumber: number, rest: Selection = {}): Selection => ({
  tagStatus: 'untagged',
  countType: 'imageCountMoreThan',
  countNumber,
  ...rest,
});
const tagged = (...tagPrefixList: string[]): Selection => ({ tagStatus: 'tagged', tagPrefixList });
const rules = (...selections: Selection[]) => ({
  rules: selections.map((selection, index) => ({ rulePriority: index + 1, selection, action: { type: 'expire' } })),
});

function expired(document: unknown, ...images: LifecycleImage[]): number[] {
  const policy = readLifecyclePolicy(document);
  if (policy.state === 'unparsable') throw new Error(policy.problem);
  return fatesOf(policy.rules, images, now).flatMap(({ fate }, index) => (fate === 'expired' ? [index] : []));
}

describe('what a rule expires', () => {
  it('untagged images by age, and nothing with a tag', () => {
    expect(expired(rules(older(30)), image(31), image(29), image(400, 'v1'))).toEqual([0]);
  });

  it('not before the last day is over', () => {
    expect(expired(rules(older(30)), image(30))).toEqual([]);
  });

  it('untagged images beyond a count, the oldest first', () => {
    expect(expired(rules(beyond(1)), image(3), image(1), image(2))).toEqual([0, 2]);
  });

  it('any image by age', () => {
    expect(expired(rules(older(30, { tagStatus: 'any' })), image(31), image(31, 'latest'), image(1, 'v2'))).toEqual([0, 1]);
  });

  it('tagged images by prefix or by pattern', () => {
    const images = [image(31, 'prod-1'), image(31, 'dev-1'), image(31), image(31, 'my-prod')];
    expect(expired(rules(older(30, tagged('prod'))), ...images)).toEqual([0]);
    expect(expired(rules(older(30, { tagStatus: 'tagged', tagPatternList: ['*prod'] })), ...images)).toEqual([3]);
    expect(expired(rules(older(30, { tagStatus: 'tagged', tagPatternList: ['*'] })), ...images)).toEqual([0, 1, 3]);
  });
});

// The outcomes of these repositories are those of the examples in the Amazon ECR User Guide.
describe('rules together', () => {
  const repository = [image(10, 'beta-1', 'prod-1'), image(9, 'beta-2', 'prod-2'), image(8, 'beta-3')];

  it('a later rule spares what an earlier one has seen, though it counts it', () => {
    expect(expired(rules(beyond(1, tagged('prod')), beyond(1, tagged('beta'))), ...repository)).toEqual([0]);
  });

  it('the order decides', () => {
    expect(expired(rules(beyond(1, tagged('beta')), beyond(1, tagged('prod'))), ...repository)).toEqual([0, 1]);
  });

  it('priority is the number, not the place in the list', () => {
    const { rules: written } = rules(beyond(1, tagged('prod')), beyond(1, tagged('beta')));
    expect(expired({ rules: written.toReversed() }, ...repository)).toEqual([0]);
  });

  it('all prefixes of a rule must be found', () => {
    const images = [
      image(12, 'alpha-1'),
      image(11, 'beta-1'),
      image(10, 'alpha-2', 'beta-2'),
      image(4, 'alpha-3'),
      image(2, 'alpha-4', 'beta-4'),
    ];
    expect(expired(rules(older(5, tagged('alpha', 'beta'))), ...images)).toEqual([2]);
  });

  it('an earlier rule that keeps much protects from a later one for any', () => {
    const policy = rules(beyond(1000, tagged('release')), older(30, { tagStatus: 'any' }));
    expect(expired(policy, image(400, 'release-1'), image(400, 'dev'), image(400))).toEqual([1, 2]);
  });
});

describe('newer kinds of rules', () => {
  const fate = (document: unknown, ...images: LifecycleImage[]) => {
    const policy = readLifecyclePolicy(document);
    return policy.state === 'read' ? fatesOf(policy.rules, images, now).map((each) => each.fate) : policy.problem;
  };

  it('by the last pull, undecided when nobody knows it', () => {
    const policy = rules(older(30, { tagStatus: 'any', countType: 'sinceImagePulled' }));
    const pulled = (days: number) => ({ ...image(90), lastPulledAt: image(days).pushedAt });
    expect(fate(policy, pulled(40), pulled(2), image(90))).toEqual(['expired', 'kept', 'undecided']);
  });

  it('into the archive, and out of it', () => {
    const [rule] = rules(older(30)).rules;
    const archive = { rules: [{ ...rule, action: { type: 'transition', targetStorageClass: 'archive' } }] };
    const archived = { ...image(200), archivedAt: image(100).pushedAt };
    expect(fate(archive, image(31), archived)).toEqual(['archived', 'kept']);
    const empty = rules(older(90, { tagStatus: 'any', countType: 'sinceImageTransitioned', storageClass: 'archive' }));
    expect(fate(empty, archived, image(200))).toEqual(['expired', 'kept']);
  });
});

describe('what is no lifecycle policy', () => {
  const [rule] = rules(older(30)).rules;

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text that is no JSON', '{'],
    ['no rules', { rules: [] }],
    ['a rule without selection', { rules: [{ rulePriority: 1, action: { type: 'expire' } }] }],
    ['tags for untagged images', rules(older(30, { tagPrefixList: ['v'] }))],
    ['tagged without tags', rules(older(30, { tagStatus: 'tagged' }))],
    ['days for a count', rules(beyond(3, { countUnit: 'days' }))],
    ['an age without days', rules(older(3, { countUnit: undefined }))],
    ['zero days', rules(older(0))],
    ['a number as text', { rules: [{ ...rule, rulePriority: '1' }] }],
    ['one priority twice', { rules: [rule, rule] }],
    ['an unknown status', rules(older(30, { tagStatus: 'Untagged' }))],
    ['too much text', ' '.repeat(300_000)],
  ])('%s', (_, document) => {
    expect(readLifecyclePolicy(document)).toMatchObject({ state: 'unparsable', problem: expect.stringMatching(/./) });
  });

  it('text is read like an object', () => {
    expect(readLifecyclePolicy(JSON.stringify(rules(older(30))))).toEqual(readLifecyclePolicy(rules(older(30))));
    expect(readLifecyclePolicy(rules(older(30)))).toMatchObject({
      state: 'read',
      rules: [{ priority: 1, tagStatus: 'untagged', limit: { by: 'push', number: 30 }, action: 'expire' }],
    });
  });
});
