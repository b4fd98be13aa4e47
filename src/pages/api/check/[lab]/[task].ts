import { checkTask } from '../../../../accounts/check.ts';
import { taskOf } from '../../../../checkers/engine/lab.ts';
import { notFound } from '../../_problem.ts';
import { labOf, route } from '../../_route.ts';
import { taskResponse } from '../../_task-response.ts';

export const prerender = false;

/** Checks one task and sends the result: as JSON, or check by check as `text/event-stream`. */
export const POST = route(async (request) => {
  const { context, visitor } = request;
  const lab = labOf(context);
  const task = taskOf(lab, context.params['task'] ?? '');
  if (task === undefined) throw notFound(`The lab has no such task; it has ${lab.tasks.map(({ id }) => id).join(', ')}.`);
  const session = await visitor.session(lab.region);
  return taskResponse(request, lab, (watch) => checkTask({ lab, task, session, passes: visitor.passes }, watch));
});
