import type { APIContext } from 'astro';
import type { Lab } from '../../checkers/engine/lab.ts';
import { renderCheck, renderTask } from '../../checkers/engine/render.ts';
import type { CheckOutcome, TaskOutcome } from '../../checkers/engine/run.ts';
import type { Watch } from '../../checkers/engine/shared-runs.ts';
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
      send('task', finish(await run({ signal, onEvent: (check) => send('check', renderCheck(check, language)) })));
    } catch (trouble) {
      if (!signal.aborted) send('problem', asProblem(trouble).body);
    }
  });
}

const wantsStream = ({ request }: APIContext) => request.headers.get('accept')?.includes('text/event-stream') === true;
