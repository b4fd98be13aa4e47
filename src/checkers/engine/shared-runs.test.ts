import { describe, expect, it, vi } from 'vitest';
import { createSharedRuns } from './shared-runs.ts';

type Work = (emit: (event: string) => void, signal: AbortSignal) => Promise<string>;

describe('createSharedRuns', () => {
  it('lets two clicks share one run; the later one hears what was already said', async () => {
    const runs = createSharedRuns<string, string>();
    const end = Promise.withResolvers<string>();
    const work = vi.fn<Work>((emit) => {
      emit('first');
      return end.promise;
    });
    const heard: string[][] = [[], []];
    const one = runs.join('a', work, { onEvent: (event) => heard[0]?.push(event) });
    const two = runs.join('a', work, { onEvent: (event) => heard[1]?.push(event) });
    end.resolve('done');
    expect(await Promise.all([one, two])).toEqual(['done', 'done']);
    expect(work).toHaveBeenCalledTimes(1);
    expect(heard).toEqual([['first'], ['first']]);
  });

  it('keeps accounts apart and remembers nothing afterwards', async () => {
    const runs = createSharedRuns<string, string>();
    const work = vi.fn<Work>(async () => 'done');
    await Promise.all([runs.join('a', work), runs.join('b', work)]);
    await runs.join('a', work);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('ends the run when its last watcher has gone, not before', async () => {
    const runs = createSharedRuns<string, string>();
    let ended: AbortSignal | undefined;
    const work: Work = (_emit, signal) => {
      ended = signal;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const one = runs.join('a', work, { signal: first.signal });
    const two = runs.join('a', work, { signal: second.signal });
    first.abort(new Error('first left'));
    await expect(one).rejects.toThrow('first left');
    expect(ended?.aborted).toBe(false);
    second.abort(new Error('second left'));
    await expect(two).rejects.toThrow('second left');
    expect(ended?.aborted).toBe(true);
  });

  it('starts afresh for who comes after an abandoned run', async () => {
    const runs = createSharedRuns<string, string>();
    const gone = new AbortController();
    const abandoned = runs.join('a', () => new Promise(() => {}), { signal: gone.signal });
    gone.abort(new Error('left'));
    await expect(abandoned).rejects.toThrow('left');
    expect(await runs.join('a', async () => 'fresh')).toBe('fresh');
  });

  it('tells everybody when the run itself fails', async () => {
    const runs = createSharedRuns<string, string>();
    const work: Work = () => Promise.reject(new Error('no session'));
    await expect(runs.join('a', work)).rejects.toThrow('no session');
    expect(await runs.join('a', async () => 'fresh')).toBe('fresh');
  });
});
