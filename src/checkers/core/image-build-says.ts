import type { Language } from '../../i18n/languages.ts';

/**
 * What labs say that build a container image with CodeBuild: from a stack and sources in CodeCommit to images in ECR and what is left over.
 * A lab that spreads it into its own texts says all of it; parameters are filled in by the lab's checks.
 */
export const IMAGE_BUILD_SAYS = {
  ko: {
    stackMissing: '{region} 리전에 "{stack}" 스택이 없습니다. 리전과 스택 이름을 확인하고, 아직 만들지 않았다면 스택을 생성합니다.',
    stackNotExecuted:
      '"{stack}" 스택이 REVIEW_IN_PROGRESS 상태입니다. 변경 세트만 만들고 실행하지 않았습니다. 스택의 Change sets 탭에서 변경 세트를 실행하거나, 스택을 삭제하고 다시 생성합니다.',
    stackInProgress: '"{stack}" 스택의 작업이 진행 중입니다({status}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
    stackRollingBack: '"{stack}" 스택이 되돌려지는 중입니다. 처음 실패한 리소스는 "{resource}"입니다: {reason}',
    codeCommitClosed:
      'CodeCommit이 이 계정에서 리포지토리를 만들 수 없다고 응답했습니다("{resource}", OperationNotAllowed). 이것은 계정의 제한이며 여러분의 실수가 아닙니다. 강사에게 알리고, CodeCommit을 쓸 수 있는 계정에서 스택을 다시 생성합니다.',
    stackBroken:
      '"{stack}" 스택이 완료 상태가 아닙니다({status}). 문제가 된 리소스는 "{resource}"입니다: {reason} 스택을 삭제하고 다시 생성합니다.',
    outputMissing: '"{stack}" 스택의 출력에 {output} 항목이 없습니다. 실습 파일의 템플릿을 고치지 않고 그대로 올렸는지 확인합니다.',
    imageRepositoryElsewhere:
      '스택 출력의 "{uri}" 주소는 {region} 리전의 계정 {account}에 있는 ECR 리포지토리가 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
    roleElsewhere: '스택 출력의 "{role}" 역할은 계정 {account}의 역할이 아닙니다. 실습 파일의 템플릿으로 스택을 다시 생성합니다.',
    repositoryGone:
      '스택이 만든 "{repository}" CodeCommit 리포지토리가 없습니다. 삭제했다면 스택을 삭제하고 다시 생성하여 리포지토리를 만듭니다.',
    notPushed: '"{repository}" 리포지토리가 비어 있습니다. 커밋만 하고 푸시하지 않았는지 확인하고 `git push origin main`을 실행합니다.',
    branchWrong:
      '"{repository}" 리포지토리의 기본 브랜치가 "{branch}"입니다. 코드를 main 브랜치에 푸시하고 main을 기본 브랜치로 지정합니다.',
    fileEmpty: '"{file}" 파일이 비어 있습니다. 실습 파일을 다시 업로드하고 커밋하고 푸시합니다.',
    fileNotText: '"{file}" 파일이 UTF-8 텍스트가 아닙니다. 편집기에서 UTF-8로 저장하거나 실습 파일을 다시 업로드합니다.',
    fileMisnamed:
      '"{file}" 파일이 없고 "{found}" 파일이 있습니다. `git mv {found} {file}` 명령으로 이름을 바꾸고 다시 커밋하고 푸시합니다.',
    fileNested:
      '"{file}" 파일이 리포지토리의 맨 위가 아니라 "{found}"에 있습니다. `git mv {found} {file}` 명령으로 옮기고 다시 커밋하고 푸시합니다.',
    fileMissing: '"{repository}" 리포지토리의 기본 브랜치에 "{file}" 파일이 없습니다. 파일을 업로드하고 커밋하고 푸시합니다.',
    yamlTabs: 'buildspec.yml {line}번째 줄의 들여쓰기에 탭이 있습니다. YAML은 탭을 허용하지 않으므로 공백으로 바꿉니다.',
    yamlInvalid: 'buildspec.yml을 YAML로 읽을 수 없습니다({line}번째 줄: {problem}). 그 줄의 들여쓰기와 따옴표를 확인합니다.',
    yamlNotMapping: 'buildspec.yml의 맨 위에 `version:`과 `phases:` 같은 항목이 없습니다. 실습 파일의 내용과 비교합니다.',
    versionMissing: 'buildspec.yml에 version이 없습니다. 맨 위에 `version: 0.2`를 적습니다.',
    versionWrong: 'buildspec.yml의 version이 "{found}"입니다. `version: 0.2`로 바꿉니다.',
    phasesAtRoot:
      '{phases} 단계가 맨 위에 있습니다. 모두 `phases:` 아래로 옮기고 들여씁니다. 맨 위에 있으면 CodeBuild가 실행하지 않습니다.',
    phasesMissing: 'buildspec.yml에 `phases:`가 없거나 비어 있습니다. pre_build, build, post_build 단계를 그 아래에 적습니다.',
    phaseUnknown: '"{phase}" 단계는 없습니다. install, pre_build, build, post_build 가운데 하나로 고칩니다.',
    commandsNotList: '"{phase}" 단계의 commands가 목록이 아닙니다. 명령마다 줄을 바꾸고 앞에 `- `를 붙입니다.',
    commandIsMap:
      '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 콜론 뒤의 공백 때문에 YAML이 키와 값으로 읽습니다. 명령 전체를 따옴표로 감쌉니다.',
    commandNotText: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 명령을 문자열 하나로 적습니다.',
    loginMissing:
      'ECR에 로그인하는 명령이 없습니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
    loginObsolete:
      '`aws ecr get-login`은 빌드 이미지에 있는 AWS CLI 버전 2에 없는 명령입니다. `aws ecr get-login-password`의 결과를 `docker login --username AWS --password-stdin {registry}`에 넘깁니다.',
    loginElsewhere: '"{found}"에 로그인합니다. 이미지를 올릴 레지스트리 "{registry}"에 사용자 이름 AWS와 ECR의 암호로 로그인합니다.',
    loginLate: '이미지를 푸시한 뒤에 ECR에 로그인합니다. 로그인을 푸시보다 앞(pre_build)으로 옮깁니다.',
    buildMissing: '`docker build` 명령이 없습니다. build 단계에서 이미지를 빌드합니다.',
    pushOtherTag: '"{found}" 이미지를 푸시합니다. 태그는 커밋 해시의 앞 7글자여야 합니다: "{expected}"',
    pushOfNothing:
      '"{reference}" 이미지를 푸시하지만 그 이름으로 빌드하거나 `docker tag`를 실행하지 않습니다. 푸시하기 전에 태그를 붙입니다.',
    pushElsewhere: '"{found}" 이미지를 푸시합니다. 이 계정의 ECR 리포지토리에 푸시합니다: "{expected}"',
    undecidedCommand:
      '"{command}" 명령이 하는 일을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. buildspec.yml에 명령을 직접 적으면 확인할 수 있습니다.',
    undecidedValue:
      '"{found}"에 들어가는 값이나 실행 조건을 여기서는 알 수 없어 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 변수 이름에 오타가 없는지 확인합니다.',
    projectMissing: '{region} 리전에 "{project}" 프로젝트가 없습니다. CodeBuild에서 프로젝트를 생성합니다.',
    projectNamedOtherwise: '프로젝트의 이름이 "{found}"입니다. 이 실습에서는 "{expected}"라는 이름으로 프로젝트를 다시 생성합니다.',
    sourceNotCodeCommit: '프로젝트의 소스가 {type}입니다. Source provider를 AWS CodeCommit으로 바꿉니다.',
    sourceOtherRepository: '프로젝트가 "{found}" 리포지토리를 빌드합니다. 스택이 만든 "{expected}" 리포지토리로 바꿉니다.',
    branchOther: '프로젝트가 "{found}" 버전을 빌드합니다. 코드가 있는 "{expected}" 브랜치로 바꿉니다.',
    environmentNotLinux:
      '빌드 환경이 {type}입니다. Environment에서 Amazon Linux, Standard, x86_64 이미지를 선택하여 LINUX_CONTAINER로 바꿉니다.',
    notPrivileged:
      '"{project}" 프로젝트의 Privileged 모드가 꺼져 있어 Docker를 실행할 수 없습니다. Environment의 Additional configuration에서 켭니다.',
    roleAutoMade:
      '콘솔이 자동으로 만든 "{found}" 역할을 사용합니다. Existing service role을 선택하고 스택이 만든 역할을 지정합니다: "{expected}"',
    roleOther: '프로젝트가 "{found}" 역할을 사용합니다. 스택이 만든 역할로 바꿉니다: "{expected}"',
    buildspecInline:
      '빌드 명령을 프로젝트에 직접 적었습니다. Buildspec에서 Use a buildspec file을 선택하여 소스의 buildspec.yml을 사용하게 합니다.',
    buildspecOther: '프로젝트가 "{found}" 파일을 buildspec으로 사용합니다. 이름을 "{expected}" 파일로 바꾸거나 비워 둡니다.',
    logsOff: '"{project}" 프로젝트의 CloudWatch 로그가 꺼져 있습니다. Logs에서 CloudWatch logs를 켭니다.',
    noBuild: '"{project}" 프로젝트의 빌드가 없습니다. Start build를 클릭하여 빌드를 시작합니다.',
    buildInProgress: '{number}번 빌드가 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
    buildEnded: '{number}번 빌드가 끝까지 실행되지 않았습니다({status}). 빌드를 다시 시작합니다.',
    buildFailed: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
    buildFailedPullLimit:
      '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Docker Hub의 내려받기 제한입니다. Dockerfile의 FROM을 public.ecr.aws의 이미지로 바꿉니다.',
    buildFailedSource:
      '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 프로젝트의 리포지토리와 브랜치를 확인하고, 코드를 푸시했는지 확인합니다.',
    buildFailedPrivileged:
      '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Privileged 모드 없이 실행되어 Docker를 쓸 수 없었습니다. 모드를 켜고 다시 빌드합니다.',
    buildNotPrivileged: '{number}번 빌드는 Privileged 모드 없이 실행되었습니다. 프로젝트에서 모드를 켜고 다시 빌드합니다.',
    buildWithoutCommit: '{number}번 빌드는 CodeCommit의 커밋으로 실행되지 않았습니다. 소스를 바꾸지 않고 다시 빌드합니다.',
    imageRepositoryGone: '"{repository}" ECR 리포지토리가 없습니다. 스택을 확인하고 다시 빌드합니다.',
    imageTagMissing:
      '"{repository}" 리포지토리에 {number}번 빌드의 커밋 해시 "{tag}" 태그가 붙은 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
    imageTooOld:
      '"{repository}" 리포지토리의 "{tag}" 이미지는 {number}번 빌드가 시작되기 전에 올린 것입니다. CodeBuild로 다시 빌드하여 이미지를 올립니다.',
    neverUsed: '이 계정에서 실습을 진행한 흔적이 없습니다. 실습을 마친 뒤에 정리하고 확인합니다.',
    imagesLeft: '"{repository}" 리포지토리에 이미지가 {count}개 남아 있습니다. 스택을 삭제하기 전에 이미지를 모두 삭제합니다.',
    imagesKeepStack:
      '"{repository}" 리포지토리에 이미지가 {count}개 남아 있어 "{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 리포지토리를 먼저 비우고 스택을 다시 삭제합니다.',
    projectLeft: '"{project}" 프로젝트가 남아 있습니다. 직접 만든 리소스이므로 CodeBuild에서 직접 삭제합니다.',
    stackDeleting: '"{stack}" 스택을 삭제하는 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
    imageRepositoryLeft: '스택은 없지만 "{repository}" ECR 리포지토리가 남아 있습니다. 직접 삭제합니다.',
    sourceRepositoryLeft: '스택은 없지만 "{repository}" CodeCommit 리포지토리가 남아 있습니다. 직접 삭제합니다.',
    roleLeft: '스택은 없지만 "{role}" IAM 역할이 남아 있습니다. 직접 삭제합니다.',
    logGroupLeft: '"{group}" 로그 그룹이 남아 있습니다. 빌드가 만든 것이라 스택과 함께 삭제되지 않습니다. CloudWatch에서 직접 삭제합니다.',
  },
  ja: {
    stackMissing:
      '{region} リージョンにスタック "{stack}" がありません。リージョンとスタック名を確かめ、まだ作っていなければスタックを作成してください。',
    stackNotExecuted:
      'スタック "{stack}" は REVIEW_IN_PROGRESS です。変更セットを作っただけで実行していません。Change sets タブで変更セットを実行するか、スタックを削除して作り直してください。',
    stackInProgress: 'スタック "{stack}" は処理中です({status})。終わるまで待ってから、もう一度確認してください。',
    stackRollingBack: 'スタック "{stack}" はロールバック中です。最初に失敗したリソースは "{resource}" です: {reason}',
    codeCommitClosed:
      'CodeCommit が、このアカウントではリポジトリを作れないと応答しました("{resource}"、OperationNotAllowed)。これはアカウントの制限であり、あなたの間違いではありません。講師に知らせ、CodeCommit を使えるアカウントでスタックを作り直してください。',
    stackBroken:
      'スタック "{stack}" は完了していません({status})。問題のあるリソースは "{resource}" です: {reason} スタックを削除して作り直してください。',
    outputMissing:
      'スタック "{stack}" の出力に {output} がありません。演習ファイルのテンプレートをそのままアップロードしたか確かめてください。',
    imageRepositoryElsewhere:
      'スタックの出力にある ECR リポジトリ "{uri}" は、アカウント {account} の {region} リージョンにありません。演習ファイルのテンプレートでスタックを作り直してください。',
    roleElsewhere:
      'スタックの出力にあるロール "{role}" は、アカウント {account} のものではありません。演習ファイルのテンプレートでスタックを作り直してください。',
    repositoryGone:
      'スタックが作った CodeCommit リポジトリ "{repository}" がありません。削除した場合は、スタックを削除して作り直してください。',
    notPushed:
      'リポジトリ "{repository}" は空です。コミットしただけでプッシュしていないのではありませんか。`git push origin main` を実行してください。',
    branchWrong:
      'リポジトリ "{repository}" のデフォルトブランチは "{branch}" です。コードを main にプッシュし、main をデフォルトブランチにしてください。',
    fileEmpty: 'ファイル "{file}" は空です。演習ファイルをアップロードし直し、コミットしてプッシュしてください。',
    fileNotText: 'ファイル "{file}" は UTF-8 のテキストではありません。UTF-8 で保存するか、演習ファイルをアップロードし直してください。',
    fileMisnamed:
      'ファイル "{file}" がなく、"{found}" があります。`git mv {found} {file}` で名前を変え、もう一度コミットしてプッシュしてください。',
    fileNested:
      'ファイル "{file}" はリポジトリの直下ではなく "{found}" にあります。`git mv {found} {file}` で移し、もう一度コミットしてプッシュしてください。',
    fileMissing:
      'リポジトリ "{repository}" のデフォルトブランチに "{file}" がありません。ファイルをアップロードし、コミットしてプッシュしてください。',
    yamlTabs: 'buildspec.yml の {line} 行目がタブで字下げされています。YAML ではタブを使えないので、空白に置き換えてください。',
    yamlInvalid: 'buildspec.yml を YAML として読み取れません({line} 行目: {problem})。その行の字下げと引用符を確かめてください。',
    yamlNotMapping: 'buildspec.yml の先頭に `version:` や `phases:` のような項目がありません。演習ファイルの内容と比べてください。',
    versionMissing: 'buildspec.yml に version がありません。先頭に `version: 0.2` と書いてください。',
    versionWrong: 'buildspec.yml の version は "{found}" です。`version: 0.2` に直してください。',
    phasesAtRoot: '{phases} が一番上に書かれています。`phases:` の下に移して字下げしてください。一番上にあると CodeBuild は実行しません。',
    phasesMissing: 'buildspec.yml に `phases:` がないか、空です。その下に pre_build、build、post_build を書いてください。',
    phaseUnknown: 'フェーズ "{phase}" はありません。install、pre_build、build、post_build のどれかに直してください。',
    commandsNotList: 'フェーズ "{phase}" の commands がリストではありません。コマンドを 1 行ずつ、先頭に `- ` を付けて書いてください。',
    commandIsMap:
      'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コロンの後の空白のため、YAML がキーと値として読みます。コマンド全体を引用符で囲んでください。',
    commandNotText:
      'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コマンドを 1 つの文字列で書いてください。',
    loginMissing:
      'ECR にログインするコマンドがありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
    loginObsolete:
      '`aws ecr get-login` は、ビルドイメージにある AWS CLI バージョン 2 にはありません。`aws ecr get-login-password` の出力を `docker login --username AWS --password-stdin {registry}` に渡してください。',
    loginElsewhere:
      '"{found}" にログインしています。イメージを置くレジストリ "{registry}" に、ユーザー名 AWS と ECR のパスワードでログインしてください。',
    loginLate: 'イメージをプッシュした後で ECR にログインしています。ログインをプッシュより前(pre_build)に移してください。',
    buildMissing: '`docker build` がありません。build フェーズでイメージをビルドしてください。',
    pushOtherTag: '"{found}" をプッシュしています。タグはコミットハッシュの先頭 7 文字にしてください: "{expected}"',
    pushOfNothing:
      '"{reference}" をプッシュしていますが、その名前でビルドも `docker tag` もしていません。プッシュする前にタグを付けてください。',
    pushElsewhere: '"{found}" をプッシュしています。このアカウントの ECR リポジトリにプッシュしてください: "{expected}"',
    undecidedCommand:
      'コマンド "{command}" が何をするかここからは分からないため、判断できませんでした。間違いという意味ではありません。buildspec.yml に直接書いたコマンドは確認できます。',
    undecidedValue:
      '"{found}" に入る値、または実行される条件がここからは分からないため、判断できませんでした。間違いという意味ではありません。変数名に誤字がないか確かめてください。',
    projectMissing: '{region} リージョンにプロジェクト "{project}" がありません。CodeBuild でプロジェクトを作成してください。',
    projectNamedOtherwise: 'プロジェクトの名前が "{found}" です。この演習では "{expected}" という名前で作り直してください。',
    sourceNotCodeCommit: 'プロジェクトのソースが {type} です。Source provider を AWS CodeCommit に変えてください。',
    sourceOtherRepository: 'プロジェクトはリポジトリ "{found}" をビルドします。スタックが作った "{expected}" に変えてください。',
    branchOther: 'プロジェクトは "{found}" をビルドします。コードのあるブランチ "{expected}" に変えてください。',
    environmentNotLinux:
      'ビルド環境が {type} です。Environment で Amazon Linux、Standard、x86_64 のイメージを選び、LINUX_CONTAINER にしてください。',
    notPrivileged:
      'プロジェクト "{project}" の特権モードがオフなので、Docker を実行できません。Environment の Additional configuration でオンにしてください。',
    roleAutoMade:
      'コンソールが自動で作ったロール "{found}" を使っています。Existing service role を選び、スタックが作ったロールを指定してください: "{expected}"',
    roleOther: 'プロジェクトはロール "{found}" を使っています。スタックが作ったロールに変えてください: "{expected}"',
    buildspecInline:
      'ビルドコマンドがプロジェクトに直接書かれています。Use a buildspec file を選び、ソースの buildspec.yml を使うようにしてください。',
    buildspecOther: 'プロジェクトは "{found}" を buildspec として使います。"{expected}" に変えるか、空にしてください。',
    logsOff: 'プロジェクト "{project}" の CloudWatch ログがオフです。Logs で CloudWatch logs をオンにしてください。',
    noBuild: 'プロジェクト "{project}" のビルドがありません。Start build をクリックしてビルドを開始してください。',
    buildInProgress: 'ビルド {number} は実行中です({phase})。終わるまで待ってから、もう一度確認してください。',
    buildEnded: 'ビルド {number} は最後まで実行されませんでした({status})。もう一度ビルドを開始してください。',
    buildFailed: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度ビルドしてください。',
    buildFailedPullLimit:
      'ビルド {number} は {phase} フェーズで失敗しました: {reason} Docker Hub のダウンロード制限です。Dockerfile の FROM を public.ecr.aws のイメージに変えてください。',
    buildFailedSource:
      'ビルド {number} は {phase} フェーズで失敗しました: {reason} プロジェクトのリポジトリとブランチ、コードをプッシュしたかを確かめてください。',
    buildFailedPrivileged:
      'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度ビルドしてください。',
    buildNotPrivileged: 'ビルド {number} は特権モードなしで実行されました。プロジェクトでオンにして、もう一度ビルドしてください。',
    buildWithoutCommit: 'ビルド {number} は CodeCommit のコミットをビルドしていません。ソースを変えずに、もう一度ビルドしてください。',
    imageRepositoryGone: 'ECR リポジトリ "{repository}" がありません。スタックを確かめ、もう一度ビルドしてください。',
    imageTagMissing:
      'リポジトリ "{repository}" に、ビルド {number} のコミットハッシュ "{tag}" のタグが付いたイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
    imageTooOld:
      'リポジトリ "{repository}" のイメージ "{tag}" は、ビルド {number} が始まる前にプッシュされたものです。CodeBuild でもう一度ビルドし、イメージをプッシュしてください。',
    neverUsed: 'このアカウントで演習を行った形跡がありません。演習を終えて削除してから確認してください。',
    imagesLeft: 'リポジトリ "{repository}" にイメージが {count} 個残っています。スタックを削除する前に、すべて削除してください。',
    imagesKeepStack:
      'リポジトリ "{repository}" にイメージが {count} 個残っているため、スタック "{stack}" を削除できませんでした(DELETE_FAILED)。先にリポジトリを空にし、スタックをもう一度削除してください。',
    projectLeft: 'プロジェクト "{project}" が残っています。手で作ったリソースなので、CodeBuild で削除してください。',
    stackDeleting: 'スタック "{stack}" を削除しています。終わるまで待ってから、もう一度確認してください。',
    imageRepositoryLeft: 'スタックはありませんが、ECR リポジトリ "{repository}" が残っています。手で削除してください。',
    sourceRepositoryLeft: 'スタックはありませんが、CodeCommit リポジトリ "{repository}" が残っています。手で削除してください。',
    roleLeft: 'スタックはありませんが、IAM ロール "{role}" が残っています。手で削除してください。',
    logGroupLeft:
      'ロググループ "{group}" が残っています。ビルドが作ったものなので、スタックと一緒には消えません。CloudWatch で削除してください。',
  },
  en: {
    stackMissing:
      'There is no stack "{stack}" in {region}. Check the region and the stack name; if you have not made it yet, create the stack.',
    stackNotExecuted:
      'The stack "{stack}" is in REVIEW_IN_PROGRESS: its change set was made but not executed. Execute it on the Change sets tab, or delete the stack and create it again.',
    stackInProgress: 'The stack "{stack}" is still being worked on ({status}). Wait until it is done and check again.',
    stackRollingBack: 'The stack "{stack}" is being rolled back. The first resource that failed is "{resource}": {reason}',
    codeCommitClosed:
      'CodeCommit answered that this account cannot create repositories ("{resource}", OperationNotAllowed). This is a limit of the account, not a mistake of yours. Tell your instructor and create the stack again in an account that has CodeCommit.',
    stackBroken:
      'The stack "{stack}" is not complete ({status}). The resource in trouble is "{resource}": {reason} Delete the stack and create it again.',
    outputMissing: 'The outputs of the stack "{stack}" lack {output}. Make sure you uploaded the template of the lab files unchanged.',
    imageRepositoryElsewhere:
      'The ECR repository "{uri}" in the stack outputs is not in account {account}, region {region}. Create the stack again from the template of the lab files.',
    roleElsewhere:
      'The role "{role}" in the stack outputs does not belong to account {account}. Create the stack again from the template of the lab files.',
    repositoryGone:
      'The CodeCommit repository "{repository}" that the stack made is gone. If you deleted it, delete the stack and create it again.',
    notPushed: 'The repository "{repository}" is empty. Did you commit without pushing? Run `git push origin main`.',
    branchWrong: 'The default branch of "{repository}" is "{branch}". Push the code to main and make main the default branch.',
    fileEmpty: '"{file}" is empty. Upload the lab file again, commit and push.',
    fileNotText: '"{file}" is not UTF-8 text. Save it as UTF-8 in your editor, or upload the lab file again.',
    fileMisnamed: 'There is no "{file}", but there is "{found}". Rename it with `git mv {found} {file}`, commit and push again.',
    fileNested:
      '"{file}" is not at the root of the repository but at "{found}". Move it with `git mv {found} {file}`, commit and push again.',
    fileMissing: 'The default branch of "{repository}" has no "{file}". Upload the file, commit and push.',
    yamlTabs: 'Line {line} of buildspec.yml is indented with a tab. YAML does not allow tabs: use spaces.',
    yamlInvalid: 'buildspec.yml cannot be read as YAML (line {line}: {problem}). Check the indentation and the quotes of that line.',
    yamlNotMapping: 'buildspec.yml does not begin with members such as `version:` and `phases:`. Compare it with the lab file.',
    versionMissing: 'buildspec.yml has no version. Write `version: 0.2` at the top.',
    versionWrong: 'The version in buildspec.yml is "{found}". Change it to `version: 0.2`.',
    phasesAtRoot: '{phases}: written at the root. Move them under `phases:` and indent them; at the root CodeBuild does not run them.',
    phasesMissing: 'buildspec.yml has no `phases:`, or it is empty. Write the phases pre_build, build and post_build under it.',
    phaseUnknown: 'There is no phase "{phase}". Change it to install, pre_build, build or post_build.',
    commandsNotList: 'The commands of the phase "{phase}" are not a list. Put every command on its own line, with `- ` before it.',
    commandIsMap:
      'A command of the phase "{phase}" is not a string (line {line}: {command}). YAML reads the colon and the space as key and value. Quote the whole command.',
    commandNotText: 'A command of the phase "{phase}" is not a string (line {line}: {command}). Write the command as one string.',
    loginMissing:
      'Nothing logs in to ECR. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
    loginObsolete:
      '`aws ecr get-login` does not exist in version 2 of the AWS CLI, which the build image has. Pipe `aws ecr get-login-password` into `docker login --username AWS --password-stdin {registry}`.',
    loginElsewhere: 'It logs in to "{found}". Log in to "{registry}", where the image goes, as user AWS with the password that ECR gives.',
    loginLate: 'It logs in to ECR after an image has been pushed. Move the login before the push, to pre_build.',
    buildMissing: 'There is no `docker build`. Build the image in the build phase.',
    pushOtherTag: 'It pushes "{found}". The tag must be the first 7 characters of the commit hash: "{expected}"',
    pushOfNothing: 'It pushes "{reference}", but nothing builds or tags an image of that name. Tag the image before pushing it.',
    pushElsewhere: 'It pushes "{found}". Push to the ECR repository of this account: "{expected}"',
    undecidedCommand:
      'We could not decide this, because what "{command}" does cannot be seen from here. That does not mean it is wrong. Commands written in buildspec.yml itself can be checked.',
    undecidedValue:
      'We could not decide this, because a value in "{found}", or whether it runs, cannot be seen from here. That does not mean it is wrong. Check the variable names for typing errors.',
    projectMissing: 'There is no project "{project}" in {region}. Create the project in CodeBuild.',
    projectNamedOtherwise: 'Your project is called "{found}". In this lab, create it again with the name "{expected}".',
    sourceNotCodeCommit: 'The source of the project is {type}. Change the source provider to AWS CodeCommit.',
    sourceOtherRepository: 'The project builds the repository "{found}". Change it to "{expected}", which the stack made.',
    branchOther: 'The project builds "{found}". Change it to the branch "{expected}", which holds the code.',
    environmentNotLinux:
      'The build environment is {type}. Choose the image Amazon Linux, Standard, x86_64 under Environment, which gives LINUX_CONTAINER.',
    notPrivileged:
      'Privileged mode of the project "{project}" is off, so it cannot run Docker. Turn it on under Environment, Additional configuration.',
    roleAutoMade:
      'It uses the role "{found}", which the console made by itself. Choose Existing service role and the role that the stack made: "{expected}"',
    roleOther: 'The project uses the role "{found}". Change it to the role that the stack made: "{expected}"',
    buildspecInline:
      'The build commands are written in the project itself. Choose Use a buildspec file, so that buildspec.yml of the source is used.',
    buildspecOther: 'The project uses "{found}" as its buildspec. Change it to "{expected}", or leave it empty.',
    logsOff: 'CloudWatch logs of the project "{project}" are off. Turn them on under Logs.',
    noBuild: 'The project "{project}" has no build. Click Start build.',
    buildInProgress: 'Build {number} is still running ({phase}). Wait until it is done and check again.',
    buildEnded: 'Build {number} did not run to its end ({status}). Start a build again.',
    buildFailed: 'Build {number} failed in the phase {phase}: {reason} Find the cause in the build log, mend it and build again.',
    buildFailedPullLimit:
      'Build {number} failed in the phase {phase}: {reason} This is the pull limit of Docker Hub. Change FROM in the Dockerfile to an image of public.ecr.aws.',
    buildFailedSource:
      'Build {number} failed in the phase {phase}: {reason} Check the repository and the branch of the project, and whether the code has been pushed.',
    buildFailedPrivileged:
      'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode and could not use Docker. Turn the mode on and build again.',
    buildNotPrivileged: 'Build {number} ran without privileged mode. Turn the mode on in the project and build again.',
    buildWithoutCommit: 'Build {number} did not build a commit of CodeCommit. Build again without changing the source.',
    imageRepositoryGone: 'There is no ECR repository "{repository}". Check the stack and build again.',
    imageTagMissing:
      'The repository "{repository}" holds no image with the tag "{tag}", the commit hash of build {number}. Make sure buildspec.yml pushes that tag, and build again.',
    imageTooOld:
      'The image "{tag}" in the repository "{repository}" was pushed before build {number} began. Build again, so that CodeBuild pushes the image.',
    neverUsed: 'Nothing shows that the lab was done in this account. Do the lab, clean up, then check.',
    imagesLeft: 'The repository "{repository}" still holds images: {count}. Delete all of them before you delete the stack.',
    imagesKeepStack:
      'The stack "{stack}" could not be deleted (DELETE_FAILED), because the repository "{repository}" still holds images: {count}. Empty the repository first, then delete the stack again.',
    projectLeft: 'The project "{project}" is still there. You made it by hand, so delete it by hand in CodeBuild.',
    stackDeleting: 'The stack "{stack}" is being deleted. Wait until it is done and check again.',
    imageRepositoryLeft: 'The stack is gone, but the ECR repository "{repository}" is still there. Delete it by hand.',
    sourceRepositoryLeft: 'The stack is gone, but the CodeCommit repository "{repository}" is still there. Delete it by hand.',
    roleLeft: 'The stack is gone, but the IAM role "{role}" is still there. Delete it by hand.',
    logGroupLeft:
      'The log group "{group}" is still there. The builds made it, so it does not go with the stack. Delete it by hand in CloudWatch.',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;
