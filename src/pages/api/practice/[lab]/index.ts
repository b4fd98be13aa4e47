import { listMoves } from '../../../../checkers/engine/play.ts';
import { labOf, route } from '../../_route.ts';
import { practiceOf } from '../_practice.ts';

export const prerender = false;

/** The moves of a lab that this browser's practice account can play. */
export const GET = route(({ context, visitor, language }) => {
  const lab = labOf(context);
  return Response.json({ account: practiceOf(visitor).account, ...listMoves(lab, language) });
});
