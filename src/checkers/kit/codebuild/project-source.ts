import { expectation } from '../../engine/expectation.ts';
import { blocked, failed, passed } from '../../engine/verdict.ts';
import { buildspecPlace, codeCommitRepositoryOf } from './build-project.ts';
import { type OfBranch, type OfProject, ofProject } from './find-project.ts';
import { type FromBuild, pastBy } from './past-project.ts';
import { locationOf, practiceProject } from './practice-project.ts';

/** The project of a lab. */
export interface BuiltProject<Aws, Known> {
  readonly name: string;
  readonly region: string;
  /** How a build proves what a project that is gone was like. Left out by labs whose builds prove nothing of it. */
  readonly fromBuild?: FromBuild<Aws, Known>;
}

/** Checks of what a project builds, and by which commands. `step`: the step of the text that sets it. */
export function sourceChecks<Aws, Known>({ name, region, fromBuild }: BuiltProject<Aws, Known>) {
  const practice = practiceProject({ name, region });
  const past = pastBy(fromBuild);
  return {
    /**
     * Whether it builds this repository of CodeCommit, where the lab is done.
     * @param made the task that makes the repository, @param repository its name; unset while it is not made
     */
    source: <Fact extends OfProject>(
      step: number,
      made: string,
      repository: (fact: Fact) => string | undefined,
      pastRepository?: (known: Known) => string | undefined,
    ) =>
      expectation<Fact, Aws>()({
        ...ofProject,
        id: 'source-repository',
        title: {
          ko: '소스가 이 실습의 CodeCommit 리포지토리입니다',
          ja: 'ソースがこの演習の CodeCommit リポジトリである',
          en: "The source is this lab's CodeCommit repository",
        },
        step,
        expected: repository,
        judge(fact, { region: here }) {
          const expected = repository(fact);
          if (fact.project === undefined || expected === undefined) return blocked(made);
          const { type, location } = fact.project.source;
          if (type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type }]);
          const found = codeCommitRepositoryOf(location, here);
          return found === expected ? passed() : failed(['sourceOtherRepository', { found: found ?? location ?? '-', expected }]);
        },
        observed: ({ project }) => project && { type: project.source.type, location: project.source.location ?? null },
        ...past(({ source }, known, { region: here }) => {
          const expected = pastRepository?.(known);
          return source?.type === 'CODECOMMIT' && expected !== undefined && codeCommitRepositoryOf(source.location, here) === expected
            ? { type: source.type, location: source.location ?? null }
            : undefined;
        }),
        says: {
          sourceNotCodeCommit: {
            ko: '프로젝트의 소스가 {type}입니다. Source provider를 AWS CodeCommit으로 바꿉니다.',
            ja: 'プロジェクトのソースが {type} です。ソースプロバイダ (Source provider) を AWS CodeCommit に変えてください。',
            en: 'The source of the project is {type}. Change the source provider to AWS CodeCommit.',
          },
          sourceOtherRepository: {
            ko: '프로젝트가 "{found}" 리포지토리를 빌드합니다. 이 실습의 "{expected}" 리포지토리로 바꿉니다.',
            ja: 'プロジェクトはリポジトリ "{found}" をビルドします。この演習の "{expected}" に変えてください。',
            en: 'The project builds the repository "{found}". Change it to "{expected}", the repository of this lab.',
          },
        },
        breaks: {
          'source-github': {
            title: { ko: '소스로 GitHub를 선택합니다', ja: 'ソースに GitHub を選ぶ', en: 'Choose GitHub as the source' },
            says: 'sourceNotCodeCommit',
            play: practice.changeSource({ type: 'GITHUB', location: 'https://github.com/example/app.git' }),
          },
          'source-other-repository': {
            title: { ko: '다른 리포지토리를 선택합니다', ja: '別のリポジトリを選ぶ', en: 'Choose another repository' },
            says: 'sourceOtherRepository',
            play: practice.changeSource({ location: locationOf(region, 'my-first-repo') }),
          },
        },
      }),
    /** @param source the task that has to push first */
    branch: (step: number, source: string) =>
      expectation<OfBranch, Aws>()({
        ...ofProject,
        id: 'source-branch',
        title: {
          ko: '코드가 있는 브랜치를 빌드합니다',
          ja: 'コードのあるブランチをビルドする',
          en: 'It builds the branch that holds the code',
        },
        step,
        after: 'source-repository',
        expected: ({ repository }) => repository?.defaultBranch,
        judge({ project, repository }) {
          const expected = repository?.defaultBranch;
          if (project === undefined || expected === undefined) return blocked(source);
          // Without a version it builds the default branch.
          const { sourceVersion: found = expected } = project;
          return [expected, `refs/heads/${expected}`].includes(found) ? passed() : failed(['branchOther', { found, expected }]);
        },
        observed: ({ project }) => project && (project.sourceVersion ?? null),
        // Without the repository it is not known what its default branch was called; these are what the labs let it be.
        ...past(({ sourceVersion = 'main' }) => (/^(refs\/heads\/)?(main|master)$/.test(sourceVersion) ? sourceVersion : undefined)),
        says: {
          branchOther: {
            ko: '프로젝트가 "{found}" 버전을 빌드합니다. 코드가 있는 "{expected}" 브랜치로 바꿉니다.',
            ja: 'プロジェクトは "{found}" をビルドします。コードのあるブランチ "{expected}" に変えてください。',
            en: 'The project builds "{found}". Change it to the branch "{expected}", which holds the code.',
          },
        },
        breaks: {
          'branch-other': {
            title: { ko: '코드가 없는 브랜치를 선택합니다', ja: 'コードのないブランチを選ぶ', en: 'Choose a branch without the code' },
            says: 'branchOther',
            play: (account) => practice.change(account, () => ({ sourceVersion: 'refs/heads/another' })),
          },
        },
      }),
    /** @param buildspec the lab's own, for the mistake of writing it into the project */
    buildspecFile: (step: number, buildspec: () => string) =>
      expectation<OfProject, Aws>()({
        ...ofProject,
        id: 'buildspec-file',
        title: {
          ko: '소스의 buildspec.yml을 사용합니다',
          ja: 'ソースの buildspec.yml を使う',
          en: 'It uses buildspec.yml from the source',
        },
        step,
        expected: 'buildspec.yml',
        judge({ project }) {
          if (project === undefined) return blocked('project-exists');
          const { buildspec: found = '-' } = project.source;
          const place = buildspecPlace(project.source.buildspec);
          if (place === 'default') return passed();
          return place === 'inline' ? failed('buildspecInline') : failed(['buildspecOther', { found, expected: 'buildspec.yml' }]);
        },
        observed: ({ project }) => project && (project.source.buildspec ?? null),
        ...past(({ buildspec }) => (buildspecPlace(buildspec) === 'default' ? (buildspec ?? 'buildspec.yml') : undefined)),
        says: {
          buildspecInline: {
            ko: '빌드 명령을 프로젝트에 직접 적었습니다. Buildspec에서 Use a buildspec file을 선택하여 소스의 buildspec.yml을 사용하게 합니다.',
            ja: 'ビルドコマンドがプロジェクトに直接書かれています。「buildspec ファイルを使用する (Use a buildspec file)」を選び、ソースの buildspec.yml を使うようにしてください。',
            en: 'The build commands are written in the project itself. Choose Use a buildspec file, so that buildspec.yml of the source is used.',
          },
          buildspecOther: {
            ko: '프로젝트가 "{found}" 파일을 buildspec으로 사용합니다. 이름을 "{expected}" 파일로 바꾸거나 비워 둡니다.',
            ja: 'プロジェクトは "{found}" を buildspec として使います。"{expected}" に変えるか、空にしてください。',
            en: 'The project uses "{found}" as its buildspec. Change it to "{expected}", or leave it empty.',
          },
        },
        breaks: {
          'buildspec-inline': {
            title: {
              ko: '빌드 명령을 프로젝트에 직접 적습니다',
              ja: 'ビルドコマンドをプロジェクトに直接書く',
              en: 'Write the build commands into the project',
            },
            says: 'buildspecInline',
            play: (account) => practice.changeSource({ buildspec: buildspec() })(account),
          },
          'buildspec-other-file': {
            title: { ko: 'buildspec 이름에 오타를 냅니다', ja: 'buildspec の名前を打ち間違える', en: 'Mistype the name of the buildspec' },
            says: 'buildspecOther',
            play: practice.changeSource({ buildspec: 'buildspce.yml' }),
          },
        },
      }),
  } as const;
}
