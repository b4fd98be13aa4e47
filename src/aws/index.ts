import { scopesOf } from './bind.ts';
import type { AnyReader } from './reader.ts';
import { cloudformation } from './services/cloudformation.ts';
import { cloudtrail } from './services/cloudtrail.ts';
import { codebuild } from './services/codebuild.ts';
import { codecommit } from './services/codecommit.ts';
import { codepipeline } from './services/codepipeline.ts';
import { ecr } from './services/ecr.ts';
import { ecs } from './services/ecs.ts';
import { events } from './services/events.ts';
import { iam } from './services/iam.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { states } from './services/states.ts';

export { actionsOf, bindReaders, type Memo, operationsOf } from './bind.ts';
export type { CallEvent, CallerOptions } from './call.ts';
export { CannotLook, type LookFailure, TROUBLES, type Trouble, UNKNOWN_REASONS, type UnknownReason } from './errors.ts';
export { type AnyReader, type Bound, type Caller, defineReader, type OperationId, partitionOf, type Reader } from './reader.ts';
export { redact, redactDeep } from './redact.ts';
export type { RoleNeeds } from './role/policy.ts';
export { type RoleTemplateOptions, roleTemplate } from './role/template.ts';
export type { NamedResource, ResourceKind } from './scope.ts';
export type { DeletedStack, Stack, StackCompletion, StackFailure } from './services/cloudformation.ts';
export type { TrailEvent, TrailLookup } from './services/cloudtrail.ts';
export type { Build, BuildPhase } from './services/codebuild/build.ts';
export type { BuildEnvironment, BuildSource, EnvironmentVariable, Project } from './services/codebuild/project.ts';
export type { Branch, Folder, Repository, SourceFile, SourceGap } from './services/codecommit.ts';
export type { ActionExecution, Pipeline, PipelineAction, PipelineExecution, PipelineStage } from './services/codepipeline.ts';
export type { Image, ImageRepository, RegistryScanning, ScanFindings } from './services/ecr.ts';
export type { Cluster, ContainerDefinition, Deployment, EcsService, Task, TaskDefinition } from './services/ecs.ts';
export type { EventRule, EventTarget } from './services/events.ts';
export type { AttachedPolicy, InlinePolicy, ManagedPolicy, OidcProvider, Role, RolePolicies } from './services/iam.ts';
export type { LogGroup, LogResourcePolicy, LogStream } from './services/logs.ts';
export type { Bucket, BucketEncryption, ObjectVersion, PublicAccessBlock, StoredObject } from './services/s3.ts';
export type { ExecutionEntry as Execution, ExecutionEntry, HistoryEvent, StateMachine, StateMachineEntry } from './services/states.ts';
export { type AccountSession, defaultCredentials, openSession, type SessionOptions } from './session.ts';
export { defaultTimeouts, type Timeouts } from './timeouts.ts';

/** Every reader, by service. */
export const readers = { cloudformation, cloudtrail, codebuild, codecommit, codepipeline, ecr, ecs, events, iam, logs, s3, states };

const scopes = scopesOf(Object.values(readers).flatMap((service) => Object.values<AnyReader>(service)));

/** The kind of resource that an action can be limited to, if any. */
export const kindOfAction = (action: string) => scopes[action]?.kind;
