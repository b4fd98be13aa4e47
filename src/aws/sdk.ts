import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The SDK: clients and commands by service, and what they share. Each part is loaded when it is first used: who only wants to know which
 * tasks a lab has, as a build of the site does, loads none.
 */
export const sdk = {
  get cloudformation(): typeof import('@aws-sdk/client-cloudformation') {
    return require('@aws-sdk/client-cloudformation');
  },
  get cloudtrail(): typeof import('@aws-sdk/client-cloudtrail') {
    return require('@aws-sdk/client-cloudtrail');
  },
  get codebuild(): typeof import('@aws-sdk/client-codebuild') {
    return require('@aws-sdk/client-codebuild');
  },
  get codecommit(): typeof import('@aws-sdk/client-codecommit') {
    return require('@aws-sdk/client-codecommit');
  },
  get codepipeline(): typeof import('@aws-sdk/client-codepipeline') {
    return require('@aws-sdk/client-codepipeline');
  },
  get ecr(): typeof import('@aws-sdk/client-ecr') {
    return require('@aws-sdk/client-ecr');
  },
  get ecs(): typeof import('@aws-sdk/client-ecs') {
    return require('@aws-sdk/client-ecs');
  },
  get events(): typeof import('@aws-sdk/client-eventbridge') {
    return require('@aws-sdk/client-eventbridge');
  },
  get iam(): typeof import('@aws-sdk/client-iam') {
    return require('@aws-sdk/client-iam');
  },
  get logs(): typeof import('@aws-sdk/client-cloudwatch-logs') {
    return require('@aws-sdk/client-cloudwatch-logs');
  },
  get s3(): typeof import('@aws-sdk/client-s3') {
    return require('@aws-sdk/client-s3');
  },
  get sts(): typeof import('@aws-sdk/client-sts') {
    return require('@aws-sdk/client-sts');
  },
  get states(): typeof import('@aws-sdk/client-sfn') {
    return require('@aws-sdk/client-sfn');
  },
  get credentialProviders(): typeof import('@aws-sdk/credential-providers') {
    return require('@aws-sdk/credential-providers');
  },
  get http(): typeof import('@smithy/node-http-handler') {
    return require('@smithy/node-http-handler');
  },
  get retry(): typeof import('@smithy/core/retry') {
    return require('@smithy/core/retry');
  },
  get schema(): typeof import('@smithy/core/schema') {
    return require('@smithy/core/schema');
  },
};
