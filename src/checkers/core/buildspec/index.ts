export { type BuildSetting, type Course, ECR_PASSWORD, followBuildspec } from './follow.ts';
export { type BadCommand, type Buildspec, type BuildspecPhase, type BuildspecReading, PHASES, parseBuildspec } from './parse.ts';
export { couldBe, isKnown, shown, UNKNOWN } from './text.ts';
