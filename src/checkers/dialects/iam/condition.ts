import { fits } from '../../../wildcards/wildcards.ts';
import { arnLike } from './arn.ts';
import { all, any, type Certainty, not, openBecause } from './certainty.ts';
import type { Context } from './context.ts';
import type { Condition } from './document.ts';
import { inLowerCase, someReading, type ValueReader } from './pattern.ts';

/** Compares one value of the request with one value of the policy. */
type Test = (actual: string, wanted: string, read: ValueReader) => Certainty;

const TRUTH = /^(true|false)$/i;

const text =
  (wildcards: boolean): Test =>
  (actual, wanted, read) =>
    someReading(read(wanted, wildcards), (pattern) => fits(pattern, actual));

const arn: Test = (actual, wanted, read) => someReading(read(wanted, true), (pattern) => arnLike(pattern, actual));

const ordered =
  (measure: (value: string) => number, holds: (actual: number, wanted: number) => boolean): Test =>
  (actual, wanted) =>
    holds(measure(actual), measure(wanted));

const number = (value: string) => (value.trim() === '' ? Number.NaN : Number(value));
/** ISO 8601, or seconds since 1970. */
const instant = (value: string) => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value));

const COMPARISONS: readonly (readonly [string, (actual: number, wanted: number) => boolean])[] = [
  ['Equals', (actual, wanted) => actual === wanted],
  ['LessThan', (actual, wanted) => actual < wanted],
  ['LessThanEquals', (actual, wanted) => actual <= wanted],
  ['GreaterThan', (actual, wanted) => actual > wanted],
  ['GreaterThanEquals', (actual, wanted) => actual >= wanted],
];

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['StringEquals', text(false)],
  ['StringLike', text(true)],
  [
    'StringEqualsIgnoreCase',
    (actual, wanted, read) => someReading(read(wanted, false), (pattern) => fits(inLowerCase(pattern), actual.toLowerCase())),
  ],
  ['ArnEquals', arn],
  ['ArnLike', arn],
  ['Bool', (actual, wanted) => TRUTH.test(actual) && actual.toLowerCase() === wanted.toLowerCase()],
  ['BinaryEquals', (actual, wanted) => actual === wanted],
  ...COMPARISONS.map(([name, holds]) => [`Numeric${name}`, ordered(number, holds)] as const),
  ...COMPARISONS.map(([name, holds]) => [`Date${name}`, ordered(instant, holds)] as const),
]);

/** Operators that hold when their positive counterpart, which is named without the `Not`, does not. */
const NEGATED = /^(String|Arn|Numeric|Date)Not(?=Equals|Like)/;

/**
 * Whether every condition of a statement holds. Open where a key is not in the context, or an operator is not decided here:
 * `IpAddress`, `NotIpAddress`, and any that IAM does not document.
 * Source: IAM User Guide, "Condition operators" and "Multivalued context keys".
 */
export function conditionsHold(conditions: readonly Condition[], context: Context, read: ValueReader): Certainty {
  return all(conditions.map((condition) => holds(condition, context, read)));
}

function holds({ operator, key, values: wanted }: Condition, context: Context, read: ValueReader): Certainty {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const actual = context.valuesOf(key);
  if (actual === undefined) return openBecause(key);
  if (name === 'Null') return wanted.some((value) => value.toLowerCase() === String(actual.length === 0));

  const test = TESTS.get(name.replace(NEGATED, '$1'));
  if (test === undefined) return openBecause(operator);
  const negated = NEGATED.test(name);
  const everyValue = set === 'ForAllValues' || (negated && set === undefined);
  if (actual.length === 0) return everyValue || ifExists !== undefined;

  const each = actual.map((value) => any(wanted.map((one) => test(value, one, read))));
  return (everyValue ? all : any)(negated ? each.map(not) : each);
}
