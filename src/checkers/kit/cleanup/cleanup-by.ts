import type { PracticeAccount } from '../../../practice/account.ts';

/** What the cleanup of every lab is called, and how a student does it. */
export const cleanupBy = (play: (account: PracticeAccount) => void) =>
  ({
    id: 'cleanup',
    title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up the resources' },
    solve: {
      id: 'clean-up',
      title: { ko: '리소스를 모두 삭제합니다', ja: 'リソースをすべて削除する', en: 'Delete everything' },
      play,
    },
  }) as const;
