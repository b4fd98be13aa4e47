import { checkTask } from '../../../../accounts/index.ts';
import { taskOf } from '../../../../checkers/core/lab.ts';
import { renderCheck, renderTask } from '../../../../checkers/core/render.ts';
import { eventStream } from '../../_event-stream.ts';
import { notFound } from '../../_problem.ts';
import { asProblem, labOf, route } from '../../_route.ts';

export const prerender = false;

/** Checks one task; as JSON, or check by check as `text/event-stream`. */
export const POST = route(async ({ context, visitor, language }) => {
  const lab = labOf(context);
  const task = taskOf(lab, context.params['task'] ?? '');
  if (task === undefined) throw notFound(`The lab has no such task; it has ${lab.tasks.map(({ id }) => id).join(', ')}.`);
  const session = await visitor.session(lab.region);
  const run = { lab, task, session, passes: visitor.passes };
  const finish = (outcome: Awaited<ReturnType<typeof checkTask>>) => {
    if (outcome.checks.some(({ reason }) => reason === 'expired')) visitor.expired();
    return renderTask(lab, outcome, language);
  };

  if (!context.request.headers.get('accept')?.includes('text/event-stream')) {
    return Response.json(finish(await checkTask(run, { signal: context.request.signal })));
  }
  return eventStream(async (send, signal) => {
    try {
      const outcome = await checkTask(run, { signal, onEvent: (check) => send('check', renderCheck(lab, check, language)) });
      send('task', finish(outcome));
    } catch (trouble) {
      if (!signal.aborted) send('problem', asProblem(trouble).body);
    }
  });
});
