import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Names that are found; Node would look a name up anew for every call to AWS. */
const loaded = new Map<string, ReturnType<typeof require>>();

function load(name: string): ReturnType<typeof require> {
  if (!loaded.has(name)) loaded.set(name, require(name));
  return loaded.get(name);
}

/**
 * The SDK: clients and commands by service, and what they share. Each part is loaded when it is first used: who only wants to know which
 * tasks a lab has, as a build of the site does, loads none.
 */
export const sdk = {
  get cloudformation(): typeof import('@aws-sdk/client-cloudformation') {
    return load('@aws-sdk/client-cloudformation');
  },
  get cloudtrail(): typeof import('@aws-sdk/client-cloudtrail') {
    return load('@aws-sdk/client-cloudtrail');
  },
  get codebuild(): typeof import('@aws-sdk/client-codebuild') {
    return load('@aws-sdk/client-codebuild');
  },
  get codecommit(): typeof import('@aws-sdk/client-codecommit') {
    return load('@aws-sdk/client-codecommit');
  },
  get codepipeline(): typeof import('@aws-sdk/client-codepipeline') {
    return load('@aws-sdk/client-codepipeline');
  },
  get ecr(): typeof import('@aws-sdk/client-ecr') {
    return load('@aws-sdk/client-ecr');
  },
  get ecs(): typeof import('@aws-sdk/client-ecs') {
    return load('@aws-sdk/client-ecs');
  },
  get events(): typeof import('@aws-sdk/client-eventbridge') {
    return load('@aws-sdk/client-eventbridge');
  },
  get iam(): typeof import('@aws-sdk/client-iam') {
    return load('@aws-sdk/client-iam');
  },
  get logs(): typeof import('@aws-sdk/client-cloudwatch-logs') {
    return load('@aws-sdk/client-cloudwatch-logs');
  },
  get s3(): typeof import('@aws-sdk/client-s3') {
    return load('@aws-sdk/client-s3');
  },
  get sts(): typeof import('@aws-sdk/client-sts') {
    return load('@aws-sdk/client-sts');
  },
  get states(): typeof import('@aws-sdk/client-sfn') {
    return load('@aws-sdk/client-sfn');
  },
  get credentialProviders(): typeof import('@aws-sdk/credential-providers') {
    return load('@aws-sdk/credential-providers');
  },
  get http(): typeof import('@smithy/node-http-handler') {
    return load('@smithy/node-http-handler');
  },
  get retry(): typeof import('@smithy/core/retry') {
    return load('@smithy/core/retry');
  },
  get schema(): typeof import('@smithy/core/schema') {
    return load('@smithy/core/schema');
  },
};
