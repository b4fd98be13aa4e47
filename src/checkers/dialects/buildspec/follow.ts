import { type DockerLog, newDocker, runDocker } from './docker.ts';
import type { Buildspec } from './parse.ts';
import { type Call, newShell, type Outcome, runShell, type WrittenFile } from './shell.ts';
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
export interface Course extends DockerLog {
  /** Files written, by name. */
  readonly files: ReadonlyMap<string, WrittenFile>;
  /** What it copies to S3, in order. */
  readonly uploads: readonly Upload[];
  /** Commands whose effect cannot be told, in order, as written after expansion. While there are any, nothing that was not seen is known to be missing. */
  readonly lost: readonly string[];
  /** Scripts of the source that it runs and that have not been read. */
  readonly wanted: readonly string[];
  /** It uses `aws ecr get-login`, which version 2 of the AWS CLI no longer has. */
  readonly obsoleteLogin: boolean;
}

/** Stands for the password that `aws ecr get-login-password` prints. */
export const ECR_PASSWORD = '\u{F8FE}';

/** Follows the commands of all phases, in the order in which CodeBuild runs them, in one shell. */
export function followBuildspec(buildspec: Buildspec, { account, region, commit, variables, scripts }: BuildSetting): Course {
  const docker = newDocker();
  const uploads: Upload[] = [];
  const lost: string[] = [];
  const wanted = new Set<string>();
  let obsoleteLogin = false;

  const aws = (call: Call): Outcome => {
    const { args } = call;
    const words = args.filter(
      (arg, at) => !arg.startsWith('-') && !/^--(region|profile|output|query|endpoint-url)$/.test(args[at - 1] ?? ''),
    );
    const command = words.slice(0, 2).join(' ');
    const line = args.join(' ');
    if (command === 'ecr get-login-password') return { out: `${ECR_PASSWORD}\n`, ended: true };
    if (command === 'ecr get-login') {
      obsoleteLogin = true;
      return { out: '', ended: false };
    }
    if (command === 'sts get-caller-identity' && /--query[ =]\[?Account\]?/.test(line)) return { out: `${account}\n`, ended: true };
    if (words.join(' ') === 'configure get region') return { out: `${region}\n`, ended: true };
    const repository = /--repository-names?[ =](\S+)/.exec(line)?.[1];
    if (command === 'ecr describe-repositories' && repository && /--query[ =]\S*repositoryUri/.test(line)) {
      return { out: `${account}.dkr.ecr.${region}.amazonaws.com/${repository}\n`, ended: true };
    }
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
  const shell = newShell({
    ...buildspec.variables,
    ...secrets,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
    CODEBUILD_BUILD_SUCCEEDING: '1',
    CODEBUILD_SRC_DIR: '.',
    ...variables,
  });
  for (const { commands } of buildspec.phases) for (const command of commands) runShell(command, shell, host);
  const { images: _local, ...log } = docker;
  return { ...log, uploads, files: shell.files, lost, wanted: [...wanted], obsoleteLogin };
}
