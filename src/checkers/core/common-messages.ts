import type { Language } from '../../i18n/languages.ts';

interface CommonTexts {
  readonly titles: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, string>>;
}

/** What the runner itself says, in every lab: titles of the checks of pre-flight, and messages. */
const COMMON = {
  ko: {
    titles: {
      account: '올바른 계정과 리전을 보고 있습니다',
      permissions: '검사 역할이 실습에 필요한 것을 읽을 수 있습니다',
      services: '실습에 쓰는 서비스를 이 계정에서 사용할 수 있습니다',
      'names-free': '실습에서 만들 이름이 비어 있습니다',
      leftovers: '이전에 하다 만 실습의 흔적이 없습니다',
    },
    says: {
      foundElsewhere:
        '리소스가 {found} 리전에 있습니다. 이 실습은 {region} 리전을 사용합니다. 콘솔 오른쪽 위에서 {region} 리전을 고르고 그곳에서 다시 만든 뒤, {found} 리전의 것은 삭제합니다.',
      otherAccount: '지금 보고 있는 계정은 {account}입니다. {expected} 계정이어야 합니다. 올바른 계정으로 로그인한 뒤 다시 시작합니다.',
      otherRegion: '지금 보고 있는 리전은 {region}입니다. 이 실습은 {expected} 리전을 사용합니다. AWS_REGION 설정을 확인합니다.',
      actionsMissing:
        '검사 역할에 다음 권한이 없습니다: {actions}. 실습은 할 수 있지만 확인은 할 수 없습니다. 강사에게 역할을 갱신해 달라고 합니다.',
      servicesMissing:
        '이 계정에서는 다음 서비스를 사용할 수 없습니다: {services}. 시작하기 전에 강사에게 다른 계정이나 방법을 문의합니다.',
      namesTaken:
        '실습에서 만들 이름을 이미 쓰는 리소스가 있습니다: {names}. 이전 실습의 것이면 리소스 정리 단계대로 삭제한 뒤 시작합니다.',
      leftBehind: '이전 실습에서 남은 리소스가 있습니다: {names}. 비용이 생길 수 있으므로 삭제한 뒤 시작합니다.',
    },
  },
  ja: {
    titles: {
      account: '正しいアカウントとリージョンを見ています',
      permissions: '確認用ロールは演習に必要なものを読み取れます',
      services: '演習で使うサービスをこのアカウントで利用できます',
      'names-free': '演習で作る名前は空いています',
      leftovers: '以前の演習の残りはありません',
    },
    says: {
      foundElsewhere:
        'リソースは {found} リージョンにあります。この演習では {region} リージョンを使います。コンソール右上で {region} を選んで作り直し、{found} のものは削除してください。',
      otherAccount:
        '今見ているアカウントは {account} です。{expected} でなければなりません。正しいアカウントでログインしてから始めてください。',
      otherRegion: '今見ているリージョンは {region} です。この演習では {expected} を使います。AWS_REGION の設定を確かめてください。',
      actionsMissing:
        '確認用ロールに次の権限がありません: {actions}。作業はできますが、確認ができません。講師にロールの更新を頼んでください。',
      servicesMissing:
        'このアカウントでは次のサービスを利用できません: {services}。始める前に、別のアカウントや方法を講師に尋ねてください。',
      namesTaken: '演習で作る名前がすでに使われています: {names}。以前の演習のものなら、後片付けの手順で削除してから始めてください。',
      leftBehind: '以前の演習の残りがあります: {names}。料金がかかることがあるので、削除してから始めてください。',
    },
  },
  en: {
    titles: {
      account: 'The right account and region are looked at',
      permissions: 'The role that checks may read what the lab needs',
      services: 'This account may use the services of the lab',
      'names-free': 'The names that the lab uses are free',
      leftovers: 'Nothing is left from an earlier try',
    },
    says: {
      foundElsewhere:
        'It was found in {found}; this lab uses {region}. Choose {region} at the top right of the console, make it there, and delete the one in {found}.',
      otherAccount: 'The account looked at is {account}; it should be {expected}. Sign in to the right account before you begin.',
      otherRegion: 'The region looked at is {region}; this lab uses {expected}. Look at the setting of AWS_REGION.',
      actionsMissing:
        'The role that checks lacks these permissions: {actions}. You can do the lab, but it cannot be checked. Ask your instructor to update the role.',
      servicesMissing:
        'This account may not use these services: {services}. Ask your instructor for another account or another way before you begin.',
      namesTaken:
        'Names that the lab uses are taken: {names}. If they are from an earlier try, delete them as the cleanup of the lab says, then begin.',
      leftBehind: 'Something is left from an earlier try: {names}. It may cost money; delete it, then begin.',
    },
  },
} as const satisfies Readonly<Record<Language, CommonTexts>>;

export type CommonSays = keyof (typeof COMMON)['ko']['says'];

/** The text of a common message, or undefined when a lab's own is meant. */
export function commonText(key: string, language: Language): string | undefined {
  return own(COMMON[language].says, key);
}

/** The title of a check that no lab declares. */
export function commonTitle(check: string, language: Language): string | undefined {
  return own(COMMON[language].titles, check);
}

function own(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
