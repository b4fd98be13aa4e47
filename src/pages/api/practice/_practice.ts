import type { Visitor } from '../../../accounts/visitor.ts';
import { notFound } from '../_problem.ts';

/** The visitor's practice account. @throws Problem 404 when the site looks at real accounts. */
export function practiceOf(visitor: Visitor): NonNullable<Visitor['practice']> {
  if (!visitor.practice) throw notFound('There are no practice accounts here: this site looks at real ones.');
  return visitor.practice;
}
