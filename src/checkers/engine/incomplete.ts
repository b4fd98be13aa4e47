import { CannotLook } from '../../aws/errors.ts';

/**
 * For an answer that lacks a member which AWS always gives and a verdict rests on: what it would have said is not known.
 * @param operation as `service:Operation`
 * @throws CannotLook always, so that the check is `unknown`
 */
export function incomplete(operation: string, lacking: string): never {
  throw new CannotLook(`${operation} got an answer without what it must hold (${lacking}).`, { trouble: 'incomplete', operation });
}
