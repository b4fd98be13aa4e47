import codePipelineEcrEcs from './codepipeline-ecr-ecs/index.ts';
import ecrRegistry from './ecr-registry/index.ts';
import type { Lab } from './engine/lab.ts';
import sbcntrBackendBuild from './sbcntr-backend-build/index.ts';
import stepFunctionsCodeBuildS3 from './stepfunctions-codebuild-s3/index.ts';
import week9CodeBuild from './week9-2-codebuild/index.ts';

/** Every lab there is. Nothing builds an import path from a request: what is not listed here does not exist. */
export const labs: readonly Lab[] = [week9CodeBuild, sbcntrBackendBuild, codePipelineEcrEcs, ecrRegistry, stepFunctionsCodeBuildS3];

/** The lab of this id, or undefined. */
export function findLab(id: string): Lab | undefined {
  return labs.find((lab) => lab.id === id);
}
