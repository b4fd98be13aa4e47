import { type Says, says } from './texts.ts';

/** What the runner and pre-flight say, in every lab. */
export const COMMON_SAYS = says({
  foundElsewhere: {
    ko: '리소스가 {found} 리전에 있습니다. 이 실습은 {region} 리전을 사용합니다. 콘솔 오른쪽 위에서 {region} 리전을 고르고 그곳에서 다시 만든 뒤, {found} 리전의 것은 삭제합니다.',
    ja: 'リソースは {found} リージョンにあります。この演習では {region} リージョンを使います。コンソール右上で {region} を選んで作り直し、{found} のものは削除してください。',
    en: 'It was found in {found}; this lab uses {region}. Choose {region} at the top right of the console, make it there, and delete the one in {found}.',
  },
  otherAccount: {
    ko: '지금 보고 있는 계정은 {account}입니다. {expected} 계정이어야 합니다. 올바른 계정으로 로그인한 뒤 다시 시작합니다.',
    ja: '今見ているアカウントは {account} です。{expected} でなければなりません。正しいアカウントでログインしてから始めてください。',
    en: 'The account looked at is {account}; it should be {expected}. Sign in to the right account before you begin.',
  },
  otherRegion: {
    ko: '지금 보고 있는 리전은 {region}입니다. 이 실습은 {expected} 리전을 사용합니다. AWS_REGION 설정을 확인합니다.',
    ja: '今見ているリージョンは {region} です。この演習では {expected} を使います。AWS_REGION の設定を確かめてください。',
    en: 'The region looked at is {region}; this lab uses {expected}. Look at the setting of AWS_REGION.',
  },
  actionsMissing: {
    ko: '검사 역할에 다음 권한이 없습니다: {actions}. 실습은 할 수 있지만 확인은 할 수 없습니다. 강사에게 역할을 갱신해 달라고 합니다.',
    ja: '確認用ロールに次の権限がありません: {actions}。作業はできますが、確認ができません。講師にロールの更新を頼んでください。',
    en: 'The role that checks lacks these permissions: {actions}. You can do the lab, but it cannot be checked. Ask your instructor to update the role.',
  },
  servicesMissing: {
    ko: '이 계정에서는 다음 서비스를 사용할 수 없습니다: {services}. 시작하기 전에 강사에게 다른 계정이나 방법을 문의합니다.',
    ja: 'このアカウントでは次のサービスを利用できません: {services}。始める前に、別のアカウントや方法を講師に尋ねてください。',
    en: 'This account may not use these services: {services}. Ask your instructor for another account or another way before you begin.',
  },
  namesTaken: {
    ko: '실습에서 만들 이름을 이미 쓰는 리소스가 있습니다: {names}. 이전 실습의 것이면 리소스 정리 단계대로 삭제한 뒤 시작합니다.',
    ja: '演習で作る名前がすでに使われています: {names}。以前の演習のものなら、後片付けの手順で削除してから始めてください。',
    en: 'Names that the lab uses are taken: {names}. If they are from an earlier try, delete them as the cleanup of the lab says, then begin.',
  },
  leftBehind: {
    ko: '이전 실습에서 남은 리소스가 있습니다: {names}. 비용이 생길 수 있으므로 삭제한 뒤 시작합니다.',
    ja: '以前の演習の残りがあります: {names}。料金がかかることがあるので、削除してから始めてください。',
    en: 'Something is left from an earlier try: {names}. It may cost money; delete it, then begin.',
  },
});

export type CommonSays = keyof typeof COMMON_SAYS;

/** Titles of the checks of pre-flight, by check. */
export const PREFLIGHT_TITLES = {
  account: {
    ko: '올바른 계정과 리전을 보고 있습니다',
    ja: '正しいアカウントとリージョンを見ています',
    en: 'The right account and region are looked at',
  },
  permissions: {
    ko: '검사 역할이 실습에 필요한 것을 읽을 수 있습니다',
    ja: '確認用ロールは演習に必要なものを読み取れます',
    en: 'The role that checks may read what the lab needs',
  },
  services: {
    ko: '실습에 쓰는 서비스를 이 계정에서 사용할 수 있습니다',
    ja: '演習で使うサービスをこのアカウントで利用できます',
    en: 'This account may use the services of the lab',
  },
  'names-free': {
    ko: '실습에서 만들 이름이 비어 있습니다',
    ja: '演習で作る名前は空いています',
    en: 'The names that the lab uses are free',
  },
  leftovers: { ko: '이전에 하다 만 실습의 흔적이 없습니다', ja: '以前の演習の残りはありません', en: 'Nothing is left from an earlier try' },
} as const satisfies Says;
