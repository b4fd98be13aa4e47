import { fits, type Pattern } from '../../../wildcards/wildcards.ts';
import { endsOpen, isAnything, segmentsOf } from './pattern.ts';

/** `arn`, partition, service, region, account, resource. The resource may hold colons itself. */
const SEGMENTS = 6;

/** The parts of an ARN, or undefined when the text is none. */
export function parseArn(text: string) {
  const [arn, partition, service, region, account, ...resource] = text.split(':');
  if (arn !== 'arn' || !partition || !service || region === undefined || account === undefined || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(':') };
}

/**
 * Whether a `Resource` names this resource. Wildcards stay within their segment, unless `*` is a segment's last character:
 * then it may run over the colons that follow. Source: IAM User Guide, "IAM JSON policy elements: Resource".
 * @param resource an ARN, or `*` for an action that works on no resource in particular
 */
export function resourceFits(pattern: Pattern, resource: string): boolean {
  if (isAnything(pattern)) return true;
  if (resource === '*') return false;
  return spans(segmentsOf(pattern, SEGMENTS), splitArn(resource));
}

/** The six parts are compared one by one, as the `Arn...` operators do. Source: IAM User Guide, "Condition operators". */
export function arnLike(pattern: Pattern, arn: string): boolean {
  const parts = splitArn(arn);
  const segments = segmentsOf(pattern, SEGMENTS);
  if (isAnything(pattern)) return parts.length === SEGMENTS;
  return segments.length === parts.length && segments.every((segment, index) => fits(segment, parts[index] ?? ''));
}

function spans([segment = [], ...others]: readonly Pattern[], parts: readonly string[]): boolean {
  if (others.length === 0) return (parts.length <= 1 || endsOpen(segment)) && fits(segment, parts.join(':'));
  const most = endsOpen(segment) ? parts.length : 1;
  for (let taken = 1; taken <= most && taken < parts.length; taken++) {
    if (fits(segment, parts.slice(0, taken).join(':')) && spans(others, parts.slice(taken))) return true;
  }
  return false;
}

const splitArn = (arn: string) => segmentsOf(Array.from(arn), SEGMENTS).map((characters) => characters.join(''));
