import type { Buildspec } from '../../dialects/buildspec/parse.ts';
import { expectation } from '../../engine/expectation.ts';
import { blocked, failed, notStarted, passed } from '../../engine/verdict.ts';
import type { PracticeSource } from '../codecommit/practice-source.ts';
import { BUILDSPEC, type FoundBuildspec, inSource, ofBuildspec, type ReadBuildspec, seenIn } from '../codecommit/source-buildspec.ts';
import { FILE_SAYS, fileMistakes, misplacedFile, wrongText } from '../codecommit/source-files.ts';
import { buildspecMistakes, DOCKER_LINE, type EditBuildspec } from './buildspec-mistakes.ts';
import { judgeSyntax, STRUCTURE_SAYS, YAML_SAYS } from './buildspec-syntax.ts';

const VERSION = '0.2';

interface BuildspecOfLab {
  readonly source: PracticeSource;
  /** The step of the text that puts the file there, and the one that reads it. */
  readonly present: number;
  readonly read: number;
  /** The task that makes the repository, and the one that first pushes to it. */
  readonly made: string;
  readonly pushed: string;
}

/** Checks of the buildspec at the root of a source, up to the form of its commands. */
export function buildspecChecks({ source, present, read, made, pushed }: BuildspecOfLab) {
  const ofText = { ...inSource, step: read } as const;
  const broken = fileMistakes(source, { file: BUILDSPEC, object: 'buildspec.yml을', folder: 'ci', name: 'buildspec.yaml' });
  const edit: EditBuildspec = (from, to) => source.edit(BUILDSPEC, from, to);
  const mistakes = buildspecMistakes(edit, (text) => source.write(BUILDSPEC, text));
  return {
    present: expectation<FoundBuildspec>()({
      ...inSource,
      id: 'buildspec-present',
      title: {
        ko: 'buildspec.yml이 리포지토리의 맨 위에 있습니다',
        ja: 'buildspec.yml がリポジトリの直下にある',
        en: 'buildspec.yml is at the root of the repository',
      },
      step: present,
      expected: BUILDSPEC,
      judge({ repository, file, survey }) {
        if (repository === undefined || file === undefined) return blocked(made);
        if (file.state === 'too-large') return failed(['fileNotText', { file: BUILDSPEC }]);
        const wrong = wrongText(BUILDSPEC, file);
        if (wrong !== undefined) return wrong;
        if (file.state === 'present') return passed();
        if (file.state !== 'no-path') return blocked(pushed);
        const misplaced = misplacedFile(survey, BUILDSPEC, [BUILDSPEC, 'buildspec.yaml', 'buildspec']);
        return misplaced ?? notStarted(['fileMissing', { file: BUILDSPEC, repository }]);
      },
      observed: ({ file }) => file?.state,
      says: FILE_SAYS,
      breaks: {
        'buildspec-yaml-extension': broken.misnamed,
        'buildspec-in-folder': broken.nested,
        'buildspec-empty': broken.empty,
        'buildspec-utf16': broken.utf16,
      },
    }),
    yaml: expectation<ReadBuildspec>()({
      ...ofText,
      id: 'buildspec-yaml',
      title: { ko: 'buildspec.yml이 올바른 YAML입니다', ja: 'buildspec.yml が正しい YAML である', en: 'buildspec.yml is valid YAML' },
      after: 'buildspec-present',
      judge: ({ reading }) => (reading === undefined ? blocked('buildspec-present') : judgeSyntax(reading, 'yamlNotMapping')),
      says: { ...YAML_SAYS, yamlNotMapping: STRUCTURE_SAYS.yamlNotMapping },
      breaks: {
        'buildspec-tabs': mistakes.tabs,
        'buildspec-broken': mistakes.broken,
        'buildspec-plain-text': mistakes.plainText,
      },
    }),
    version: expectation<ReadBuildspec>()({
      ...ofText,
      id: 'buildspec-version',
      title: { ko: 'buildspec의 버전이 0.2입니다', ja: 'buildspec のバージョンが 0.2 である', en: 'The buildspec has version 0.2' },
      after: 'buildspec-yaml',
      expected: VERSION,
      judge: ofBuildspec(judgeVersion),
      observed: seenIn(({ version }) => version ?? null),
      says: {
        versionMissing: {
          ko: 'buildspec.yml에 version이 없습니다. 맨 위에 `version: 0.2`를 적습니다.',
          ja: 'buildspec.yml に version がありません。先頭に `version: 0.2` と書いてください。',
          en: 'buildspec.yml has no version. Write `version: 0.2` at the top.',
        },
        versionWrong: STRUCTURE_SAYS.versionWrong,
      },
      breaks: {
        'version-missing': {
          title: { ko: 'version을 빠뜨립니다', ja: 'version を忘れる', en: 'Leave out the version' },
          says: 'versionMissing',
          play: edit(/^version.*\n/m, ''),
        },
        'version-old': mistakes.versionOld,
      },
    }),
    phases: expectation<ReadBuildspec>()({
      ...ofText,
      id: 'buildspec-phases',
      title: { ko: '빌드 단계가 phases 아래에 있습니다', ja: 'フェーズが phases の下にある', en: 'The phases are under phases' },
      after: 'buildspec-yaml',
      judge: ofBuildspec(judgePhases),
      observed: seenIn(({ phases }) => phases.map(({ name }) => name)),
      says: {
        phasesMissing: STRUCTURE_SAYS.phasesMissing,
        phaseUnknown: {
          ko: '"{phase}" 단계는 없습니다. install, pre_build, build, post_build 가운데 하나로 고칩니다.',
          ja: 'フェーズ "{phase}" はありません。install、pre_build、build、post_build のどれかに直してください。',
          en: 'There is no phase "{phase}". Change it to install, pre_build, build or post_build.',
        },
        phasesAtRoot: {
          ko: '{phases} 단계가 맨 위에 있습니다. 모두 `phases:` 아래로 옮기고 들여씁니다. 맨 위에 있으면 CodeBuild가 실행하지 않습니다.',
          ja: '{phases} が一番上に書かれています。`phases:` の下に移して字下げしてください。一番上にあると CodeBuild は実行しません。',
          en: '{phases}: written at the root. Move them under `phases:` and indent them; at the root CodeBuild does not run them.',
        },
      },
      breaks: {
        'phases-missing': mistakes.phasesMissing,
        'phase-misspelled': {
          title: { ko: 'pre_build를 prebuild로 적습니다', ja: 'pre_build を prebuild と書く', en: 'Write prebuild for pre_build' },
          says: 'phaseUnknown',
          play: edit(/^ {2}pre_build:/m, '  prebuild:'),
        },
        'phases-at-root': mistakes.phasesAtRoot,
      },
    }),
    commands: expectation<ReadBuildspec>()({
      ...ofText,
      id: 'buildspec-commands',
      title: { ko: '명령이 모두 문자열입니다', ja: 'コマンドがすべて文字列である', en: 'Every command is a string' },
      after: 'buildspec-phases',
      judge: ofBuildspec(judgeCommands),
      says: {
        commandsNotList: STRUCTURE_SAYS.commandsNotList,
        commandIsMap: {
          ko: '"{phase}" 단계의 명령이 문자열이 아닙니다({line}번째 줄: {command}). 콜론 뒤의 공백 때문에 YAML이 키와 값으로 읽습니다. 명령 전체를 따옴표로 감쌉니다.',
          ja: 'フェーズ "{phase}" のコマンドが文字列ではありません({line} 行目: {command})。コロンの後の空白のため、YAML がキーと値として読みます。コマンド全体を引用符で囲んでください。',
          en: 'A command of the phase "{phase}" is not a string (line {line}: {command}). YAML reads the colon and the space as key and value. Quote the whole command.',
        },
        commandNotText: STRUCTURE_SAYS.commandNotText,
      },
      breaks: {
        'commands-not-a-list': mistakes.notAList,
        'command-with-colon': mistakes.withColon,
        'command-not-text': {
          title: { ko: '명령 자리에 숫자를 적습니다', ja: 'コマンドの場所に数を書く', en: 'Write a number where a command belongs' },
          says: 'commandNotText',
          play: edit(DOCKER_LINE, (found) => `      - 1\n${found}`),
        },
      },
    }),
  } as const;
}

function judgeVersion({ version }: Buildspec) {
  if (version === VERSION) return passed();
  return version === undefined ? failed('versionMissing' as const) : failed(['versionWrong', { found: version }] as const);
}

function judgePhases({ phasesAtRoot, hasPhases, unknownPhases: [unknown] }: Buildspec) {
  if (phasesAtRoot.length > 0) return failed(['phasesAtRoot', { phases: phasesAtRoot.join(', ') }] as const);
  if (!hasPhases) return failed('phasesMissing' as const);
  return unknown === undefined ? passed() : failed(['phaseUnknown', { phase: unknown }] as const);
}

function judgeCommands({ commandsNotList: [phase], badCommands: [bad] }: Buildspec) {
  if (phase !== undefined) return failed(['commandsNotList', { phase }] as const);
  if (bad === undefined) return passed();
  return failed([bad.kind === 'map' ? 'commandIsMap' : 'commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }] as const);
}
