export { actionsOf, bindReaders, type Memo, operationsOf } from './bind.ts';
export type { CallEvent, CallerOptions } from './call.ts';
export { CannotLook, type LookFailure, TROUBLES, type Trouble, UNKNOWN_REASONS, type UnknownReason } from './errors.ts';
export { type AnyReader, type Bound, type Caller, defineReader, type OperationId, partitionOf, type Reader } from './reader.ts';
export type { DeletedStack, Stack, StackCompletion, StackFailure } from './readers/cloudformation.ts';
export type { TrailEvent, TrailLookup } from './readers/cloudtrail.ts';
export type {
  Build,
  BuildArtifacts,
  BuildEnvironment,
  BuildPhase,
  BuildSource,
  EnvironmentVariable,
  Project,
} from './readers/codebuild.ts';
export type { Branch, Folder, FolderEntry, Repository, SourceFile, SourceGap } from './readers/codecommit.ts';
export type { ActionExecution, Pipeline, PipelineAction, PipelineExecution, PipelineStage } from './readers/codepipeline.ts';
export type { Image, ImageRepository, RegistryScanning, ScanFindings } from './readers/ecr.ts';
export type { Cluster, ContainerDefinition, Deployment, EcsService, Task, TaskDefinition } from './readers/ecs.ts';
export type { EventRule, EventTarget } from './readers/events.ts';
export type { AttachedPolicy, InlinePolicy, ManagedPolicy, OidcProvider, Role, RolePolicies } from './readers/iam.ts';
export { readers } from './readers/index.ts';
export type { LogGroup, LogResourcePolicy, LogStream } from './readers/logs.ts';
export type { Bucket, BucketEncryption, ObjectVersion, PublicAccessBlock, StoredObject } from './readers/s3.ts';
export type { Execution, ExecutionEntry, HistoryEvent, StateMachine, StateMachineEntry } from './readers/states.ts';
export { redact, redactDeep } from './redact.ts';
export { kindOfAction, type NamedResource, type ResourceKind } from './role/actions.ts';
export type { RoleNeeds } from './role/policy.ts';
export { type RoleTemplateOptions, roleTemplate } from './role/template.ts';
export { type AccountSession, defaultCredentials, openSession, type SessionOptions } from './session.ts';
export { defaultTimeouts, type Timeouts } from './timeouts.ts';
