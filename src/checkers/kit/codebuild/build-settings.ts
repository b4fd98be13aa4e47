import type { Build } from '../../../aws/services/codebuild/build.ts';
import { expectation } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { type AnySaying, says } from '../../engine/texts.ts';
import { blocked, failed, passed } from '../../engine/verdict.ts';
import {
  BUILD_SETTING_SAYS,
  type BuiltProject,
  buildInProgress,
  buildSucceeded,
  judgeSucceeded,
  newestOf,
  type OfBuilds,
  ofBuild,
  type PastBuilds,
  running,
  succeeded,
} from './build-checks.ts';
import { explainFailureBy, FAILURE_WORDS, failureOf } from './build-failure.ts';
import { believed } from './build-record.ts';
import { BUILD_VARIABLE_SAYS, buildFailsByVariable, type PracticeVariables, wrongVariable } from './variable-checks.ts';

/** Checks of builds in labs that set variables in the project: a build must have run with them, whatever the project says now. */

export const SETTING_SAYS = says({
  buildInProgress: BUILD_SETTING_SAYS.buildInProgress,
  buildNotPrivileged: BUILD_SETTING_SAYS.buildNotPrivileged,
  buildVariableWrong: BUILD_VARIABLE_SAYS.buildVariableWrong,
});

interface LabOfVariables<Fact, Wrong> {
  /** The task that makes the project. */
  readonly made: string;
  /** What each of the lab's own variables must hold, by name; unset while that is not known. */
  expected(fact: Fact, context: TaskContext): Readonly<Record<string, string | undefined>>;
  /** What else was wrong with a build that succeeded. */
  alsoWrong?(build: Build, number: number): Wrong | undefined;
  /** Causes of a failure that a variable with a wrong value may be behind. */
  readonly causes?: Parameters<typeof explainFailureBy>[3];
  readonly variables: PracticeVariables;
}

/** The checks of a successful build and of the settings that it ran with, and the builds that ran with the right ones. */
export function buildsWithVariables<Fact extends OfBuilds, const Wrong extends AnySaying = never>(
  project: BuiltProject,
  { made, expected, alsoWrong, causes, variables }: LabOfVariables<Fact, Wrong>,
) {
  /** The check that one has succeeded. It names the variable that a failed build may have failed by. */
  function hasSucceeded(step: number) {
    const check = buildSucceeded<Fact>(project, { step, made });
    return expectation<Fact, PastBuilds>()({
      ...check,
      judge(fact, context) {
        const explain = (build: Build) =>
          explainFailureBy(failureOf(build), FAILURE_WORDS, wrongVariable(build, expected(fact, context))?.name, causes);
        return judgeSucceeded(fact.builds, { project: project.name, made, explain });
      },
      says: { ...check.says, buildFailedVariable: BUILD_VARIABLE_SAYS.buildFailedVariable },
      breaks: { ...check.breaks, 'build-fails-variable': buildFailsByVariable(project, variables) },
    });
  }
  function wrong(build: Build, fact: Fact, context: TaskContext) {
    const number = build.number ?? 0;
    if (!build.environment.privileged) return ['buildNotPrivileged', { number }] as const;
    const variable = wrongVariable(build, expected(fact, context));
    return variable ? (['buildVariableWrong', { number, ...variable }] as const) : alsoWrong?.(build, number);
  }
  const rightBuilds = (fact: Fact, context: TaskContext) =>
    succeeded(fact.builds).filter((build) => wrong(build, fact, context) === undefined);
  /** The check of the settings of one that has succeeded, but for its messages and mistakes. */
  const settings = (step: number) => ({
    ...ofBuild(project.name, newestOf),
    id: 'build-settings',
    title: {
      ko: '성공한 빌드가 올바른 설정으로 실행되었습니다',
      ja: '成功したビルドが正しい設定で実行された',
      en: 'A build that succeeded ran with the right settings',
    },
    step,
    after: 'build-succeeded',
    expected: (fact: Fact, context: TaskContext) => ({
      privileged: true,
      ...Object.fromEntries(Object.entries(expected(fact, context)).map(([name, value = null]) => [name, value])),
    }),
    judge(fact: Fact, context: TaskContext) {
      if (rightBuilds(fact, context).length > 0) return passed();
      const current = running(fact.builds);
      if (current !== undefined) return buildInProgress(current);
      const [newest] = succeeded(fact.builds);
      const found = newest && wrong(newest, fact, context);
      if (newest === undefined || found === undefined) return blocked('build-succeeded');
      believed(newest);
      return failed(found);
    },
    observed(fact: Fact, context: TaskContext) {
      const build = rightBuilds(fact, context)[0] ?? newestOf(fact);
      if (build === undefined) return undefined;
      // Only the lab's own: other variables are the student's business and may be secret.
      const own = build.environment.variables.filter(({ name }) => Object.hasOwn(expected(fact, context), name));
      return { privileged: build.environment.privileged, ...Object.fromEntries(own.map(({ name, value }) => [name, value])) };
    },
  });
  return { hasSucceeded, settings, rightBuilds } as const;
}
