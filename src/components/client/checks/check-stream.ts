import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { CheckResult, TaskResult } from '../../../checkers/engine/result.ts';

/** An error of the API: RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status?: number;
  readonly detail?: string;
}

export type CheckEvent =
  | { readonly kind: 'check'; readonly check: CheckResult }
  | { readonly kind: 'task'; readonly task: TaskResult }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** One event of an event stream; `undefined` when its name is not one of ours. */
function readEvent({ event, data }: EventSourceMessage): CheckEvent | undefined {
  const body: unknown = JSON.parse(data);
  if (event === 'check') return { kind: 'check', check: body as CheckResult };
  if (event === 'task') return { kind: 'task', task: body as TaskResult };
  if (event === 'problem') return { kind: 'problem', problem: body as Problem };
  return undefined;
}

async function* readStream(body: ReadableStream<Uint8Array>): AsyncGenerator<CheckEvent> {
  const events: CheckEvent[] = [];
  const parser = createParser({
    onEvent: (message) => {
      const event = readEvent(message);
      if (event !== undefined) events.push(event);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let isDone = false; !isDone; ) {
    const { done, value } = await reader.read();
    isDone = done;
    // The stream may end without the empty line after its last event.
    parser.feed(decoder.decode(value, { stream: !done }) + (done ? '\n\n' : ''));
    yield* events.splice(0);
  }
}

/**
 * The events of an answer of the check API: those of an event stream one by one, plain JSON as one result, and an error as its problem.
 * @throws SyntaxError when the answer is malformed; TypeError when the connection breaks.
 */
export async function* checkEvents(response: Response): AsyncGenerator<CheckEvent> {
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok) {
    const problem = /json/.test(type)
      ? ((await response.json()) as Problem)
      : { title: `HTTP ${response.status}`, status: response.status };
    yield { kind: 'problem', problem };
  } else if (type.startsWith('text/event-stream') && response.body !== null) {
    yield* readStream(response.body);
  } else {
    yield { kind: 'task', task: (await response.json()) as TaskResult };
  }
}
