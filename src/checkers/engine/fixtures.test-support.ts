import { defineReader } from '../../aws/reader.test-support.ts';
import type { AccountSession } from '../../aws/session.ts';
import { says, type Texts } from './texts.ts';

/** A text that nobody reads, for tests of the engine. */
export const text = (en: string): Texts => ({ ko: en, ja: en, en });

/** What the checks of the engine's tests say. */
export const SAYS = says({
  missing: { ko: '저장소가 없습니다.', ja: 'リポジトリがありません。', en: 'There is no repository.' },
  misnamed: { ko: '"{name}" 저장소의 이름이 다릅니다.', ja: '"{name}" という名前は違います。', en: 'The repository is called "{name}".' },
  busy: { ko: '만드는 중입니다.', ja: '作成中です。', en: 'It is being made.' },
});

/** What every expectation needs besides its judgement. */
export const plain = { title: text('A goal'), says: SAYS, breaks: {} } as const;
export const solve = { id: 'do-it', title: text('Do it'), play: () => {} } as const;

export interface Repository {
  readonly name: string;
  readonly tags: readonly string[];
}

/** A reader that answers what `answers` holds under its name, and throws what is an Error. */
export function readerOf<Facts>(name: string, answer: () => Facts | Promise<Facts>) {
  return defineReader({ name, calls: [`ecr:${name}` as const], read: async (_aws, _repository: string): Promise<Facts> => answer() });
}

/** A session that no call ever leaves: tests of the engine give their readers the answers. */
export const session: AccountSession = {
  account: '123456789012',
  region: 'ap-northeast-2',
  partition: 'aws',
  principal: 'arn:aws:iam::123456789012:user/tester',
  caller: () => ({
    account: '123456789012',
    region: 'ap-northeast-2',
    partition: 'aws',
    send: () => Promise.reject(new Error('no call leaves a test of the engine')),
    ask: () => Promise.reject(new Error('no call leaves a test of the engine')),
    at: (region) => ({ ...session.caller({ allowed: new Set() }), region }),
  }),
  inRegion: (region) => ({ ...session, region, caller: () => ({ ...session.caller({ allowed: new Set() }), region }) }),
};
