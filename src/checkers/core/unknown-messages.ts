import type { UnknownReason } from '../../aws/errors.ts';
import type { Language } from '../../i18n/languages.ts';

/** What a student reads when we could not look. It never blames the student, and says what helps. `{operation}` is the call that gave no answer. */
export const UNKNOWN_MESSAGES: Readonly<Record<Language, Readonly<Record<UnknownReason, string>>>> = {
  ko: {
    access:
      '확인하지 못했습니다. 검사에 쓰는 역할에 {operation} 호출이 허용되지 않았습니다. 여러분의 작업이 틀렸다는 뜻이 아닙니다. 역할의 권한을 고친 뒤 다시 확인합니다.',
    throttled: '확인하지 못했습니다. AWS가 지금은 요청이 많아 {operation} 호출에 답하지 않았습니다. 잠시 뒤에 다시 확인합니다.',
    network: '확인하지 못했습니다. AWS에서 {operation} 호출의 답을 받지 못했습니다. 잠시 뒤에 다시 확인합니다.',
    expired: '확인하지 못했습니다. 검사에 쓰는 자격 증명이 만료되었습니다. 다시 로그인하거나 계정을 다시 연결한 뒤 확인합니다.',
    region: '확인하지 못했습니다. 이 계정에서 리전을 사용할 수 없거나 서비스가 없습니다({operation}). 리전 설정을 확인합니다.',
    malformed: '확인하지 못했습니다. {operation} 호출에 알아볼 수 없는 답이 왔습니다. 잠시 뒤에 다시 확인합니다.',
    bug: '확인하지 못했습니다. 검사 프로그램에 문제가 있습니다({operation}). 여러분의 작업과는 관계가 없습니다. 강사에게 알려 주세요.',
  },
  ja: {
    access:
      '確認できませんでした。確認用のロールに {operation} の呼び出しが許可されていません。あなたの作業が間違っているという意味ではありません。ロールの権限を直してから、もう一度確認してください。',
    throttled: '確認できませんでした。AWS が混み合っていて {operation} に応答しませんでした。少し待ってから、もう一度確認してください。',
    network: '確認できませんでした。AWS から {operation} の応答が届きませんでした。少し待ってから、もう一度確認してください。',
    expired:
      '確認できませんでした。確認に使う認証情報の有効期限が切れています。ログインし直すか、アカウントを連携し直してから確認してください。',
    region:
      '確認できませんでした。このアカウントではリージョンまたはサービスを利用できません({operation})。リージョンの設定を確かめてください。',
    malformed: '確認できませんでした。{operation} に対して読み取れない応答が返りました。少し待ってから、もう一度確認してください。',
    bug: '確認できませんでした。確認プログラムに問題があります({operation})。あなたの作業とは関係ありません。講師に知らせてください。',
  },
  en: {
    access:
      'We could not look: the role we look with is not allowed to call {operation}. This says nothing about your work. Check again once the role has that permission.',
    throttled: 'We could not look: AWS is busy and did not answer {operation}. Check again in a moment.',
    network: 'We could not look: no answer to {operation} came back from AWS. Check again in a moment.',
    expired: 'We could not look: the credentials we look with have expired. Sign in or link the account again, then check.',
    region: 'We could not look: the region or the service is not available in this account ({operation}). Check the region setting.',
    malformed: 'We could not look: the answer to {operation} was not one we can read. Check again in a moment.',
    bug: 'We could not look: something is wrong with the checker itself ({operation}). It has nothing to do with your work. Please tell your instructor.',
  },
};
