import { z } from 'zod';
import { matches } from '../../wildcards/wildcards.ts';
import { Malformed, parsedJson, reading } from './json.ts';

/** A lifecycle policy of an ECR repository, its rules in the order in which they are applied. */
export type LifecyclePolicy = ReturnType<typeof readLifecyclePolicy>;

type LifecycleRule = z.infer<typeof ruleShape>;

/** What a rule looks at. Images that a manifest list refers to cannot be expired before it; leave them out. */
export interface LifecycleImage {
  readonly tags: readonly string[];
  readonly pushedAt: Date;
  /** When it was last pulled, if that is known. */
  readonly lastPulledAt?: Date | undefined;
  /** Set for images in the archive storage class. */
  readonly archivedAt?: Date | undefined;
}

export type Fate =
  | { readonly fate: 'kept' }
  | { readonly fate: 'expired' | 'archived'; readonly by: LifecycleRule }
  /** It hangs on when the image was last pulled. */
  | { readonly fate: 'undecided'; readonly by: LifecycleRule };

const LIMITS = {
  imageCountMoreThan: 'count',
  sinceImagePushed: 'push',
  sinceImagePulled: 'pull',
  sinceImageTransitioned: 'transition',
} as const;

const positive = z.number().int().positive();
const patterns = z.array(z.string().min(1).max(256)).min(1).max(50);

const ruleShape = z
  .object({
    rulePriority: positive,
    description: z.string().optional(),
    selection: z.object({
      tagStatus: z.enum(['tagged', 'untagged', 'any']),
      tagPrefixList: patterns.optional(),
      tagPatternList: patterns.optional(),
      storageClass: z.enum(['standard', 'archive']).optional(),
      countType: z.enum(['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned']),
      countUnit: z.literal('days').optional(),
      countNumber: positive,
    }),
    action: z.object({ type: z.enum(['expire', 'transition']), targetStorageClass: z.literal('archive').optional() }),
  })
  .refine(({ selection: { tagStatus, ...of } }) => (tagStatus === 'tagged') === Boolean(of.tagPrefixList ?? of.tagPatternList), {
    error: 'tags are listed for tagStatus "tagged", and only for it',
  })
  .refine(({ selection: { countType, countUnit } }) => (countType === 'imageCountMoreThan') === (countUnit === undefined), {
    error: 'countUnit "days" belongs to limits of age, and only to them',
  })
  .transform(({ rulePriority, description, selection, action }) => ({
    /** The lower, the earlier it is applied. */
    priority: rulePriority,
    description,
    tagStatus: selection.tagStatus,
    /** For `tagged`: an image must have a tag for each of these, with `*` as wildcard. Prefixes are written as `prod*`. */
    tagPatterns: [...(selection.tagPrefixList ?? []).map((prefix) => `${prefix}*`), ...(selection.tagPatternList ?? [])],
    storageClass: selection.storageClass ?? 'standard',
    /** `count`: images beyond the newest ones. The others: images older than so many days. */
    limit: { by: LIMITS[selection.countType], number: selection.countNumber },
    action: action.type === 'expire' ? ('expire' as const) : ('archive' as const),
  }));

/** ECR allows 50 rules. */
const policyShape = z.object({ rules: z.array(ruleShape).min(1).max(50) });

const MAX_LENGTH = 256 * 1024;

/**
 * Reads a lifecycle policy as ECR documents it (Amazon ECR User Guide, "Lifecycle policy properties"). Never throws.
 * @param document the policy as JSON text or already parsed
 */
export function readLifecyclePolicy(document: unknown) {
  return reading(() => {
    const { data, error } = policyShape.safeParse(parsedJson(document, 'policy', MAX_LENGTH));
    if (error) throw new Malformed(z.prettifyError(error));
    const rules = data.rules.toSorted((one, other) => one.priority - other.priority);
    if (new Set(rules.map(({ priority }) => priority)).size < rules.length) throw new Malformed('Two rules have the same rulePriority.');
    return { rules };
  });
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * What the rules would do to each image now. An image belongs to the first rule, by priority, whose tags fit it: a later
 * rule never acts on it, though it still counts it. Source: Amazon ECR User Guide, "Lifecycle policy evaluation rules".
 * @returns one fate per image, in the order of `images`
 */
export function fatesOf(rules: readonly LifecycleRule[], images: readonly LifecycleImage[], now: Date): Fate[] {
  const fates = new Map<LifecycleImage, Fate>();
  for (const rule of rules) {
    const seen = images.filter((image) => concerns(rule, image));
    const newestFirst = seen.toSorted((one, other) => other.pushedAt.getTime() - one.pushedAt.getTime());
    for (const [rank, image] of newestFirst.entries()) {
      if (!fates.has(image)) fates.set(image, fateUnder(rule, image, rank, now));
    }
  }
  return images.map((image) => fates.get(image) ?? { fate: 'kept' });
}

function concerns({ tagStatus, tagPatterns, storageClass }: LifecycleRule, { tags, archivedAt }: LifecycleImage): boolean {
  if ((storageClass === 'archive') !== (archivedAt !== undefined)) return false;
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  return tagPatterns.every((pattern) => tags.some((tag) => matches(pattern, tag)));
}

function fateUnder(rule: LifecycleRule, image: LifecycleImage, rank: number, now: Date): Fate {
  const { by, number } = rule.limit;
  const since = { count: image.pushedAt, push: image.pushedAt, pull: image.lastPulledAt, transition: image.archivedAt }[by];
  if (since === undefined) return { fate: 'undecided', by: rule };
  const acts = by === 'count' ? rank >= number : now.getTime() - since.getTime() > number * DAY;
  if (!acts) return { fate: 'kept' };
  return { fate: rule.action === 'expire' ? 'expired' : 'archived', by: rule };
}
