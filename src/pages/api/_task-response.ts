import type { APIContext } from 'astro';
import type { Lab } from '../../checkers/core/lab.ts';
import { renderCheck, renderTask } from '../../checkers/core/render.ts';
import type { CheckOutcome, TaskOutcome } from '../../checkers/core/run.ts';
import type { Watch } from '../../checkers/core/shared-runs.ts';
import { eventStream } from './_event-stream.ts';
import { type ApiRequest, asProblem } from './_route.ts';

/** Runs a task and sends its result: as JSON, or check by check as `text/event-stream`. */
export async function taskResponse(
  { context, visitor, language }: ApiRequest,
  lab: Lab,
  run: (watch: Watch<CheckOutcome>) => Promise<TaskOutcome>,
): Promise<Response> {
  const finish = (outcome: TaskOutcome) => {
    if (outcome.checks.some(({ reason }) => reason === 'expired')) visitor.expired();
    return renderTask(lab, outcome, language);
  };
  if (!wantsStream(context)) return Response.json(finish(await run({ signal: context.request.signal })));
  return eventStream(async (send, signal) => {
    try {
      send('task', finish(await run({ signal, onEvent: (check) => send('check', renderCheck(lab, check, language)) })));
    } catch (trouble) {
      if (!signal.aborted) send('problem', asProblem(trouble).body);
    }
  });
}

const wantsStream = ({ request }: APIContext) => request.headers.get('accept')?.includes('text/event-stream') === true;
