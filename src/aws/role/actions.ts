/** What an IAM action can be limited to. A lab gives the names it knows; see {@link NamedResource}. */
export const RESOURCE_KINDS = [
  'stack',
  'build-project',
  'source-repository',
  'image-repository',
  'role',
  'log-group',
  'bucket',
  'state-machine',
  'pipeline',
  'cluster',
  'rule',
  'oidc-provider',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A resource of a lab by the name its text gives. */
export interface NamedResource {
  readonly kind: ResourceKind;
  readonly name: string;
  /** The name as a pattern, where the text gives only its beginning. */
  readonly scope?: string;
  /** Actions that the role may use on every resource of this kind, e.g. where students misname it and the checker searches. */
  readonly others?: readonly string[];
  /** An account may have it for other reasons: pre-flight does not ask that the name be free. */
  readonly mayExist?: true;
  /** Actions that are never used on this one, though they are on others of its kind. */
  readonly without?: readonly string[];
}

/** What one IAM action allows, as far as a policy can limit it. */
export interface ActionScope {
  /** Unset: AWS lets it be granted on every resource only. */
  readonly kind?: ResourceKind;
  /** The ARNs for one name, with CloudFormation's pseudo parameters; `<region>` stands for each region looked at. */
  arn?(name: string): string | readonly string[];
  /** For actions that no ARN limits: the condition key that does, with the ARNs of `within`. */
  readonly within?: { readonly key: string; readonly kind: ResourceKind; arn(name: string): string };
  /** It reads what people put into their resources, not only how these are set up. */
  readonly data?: true;
  /** Its requests go to one place in the world, so they cannot be limited by region. */
  readonly global?: true;
}

const regional = (service: string, rest: string) => `arn:\${AWS::Partition}:${service}:<region>:\${AWS::AccountId}:${rest}`;
const global = (service: string, rest: string) => `arn:\${AWS::Partition}:${service}::\${AWS::AccountId}:${rest}`;

const scope = (kind: ResourceKind, arn: (name: string) => string): ActionScope => ({ kind, arn });
const stack = scope('stack', (name) => regional('cloudformation', `stack/${name}/*`));
const project = scope('build-project', (name) => regional('codebuild', `project/${name}`));
const source = scope('source-repository', (name) => regional('codecommit', name));
const code: ActionScope = { ...source, data: true };
const images = scope('image-repository', (name) => regional('ecr', `repository/${name}`));
// What a console makes lies under a path of its own, such as /service-role/; the text gives the bare name.
const role: ActionScope = {
  kind: 'role',
  arn: (name) => (name === '*' ? global('iam', 'role/*') : [global('iam', `role/${name}`), global('iam', `role/*/${name}`)]),
};
// Managed policies may be AWS's own.
const policy: ActionScope = { arn: () => [global('iam', 'policy/*'), `arn:\${AWS::Partition}:iam::aws:policy/*`] };
const provider = scope('oidc-provider', (name) => global('iam', `oidc-provider/${name}`));
const bucket = scope('bucket', (name) => `arn:\${AWS::Partition}:s3:::${name}`);
const machine = scope('state-machine', (name) => regional('states', `stateMachine:${name}`));
const execution: ActionScope = { ...scope('state-machine', (name) => regional('states', `execution:${name}:*`)), data: true };
const pipeline = scope('pipeline', (name) => regional('codepipeline', name));
const cluster = scope('cluster', (name) => regional('ecs', `cluster/${name}`));
const service = scope('cluster', (name) => regional('ecs', `service/${name}/*`));
const task = scope('cluster', (name) => regional('ecs', `task/${name}/*`));
const rule = scope('rule', (name) => regional('events', `rule/${name}`));
const inCluster: ActionScope = {
  within: { key: 'ecs:cluster', kind: 'cluster', arn: (name) => regional('ecs', `cluster/${name}`) },
};
const unscoped: ActionScope = {};

/**
 * The IAM actions our readers need, each with the resource type it can be limited to.
 * Source: AWS Service Authorization Reference, "Actions, resources, and condition keys" of each service.
 */
export const ACTIONS: Readonly<Record<string, ActionScope>> = {
  'cloudformation:DescribeStackEvents': stack,
  'cloudformation:DescribeStacks': stack,
  'cloudformation:ListStacks': unscoped,
  'cloudtrail:LookupEvents': { data: true },
  'codebuild:BatchGetBuilds': project,
  'codebuild:BatchGetProjects': project,
  'codebuild:ListBuilds': unscoped,
  'codebuild:ListBuildsForProject': project,
  'codebuild:ListProjects': unscoped,
  'codecommit:GetBranch': source,
  'codecommit:GetFile': code,
  'codecommit:GetFolder': code,
  'codecommit:GetRepository': source,
  'codecommit:ListBranches': source,
  'codepipeline:GetPipeline': pipeline,
  'codepipeline:ListActionExecutions': pipeline,
  'codepipeline:ListPipelineExecutions': pipeline,
  'codepipeline:ListPipelines': unscoped,
  'ecr:DescribeImages': images,
  'ecr:DescribeImageScanFindings': images,
  'ecr:DescribeRepositories': images,
  'ecr:GetLifecyclePolicy': images,
  'ecr:GetRegistryScanningConfiguration': unscoped,
  'ecr:GetRepositoryPolicy': images,
  'ecs:DescribeClusters': cluster,
  'ecs:DescribeServices': service,
  'ecs:DescribeTaskDefinition': unscoped,
  'ecs:DescribeTasks': task,
  'ecs:ListServices': inCluster,
  'ecs:ListTasks': inCluster,
  'events:DescribeRule': rule,
  'events:ListRules': unscoped,
  'events:ListTargetsByRule': rule,
  'iam:GetOpenIDConnectProvider': provider,
  'iam:GetPolicy': policy,
  'iam:GetPolicyVersion': policy,
  'iam:GetRole': role,
  'iam:GetRolePolicy': role,
  'iam:ListAttachedRolePolicies': role,
  'iam:ListRolePolicies': role,
  // Asked by prefix, it is authorized against every group of the region.
  'logs:DescribeLogGroups': { kind: 'log-group', arn: () => regional('logs', 'log-group:*') },
  'logs:DescribeLogStreams': scope('log-group', (name) => regional('logs', `log-group:${name}:*`)),
  'logs:DescribeResourcePolicies': unscoped,
  's3:GetBucketLocation': bucket,
  's3:GetBucketPublicAccessBlock': bucket,
  's3:GetBucketVersioning': bucket,
  's3:GetEncryptionConfiguration': bucket,
  's3:ListAllMyBuckets': { global: true },
  's3:ListBucket': bucket,
  's3:ListBucketVersions': bucket,
  'states:DescribeExecution': execution,
  'states:DescribeStateMachine': machine,
  'states:GetExecutionHistory': execution,
  'states:ListExecutions': machine,
  'states:ListStateMachines': unscoped,
};

/** The kind of resource that an action can be limited to, if any. */
export function kindOfAction(action: string): ResourceKind | undefined {
  return ACTIONS[action]?.kind;
}
