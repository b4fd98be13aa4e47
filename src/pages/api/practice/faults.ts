import { parseFault } from '../../../practice/faults.ts';
import { boundedJson } from '../_body.ts';
import { badRequest } from '../_problem.ts';
import { route } from '../_route.ts';
import { practiceOf } from './_practice.ts';

export const prerender = false;

/** Makes calls of this browser's practice account fail as requested. */
export const POST = route(async ({ context, visitor }) => {
  const practice = practiceOf(visitor);
  const parsed = parseFault(await boundedJson(context.request));
  if (!parsed.ok) throw badRequest(parsed.problems.join(' '));
  practice.arm(parsed.fault);
  return Response.json({ account: practice.account, armed: parsed.fault });
});
