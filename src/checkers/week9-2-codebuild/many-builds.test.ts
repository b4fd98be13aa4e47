import { expect, it } from 'vitest';
import { openSession } from '../../aws/session.ts';
import { newAccountId } from '../../practice/account-id.ts';
import { startPractice } from '../../practice/server.ts';
import { playMove } from '../engine/play.ts';
import { runTask } from '../engine/run.ts';
import lab from './index.ts';
import { PROJECT } from './names.ts';
import task from './task-4-build.ts';

it('finds the successful build behind more than a page of failed ones', async () => {
  await using endpoint = await startPractice();
  const id = newAccountId('many builds');
  const account = endpoint.account(id);
  playMove(lab, lab.moves.find((move) => move.id === 'run-build') ?? expect.fail('no such move'), account);
  for (let build = 0; build < 130; build += 1) {
    account
      .region(lab.region)
      .codebuild.startBuild(PROJECT, { failedPhase: { type: 'BUILD', code: 'COMMAND_EXECUTION_ERROR', message: 'no' } });
  }
  const session = await openSession({ region: lab.region, endpoint: endpoint.url, credentials: endpoint.credentials(id) });
  const { checks } = await runTask(task, session);
  expect(checks.map(({ id: check, status }) => [check, status])).toEqual(checks.map(({ id: check }) => [check, 'passed']));
});
