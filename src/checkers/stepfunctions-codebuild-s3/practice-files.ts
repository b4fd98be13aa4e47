import { KEY, LOG_GROUP, MANAGED_RULE, PROJECT, REGION, REPOSITORY } from './names.ts';

/** What a student uses of the lab's own files, with account and bucket filled in. A test holds them equal to what the zip ships. */

export const BUILDSPEC = `version: 0.2

env:
  variables:
    OUTPUT_FILE: "/tmp/nginx-mainline-alpine3.22.tar"

phases:
  pre_build:
    commands:
      - test -n "$IMAGE_URI" && test -n "$ARTIFACT_BUCKET" && test -n "$ARTIFACT_KEY"
      - echo "Logging in to Amazon ECR"
      - aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "\${IMAGE_URI%%/*}"
      - echo "Pulling $IMAGE_URI"
      - docker pull "$IMAGE_URI"
  build:
    on-failure: ABORT
    commands:
      - echo "Saving the image to $OUTPUT_FILE"
      - docker save -o "$OUTPUT_FILE" "$IMAGE_URI"
      - ls -lh "$OUTPUT_FILE"
  post_build:
    commands:
      - echo "Uploading to s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY"
      - aws s3 cp "$OUTPUT_FILE" "s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress
`;

export const trustPolicy = (service: string, condition?: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) }],
});

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export function buildPolicy(account: string, bucket: string): PolicyDocument {
  const group = `arn:aws:logs:${REGION}:${account}:log-group:${LOG_GROUP}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'WriteBuildLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [group, `${group}:*`],
      },
      { Sid: 'LogInToEcr', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Sid: 'PullImage',
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'],
        Resource: `arn:aws:ecr:${REGION}:${account}:repository/${REPOSITORY}`,
      },
      { Sid: 'FindBucket', Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: `arn:aws:s3:::${bucket}` },
      { Sid: 'PutTar', Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:PutObject'], Resource: `arn:aws:s3:::${bucket}/images/*` },
    ],
  };
}

export function machinePolicy(account: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'RunBuild',
        Effect: 'Allow',
        Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
        Resource: `arn:aws:codebuild:${REGION}:${account}:project/${PROJECT}`,
      },
      {
        Sid: 'HearOfItsEnd',
        Effect: 'Allow',
        Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        Resource: `arn:aws:events:${REGION}:${account}:rule/${MANAGED_RULE}`,
      },
    ],
  };
}

export const BUILD_STATE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::codebuild:startBuild.sync',
  Parameters: {
    ProjectName: PROJECT,
    EnvironmentVariablesOverride: [
      { Name: 'ARTIFACT_BUCKET', Type: 'PLAINTEXT', 'Value.$': '$.artifactBucket' },
      { Name: 'ARTIFACT_KEY', Type: 'PLAINTEXT', 'Value.$': '$.artifactKey' },
    ],
  },
  Retry: [
    {
      ErrorEquals: ['CodeBuild.AWSCodeBuildException', 'CodeBuild.AccountLimitExceededException', 'CodeBuild.ThrottlingException'],
      IntervalSeconds: 5,
      BackoffRate: 2,
      MaxAttempts: 5,
    },
  ],
  End: true,
} as const;

export const DEFINITION = {
  Comment: 'Pull an image from ECR and export it to S3 as a tar with CodeBuild',
  StartAt: 'StartCodeBuild',
  States: { StartCodeBuild: BUILD_STATE },
} as const;

export const executionInput = (bucket: string) => ({ artifactBucket: bucket, artifactKey: KEY });
