import type { PracticeAccount } from '../../../practice/account.ts';

type Region = ReturnType<PracticeAccount['region']>;
type NewProject = Parameters<Region['codebuild']['createProject']>[0];
export type PracticeProject = NonNullable<ReturnType<Region['codebuild']['project']>>;
export type ProjectChange = (project: PracticeProject, account: PracticeAccount) => Partial<PracticeProject>;
type Environment = NonNullable<PracticeProject['environment']>;
type Source = NonNullable<PracticeProject['source']>;

interface ImageProject extends Omit<NewProject, 'name' | 'environment' | 'serviceRole' | 'source'> {
  /** The repository of CodeCommit that it builds. */
  readonly repository: string;
  readonly source?: Partial<Source>;
  /** The name of its role. */
  readonly role: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where CodeBuild finds a repository of CodeCommit. */
export const locationOf = (region: string, repository: string) => `https://git-codecommit.${region}.amazonaws.com/v1/repos/${repository}`;

/** What a student does with the CodeBuild project of a name in a practice account. */
export function practiceProject({ name, region }: { readonly name: string; readonly region: string }) {
  const codebuild = (account: PracticeAccount, where = region) => account.region(where).codebuild;
  const found = (account: PracticeAccount): PracticeProject => {
    const project = codebuild(account).project(name);
    if (project === undefined) throw new Error(`The practice account has no project "${name}" that could be changed.`);
    return project;
  };
  const change = (account: PracticeAccount, patch: ProjectChange) => codebuild(account).updateProject(name, patch(found(account), account));
  return {
    change,
    /** A move: changes members of its environment. */
    changeEnvironment:
      (patch: Partial<Environment> | ((environment: Environment, account: PracticeAccount) => Partial<Environment>)) =>
      (account: PracticeAccount): void =>
        change(account, ({ environment }) => {
          if (environment === undefined) throw new Error(`The project "${name}" of the practice account has no environment.`);
          return { environment: { ...environment, ...(typeof patch === 'function' ? patch(environment, account) : patch) } };
        }),
    /** A move: changes members of its source. */
    changeSource:
      (patch: Partial<Source>) =>
      (account: PracticeAccount): void =>
        change(account, ({ source }) => ({ source: { ...source, ...patch } as Source })),
    /** Makes the same project under another name or in another region, in the place of this one. */
    remake(account: PracticeAccount, as: { readonly name?: string; readonly region?: string }): void {
      const project = found(account);
      codebuild(account).deleteProject(name);
      codebuild(account, as.region).createProject({ ...project, name: as.name ?? name });
    },
    /** Creates it as labs do whose builds make an image of a source in CodeCommit. */
    create(account: PracticeAccount, { repository, source, role, variables = {}, ...more }: ImageProject): void {
      codebuild(account).createProject({
        name,
        source: { type: 'CODECOMMIT', location: locationOf(region, repository), gitCloneDepth: 1, ...source },
        sourceVersion: 'refs/heads/main',
        artifacts: { type: 'NO_ARTIFACTS' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
          computeType: 'BUILD_GENERAL1_SMALL',
          privilegedMode: true,
          environmentVariables: Object.entries(variables).map(([variable, value]) => ({ name: variable, value, type: 'PLAINTEXT' })),
        },
        serviceRole: `arn:aws:iam::${account.id}:role/${role}`,
        logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
        ...more,
      });
    },
  } as const;
}
