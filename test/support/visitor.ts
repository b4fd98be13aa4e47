import type { TaskResult } from '../../src/checkers/engine/result.ts';

export interface MoveListing {
  readonly id: string;
  readonly task: string;
  readonly kind: 'solve' | 'mistake' | 'moment';
  readonly breaks?: string;
  readonly title: string;
}

/** One browser as the API sees it: it keeps its cookie, and with it its practice account. */
export function createVisitor(site: string) {
  let cookie = '';
  async function request(method: string, path: string, { body, headers }: { body?: unknown; headers?: Record<string, string> } = {}) {
    const response = await fetch(`${site}${path}`, {
      method,
      headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return response;
  }
  async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await request(method, path, { body });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return (await response.json()) as T;
  }
  return {
    request,
    practice: (lab: string) =>
      json<{ account: string; moves: MoveListing[]; moments: MoveListing[] }>('GET', `/api/practice/${lab}?lang=en`),
    play: (lab: string, move: string) => json<{ account: string }>('POST', `/api/practice/${lab}/${move}`),
    reset: () => json<{ account: string }>('POST', '/api/practice/reset'),
    arm: (fault: unknown) => json('POST', '/api/practice/faults', fault),
    check: (lab: string, task: string, language = 'en') => json<TaskResult>('POST', `/api/check/${lab}/${task}?lang=${language}`),
  };
}
