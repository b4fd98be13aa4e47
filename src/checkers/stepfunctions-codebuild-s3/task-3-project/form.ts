import type { Buildspec } from '../../dialects/buildspec/parse.ts';
import { blocked, failed, passed } from '../../engine/verdict.ts';
import { buildspecPlace } from '../../kit/codebuild/build-project.ts';
import { buildspecMistakes } from '../../kit/codebuild/buildspec-mistakes.ts';
import { judgeSyntax, structureSays, yamlSays } from '../../kit/codebuild/buildspec-syntax.ts';
import { ofProject } from '../../kit/codebuild/find-project.ts';
import { BUILDSPEC_FILE, PROJECT } from '../names.ts';
import { changeBuildspec, project, useBuildspec } from '../student.ts';
import { on, type WithSpec } from './facts.ts';

function judgeInline({ project }: WithSpec) {
  if (project === undefined) return blocked('project-exists');
  const { buildspec } = project.source;
  if (buildspec === undefined) return failed(['buildspecMissing', { project: PROJECT }]);
  return buildspecPlace(buildspec) === 'inline' ? passed() : failed(['buildspecFile', { found: buildspec }]);
}

/** Looks for what CodeBuild would refuse, or silently never run. */
function judgeStructure(spec: Buildspec) {
  if (spec.version !== '0.2') return failed(['versionWrong', { found: spec.version ?? '-' }]);
  const misplaced = [...spec.phasesAtRoot, ...spec.unknownPhases];
  if (misplaced.length > 0) return failed(['phasesMisplaced', { phases: misplaced.join(', ') }]);
  if (!spec.hasPhases) return failed('phasesMissing');
  const [bad] = spec.badCommands;
  if (bad !== undefined) return failed(['commandNotText', { line: bad.line, command: bad.text }]);
  const [phase] = spec.commandsNotList;
  return phase === undefined ? passed() : failed(['commandsNotList', { phase }]);
}

const mistakes = buildspecMistakes(changeBuildspec, (text) => (account) => void useBuildspec(account, text));

/** Whether the buildspec is there and CodeBuild takes it. */
export const form = [
  on.spec({
    ...ofProject,
    id: 'buildspec-inline',
    title: {
      ko: 'buildspec이 프로젝트 안에 들어 있습니다',
      ja: 'buildspec がプロジェクトに埋め込まれている',
      en: 'The buildspec is in the project itself',
    },
    step: 2,
    after: 'source-none',
    judge: judgeInline,
    observed: ({ project }) => project && (project.source.buildspec?.slice(0, 200) ?? null),
    says: {
      buildspecMissing: {
        ko: '"{project}" 프로젝트에 buildspec이 없습니다. BUILD_SPEC 변수에 파일의 내용을 담아 다시 설정합니다.',
        ja: 'プロジェクト "{project}" に buildspec がありません。変数 BUILD_SPEC にファイルの内容を入れてから設定し直してください。',
        en: 'The project "{project}" has no buildspec. Put the contents of the file into BUILD_SPEC and set it again.',
      },
      buildspecFile: {
        ko: 'buildspec 자리에 파일 이름 "{found}"이(가) 있습니다. 소스가 없어 그 파일을 읽을 수 없으므로 내용을 넣습니다.',
        ja: 'buildspec がファイル名 "{found}" です。ソースがないのでそのファイルは読めません。内容を入れてください。',
        en: 'The buildspec is the name of a file, "{found}". Without a source there is no such file: put its contents there.',
      },
    },
    breaks: {
      'build-spec-undefined': {
        title: { ko: 'BUILD_SPEC을 정하지 않고 만듭니다', ja: 'BUILD_SPEC を定めずに作る', en: 'Leave BUILD_SPEC undefined' },
        says: 'buildspecMissing',
        play: (account) => project.change(account, () => ({ source: { type: 'NO_SOURCE' } })),
      },
      'buildspec-file-name': {
        title: {
          ko: 'buildspec에 파일 이름을 적습니다',
          ja: 'buildspec にファイル名を書く',
          en: 'Write the name of the file as the buildspec',
        },
        says: 'buildspecFile',
        play: (account) => useBuildspec(account, BUILDSPEC_FILE),
      },
    },
  }),
  on.spec({
    ...ofProject,
    id: 'buildspec-readable',
    title: {
      ko: 'buildspec을 CodeBuild가 읽을 수 있습니다',
      ja: 'buildspec を CodeBuild が読み取れる',
      en: 'CodeBuild can read the buildspec',
    },
    step: 2,
    after: 'buildspec-inline',
    judge({ reading }) {
      if (reading === undefined) return blocked('buildspec-inline');
      return reading.state === 'parsed' ? judgeStructure(reading) : judgeSyntax(reading, 'yamlNotMapping');
    },
    says: {
      ...yamlSays(BUILDSPEC_FILE),
      ...structureSays(BUILDSPEC_FILE),
      commandNotText: {
        ko: 'buildspec {line}번째 줄의 명령이 문자열이 아닙니다: {command}. 명령 전체를 따옴표로 감쌉니다.',
        ja: 'buildspec の {line} 行目のコマンドが文字列ではありません: {command}。全体を引用符で囲んでください。',
        en: 'The command in line {line} of the buildspec is not text: {command}. Put it in quotes.',
      },
      phasesMisplaced: {
        ko: 'CodeBuild가 실행하지 않는 단계가 있습니다: {phases}. phases 아래에 pre_build, build, post_build 이름으로 둡니다.',
        ja: 'CodeBuild が実行しないフェーズがあります: {phases}。phases の下に pre_build、build、post_build の名前で書いてください。',
        en: 'CodeBuild does not run these phases: {phases}. Put them under phases, named pre_build, build, post_build.',
      },
    },
    breaks: {
      'buildspec-tabs': mistakes.tabs,
      'buildspec-broken': mistakes.broken,
      'buildspec-list': mistakes.plainText,
      'buildspec-old-version': mistakes.versionOld,
      'phases-at-root': { ...mistakes.phasesAtRoot, says: 'phasesMisplaced' },
      'phases-missing': mistakes.phasesMissing,
      'command-with-colon': { ...mistakes.withColon, says: 'commandNotText' },
      'commands-not-a-list': mistakes.notAList,
    },
  }),
];
