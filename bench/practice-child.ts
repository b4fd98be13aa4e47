/** A practice endpoint in a process of its own, which does what its parent asks; see practice-process.ts. */
import { playMove } from '../src/checkers/engine/play.ts';
import { findLab } from '../src/checkers/index.ts';
import { newAccountId } from '../src/practice/account-id.ts';
import { startPractice } from '../src/practice/server.ts';

export type Request =
  | { readonly kind: 'prepare'; readonly lab: string; readonly move: string; readonly seed: string }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'calls'; readonly account: string };

export interface Prepared {
  readonly url: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const endpoint = await startPractice();

function answer(request: Request): Prepared | number {
  switch (request.kind) {
    case 'prepare': {
      const lab = findLab(request.lab);
      const move = lab?.moves.find(({ id }) => id === request.move);
      if (lab === undefined || move === undefined) throw new Error(`There is no move "${request.move}" in a lab "${request.lab}".`);
      const account = newAccountId(request.seed);
      playMove(lab, move, endpoint.account(account));
      return { url: endpoint.url, account, credentials: endpoint.credentials(account) };
    }
    case 'latency':
      endpoint.latency(request.ms);
      return request.ms;
    case 'calls':
      return endpoint.account(request.account).calls.length;
  }
}

process.on('message', (request: Request) => process.send?.(answer(request)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
