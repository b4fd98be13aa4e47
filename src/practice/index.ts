export type {
  AccountSettings,
  ImageScan,
  NewBucket,
  NewImage,
  NewObject,
  NewOidcProvider,
  NewPolicy,
  NewRole,
  NewRule,
  NewService,
  NewStack,
  NewStateMachine,
  NewTaskRun,
  NewTrailEvent,
  PracticeAccount,
  PracticeCall,
  PracticeRegion,
  Repo,
  RoleState,
  RolloutOptions,
  StackState,
  StartBuildOptions,
  StartExecutionOptions,
  StartPipelineOptions,
} from './account.ts';
export { createAccount, ImpossibleMove } from './account.ts';
export { newAccountId } from './account-id.ts';
export type { PracticeCredentials, PracticeEndpoint, PracticeOptions } from './endpoint.ts';
export { FAULT_KINDS, type FaultKind, type ParsedFault, type PracticeFault, parseFault } from './faults.ts';
export { startPractice } from './server.ts';
