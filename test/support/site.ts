import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningSite extends AsyncDisposable {
  /** E.g. `http://localhost:40123`. */
  readonly url: string;
  /** What the server has printed so far. */
  readonly output: readonly string[];
}

/**
 * Starts the built site as `npm start` does after its build, at a free port, with a folder of its own for what it remembers.
 * @throws Error with everything the server printed when it ends before it listens.
 */
export async function startSite(environment: Record<string, string> = {}): Promise<RunningSite> {
  const data = mkdtempSync(join(tmpdir(), 'labproof-site-'));
  const env = { ...process.env, PORT: '0', LABPROOF_DATA: data, ...environment };
  const child = spawn(process.execPath, ['scripts/serve.ts'], { cwd: ROOT, env });
  const output: string[] = [];
  const address = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      const url = /is at (http:\/\/\S+?)\/ /.exec(line)?.[1];
      if (url) address.resolve(url);
    });
  }
  const ended = once(child, 'exit');
  void ended.then(() => rmSync(data, { recursive: true, force: true }));
  void ended.then(() => address.reject(new Error(`The server ended before it listened:\n${output.join('\n')}`)));
  return {
    url: await address.promise,
    output,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
