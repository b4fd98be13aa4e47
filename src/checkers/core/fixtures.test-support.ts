import { type AccountSession, defineReader } from '../../aws/index.ts';
import { defineMessages } from './messages.ts';

/** A lab's texts as small as they get, for tests of the core. */
export const messages = defineMessages({
  ko: {
    tasks: { 'task-0': '저장소', 'task-1': '빌드' },
    checks: { exists: '저장소가 있다', named: '이름이 맞다', tagged: '태그가 있다' },
    says: { missing: '저장소가 없습니다.', misnamed: '"{name}" 저장소의 이름이 다릅니다.', busy: '만드는 중입니다.' },
    moves: { 'do-0': '저장소를 만든다', 'misname-0': '이름을 잘못 적는다', 'do-1': '빌드한다', 'see-busy': '만드는 중에 본다' },
  },
  ja: {
    tasks: { 'task-0': 'リポジトリ', 'task-1': 'ビルド' },
    checks: { exists: 'リポジトリがある', named: '名前が正しい', tagged: 'タグがある' },
    says: { missing: 'リポジトリがありません。', misnamed: '"{name}" という名前は違います。', busy: '作成中です。' },
    moves: { 'do-0': '作る', 'misname-0': '名前を間違える', 'do-1': 'ビルドする', 'see-busy': '作成中に見る' },
  },
  en: {
    tasks: { 'task-0': 'Repository', 'task-1': 'Build' },
    checks: { exists: 'The repository exists', named: 'Its name is right', tagged: 'It is tagged' },
    says: { missing: 'There is no repository.', misnamed: 'The repository is called "{name}".', busy: 'It is being made.' },
    moves: { 'do-0': 'Make it', 'misname-0': 'Misname it', 'do-1': 'Build', 'see-busy': 'Look while it is being made' },
  },
});

export interface Repository {
  readonly name: string;
  readonly tags: readonly string[];
}

/** A reader that answers what `answers` holds under its name, and throws what is an Error. */
export function readerOf<Facts>(name: string, answer: () => Facts | Promise<Facts>) {
  return defineReader({ name, calls: [`ecr:${name}` as const], read: async (_aws, _repository: string): Promise<Facts> => answer() });
}

/** A session that no call ever leaves: tests of the core give their readers the answers. */
export const session: AccountSession = {
  account: '123456789012',
  region: 'ap-northeast-2',
  partition: 'aws',
  principal: 'arn:aws:iam::123456789012:user/tester',
  caller: () => ({
    account: '123456789012',
    region: 'ap-northeast-2',
    partition: 'aws',
    send: () => Promise.reject(new Error('no call leaves a test of the core')),
    ask: () => Promise.reject(new Error('no call leaves a test of the core')),
    at: (region) => ({ ...session.caller({ allowed: new Set() }), region }),
  }),
  inRegion: (region) => ({ ...session, region, caller: () => ({ ...session.caller({ allowed: new Set() }), region }) }),
};
