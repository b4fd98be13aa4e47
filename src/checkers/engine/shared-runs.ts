import { unlessAborted } from '../../aws/abort.ts';

/** A run that several people may watch: everything it has emitted so far is replayed to late-comers. */
interface SharedRun<Event, Result> {
  readonly events: Event[];
  readonly watchers: Set<(event: Event) => void>;
  readonly result: Promise<Result>;
  readonly abort: AbortController;
  readers: number;
}

export interface Watch<Event> {
  onEvent?(event: Event): void;
  /** The watcher has gone. The run ends when its last watcher has. */
  readonly signal?: AbortSignal;
}

/**
 * Lets clicks that arrive together share one run per key. Nothing is remembered after a run has ended:
 * whoever has just fixed something and clicks again must not read what was wrong before.
 *
 * @example
 * const runs = createSharedRuns<CheckOutcome, TaskOutcome>();
 * await runs.join('123456789012/task-3', (emit, signal) => runTask(task, session, { onCheck: emit, signal }), { onEvent });
 */
export function createSharedRuns<Event, Result>() {
  const running = new Map<string, SharedRun<Event, Result>>();

  function start(key: string, work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>): SharedRun<Event, Result> {
    const abort = new AbortController();
    const events: Event[] = [];
    const watchers = new Set<(event: Event) => void>();
    const emit = (event: Event) => {
      events.push(event);
      for (const watcher of watchers) watcher(event);
    };
    const run: SharedRun<Event, Result> = { events, watchers, abort, readers: 0, result: work(emit, abort.signal) };
    const forget = () => {
      if (running.get(key) === run) running.delete(key);
    };
    run.result.then(forget, forget);
    running.set(key, run);
    return run;
  }

  return {
    /** Joins the run under `key`, or starts it with `work`. Rejects with the watcher's abort reason when it leaves. */
    async join(
      key: string,
      work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
      { onEvent, signal }: Watch<Event> = {},
    ): Promise<Result> {
      signal?.throwIfAborted();
      const run = running.get(key) ?? start(key, work);
      run.readers += 1;
      if (onEvent) {
        run.events.forEach(onEvent);
        run.watchers.add(onEvent);
      }
      try {
        return await unlessAborted(signal, run.result);
      } finally {
        if (onEvent) run.watchers.delete(onEvent);
        run.readers -= 1;
        if (run.readers === 0) {
          if (running.get(key) === run) running.delete(key);
          run.abort.abort(signal?.reason);
        }
      }
    },
  };
}
