import type { Trouble, UnknownReason } from '../../aws/errors.ts';
import type { Language } from '../../i18n/languages.ts';

type ByReason = Readonly<Record<UnknownReason, string>> & Readonly<Partial<Record<Trouble, string>>>;

/**
 * What a student reads when we could not look: by reason, or by trouble where more can be said.
 * It never blames the student, and says what helps. `{operation}` is the call that gave no answer.
 */
export const UNKNOWN_MESSAGES: Readonly<Record<Language, ByReason>> = {
  ko: {
    access:
      '확인하지 못했습니다. 검사에 쓰는 역할에 {operation} 호출이 허용되지 않았습니다. 여러분의 작업이 틀렸다는 뜻이 아닙니다. 역할의 권한을 고친 뒤 다시 확인합니다.',
    'denied-by-organization':
      '확인하지 못했습니다. 조직의 정책이 {operation} 호출을 막고 있습니다. 여러분의 작업이 틀렸다는 뜻이 아닙니다. 강사에게 알려 주세요.',
    'no-service':
      '확인하지 못했습니다. 이 계정에서는 {operation} 호출이 속한 서비스를 사용할 수 없습니다. 여러분의 실수가 아닙니다. 강사에게 다른 계정이나 방법을 문의합니다.',
    'wrong-account':
      '확인하지 못했습니다. 검사에 쓰는 자격 증명이 다른 계정의 것입니다. 올바른 계정으로 로그인하거나 다시 연결한 뒤 확인합니다.',
    throttled: '확인하지 못했습니다. AWS가 지금은 요청이 많아 {operation} 호출에 답하지 않았습니다. 잠시 뒤에 다시 확인합니다.',
    network: '확인하지 못했습니다. AWS에서 {operation} 호출의 답을 받지 못했습니다. 잠시 뒤에 다시 확인합니다.',
    expired: '확인하지 못했습니다. 검사에 쓰는 자격 증명이 만료되었습니다. 다시 로그인하거나 계정을 다시 연결한 뒤 확인합니다.',
    clock: '확인하지 못했습니다. 검사하는 컴퓨터의 시계가 맞지 않아 AWS가 {operation} 호출을 거절했습니다. 시계를 맞춘 뒤 다시 확인합니다.',
    region: '확인하지 못했습니다. 이 계정에서 리전을 사용할 수 없거나 서비스가 없습니다({operation}). 리전 설정을 확인합니다.',
    'other-region':
      '확인하지 못했습니다. {operation} 호출로 확인할 버킷이 이 실습의 리전이 아닌 다른 리전에 있습니다. 버킷의 리전을 확인합니다.',
    malformed: '확인하지 못했습니다. {operation} 호출에 알아볼 수 없는 답이 왔습니다. 잠시 뒤에 다시 확인합니다.',
    'too-long':
      '확인하지 못했습니다. {operation} 호출의 목록이 너무 길어 끝까지 읽지 않았습니다. 실습과 관계없는 오래된 리소스를 정리하거나 강사에게 알려 주세요.',
    bug: '확인하지 못했습니다. 검사 프로그램에 문제가 있습니다({operation}). 여러분의 작업과는 관계가 없습니다. 강사에게 알려 주세요.',
  },
  ja: {
    access:
      '確認できませんでした。確認用のロールに {operation} の呼び出しが許可されていません。あなたの作業が間違っているという意味ではありません。ロールの権限を直してから、もう一度確認してください。',
    'denied-by-organization':
      '確認できませんでした。組織のポリシーが {operation} の呼び出しを禁止しています。あなたの作業が間違っているという意味ではありません。講師に知らせてください。',
    'no-service':
      '確認できませんでした。このアカウントでは {operation} のサービスを利用できません。あなたの間違いではありません。別のアカウントや方法を講師に尋ねてください。',
    'wrong-account':
      '確認できませんでした。確認に使う認証情報が別のアカウントのものです。正しいアカウントでログインするか連携し直してから、もう一度確認してください。',
    throttled: '確認できませんでした。AWS が混み合っていて {operation} に応答しませんでした。少し待ってから、もう一度確認してください。',
    network: '確認できませんでした。AWS から {operation} の応答が届きませんでした。少し待ってから、もう一度確認してください。',
    expired:
      '確認できませんでした。確認に使う認証情報の有効期限が切れています。ログインし直すか、アカウントを連携し直してから確認してください。',
    clock:
      '確認できませんでした。確認するコンピューターの時計がずれているため、AWS が {operation} を拒否しました。時計を合わせてから確認してください。',
    region:
      '確認できませんでした。このアカウントではリージョンまたはサービスを利用できません({operation})。リージョンの設定を確かめてください。',
    'other-region':
      '確認できませんでした。{operation} で確認するバケットが、この演習とは別のリージョンにあります。バケットのリージョンを確かめてください。',
    malformed: '確認できませんでした。{operation} に対して読み取れない応答が返りました。少し待ってから、もう一度確認してください。',
    'too-long':
      '確認できませんでした。{operation} の一覧が長すぎるため、最後まで読みませんでした。演習と関係のない古いリソースを整理するか、講師に知らせてください。',
    bug: '確認できませんでした。確認プログラムに問題があります({operation})。あなたの作業とは関係ありません。講師に知らせてください。',
  },
  en: {
    access:
      'We could not look: the role we look with is not allowed to call {operation}. This says nothing about your work. Check again once the role has that permission.',
    'denied-by-organization':
      'We could not look: a policy of the organization forbids {operation}. This says nothing about your work. Please tell your instructor.',
    'no-service':
      'We could not look: this account may not use the service of {operation}. It is no mistake of yours. Ask your instructor for another account or another way.',
    'wrong-account':
      'We could not look: the credentials we look with belong to another account. Sign in to the right account or link it again, then check.',
    throttled: 'We could not look: AWS is busy and did not answer {operation}. Check again in a moment.',
    network: 'We could not look: no answer to {operation} came back from AWS. Check again in a moment.',
    expired: 'We could not look: the credentials we look with have expired. Sign in or link the account again, then check.',
    clock:
      'We could not look: the clock of the computer that checks is wrong, so AWS refused {operation}. Set the clock, then check again.',
    region: 'We could not look: the region or the service is not available in this account ({operation}). Check the region setting.',
    'other-region':
      'We could not look: the bucket of {operation} is in another region than this lab works in. Look at the region of the bucket.',
    malformed: 'We could not look: the answer to {operation} was not one we can read. Check again in a moment.',
    'too-long':
      'We could not look: the list of {operation} is so long that it was not read to its end. Tidy up old resources that have nothing to do with the lab, or tell your instructor.',
    bug: 'We could not look: something is wrong with the checker itself ({operation}). It has nothing to do with your work. Please tell your instructor.',
  },
};
