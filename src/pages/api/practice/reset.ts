import { route } from '../_route.ts';
import { practiceOf } from './_practice.ts';

export const prerender = false;

/** Resets this browser's practice account. */
export const POST = route(({ visitor }) => {
  const practice = practiceOf(visitor);
  practice.reset();
  return Response.json({ account: practice.account });
});
