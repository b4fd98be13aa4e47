import { expect, test } from 'vitest';
import { validateBuildspec } from './buildspec-rules.ts';

const buildspec = `version: 0.2
run-as: root
env:
  shell: bash
  variables:
    STAGE: dev
    RETRIES: 3
  secrets-manager:
    TOKEN: lab/token:value
  exported-variables: [IMAGE_TAG]
phases:
  install:
    runtime-versions:
      nodejs: 24
  pre_build:
    commands:
      - 'echo a: b'
  build:
    on-failure: ABORT
    commands:
      - |
        if true; then
          echo yes
        fi
    finally:
      - echo done
reports:
  unit:
    files: [junit.xml]
    file-format: JUNITXML
artifacts:
  files:
    - imagedefinitions.json
  secondary-artifacts:
    logs:
      files: ['*.log']
cache:
  paths: [node_modules/**/*]
`;

function after(find: string, replace: string): string[] {
  expect(buildspec).toContain(find);
  return validateBuildspec(buildspec.replace(find, replace)).map(({ line, rule, message }) => `${line} ${rule}: ${message}`);
}

test('a sound buildspec has no findings', () => {
  expect(validateBuildspec(buildspec)).toEqual([]);
});

test.each([
  ['a runtime that images have lost', 'nodejs: 24', 'docker: 19', '14 runtime: No maintained build image offers docker as a runtime'],
  ['a missing version', 'version: 0.2\n', '', '1 version: version is missing: write 0.2.'],
  ['the old version', 'version: 0.2', 'version: 0.1', '1 version: version is 0.1: 0.1 runs every command in a shell of its own'],
  ['a version that does not exist', 'version: 0.2', "version: '2.0'", '1 version: version is 2.0: write 0.2.'],
  ['a section that does not exist', 'artifacts:', 'artefacts:', '31 section: artefacts is not a section of a buildspec'],
  ['missing phases', 'phases:', 'reports2:', 'phases: phases must be a mapping of install, pre_build, build, post_build, not nothing.'],
  [
    'a phase at the root',
    'phases:',
    'post_build:\n  commands: [echo]\nphases:',
    '11 phase-place: post_build must be under phases; here CodeBuild does not run its commands.',
  ],
  ['a phase that does not exist', '  pre_build:', '  prebuild:', '15 phases: prebuild is not a phase; the phases are'],
  [
    'commands that are text',
    "commands:\n      - 'echo a: b'",
    'commands: echo',
    '16 commands: commands of pre_build must be a list of commands, not text.',
  ],
  [
    'missing commands',
    "    commands:\n      - 'echo a: b'",
    '    run-as: root',
    '15 commands: commands of pre_build must be a list of commands, not nothing.',
  ],
  [
    'a command that reads as a mapping',
    "'echo a: b'",
    'echo a: b',
    '17 commands: A command in commands of pre_build reads as a mapping because of ": "; put the whole command into quotes.',
  ],
  ['a command that is a number', "'echo a: b'", '1', '17 commands: A command in commands of pre_build must be text, not a number.'],
  ['an empty command', "'echo a: b'", '', '17 commands: A command in commands of pre_build must be text, not nothing.'],
  ['an empty list of commands', "commands:\n      - 'echo a: b'", 'commands: []', '16 commands: commands of pre_build is an empty list.'],
  [
    'a finally that is text',
    'finally:\n      - echo done',
    'finally: echo',
    '25 commands: finally of build must be a list of commands, not text.',
  ],
  [
    'runtime-versions outside install',
    'on-failure: ABORT',
    'runtime-versions: { nodejs: 24 }',
    '19 unknown-key: The phase build has no key runtime-versions',
  ],
  ['an on-failure that does not exist', 'ABORT', 'STOP', '19 on-failure: on-failure of build must be ABORT, CONTINUE or RETRY.'],
  ['an unknown key of env', 'variables:', 'variable:', '5 unknown-key: env has no key variable'],
  ['a variable that is a list', 'STAGE: dev', 'STAGE: [dev]', '6 env: STAGE in variables of env must be a single value.'],
  [
    'variables that are a list',
    'variables:\n    STAGE: dev\n    RETRIES: 3',
    'variables: [a]',
    '5 env: variables of env must be a mapping of names and values, not a list.',
  ],
  ['exported variables that are text', '[IMAGE_TAG]', 'IMAGE_TAG', '10 list: exported-variables of env must be a list'],
  [
    'artifacts.files that is text',
    'files:\n    - imagedefinitions.json',
    'files: imagedefinitions.json',
    '32 list: files of artifacts must be a list with at least one item, not text.',
  ],
  [
    'secondary artifacts without files',
    "      files: ['*.log']",
    '      name: x',
    '35 list: files of the secondary artifact logs must be a list',
  ],
  ['an unknown key of artifacts', 'secondary-artifacts:', 'secondary:', '34 unknown-key: artifacts has no key secondary'],
  ['a report group without files', 'files: [junit.xml]', 'base-directory: a', 'list: files of the report group unit must be a list'],
  ['a cache without paths', 'paths: [node', 'path: [node', 'list: paths of cache must be a list'],
  ['a tab', '  pre_build:', '\tpre_build:', '15 yaml: '],
  ['a key given twice', 'run-as: root', 'run-as: root\nrun-as: root', '3 duplicate-key: Map keys must be unique'],
])('finds %s', (_, find, replace, finding) => {
  expect(after(find, replace).join('\n')).toContain(finding);
});

test.each([
  ['', 'nothing'],
  ['- a', 'a list'],
  ['text', 'text'],
])('%j is no buildspec', (text, what) => {
  expect(validateBuildspec(text)).toEqual([
    { rule: 'section', message: `A buildspec is a mapping with version and phases, not ${what}.`, line: 1 },
  ]);
});

const items = (list: string) =>
  validateBuildspec(buildspec.replace("      - 'echo a: b'\n", list)).map(({ line, message }) => ({ line, message }));

test('list items that YAML joins into one command are found', () => {
  expect(items('     - set -u\n      - echo a\n      - echo b\n')).toEqual([
    { line: 17, message: 'The lines below that begin with "- " are indented more than this one, so YAML reads them all as one command.' },
  ]);
});

test.each([
  '      - docker run\n        --rm\n        -it app\n',
  '      - curl https://example.com/a.tar | tar -xf\n        - -C /tmp\n',
  '      - |\n        cat <<EOF\n        - a\n        EOF\n',
  '      - "echo\n        - a"\n',
])('a command may go on in lines of its own (%#)', (list) => {
  expect(items(list)).toEqual([]);
});
