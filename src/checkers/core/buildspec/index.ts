export { IMAGE_TAR } from './docker.ts';
export { type LoginFinding, loginTo, type Missing, type PushFinding, pushOf, unlessLost } from './findings.ts';
export { type BuildSetting, type Course, ECR_PASSWORD, followBuildspec } from './follow.ts';
export { followInSource, sourceFileReads } from './follow-in-source.ts';
export { type DefinitionsFinding, imageDefinitionOf, type WantedDefinition } from './image-definitions.ts';
export {
  type ArtifactFiles,
  type BadCommand,
  type Buildspec,
  type BuildspecPhase,
  type BuildspecReading,
  PHASES,
  parseBuildspec,
} from './parse.ts';
export { couldBe, isKnown, shown, UNKNOWN } from './text.ts';
export type { Upload } from './uploads.ts';
