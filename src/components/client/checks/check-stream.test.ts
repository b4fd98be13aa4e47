import { describe, expect, it } from 'vitest';
import { type CheckEvent, checkEvents } from './check-stream.ts';

const check = { id: 'stack', status: 'passed', title: '스택', message: '있습니다', source: 'live' };
const task = { lab: 'l', task: 'task-0', status: 'passed', checks: [check], values: {} };
const stream = `: hello\n\nevent: check\ndata: ${JSON.stringify(check)}\n\nevent: task\ndata: ${JSON.stringify(task)}\n\n`;

function answer(chunks: Uint8Array[], init: ResponseInit = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' }, ...init });
}

async function all(response: Response): Promise<CheckEvent[]> {
  const events: CheckEvent[] = [];
  for await (const event of checkEvents(response)) events.push(event);
  return events;
}

const expected = [
  { kind: 'check', check },
  { kind: 'task', task },
];

describe('checkEvents', () => {
  it('reads events that arrive byte by byte, also inside a Korean character', async () => {
    const bytes = new TextEncoder().encode(stream);
    expect(await all(answer([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(expected);
  });

  it('reads CRLF line ends split between chunks', async () => {
    const bytes = new TextEncoder().encode(stream.replaceAll('\n', '\r\n'));
    expect(await all(answer([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(expected);
  });

  it('reads a last event without its empty line', async () => {
    expect(await all(answer([new TextEncoder().encode(stream.trimEnd())]))).toEqual(expected);
  });

  it('reads a problem that arrives during the stream', async () => {
    const problem = { title: 'Broken', status: 500 };
    const events = await all(answer([new TextEncoder().encode(`event: problem\ndata: ${JSON.stringify(problem)}\n\n`)]));
    expect(events).toEqual([{ kind: 'problem', problem }]);
  });

  it('reads a plain JSON result', async () => {
    expect(await all(Response.json(task))).toEqual([{ kind: 'task', task }]);
  });

  it('reads a problem document', async () => {
    const response = new Response(JSON.stringify({ title: 'No such lab', status: 404 }), {
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(await all(response)).toEqual([{ kind: 'problem', problem: { title: 'No such lab', status: 404 } }]);
  });

  it('reports an error page that is no JSON by its status', async () => {
    const response = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
    expect(await all(response)).toEqual([{ kind: 'problem', problem: { title: 'HTTP 502', status: 502 } }]);
  });

  it('throws on an event whose data is no JSON', async () => {
    await expect(all(answer([new TextEncoder().encode('event: task\ndata: {oops\n\n')]))).rejects.toThrow(SyntaxError);
  });
});
