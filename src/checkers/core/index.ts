/** Everything a lab's checkers are written with. `checkers/<lab>` imports this and its own room, nothing else. */

export type {
  ActionExecution,
  Bucket,
  BucketEncryption,
  Build,
  BuildEnvironment,
  Cluster,
  DeletedStack,
  EcsService,
  EnvironmentVariable,
  EventRule,
  EventTarget,
  Execution,
  ExecutionEntry,
  HistoryEvent,
  Image,
  ImageRepository,
  LogGroup,
  ObjectVersion,
  OidcProvider,
  Pipeline,
  PipelineAction,
  PipelineExecution,
  Project,
  PublicAccessBlock,
  Repository,
  Role,
  RolePolicies,
  SourceFile,
  Stack,
  StackCompletion,
  StackFailure,
  StateMachine as StateMachineFacts,
  StateMachineEntry,
  StoredObject,
  Task as EcsTask,
  TaskDefinition,
  TrailEvent,
} from '../../aws/index.ts';
export { readers } from '../../aws/index.ts';
export type { Bound } from '../../aws/reader.ts';
export type { PracticeAccount } from '../../practice/account.ts';
export { matches as matchesWildcards } from '../../wildcards/wildcards.ts';
export { type Answer, answerOf } from './answer.ts';
export { asSentence } from './as-sentence.ts';
export { type BuildFailure, explainFailure, type FailureCause, type FailureWords, failureOf } from './build-failure.ts';
export { buildsBranch, buildspecPlace, codeCommitRepositoryOf, isConsoleMadeRole } from './build-project.ts';
export { believed } from './build-record.ts';
export {
  type ArtifactFiles,
  type Buildspec,
  type BuildspecReading,
  type Course,
  couldBe,
  ECR_PASSWORD,
  followBuildspec,
  followInSource,
  IMAGE_TAR,
  imageDefinitionOf,
  isKnown,
  loginTo,
  type Missing,
  parseBuildspec,
  pushOf,
  shown,
  sourceFileReads,
  type Upload,
  unlessLost,
} from './buildspec/index.ts';
export { judgeSyntax } from './buildspec-syntax.ts';
export { type BuiltImage, builtImage, judgeBuiltImage, ofCommit, shortHash } from './built-image.ts';
export { absent, judgeImageBuild, judgeLogin, judgePush, registryOfUri } from './course-checks.ts';
export { deletion, imageStorageCost, logStorageCost, NO_COST, objectStorageCost, shellWord } from './deletion.ts';
export { type BaseImage, baseImagesOf } from './dockerfile.ts';
export {
  accountsNamed,
  type Because,
  type Decision,
  evaluate,
  type Gaps,
  opensTo,
  type Policy,
  type Principal,
  parseArn,
  type RequestContext,
  readPolicy,
  rolePolicies,
  trusts,
  whichActionsMissing,
} from './iam/index.ts';
export { IMAGE_BUILD_SAYS } from './image-build-says.ts';
export { incomplete } from './incomplete.ts';
export { defineLab, type Lab, taskOf } from './lab.ts';
export { bytesOf, everDone, gone, type Left, leftover, leftWith, mustBeGone, type Proof } from './leftovers.ts';
export {
  type Fate,
  fatesOf,
  type LifecycleImage,
  type LifecyclePolicy,
  type LifecycleRule,
  readLifecyclePolicy,
} from './lifecycle-policy.ts';
export { type Catalogue, defineMessages, formatMessage, type Messages, type Saying } from './messages.ts';
export { buildspecMistakes, edited, failedCommand, OTHER_ACCOUNT, pullLimit, utf16 } from './mistakes.ts';
export { defineMoves, type Move } from './moves.ts';
export {
  lastStack,
  type MadeRepository,
  type PastStack,
  pastBuildReads,
  pastBuilds,
  pastEventReads,
  pastPush,
  pastRepositories,
  pastRepositoryCalls,
  pastStack,
  pastStackReads,
  provenByBuild,
  provenByEvent,
  provenByStack,
} from './past.ts';
export { type PastRole, pastRoleReads, pastRoles, provenByRole } from './past-role.ts';
export { type Delivery, type DeliveryAction, type DeliveryStage, deliveriesOf, imageDefinitionsFile } from './pipeline.ts';
export {
  type FoundProject,
  findProject,
  fromPastBuild,
  type OfBranch,
  type OfProject,
  ofProject,
  pastSetting,
  projectChecks,
  projectReads,
} from './project-checks.ts';
export { anyoneMayPull, namesLogin, PULL_ACTIONS, PUSH_ACTIONS, type RepositoryAccess, repositoryAccess } from './repository-policy.ts';
export type { CheckResult, Fix, Json, Status, TaskResult } from './result.ts';
export {
  type Access,
  accessOf,
  judgeAccess,
  judgeOwnAccess,
  judgeTrust,
  powersOf,
  serviceRequest,
  type Trust,
  trustOf,
} from './role-access.ts';
export { closest } from './similar-names.ts';
export {
  buildspecChecks,
  findBuildspec,
  ofBuildspec,
  type ReadBuildspec,
  readBuildspec,
  repositoryLink,
  seenIn,
  sourceBuildspecReads,
} from './source-buildspec.ts';
export { imageRepositoryOf, imagesIn, stackCleanup, stackCleanupReads } from './stack-cleanup.ts';
export {
  isImageUriOf,
  isRoleOf,
  progressOf,
  STACK_COMPLETE,
  type StackCreation,
  type StackProgress,
  stackCreation,
  stackCreationReads,
} from './stack-creation.ts';
export {
  countOf,
  firstFull,
  goesWithStack,
  judgeImagesLeft,
  type LeftOfStack,
  leftoverStack,
  type RepositoryImages,
  type StackLeft,
} from './stack-leftovers.ts';
export {
  attemptsAfter,
  type EnvironmentOverride,
  environmentOverrides,
  type InputValue,
  inputValue,
  judgeRetry,
  type ReadStateMachine,
  type RetryJudgement,
  readStateMachine,
  type State,
  type StateMachine,
} from './state-machine/index.ts';
export { misnamed, nestedCopy, type Survey, survey, surveyReads } from './survey.ts';
export {
  blocked,
  defineTask,
  type Evidence,
  failed,
  notStarted,
  passed,
  type Task,
  type TaskContext,
  undecided,
  type Verdict,
  waiting,
} from './task.ts';
