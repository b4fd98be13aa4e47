/** A practice endpoint in a process of its own, so that measuring a client does not measure the server. */
import { playMove } from '../src/checkers/core/play.ts';
import { labs } from '../src/checkers/index.ts';
import { newAccountId, startPractice } from '../src/practice/index.ts';

export interface ChildEndpoint {
  readonly url: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const [, , labId = '', moveId = ''] = process.argv;
const lab = labs.find(({ id }) => id === labId);
const move = lab?.moves.find(({ id }) => id === moveId);
if (lab === undefined || move === undefined) throw new Error(`There is no move "${moveId}" in a lab "${labId}".`);
const endpoint = await startPractice();
const account = newAccountId('bench');
playMove(lab, move, endpoint.account(account));
process.send?.({ url: endpoint.url, account, credentials: endpoint.credentials(account) } satisfies ChildEndpoint);
process.once('disconnect', () => process.exit(0));
