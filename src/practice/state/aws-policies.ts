const allow = (Action: string | readonly string[], Resource: string = '*') => ({ Effect: 'Allow', Action, Resource });
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

const PULL = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:GetRepositoryPolicy',
  'ecr:DescribeRepositories',
  'ecr:ListImages',
  'ecr:DescribeImages',
  'ecr:BatchGetImage',
  'ecr:GetLifecyclePolicy',
  'ecr:GetLifecyclePolicyPreview',
  'ecr:ListTagsForResource',
  'ecr:DescribeImageScanFindings',
];
const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

/**
 * Managed policies of AWS that people attach to the roles of builds and containers, by ARN, with the id of their default version.
 * Source: AWS Managed Policy Reference. Of any other the practice account says, as IAM does for a misspelt ARN, that there is none.
 */
export const AWS_POLICIES: Readonly<Record<string, { readonly id: string; readonly document: object }>> = {
  'arn:aws:iam::aws:policy/AdministratorAccess': { id: 'v1', document: policy(allow('*')) },
  'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser': { id: 'v3', document: policy(allow([...PULL, ...PUSH])) },
  'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly': { id: 'v3', document: policy(allow(PULL)) },
  'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly': {
    id: 'v1',
    document: policy(
      allow([
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
        'ecr:BatchImportUpstreamImage',
      ]),
    ),
  },
  'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy': {
    id: 'v1',
    document: policy(
      allow([
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ]),
    ),
  },
  'arn:aws:iam::aws:policy/AmazonS3FullAccess': { id: 'v2', document: policy(allow(['s3:*', 's3-object-lambda:*'])) },
  'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess': {
    id: 'v2',
    document: policy(allow(['logs:*', 'cloudwatch:GenerateQuery', 'cloudwatch:GenerateQueryResultsSummary'])),
  },
};
