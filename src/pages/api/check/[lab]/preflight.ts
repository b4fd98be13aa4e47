import { z } from 'zod';
import { preflightLab } from '../../../../accounts/preflight.ts';
import { boundedJson } from '../../_body.ts';
import { badRequest } from '../../_problem.ts';
import { labOf, route } from '../../_route.ts';
import { taskResponse } from '../../_task-response.ts';

export const prerender = false;

const wishes = z.object({
  expectedAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
});

/** Checks whether a student can start. The answer is like that of a check, for the task `preflight`. */
export const POST = route(async (request) => {
  const { context, visitor } = request;
  const lab = labOf(context);
  const wished = wishes.safeParse(await boundedJson(context.request, {}));
  if (!wished.success) throw badRequest('"expectedAccount" is the number of an account, 12 digits.');
  const { expectedAccount } = wished.data;
  const session = await visitor.session(lab.region);
  return taskResponse(request, lab, (watch) => preflightLab({ lab, session, expectedAccount }, watch));
});
