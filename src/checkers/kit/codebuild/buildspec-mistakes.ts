import type { PracticeAccount } from '../../../practice/account.ts';
import type { Mistake } from '../../engine/expectation.ts';

type Play = (account: PracticeAccount) => void;
/** Makes a move that changes one thing in a buildspec. */
export type EditBuildspec = (from: RegExp, to: string | ((found: string) => string)) => Play;

/** A line with the command of Docker that makes what the build is for. */
export const DOCKER_LINE = /^ +- docker (image )?(build|save).*\n/m;

/** Mistakes in the form of a buildspec, to list under a lab's move ids. @param write makes a move that puts another text in its place */
export const buildspecMistakes = (edit: EditBuildspec, write: (text: string) => Play) =>
  ({
    tabs: {
      title: { ko: '탭으로 들여씁니다', ja: 'タブで字下げする', en: 'Indent with tabs' },
      says: 'yamlTabs',
      play: edit(/^ {2}pre_build:/m, '\tpre_build:'),
    },
    broken: {
      title: { ko: '따옴표를 닫지 않습니다', ja: '引用符を閉じない', en: 'Leave a quote open' },
      says: 'yamlInvalid',
      play: edit(DOCKER_LINE, '      - "docker build .\n'),
    },
    plainText: {
      title: { ko: 'YAML이 아닌 글을 적습니다', ja: 'YAML でない文章を書く', en: 'Write text that is not YAML' },
      says: 'yamlNotMapping',
      play: write('docker build .\n'),
    },
    versionOld: {
      title: { ko: 'version을 0.1로 적습니다', ja: 'version を 0.1 と書く', en: 'Write version 0.1' },
      says: 'versionWrong',
      play: edit(/^version.*$/m, 'version: 0.1'),
    },
    phasesMissing: {
      title: { ko: 'phases를 빠뜨립니다', ja: 'phases を忘れる', en: 'Leave out phases' },
      says: 'phasesMissing',
      play: write('version: 0.2\n\nenv:\n  variables:\n    STAGE: test\n'),
    },
    phasesAtRoot: {
      title: { ko: '단계를 phases 밖에 적습니다', ja: 'フェーズを phases の外に書く', en: 'Write the phases outside phases' },
      says: 'phasesAtRoot',
      play: edit(/^phases:\n(?: .*\n)*/m, (found) => found.replace('phases:\n', '').replaceAll(/^ {2}/gm, '')),
    },
    notAList: {
      title: {
        ko: '명령을 목록이 아니라 글 하나로 적습니다',
        ja: 'コマンドをリストではなく 1 つの文章で書く',
        en: 'Write the commands as one text instead of a list',
      },
      says: 'commandsNotList',
      play: edit(/^ {2}build:\n(?: {4}on-failure.*\n)? {4}commands:$/m, (found) => `${found} |`),
    },
    withColon: {
      title: { ko: '따옴표 없이 echo a: b를 적습니다', ja: '引用符なしで echo a: b と書く', en: 'Write echo a: b without quotes' },
      says: 'commandIsMap',
      play: edit(DOCKER_LINE, (found) => `      - echo Building: $REPOSITORY_URI\n${found}`),
    },
  }) as const satisfies Readonly<Record<string, Mistake>>;
