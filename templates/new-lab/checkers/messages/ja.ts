export const ja = {
  tasks: { 'task-1': 'リポジトリの作成' },
  checks: { 'scan-on-push': 'プッシュ時にスキャンするリポジトリがあります' },
  says: {
    repositoryMissing: '{region} リージョンに "{repository}" リポジトリがありません。リージョンと名前を確認し、まだなら作成します。',
    scanOff: '"{repository}" リポジトリはプッシュしたイメージをスキャンしません。リポジトリを編集して Scan on push を有効にします。',
  },
  moves: {
    'create-repository': 'リポジトリを作成します',
    'scan-off': 'スキャンを有効にせずにリポジトリを作成します',
  },
} as const;
