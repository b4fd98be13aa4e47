import { newDocker, runDocker } from './docker.ts';
import type { Buildspec } from './parse.ts';
import { runShell } from './shell.ts';
import { type Call, newShell, type Outcome, type WrittenFile } from './shell-state.ts';
import { UNKNOWN } from './text.ts';
import { runTextProgram } from './text-programs.ts';
import { readUpload, type Upload } from './uploads.ts';

/** Where and with what a build would run. */
export interface BuildSetting {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The commit that is built: 40 hexadecimal digits. */
  readonly commit: string;
  /** The variables of the project; they win over those of the buildspec. */
  readonly variables: Readonly<Record<string, string>>;
  /** Scripts of the source that have been read, by path from its root. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** What a buildspec's commands would do, as far as that can be told without running them. */
export type Course = ReturnType<typeof followBuildspec>;

/** Stands for the password that `aws ecr get-login-password` prints. */
export const ECR_PASSWORD = '\u{F8FE}';

/** Follows the commands of all phases, in the order in which CodeBuild runs them, in one shell. */
export function followBuildspec(buildspec: Buildspec, { account, region, commit, variables, scripts }: BuildSetting) {
  const docker = newDocker();
  const uploads: Upload[] = [];
  const lost: string[] = [];
  const wanted = new Set<string>();
  let obsoleteLogin = false;

  const aws = (call: Call): Outcome => {
    const words = call.args.filter(
      (arg, at) => !arg.startsWith('-') && !/^--(region|profile|output|query|endpoint-url)$/.test(call.args[at - 1] ?? ''),
    );
    if (words[0] === 'ecr' && words[1] === 'get-login') {
      obsoleteLogin = true;
      return { out: '', ended: false };
    }
    const answer = answerOfAws(words, call.args.join(' '), account, region);
    if (answer !== undefined) return { out: `${answer}\n`, ended: true };
    const upload = readUpload(call);
    if (upload !== undefined) uploads.push(upload);
    return { out: UNKNOWN, ended: true };
  };

  const host = {
    run(call: Call): Outcome | undefined {
      if (call.name === 'aws') return aws(call);
      if (call.name === 'docker') {
        const out = runDocker(call, docker);
        return out === undefined ? undefined : { out, ended: true };
      }
      // ECR's own credential helper logs in when docker asks; it is set up in a file that is not read here.
      if (call.name.startsWith('docker-credential')) return undefined;
      return runTextProgram(call, commit);
    },
    script(path: string) {
      const inSource = path.replace(/^\.\//, '').replace(/^\$?CODEBUILD_SRC_DIR\//, '');
      const text = scripts.get(inSource);
      if (text === undefined && !inSource.startsWith('/') && !inSource.includes('..')) wanted.add(inSource);
      return text;
    },
    lost(command: string) {
      lost.push(command.slice(0, 200));
    },
  };

  const secrets = Object.fromEntries(buildspec.secrets.map((name) => [name, UNKNOWN]));
  const ownVariables = {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
    CODEBUILD_BUILD_SUCCEEDING: '1',
    CODEBUILD_SRC_DIR: '.',
  };
  const shell = newShell({ ...buildspec.variables, ...secrets, ...ownVariables, ...variables }, host);
  for (const { commands } of buildspec.phases) for (const command of commands) runShell(command, shell);
  const { images: _local, ...log } = docker;
  return {
    ...log,
    /** Files written, by name. */
    files: shell.files as ReadonlyMap<string, WrittenFile>,
    /** What it copies to S3, in order. */
    uploads,
    /**
     * Commands whose effect cannot be told, in order, as written after expansion.
     * While there are any, nothing that was not seen is known to be missing.
     */
    lost,
    /** Scripts of the source that it runs and that have not been read. */
    wanted: [...wanted],
    /** It uses `aws ecr get-login`, which version 2 of the AWS CLI no longer has. */
    obsoleteLogin,
  };
}

/** What a call of `aws` prints, where that is known. */
function answerOfAws(words: readonly string[], line: string, account: string, region: string): string | undefined {
  switch (words.slice(0, 2).join(' ')) {
    case 'ecr get-login-password':
      return ECR_PASSWORD;
    case 'sts get-caller-identity':
      return /--query[ =]\[?Account\]?/.test(line) ? account : undefined;
    case 'configure get':
      return words.length === 3 && words[2] === 'region' ? region : undefined;
    case 'ecr describe-repositories': {
      const repository = /--repository-names?[ =](\S+)/.exec(line)?.[1];
      const asked = repository && /--query[ =]\S*repositoryUri/.test(line);
      return asked ? `${account}.dkr.ecr.${region}.amazonaws.com/${repository}` : undefined;
    }
    default:
      return undefined;
  }
}
