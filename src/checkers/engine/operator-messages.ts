import type { Trouble } from '../../aws/errors.ts';
import type { Language } from '../../i18n/languages.ts';

/**
 * What whoever runs the checks reads beside the student's message: which call, in which account and region, and what to do.
 * `{code}` is AWS's own error code and `{request}` its request id; each is `-` when there is none.
 */
export const OPERATOR_MESSAGES: Readonly<Record<Language, Readonly<Record<Trouble, string>>>> = {
  ko: {
    denied:
      '계정 {account}({region}): 검사 역할에 {operation} 권한이 없습니다({code}). "npm run role"로 만든 템플릿으로 역할을 갱신합니다. 요청 ID {request}.',
    'denied-by-organization':
      '계정 {account}({region}): 조직의 서비스 제어 정책이 {operation} 호출을 막습니다({code}). 조직 관리자에게 이 작업의 허용을 요청합니다. 요청 ID {request}.',
    'denied-key':
      '계정 {account}({region}): {operation} 호출이 읽는 데이터의 KMS 키를 사용할 수 없습니다({code}). 키의 상태와 키 정책을 확인합니다. 요청 ID {request}.',
    'no-service':
      '계정 {account}({region}): 이 계정은 {operation} 호출의 서비스를 사용할 수 없습니다({code}). 서비스 가입 상태를 확인하거나 다른 계정을 배정합니다. 요청 ID {request}.',
    'bad-signature':
      '계정 {account}({region}): {operation} 호출의 서명이 맞지 않습니다({code}). 비밀 액세스 키가 온전한지 확인하고 다시 로그인합니다. 요청 ID {request}.',
    'unknown-key':
      '계정 {account}({region}): AWS가 {operation} 호출의 액세스 키를 알지 못합니다({code}). 키가 삭제되지 않았는지 확인하고 다시 로그인합니다. 요청 ID {request}.',
    'no-credentials': '계정 {account}({region}): {operation} 호출에 쓸 자격 증명이 없습니다. 로그인하거나 AWS_PROFILE로 프로필을 고릅니다.',
    'no-role':
      '계정 {account}({region}): 검사 역할을 맡을 수 없습니다({operation}, {code}). 역할이 있는지, 신뢰 정책의 보안 주체와 ExternalId가 맞는지 확인합니다. 요청 ID {request}.',
    'wrong-account': '자격 증명이 명단의 계정 {account}이(가) 아닌 다른 계정의 것입니다. 명단의 계정 번호와 역할 ARN을 확인합니다.',
    throttled:
      '계정 {account}({region}): {operation} 호출이 기한까지 계속 제한되었습니다({code}). 같은 계정을 읽는 다른 도구를 멈추거나 잠시 뒤에 다시 채점합니다. 요청 ID {request}.',
    'no-answer':
      '계정 {account}({region}): {operation} 호출이 제때 답하지 않았습니다. 네트워크를 확인하고 다시 시도합니다. 느린 회선이면 LABPROOF_CALL_TIMEOUT_MS를 늘립니다.',
    unreachable:
      '계정 {account}({region}): {operation} 호출이 AWS에 닿지 못했습니다({code}). DNS, 프록시, 방화벽, TLS 검사 장비와 AWS_ENDPOINT_URL을 확인합니다.',
    failing:
      '계정 {account}({region}): AWS 쪽 오류로 {operation} 호출이 거듭 실패했습니다({code}). AWS Health를 보고 나중에 다시 시도합니다. 요청 ID {request}.',
    stopped: '계정 {account}({region}): {operation} 호출이 끝나기 전에 실행이 중단되었습니다. 다시 실행합니다.',
    expired:
      '계정 {account}({region}): {operation} 호출의 자격 증명이 만료되었습니다({code}). 다시 로그인하고 이어서 채점합니다. 요청 ID {request}.',
    clock:
      '계정 {account}({region}): 이 컴퓨터의 시계가 AWS와 달라 {operation} 호출이 거절되었습니다({code}). 시계를 시간 서버와 맞춥니다. 요청 ID {request}.',
    'region-disabled':
      '계정 {account}: 리전 {region}이(가) 활성화되어 있지 않습니다({operation}, {code}). 계정 설정에서 리전을 활성화하거나 --region을 고칩니다. 요청 ID {request}.',
    'other-region':
      '계정 {account}({region}): {operation} 호출로 읽을 버킷이 다른 리전에 있습니다({code}). 버킷의 리전과 --region을 비교합니다. 요청 ID {request}.',
    unreadable:
      '계정 {account}({region}): {operation} 호출에 AWS 형식이 아닌 답이 왔습니다({code}). 프록시나 로그인 포털이 끼어 있는지, AWS_ENDPOINT_URL을 쓴다면 그곳이 이 호출을 지원하는지 확인합니다. 요청 ID {request}.',
    incomplete:
      '계정 {account}({region}): {operation} 호출의 답에 있어야 할 항목이 없습니다. 프록시나 AWS 호환 엔드포인트를 확인합니다. 요청 ID {request}.',
    'not-implemented':
      '계정 {account}({region}): 답한 엔드포인트가 {operation} 호출을 지원하지 않습니다({code}). AWS_ENDPOINT_URL이 가리키는 곳을 확인합니다. 요청 ID {request}.',
    'too-long':
      '계정 {account}({region}): {operation} 호출의 목록이 정해진 쪽수보다 길어 판단하지 않았습니다. 실습용이 아닌 계정인지 확인하거나 직접 확인합니다.',
    bug: '계정 {account}({region}): 예상하지 못한 오류입니다({operation}, {code}). 요청 ID {request}와 서버 로그를 Labproof 개발자에게 알려 주세요.',
  },
  ja: {
    denied:
      'アカウント {account}({region}): 確認用ロールに {operation} の権限がありません({code})。"npm run role" で作るテンプレートでロールを更新してください。リクエスト ID {request}。',
    'denied-by-organization':
      'アカウント {account}({region}): 組織のサービスコントロールポリシーが {operation} を禁止しています({code})。組織の管理者に許可を依頼してください。リクエスト ID {request}。',
    'denied-key':
      'アカウント {account}({region}): {operation} が読むデータの KMS キーを使えません({code})。キーの状態とキーポリシーを確かめてください。リクエスト ID {request}。',
    'no-service':
      'アカウント {account}({region}): このアカウントは {operation} のサービスを利用できません({code})。サービスの利用登録を確かめるか、別のアカウントを割り当ててください。リクエスト ID {request}。',
    'bad-signature':
      'アカウント {account}({region}): {operation} の署名が合いません({code})。シークレットアクセスキーを確かめ、ログインし直してください。リクエスト ID {request}。',
    'unknown-key':
      'アカウント {account}({region}): AWS が {operation} のアクセスキーを認識しません({code})。キーが削除されていないか確かめ、ログインし直してください。リクエスト ID {request}。',
    'no-credentials':
      'アカウント {account}({region}): {operation} に使う認証情報がありません。ログインするか、AWS_PROFILE でプロファイルを選んでください。',
    'no-role':
      'アカウント {account}({region}): 確認用ロールを引き受けられません({operation}, {code})。ロールの有無、信頼ポリシーのプリンシパルと ExternalId を確かめてください。リクエスト ID {request}。',
    'wrong-account':
      '認証情報は名簿のアカウント {account} ではなく、別のアカウントのものです。名簿のアカウント番号とロールの ARN を確かめてください。',
    throttled:
      'アカウント {account}({region}): {operation} が期限まで制限され続けました({code})。同じアカウントを読むほかのツールを止めるか、あとで採点し直してください。リクエスト ID {request}。',
    'no-answer':
      'アカウント {account}({region}): {operation} が時間内に応答しませんでした。ネットワークを確かめて、もう一度試してください。遅い回線では LABPROOF_CALL_TIMEOUT_MS を増やします。',
    unreachable:
      'アカウント {account}({region}): {operation} が AWS に届きませんでした({code})。DNS、プロキシ、ファイアウォール、TLS 検査装置と AWS_ENDPOINT_URL を確かめてください。',
    failing:
      'アカウント {account}({region}): AWS 側のエラーで {operation} が繰り返し失敗しました({code})。AWS Health を見て、あとで試してください。リクエスト ID {request}。',
    stopped: 'アカウント {account}({region}): {operation} が終わる前に実行が中断されました。もう一度実行してください。',
    expired:
      'アカウント {account}({region}): {operation} の認証情報の有効期限が切れました({code})。ログインし直して続きを採点してください。リクエスト ID {request}。',
    clock:
      'アカウント {account}({region}): このコンピューターの時計が AWS とずれているため {operation} が拒否されました({code})。時刻サーバーに合わせてください。リクエスト ID {request}。',
    'region-disabled':
      'アカウント {account}: リージョン {region} が有効になっていません({operation}, {code})。アカウント設定で有効にするか、--region を直してください。リクエスト ID {request}。',
    'other-region':
      'アカウント {account}({region}): {operation} で読むバケットが別のリージョンにあります({code})。バケットのリージョンと --region を見比べてください。リクエスト ID {request}。',
    unreadable:
      'アカウント {account}({region}): {operation} に AWS の形式ではない応答が返りました({code})。プロキシやログインポータルが挟まっていないか、AWS_ENDPOINT_URL を使っているならその先がこの呼び出しに対応しているか確かめてください。リクエスト ID {request}。',
    incomplete:
      'アカウント {account}({region}): {operation} の応答に必要な項目がありません。プロキシや AWS 互換エンドポイントを確かめてください。リクエスト ID {request}。',
    'not-implemented':
      'アカウント {account}({region}): 応答したエンドポイントは {operation} に対応していません({code})。AWS_ENDPOINT_URL の先を確かめてください。リクエスト ID {request}。',
    'too-long':
      'アカウント {account}({region}): {operation} の一覧が決められたページ数より長いため、判断しませんでした。演習用のアカウントか確かめるか、直接確認してください。',
    bug: 'アカウント {account}({region}): 想定外のエラーです({operation}, {code})。リクエスト ID {request} とサーバーのログを Labproof の開発者に知らせてください。',
  },
  en: {
    denied:
      'Account {account} ({region}): the role that looks may not call {operation} ({code}). Update it with the template that "npm run role" prints. Request id {request}.',
    'denied-by-organization':
      'Account {account} ({region}): a service control policy of the organization forbids {operation} ({code}). Ask the administrator of the organization to allow it. Request id {request}.',
    'denied-key':
      'Account {account} ({region}): the KMS key of the data that {operation} reads cannot be used ({code}). Look at the state and the policy of the key. Request id {request}.',
    'no-service':
      'Account {account} ({region}): this account may not use the service of {operation} ({code}). Look at its subscription, or assign another account. Request id {request}.',
    'bad-signature':
      'Account {account} ({region}): the signature of {operation} does not fit ({code}). Make sure that the secret access key is whole, and sign in again. Request id {request}.',
    'unknown-key':
      'Account {account} ({region}): AWS does not know the access key of {operation} ({code}). Make sure that it was not deleted, and sign in again. Request id {request}.',
    'no-credentials':
      'Account {account} ({region}): there are no credentials for {operation}. Sign in, or choose a profile with AWS_PROFILE.',
    'no-role':
      'Account {account} ({region}): the role that looks could not be assumed ({operation}, {code}). Make sure that it exists and that its trust policy names your principal and this ExternalId. Request id {request}.',
    'wrong-account': 'The credentials lead to another account than {account}. Compare the account and the role ARN of the roster.',
    throttled:
      'Account {account} ({region}): {operation} was throttled until the deadline ({code}). Stop other tools that read the account, or grade it again later. Request id {request}.',
    'no-answer':
      'Account {account} ({region}): {operation} did not answer in time. Look at the network and try again; on a slow line raise LABPROOF_CALL_TIMEOUT_MS.',
    unreachable:
      'Account {account} ({region}): {operation} did not reach AWS ({code}). Look at DNS, proxy, firewall, TLS inspection and AWS_ENDPOINT_URL.',
    failing:
      'Account {account} ({region}): {operation} failed inside AWS again and again ({code}). Look at AWS Health and try later. Request id {request}.',
    stopped: 'Account {account} ({region}): the run was stopped before {operation} had an answer. Run it again.',
    expired:
      'Account {account} ({region}): the credentials of {operation} have expired ({code}). Sign in again and continue. Request id {request}.',
    clock:
      'Account {account} ({region}): {operation} was refused because the clock of this computer differs from that of AWS ({code}). Set it by a time server. Request id {request}.',
    'region-disabled':
      'Account {account}: the region {region} is not enabled ({operation}, {code}). Enable it in the account settings, or correct --region. Request id {request}.',
    'other-region':
      'Account {account} ({region}): the bucket that {operation} reads is in another region ({code}). Compare its region with --region. Request id {request}.',
    unreadable:
      'Account {account} ({region}): {operation} got an answer that is not in AWS format ({code}). Look for a proxy or a sign-in portal in between or, with AWS_ENDPOINT_URL, whether the endpoint knows this call. Request id {request}.',
    incomplete:
      'Account {account} ({region}): the answer to {operation} lacks what it must hold. Look at the proxy or the AWS-compatible endpoint. Request id {request}.',
    'not-implemented':
      'Account {account} ({region}): the endpoint that answered does not know {operation} ({code}). Look at where AWS_ENDPOINT_URL leads. Request id {request}.',
    'too-long':
      'Account {account} ({region}): the list of {operation} is longer than is read, so nothing was concluded from it. Make sure that this is an account for labs, or look yourself.',
    bug: 'Account {account} ({region}): an error that nobody foresaw ({operation}, {code}). Tell the developers of Labproof the request id {request} and the server log.',
  },
};
