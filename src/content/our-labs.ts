/**
 * The labs that come with the product. Its suite holds them to rules of their own; what anybody else puts beside them only has to build, and
 * its checkers, where it has some, to pass the proof cycle.
 */
export const OUR_LABS = [
  'week9-2-codebuild',
  'sbcntr-backend-build',
  'codepipeline-ecr-ecs',
  'ecr-registry',
  'stepfunctions-codebuild-s3',
] as const;
