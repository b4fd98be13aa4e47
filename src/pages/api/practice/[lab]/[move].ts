import { notFound } from '../../_problem.ts';
import { labOf, route } from '../../_route.ts';
import { practiceOf } from '../_practice.ts';

export const prerender = false;

/** Plays one move of a lab in this browser's practice account. */
export const POST = route(({ context, visitor }) => {
  const practice = practiceOf(visitor);
  const lab = labOf(context);
  const move = lab.moves.find(({ id }) => id === context.params['move']);
  if (move === undefined) throw notFound(`The lab has no such move; GET /api/practice/${lab.id} lists them.`);
  practice.play(lab, move);
  return Response.json({ account: practice.account, played: move.id });
});
