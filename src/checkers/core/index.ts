/** Everything a lab's checkers are written with. `checkers/<lab>` imports this and its own room, nothing else. */

export type {
  Build,
  BuildEnvironment,
  DeletedStack,
  EnvironmentVariable,
  Image,
  ImageRepository,
  LogGroup,
  Project,
  Repository,
  Role,
  SourceFile,
  Stack,
  StackFailure,
} from '../../aws/index.ts';
export { readers } from '../../aws/index.ts';
export type { Bound } from '../../aws/reader.ts';
export type { PracticeAccount } from '../../practice/account.ts';
export {
  type Buildspec,
  type BuildspecReading,
  type Course,
  couldBe,
  ECR_PASSWORD,
  followBuildspec,
  isKnown,
  parseBuildspec,
  shown,
} from './buildspec/index.ts';
export { defineLab, type Lab, taskOf } from './lab.ts';
export { type Catalogue, defineMessages, formatMessage, type Messages, type Saying } from './messages.ts';
export { defineMoves, type Move } from './moves.ts';
export type { CheckResult, Fix, Json, Status, TaskResult } from './result.ts';
export { blocked, defineTask, failed, notStarted, passed, type Task, type TaskContext, undecided, type Verdict, waiting } from './task.ts';
