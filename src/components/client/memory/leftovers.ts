import type { TaskResult } from '../../../checkers/engine/result.ts';

/** Something that a lab has left in the account. */
export interface Leftover {
  readonly title: string;
  /** US dollars a month; missing when it costs nothing or the cost is unknown. */
  readonly usd?: number;
}

const ARN = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/;

/** `cloudformation: stack/my-stack` for a stack's ARN; any other name unchanged. */
function nameOf(resource: string): string {
  const [, service, rest = ''] = ARN.exec(resource) ?? [];
  return service === undefined ? resource : `${service}: ${rest.replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}$/, '')}`;
}

/** The leftovers in the result of a cleanup, in the order in which to delete them. */
export function leftoversOf(result: Pick<TaskResult, 'checks'>): Leftover[] {
  return result.checks
    .filter(({ status, fix }) => status === 'failed' && fix !== undefined)
    .sort((a, b) => (a.fix?.order ?? 0) - (b.fix?.order ?? 0))
    .map(({ title, resource, fix }) => ({
      // The title of a check describes success, so a leftover resource is shown under its own name.
      title: resource === undefined ? title : nameOf(resource),
      ...(fix?.costPerMonth && { usd: fix.costPerMonth.amount }),
    }));
}

/** Validates leftovers from storage or a file. Malformed ones are left out. */
export function readLeftovers(value: unknown): Leftover[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): Leftover[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { title, usd } = entry as { title?: unknown; usd?: unknown };
    if (typeof title !== 'string') return [];
    return [{ title, ...(typeof usd === 'number' && Number.isFinite(usd) && { usd }) }];
  });
}

/** What the leftovers cost together, in US dollars a month. */
export function monthlyCost(leftovers: readonly Leftover[]): number {
  return leftovers.reduce((sum, { usd = 0 }) => sum + usd, 0);
}
