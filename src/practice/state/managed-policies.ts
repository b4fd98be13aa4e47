import type { Policy, PolicyVersion } from '@aws-sdk/client-iam';

/** A managed policy as `GetPolicy` answers it, without what its versions and attachments tell. */
export interface PolicyState extends Policy {
  readonly arn: string;
  /** Oldest first; the last one is the default. Version n has the id `vn`. */
  readonly versions: readonly PolicyVersion[];
}

/** A managed policy; its path and name are those in its ARN. */
export function managedPolicy(arn: string, PolicyId: string, versions: readonly PolicyVersion[]): PolicyState {
  const [, Path = '/', PolicyName = ''] = /:policy(\/.*?)([^/]+)$/.exec(arn) ?? [];
  return { arn, PolicyName, PolicyId, Arn: arn, Path, IsAttachable: true, versions };
}

export function policyVersion(VersionId: string, document: object, CreateDate: Date): PolicyVersion {
  return { VersionId, Document: encodePolicy(document), CreateDate };
}

/** A policy document as IAM answers it: JSON, percent-encoded (RFC 3986). */
export function encodePolicy(document: object): string {
  return encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

const LONG_AGO = new Date('2015-02-06T18:39:46Z');
const LAYERS = ['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer'];
const PULL = [
  ...LAYERS,
  ...['ecr:GetRepositoryPolicy', 'ecr:DescribeRepositories', 'ecr:ListImages', 'ecr:DescribeImages', 'ecr:BatchGetImage'],
  ...['ecr:GetLifecyclePolicy', 'ecr:GetLifecyclePolicyPreview', 'ecr:ListTagsForResource', 'ecr:DescribeImageScanFindings'],
];
const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** By path and name: the id of the default version, and what it allows on every resource. */
const OF_AWS: Readonly<Record<string, readonly [id: string, Action: string | readonly string[]]>> = {
  AdministratorAccess: ['v1', '*'],
  AmazonEC2ContainerRegistryPowerUser: ['v3', [...PULL, ...PUSH]],
  AmazonEC2ContainerRegistryReadOnly: ['v3', PULL],
  AmazonEC2ContainerRegistryPullOnly: ['v1', [...LAYERS, 'ecr:BatchGetImage', 'ecr:BatchImportUpstreamImage']],
  'service-role/AmazonECSTaskExecutionRolePolicy': ['v1', [...LAYERS, 'ecr:BatchGetImage', ...LOGS]],
  AmazonS3FullAccess: ['v2', ['s3:*', 's3-object-lambda:*']],
  CloudWatchLogsFullAccess: ['v2', ['logs:*', 'cloudwatch:GenerateQuery', 'cloudwatch:GenerateQueryResultsSummary']],
};

/**
 * Managed policies of AWS that people attach to the roles of builds and containers, by ARN.
 * Source: AWS Managed Policy Reference. Of any other the practice account says, as IAM does for a misspelt ARN, that there is none.
 */
export const AWS_POLICIES: ReadonlyMap<string, PolicyState> = new Map(
  Object.entries(OF_AWS).map(([name, [id, Action]]) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
    return [arn, managedPolicy(arn, arn, [policyVersion(id, document, LONG_AGO)])];
  }),
);
