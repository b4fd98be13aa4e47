import type { CheckResult, TaskResult } from '../../../checkers/core/result.ts';

/** An answer of the API that is no result: RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status?: number;
  readonly detail?: string;
}

export type CheckEvent =
  | { readonly kind: 'check'; readonly check: CheckResult }
  | { readonly kind: 'task'; readonly task: TaskResult }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** One event of an event stream, or `undefined` when it is none of ours. */
function readEvent(block: string): CheckEvent | undefined {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  if (data.length === 0) return undefined;
  const body: unknown = JSON.parse(data.join('\n'));
  if (name === 'check') return { kind: 'check', check: body as CheckResult };
  if (name === 'task') return { kind: 'task', task: body as TaskResult };
  if (name === 'problem') return { kind: 'problem', problem: body as Problem };
  return undefined;
}

async function* readStream(body: ReadableStream<Uint8Array>): AsyncGenerator<CheckEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    // A chunk may end between the two characters of `\r\n`, so line ends are mended on the whole buffer.
    buffer = (buffer + decoder.decode(value, { stream: !done })).replaceAll('\r\n', '\n');
    const blocks = buffer.split('\n\n');
    buffer = done ? '' : (blocks.pop() ?? '');
    for (const block of blocks) {
      const event = readEvent(block);
      if (event !== undefined) yield event;
    }
    if (done) return;
  }
}

/**
 * The events of a check API answer: from an event stream one by one, from plain JSON the whole result, from an error its problem.
 * @throws SyntaxError when the answer is not what it says it is; TypeError when the connection breaks.
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
