import { defineMoves } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { REGION, REPOSITORY } from './names.ts';

/** What students do in this lab, right and wrong. */
export const moves = defineMoves(messages, [
  {
    id: 'create-repository',
    task: 'task-1',
    kind: 'solve',
    play: (account) => void account.region(REGION).ecr.createRepository(REPOSITORY, { scanOnPush: true }),
  },
  {
    id: 'scan-off',
    task: 'task-1',
    kind: 'mistake',
    check: 'scan-on-push',
    says: 'scanOff',
    play(account) {
      const { ecr } = account.region(REGION);
      ecr.deleteRepository(REPOSITORY);
      ecr.createRepository(REPOSITORY, { scanOnPush: false });
    },
  },
]);
