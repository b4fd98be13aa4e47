import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from './ask.test-support.ts';
import type { AnyReader } from './reader.ts';
import { json, jsonError, type Reply } from './wire-endpoint.test-support.ts';

/** A reader, arguments for it, and the answers that mean absence with the facts they make. */
export type ReaderRow = readonly [AnyReader, readonly unknown[], ...(readonly (readonly [Reply, unknown])[])];

/** What every reader must hold to: it tells absence from AWS's own answer, and takes nothing else for it. */
export function describeReaders(rows: readonly ReaderRow[]): void {
  describe.each(rows.map(([reader, args, ...answers]) => ({ name: reader.name, reader, args, answers })))(
    '$name',
    ({ reader, args, answers }) => {
      test('tells absence from AWS’s own answer', async () => {
        for (const [reply, facts] of answers) expect(await factsOf(reader, args, reply)).toEqual(facts);
      });

      test('never takes trouble for absence', async () => {
        const trouble: readonly (readonly [Reply, string])[] = [
          [json({}), 'malformed'],
          [{}, 'malformed'],
          [{ type: 'text/html', body: '<html><body>sign in</body></html>' }, 'malformed'],
          [{ status: 404, type: 'text/html', body: '<html><body>no page</body></html>' }, 'malformed'],
          [jsonError('AccessDeniedException'), /^(cloudformation|iam|s3)[.]/.test(reader.name) ? 'malformed' : 'access'],
          [{ status: 501 }, 'malformed'],
          ['reset', 'network'],
        ];
        for (const [reply, reason] of trouble) {
          expect(await failure(read(reader, args, () => reply))).toMatchObject({ reason, operation: reader.calls[0] });
        }
      });
    },
  );
}
