import type { Mistake } from '../../engine/expectation.ts';
import { says } from '../../engine/texts.ts';
import type { PracticeSource } from '../codecommit/practice-source.ts';
import { BUILDSPEC } from '../codecommit/source-buildspec.ts';

/** The file with which CodePipeline deploys to Amazon ECS, as the labs' builds write it with one `printf`. */
export const DEFINITIONS = 'imagedefinitions.json';

export const DEFINITIONS_SAYS = says({
  definitionsMissing: {
    ko: '{file} 파일을 만드는 명령이 없습니다. post_build 단계에서 컨테이너 이름과 이미지 URI를 적어 만듭니다.',
    ja: '{file} を作るコマンドがありません。post_build フェーズで、コンテナ名とイメージの URI を書いて作ってください。',
    en: 'Nothing writes {file}. Write it in the post_build phase, with the container name and the image URI.',
  },
  definitionsMisnamed: {
    ko: '이미지 정의를 "{found}" 파일에 적습니다. 대소문자까지 같은 {file} 파일로 바꿉니다.',
    ja: 'イメージ定義を "{found}" に書いています。大文字と小文字まで同じ {file} にしてください。',
    en: 'The image definitions are written to "{found}". Call the file {file}, in just these letters.',
  },
  definitionsWrong: {
    ko: '{file} 파일의 내용이 맞지 않습니다: {found}. name과 imageUri를 가진 객체의 배열로 만들고, imageUri에는 ECR에 푸시한 이미지를 적습니다.',
    ja: '{file} の内容が正しくありません: {found}。name と imageUri を持つオブジェクトの配列にし、imageUri には ECR にプッシュしたイメージを書いてください。',
    en: 'The content of {file} is not right: {found}. Make it an array of objects with name and imageUri, where imageUri is the image pushed to ECR.',
  },
});

const PRINTF = /^ +- printf .*imagedefinitions\.json\n/m;

/** What students get wrong when they write it, to be listed under the lab's names for the moves. */
export const definitionMistakes = (source: PracticeSource) =>
  ({
    missing: {
      title: {
        ko: 'imagedefinitions.json을 만들지 않습니다',
        ja: 'imagedefinitions.json を作らない',
        en: 'Do not write imagedefinitions.json',
      },
      says: 'definitionsMissing',
      play: source.edit(BUILDSPEC, PRINTF, ''),
    },
    misnamed: {
      title: { ko: 'imageDefinitions.json이라고 적습니다', ja: 'imageDefinitions.json と書く', en: 'Call it imageDefinitions.json' },
      says: 'definitionsMisnamed',
      play: source.edit(BUILDSPEC, PRINTF, (line) => line.replace(DEFINITIONS, 'imageDefinitions.json')),
    },
    wrong: {
      title: {
        ko: 'imageDetail.json의 형식으로 적습니다',
        ja: 'imageDetail.json の形式で書く',
        en: 'Write it in the shape of imageDetail.json',
      },
      says: 'definitionsWrong',
      play: source.edit(BUILDSPEC, PRINTF, (line) => line.replace(/'.*' "\$CONTAINER_NAME"/, `'{"ImageURI":"%s"}'`)),
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;
